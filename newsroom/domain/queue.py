"""Queue items, their immutable payloads, and what the publisher is told about them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from newsroom.domain.adoption import Adopted
from newsroom.domain.article import Content, canonical_hash, content_from_dict, content_to_dict
from newsroom.domain.ids import ArticleId, ArticleUid, QueueItemId, SiteName
from newsroom.domain.pages import PageSeen
from newsroom.domain.states import Operation, QueueState


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything a publisher needs to carry one change to any site. Written once, with the approval.

    A withdrawal or kill has no content.
    """

    article_uid: ArticleUid
    operation: Operation
    #: Grows by one with every change asked of the sites, withdrawals and kills included; a site never goes back.
    sequence: int
    #: Revision number of the content, or the newest one for a withdrawal or kill.
    revision: int
    slug: str
    content: Content | None
    rubric_title: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 over everything above, photo hashes included."""
        return canonical_hash(payload_to_dict(self))


def payload_to_dict(payload: Payload) -> dict[str, Any]:
    plain = asdict(payload)
    plain["content"] = content_to_dict(payload.content) if payload.content else None
    return plain


def payload_from_dict(plain: dict[str, Any]) -> Payload:
    """The inverse of `payload_to_dict`."""
    values = dict(plain)
    values["operation"] = Operation(values["operation"])
    values["content"] = content_from_dict(values["content"]) if values["content"] else None
    return Payload(**values)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One change on its way to one site."""

    id: QueueItemId
    article: ArticleId
    headline: str
    rubric: str
    site: SiteName
    operation: Operation
    sequence: int
    revision: int
    state: QueueState
    #: Not before this instant; None while nobody has named a time.
    due_at: datetime | None
    attempts: int
    next_attempt_at: datetime | None
    #: What went wrong last, in words.
    problem: str
    #: Why it was held, withdrawn or killed.
    reason: str
    requested_by: str
    created_at: datetime
    delivered_at: datetime | None
    verified_at: datetime | None
    #: Address of the article on the site, once delivered and where the site has a public address.
    url: str
    #: What was found at that address last; None where nobody has looked, or nothing could be told yet.
    page: PageSeen | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A publisher's right to deliver one item until the lease ends. Only the holder of the newest epoch may settle."""

    item: QueueItemId
    article: ArticleId
    site: SiteName
    payload: Payload
    payload_hash: str
    #: Grows with every claim of the item.
    epoch: int
    #: By the database's clock.
    lease_until: datetime
    due_at: datetime
    #: When it was due at its first attempt, which may have come through.
    dated_at: datetime
    attempts: int
    #: First appearance on this site, where it was there before.
    first_published_at: datetime | None
    #: What the site held of the article by other hands, where the newsroom has adopted it.
    adopted: Adopted | None = None
    #: Address under which readers reach the site, without a trailing slash; empty where unknown.
    public_url: str = ""
    #: Whether the stored payload is what was approved, by its hash. One that is not must not be delivered, and may hold
    #: nothing but the operation and the numbers of its item.
    intact: bool = True


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site as the newsroom knows it. How to reach its database is kept on the publisher's host alone."""

    name: SiteName
    #: One of `newsroom.site.kinds`: ``standard``, ``mapped``.
    kind: str
    #: Address under which readers reach it, without a trailing slash; empty where unknown.
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class PublisherAlive:
    """The newest sign of life of one publisher."""

    name: str
    seen_at: datetime
