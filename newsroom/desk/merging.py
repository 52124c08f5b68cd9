"""An edit made in a site's own editor, merged into the article: read, chosen part by part, saved as a revision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.desk.adopting import PhotoAt, read_found
from newsroom.desk.case import use_case
from newsroom.desk.checking import errors_in
from newsroom.desk.session import Desk
from newsroom.desk.writing import refuse_killed, save_revision
from newsroom.domain.adoption import Adopted
from newsroom.domain.article import Content, Rubric
from newsroom.domain.changes import Done
from newsroom.domain.errors import StaleEdit
from newsroom.domain.ids import ArticleId, PhotoId, SiteName
from newsroom.domain.merging import Part, Side
from newsroom.domain.people import Action
from newsroom.domain.states import ReviewState, ReviewStep, next_review_state
from newsroom.site.archive import FoundArticle
from newsroom.site.port import SiteArticle
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from newsroom.text.merge import FIELDS, as_returned, merge_contents, merged, paragraphs_of
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be decided."""

    article: ArticleId
    site: SiteName
    ours: Content
    #: Number of the revision that ``ours`` is.
    revision: int
    parts: tuple[Part, ...]
    #: The row as it was read, which the next delivery may write over.
    adopted: Adopted

    @property
    def edited(self) -> bool:
        """Whether anything stands on the site otherwise than the newsroom left it."""
        return any(part.theirs != part.base for part in self.parts)


@dataclass(frozen=True, slots=True)
class MergeSaved:
    revision: int
    #: Whether it differs from what was there.
    new: bool
    #: Whether it waits for the chief now; otherwise something still keeps it from publication.
    submitted: bool


def read_merge(
    desk: Desk,
    article: ArticleId,
    site: SiteName,
    base: Content,
    sent: SiteArticle | None,
    found: FoundArticle,
    photo_at: PhotoAt,
) -> Merge:
    """The newest revision of *article* beside *found*, which stands on *site*.

    *base* is what the newsroom left there, *sent* how it was delivered; None for what came from the site's archive.
    Photos that somebody has put into the text on the site come into the store. Raises `NotFound`.
    """
    with desk.database.read() as work:
        current, now, rubrics = work.articles.get(article), work.now, work.records.rubrics()
    originals = _originals(base, sent)
    read = read_found(desk, found, photo_at, now, known=originals)
    with use_case(desk, Action.WRITE) as case:
        for photo in read.photos:
            case.work.records.add_photo(photo)
    theirs, told = _as_if_untouched(base, sent, read.content, found, rubrics)
    theirs = replace(theirs, body=_body(base, current.content, theirs))
    return Merge(
        article,
        site,
        current.content,
        current.revision,
        merge_contents(base, current.content, theirs, told),
        Adopted(found.site_pk, found.state, found.sequence, found.slug),
    )


def save_merge(desk: Desk, merge: Merge, choices: Mapping[int, Side]) -> Done[MergeSaved]:
    """Save what was chosen as the next revision, and send it to the chief where nothing blocks it.

    From now on the row that was read may be written over. What waited on an approval of the former text is cancelled.
    Raises `InvalidInput` for a conflict without a choice, `StaleEdit` where somebody saved a revision meanwhile.
    """
    with use_case(desk, Action.WRITE) as case:
        current = case.work.articles.get(merge.article, lock=True)
        refuse_killed(current)
        if current.revision != merge.revision:
            raise StaleEdit(
                _("Статью тем временем сохранил(а) {name}: версия {number}. Слейте правку заново.").format(
                    name=current.updated_by, number=current.revision
                )
            )
        content = merged(merge.ours, merge.parts, choices)
        reason = _("слита с правкой на сайте «{site}»").format(site=merge.site)
        number = save_revision(case, current, content, merge.revision, reason)
        case.work.adoptions.take_over(merge.article, merge.site, merge.adopted, case.now)
        case.note("merge", article=merge.article, detail=reason)
        new, submitted = number != current.revision, False
        if new:
            current = case.work.articles.get(merge.article)
            submitted = current.review is ReviewState.SUBMITTED
            blocked = errors_in(desk, case.work, content, merge.article, None)
            if not submitted and not blocked:
                state = next_review_state(current.review, ReviewStep.SUBMIT)
                case.work.articles.set_review(merge.article, state)
                case.note("submit", article=merge.article)
                submitted = True
        return case.done(MergeSaved(number, new, submitted))


