"""What stands on a site as an article of the newsroom: archives, page by page, each page in one transaction."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from newsroom.desk.case import Case, use_case
from newsroom.desk.pictures import check_photo
from newsroom.desk.session import Desk
from newsroom.domain.adoption import Adopted, Loss, LossKind
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content, LeadPhoto, Rubric
from newsroom.domain.changes import Changes, Done
from newsroom.domain.errors import InvalidInput, NotNow
from newsroom.domain.ids import ArticleId, ArticleUid, PhotoId, RubricSlug, SiteName
from newsroom.domain.people import Action
from newsroom.domain.photos import Photo
from newsroom.photos.examine import CleanPhoto
from newsroom.site.archive import FoundArticle, FoundRubric
from newsroom.storage.adoptions import Newcomer
from newsroom.text.document import PhotoBlock
from newsroom.text.fragments import clean, one_line
from newsroom.text.site_html import document_from_site
from newsroom.text.slugs import is_slug, make_slug, numbered
from newsroom.text.writer import write
from newsroom.words import _

#: Most characters of a rubric's slug and title.
_RUBRIC_SLUG, _RUBRIC_TITLE = 64, 100

PhotoAt = Callable[[str], bytes | None]
"""Given the address of a photo as the site writes it, its bytes; None where the site's own photos have none such."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A found article in the newsroom's terms; of it only the files of its photos are in the newsroom yet."""

    found: FoundArticle
    #: Without the rubric, which may have to be made first.
    content: Content
    rubric: FoundRubric | None
    photos: tuple[Photo, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class AdoptedPage:
    """What came of one page of an archive."""

    articles: tuple[ArticleId, ...]
    #: Rubrics that had to be made, by their titles.
    rubrics: tuple[str, ...]


def read_found(
    desk: Desk,
    found: FoundArticle,
    photo_at: PhotoAt,
    at: datetime,
    *,
    keep: bool = True,
    known: Mapping[str, PhotoId] = MappingProxyType({}),
) -> ReadArticle:
    """*found* as the newsroom would write it; *at* stands for a date that cannot be read, *known* says which photos
    of the newsroom the files of the site are, by the beginnings of their names.

    The files of its photos are put into the store where *keep* is true; what a killed import leaves there is found
    again by the next. Raises `InvalidInput` for a text that is no article.
    """
    losses: list[Loss] = []
    photos = _Photos(desk, photo_at, at, keep=keep, known=known)
    text = document_from_site(found.body_html, photos.id_of)
    if text.kept:
        losses.append(Loss(LossKind.RAW, ", ".join(text.kept)))
    losses += (Loss(LossKind.PHOTO, address) for address in text.absent)
    lead_photo = _lead_photo(found, photos, losses)
    credited = [block.credit for block in text.document.blocks if isinstance(block, PhotoBlock)]
    if not all((*credited, lead_photo.credit if lead_photo else "-")):
        losses.append(Loss(LossKind.NO_CREDIT))
    if found.published_at is None:
        losses.append(Loss(LossKind.NO_DATE))
    age = _age(found.age or "")
    lead = clean(found.lead or "").strip()
    rubrics = found.rubrics or ()
    for missing, kind, detail in (
        (not lead, LossKind.NO_LEAD, ""),
        (not rubrics, LossKind.NO_RUBRIC, ""),
        (len(rubrics) > 1, LossKind.MORE_RUBRICS, ", ".join(rubric.title for rubric in rubrics)),
        (age is None, LossKind.NO_AGE, found.age or ""),
    ):
        if missing:
            losses.append(Loss(kind, detail))
    content = Content(
        headline=one_line(clean(found.headline)),
        lead=lead,
        body=write(text.document),
        tags=tuple(dict.fromkeys(filter(None, (one_line(clean(tag)) for tag in found.tags or ())))),
        byline=one_line(clean(found.byline or "")),
        age=age,
        photo=lead_photo,
        date=found.published_at or at,
        note=clean(found.note or "").strip(),
    )
    return ReadArticle(found, content, rubrics[0] if rubrics else None, tuple(photos.kept.values()), tuple(losses))


def adopt_page(
    desk: Desk, site: SiteName, articles: Sequence[ReadArticle], public_url: str, before: str, after: str
) -> Done[AdoptedPage]:
    """Make *articles*, which stand on *site*, articles of the newsroom, live and approved at revision 1.

    The place that the import has reached moves from the key *before* to *after* in the same transaction: `NotNow`
    where another import of this site has moved it. Rubrics that the newsroom lacks are made.
    """
    with use_case(desk, Action.MANAGE_SITES) as case:
        if not case.work.adoptions.move_cursor(site, before, after):
            raise NotNow(_("Архив сайта «{site}» уже переносит кто-то другой.").format(site=site))
        # What another run has brought in since this page was read.
        known = case.work.adoptions.known_keys(site, [article.found.site_pk for article in articles])
        articles = [article for article in articles if article.found.site_pk not in known]
        rubrics = _Rubrics(case)
        slugs = _free_slugs(case, articles)
        newcomers = []
        for article, slug in zip(articles, slugs, strict=True):
            for photo in article.photos:
                case.work.records.add_photo(photo)
            rubric = rubrics.slug_of(article.rubric) if article.rubric else None
            newcomers.append(_newcomer(article, slug, rubric, public_url))
        reason = _("с сайта «{site}»").format(site=site)
        numbers = case.work.adoptions.add(site, newcomers, case.person.id, case.now, reason)
        for number in numbers:
            case.work.activity.add(case.now, case.person.login, "adopt", article=number, detail=reason)
        changes = Changes(frozenset(numbers), settings=bool(rubrics.made), photos=any(one.photos for one in articles))
        return Done(AdoptedPage(tuple(numbers), tuple(rubrics.made)), changes)


def _newcomer(article: ReadArticle, slug: str, rubric: RubricSlug | None, public_url: str) -> Newcomer:
    found, content, losses = article.found, article.content, article.losses
    assert content.date is not None
    if article.rubric and _is_rubric_slug(article.rubric.slug) and rubric != article.rubric.slug:
        losses = (*losses, Loss(LossKind.OTHER_RUBRIC, f"{article.rubric.slug} → {rubric}"))
    return Newcomer(
        uid=found.uid or ArticleUid(str(uuid.uuid4())),
        slug=slug,
        content=replace(content, rubric=rubric),
        adopted=Adopted(found.site_pk, found.state, found.sequence, found.slug),
        losses=losses,
        published_at=content.date,
        url=f"{public_url}{found.path}"[:800] if public_url else "",
    )


def _free_slugs(case: Case, articles: Sequence[ReadArticle]) -> list[str]:
    """An address within the newsroom for each article: the site's own where it can be one and is free."""
    wanted = [
        article.found.slug if is_slug(article.found.slug) else make_slug(article.content.headline)
        for article in articles
    ]
    taken = case.work.adoptions.taken_slugs(set(wanted))
    slugs = []
    for slug in wanted:
        free, number = slug, 1
        while free in taken or (number > 1 and case.work.articles.slug_owner(free) is not None):
            number += 1
            free = numbered(slug, number)
        taken.add(free)
        slugs.append(free)
    return slugs


