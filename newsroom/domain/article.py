"""An article's content, its immutable revisions, and the views of it that lists and editors show."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from newsroom.domain.ages import AgeRating
from newsroom.domain.ids import ArticleId, ArticleUid, PersonId, PhotoId, RevisionId, RubricSlug
from newsroom.domain.states import Label, LiveState, ReviewState


@dataclass(frozen=True, slots=True)
class Rubric:
    slug: RubricSlug
    title: str
    #: Place in menus, from 0.
    position: int = 0


@dataclass(frozen=True, slots=True)
class LeadPhoto:
    photo: PhotoId
    #: Who, where, when, why.
    caption: str = ""
    #: Who made or gave the photo, without the word «Фото:».
    credit: str = ""
    #: What the photo shows, for those who cannot see it.
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything about an article that the chief editor approves. Changing any of it changes its hash."""

    headline: str = ""
    lead: str = ""
    #: Markdown of the closed vocabulary (`newsroom.text.document`).
    body: str = ""
    rubric: RubricSlug | None = None
    tags: tuple[str, ...] = ()
    byline: str = ""
    #: Latin address of the article on the site; empty means "made from the headline".
    slug: str = ""
    #: None until somebody has chosen.
    age: AgeRating | None = None
    photo: LeadPhoto | None = None
    #: Date shown to readers, aware; None means the instant of the first publication.
    date: datetime | None = None
    #: Kept on top of the feed until then, aware.
    pinned_until: datetime | None = None
    #: Source or advertising note shown at the foot of the article.
    note: str = ""

    def with_(self, **changes: Any) -> "Content":
        """A copy with *changes*."""
        return replace(self, **changes)


def content_to_dict(content: Content) -> dict[str, Any]:
    """Plain values for JSON: instants as UTC ISO strings, enums as their texts."""
    plain = asdict(content)
    plain["tags"] = list(content.tags)
    plain["age"] = content.age.value if content.age else None
    plain["date"] = _instant_out(content.date)
    plain["pinned_until"] = _instant_out(content.pinned_until)
    return plain


def content_from_dict(plain: dict[str, Any]) -> Content:
    """The inverse of `content_to_dict`."""
    values = dict(plain)
    values["tags"] = tuple(values["tags"])
    values["age"] = AgeRating(values["age"]) if values["age"] else None
    values["photo"] = LeadPhoto(**values["photo"]) if values["photo"] else None
    values["date"] = _instant_in(values["date"])
    values["pinned_until"] = _instant_in(values["pinned_until"])
    return Content(**values)


def content_hash(content: Content) -> str:
    """SHA-256 of the canonical JSON of *content*, 64 hexadecimal digits. Photos count by their own hash."""
    return canonical_hash(content_to_dict(content))


def canonical_json(plain: dict[str, Any]) -> str:
    """JSON with sorted keys and no blanks: equal values give equal bytes."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_hash(plain: dict[str, Any]) -> str:
    """`text_hash` of `canonical_json`."""
    return text_hash(canonical_json(plain))


def text_hash(text: str) -> str:
    """SHA-256 of *text* in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _instant_out(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat() if instant else None


def _instant_in(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of an article. Never changed after it was written."""

    id: RevisionId
    article: ArticleId
    #: 1, 2, 3 … within the article.
    number: int
    content: Content
    hash: str
    author: PersonId
    author_name: str
    saved_at: datetime
    #: Why it was made, where somebody said so.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LiveOnSite:
    """What one site shows of an article."""

    site: str
    state: LiveState
    #: Revision number that readers see; None after withdrawal or kill.
    revision: int | None
    #: Sequence of the last change made on the site.
    sequence: int
    since: datetime
    first_published_at: datetime | None
    #: Address on the site; empty where the site has no public address.
    url: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the editor opens it: its newest revision and the three facts about it."""

    id: ArticleId
    uid: ArticleUid
    content: Content
    #: Effective address: the chosen one, or made from the headline; unique in the newsroom.
    slug: str
    revision: int
    revision_id: RevisionId
    hash: str
    review: ReviewState
    #: Why it was returned, while it is.
    return_reason: str
    #: Number of the approved revision that still stands; None where none does.
    approved_revision: int | None
    planned_at: datetime | None
    label: Label
    live: tuple[LiveOnSite, ...]
    #: Killed for good; it may not be approved any more.
    killed: bool
    created_at: datetime
    created_by: PersonId
    updated_at: datetime
    updated_by: str

    @property
    def was_live(self) -> bool:
        """Whether readers have ever seen it: its address is frozen from then on."""
        return any(place.first_published_at for place in self.live)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of the article list."""

    id: ArticleId
    headline: str
    rubric: str
    label: Label
    #: Name of whoever wrote the newest revision.
    author: str
    updated_at: datetime
    #: When it is due, or since when it is live; None for drafts.
    when: datetime | None
    age: AgeRating | None
    has_photo: bool
    pinned: bool
    #: How many comments of the desk wait to be resolved.
    comments: int


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What the article list shows; empty fields do not restrict. Fields are joined by "and"."""

    labels: frozenset[Label] = frozenset()
    rubric: RubricSlug | None = None
    person: PersonId | None = None
    #: Half-open span of the time that the list shows: `ArticleRow.when`, else `ArticleRow.updated_at`. Aware.
    since: datetime | None = None
    until: datetime | None = None
    #: Words to find; each must occur in the headline, lead, body, byline or tags, beginnings of words count.
    search: str = ""