def _originals(base: Content, sent: SiteArticle | None) -> dict[str, PhotoId]:
    """The newsroom's photos by the beginnings of the names that their files have on the site."""
    lead = [base.photo.photo] if base.photo else []
    photos = dict.fromkeys([*lead, *photos_in(parse(base.body))])
    return {
        shown.file_name.partition(".")[0]: photo
        for photo, shown in zip(photos, sent.photos if sent else (), strict=False)
    }


def _body(base: Content, ours: Content, theirs: Content) -> str:
    """Their body, in which paragraphs that nobody has touched read as they do in ours."""

    def shown_as(photo: PhotoId) -> str:
        return f"/photos/{photo}"

    def photo_at(address: str) -> PhotoId | None:
        return PhotoId(address.removeprefix("/photos/")) if address.startswith("/photos/") else None

    known = as_returned(ours.body, shown_as, photo_at) | as_returned(base.body, shown_as, photo_at)
    return "\n\n".join(known.get(paragraph, paragraph) for paragraph in paragraphs_of(theirs.body))


def _as_if_untouched(
    base: Content, sent: SiteArticle | None, theirs: Content, found: FoundArticle, rubrics: list[Rubric]
) -> tuple[Content, set[str]]:
    """*theirs* with the fields of *base* where the site only writes the same in other words; and what it tells."""
    told = {"headline", "date"} | {
        field
        for field, value in (
            ("lead", found.lead),
            ("tags", found.tags),
            ("byline", found.byline),
            ("age", found.age),
            ("note", found.note),
            ("photo", found.knows_photos or None),
        )
        if value is not None
    }
    changes: dict[str, object] = {"rubric": base.rubric}
    if found.rubrics and (slug := _rubric_slug(found, rubrics)):
        told.add("rubric")
        here = {rubric.slug for rubric in found.rubrics}
        changes["rubric"] = base.rubric if base.rubric in here else slug
    for field in ("headline", "lead", "byline", "note"):
        if " ".join(getattr(theirs, field).split()) == " ".join(getattr(base, field).split()):
            changes[field] = getattr(base, field)
    if {tag.casefold() for tag in theirs.tags} == {tag.casefold() for tag in base.tags}:
        changes["tags"] = base.tags
    published = sent.published_at if sent else base.date
    if found.published_at is None or (published and _same_second(published, found.published_at)):
        changes["date"] = base.date
    changes["photo"] = _photo(base, theirs, found)
    return replace(theirs, **changes), told & {*FIELDS}  # type: ignore[arg-type]


def _photo(base: Content, theirs: Content, found: FoundArticle) -> object:
    """Their lead photo; words that the site does not keep, or keeps with another full stop, are those of *base*."""
    if theirs.photo is None or base.photo is None or theirs.photo.photo != base.photo.photo or found.photo is None:
        return theirs.photo
    words = {}
    for field in ("caption", "credit", "alt"):
        own, other = getattr(base.photo, field), getattr(theirs.photo, field)
        if getattr(found.photo, field) is None or own.strip().rstrip(".") == other.rstrip("."):
            words[field] = own
    return replace(theirs.photo, **words)


def _rubric_slug(found: FoundArticle, rubrics: list[Rubric]) -> str:
    """The newsroom's rubric that the site's first is; empty where there is none."""
    for wanted in found.rubrics or ():
        for rubric in rubrics:
            if rubric.slug == wanted.slug or rubric.title.casefold() == wanted.title.casefold():
                return rubric.slug
    return ""


def _same_second(one: datetime, other: datetime) -> bool:
    return abs((one - other).total_seconds()) < 1