class _Rubrics:
    """The newsroom's rubrics by what sites call them; missing ones are made.

    Attributes:
        made: titles of those.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known = case.work.records.rubrics()
        self.made: list[str] = []

    def slug_of(self, found: FoundRubric) -> RubricSlug:
        """By the site's slug, by which most sites know a rubric, else by its title.

        A rubric of that title under another slug, in which nobody has written yet, takes on the site's.
        """
        title = one_line(clean(found.title or found.slug))[:_RUBRIC_TITLE]
        for rubric in self._known:
            if rubric.slug == found.slug:
                return rubric.slug
        for rubric in self._known:
            if rubric.title.casefold() == title.casefold():
                return self._renamed(rubric, found.slug)
        return self._make(found.slug, title)

    def _renamed(self, rubric: Rubric, slug: str) -> RubricSlug:
        own = RubricSlug(slug)
        if not _is_rubric_slug(slug) or not self._case.work.records.rename_unused_rubric(rubric.slug, own):
            return rubric.slug
        self._case.note("settings", detail=own)
        self._known[self._known.index(rubric)] = replace(rubric, slug=own)
        return own

    def _make(self, slug: str, title: str) -> RubricSlug:
        taken = {rubric.slug for rubric in self._known}
        base = slug if _is_rubric_slug(slug) else make_slug(title, _RUBRIC_SLUG - 4)
        free, number = base, 1
        while free in taken:
            number += 1
            free = numbered(base, number)
        position = max((rubric.position for rubric in self._known), default=-1) + 1
        rubric = Rubric(RubricSlug(free), title, position)
        self._case.work.records.save_rubric(rubric)
        self._case.note("settings", detail=rubric.slug)
        self._known.append(rubric)
        self.made.append(title)
        return rubric.slug


def _is_rubric_slug(slug: str) -> bool:
    return is_slug(slug) and len(slug) <= _RUBRIC_SLUG


class _Photos:
    """The photos of one article: found, checked, and put into the store, each once.

    Attributes:
        kept: what the newsroom is to know of each.
    """

    def __init__(
        self, desk: Desk, photo_at: PhotoAt, at: datetime, *, keep: bool, known: Mapping[str, PhotoId]
    ) -> None:
        self._desk, self._photo_at, self._at, self._keep, self._known = desk, photo_at, at, keep, known
        self._asked: dict[str, PhotoId | None] = {}
        self.kept: dict[PhotoId, Photo] = {}

    def id_of(self, address: str) -> PhotoId | None:
        """The photo at *address*; None where its file is not there or is no photo."""
        if address not in self._asked:
            self._asked[address] = self._read(address)
        return self._asked[address]

    def _read(self, address: str) -> PhotoId | None:
        name = address.rpartition("/")[2]
        for beginning, photo in self._known.items():
            if name.startswith(beginning):
                return photo
        data = self._photo_at(address)
        if data is None:
            return None
        try:
            checked = check_photo(data, name)
        except InvalidInput:
            return None
        if self._keep:
            self._desk.photos.put(checked)
        self.kept[checked.id] = _record(checked, self._at)
        return checked.id


def _record(photo: CleanPhoto, at: datetime) -> Photo:
    return Photo(
        id=photo.id,
        mime=photo.mime,
        width=photo.width,
        height=photo.height,
        size=len(photo.data),
        name=photo.name[:255],
        credit=photo.credit,
        caption=photo.caption,
        added_at=at,
    )


def _lead_photo(found: FoundArticle, photos: _Photos, losses: list[Loss]) -> LeadPhoto | None:
    if found.photo is None:
        return None
    photo = photos.id_of(found.photo.address)
    if photo is None:
        losses.append(Loss(LossKind.LEAD_PHOTO, found.photo.address))
        return None
    caption, credit, alt = (
        clean(text or "").strip() for text in (found.photo.caption, found.photo.credit, found.photo.alt)
    )
    return LeadPhoto(photo, caption, credit, alt)


def _age(text: str) -> AgeRating | None:
    try:
        return AgeRating.parse(text) if text.strip() else None
    except InvalidInput:
        return None


def details(losses: Iterable[Loss]) -> list[str]:
    """Each loss as a sentence."""
    return [f"{loss.kind.words}: {loss.detail}" if loss.detail else loss.kind.words for loss in losses]
