"""The check of an article: what blocks it, and what its texts themselves show; one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newsroom.desk.session import Desk
from newsroom.desk.vocabulary import ignored_form
from newsroom.domain.article import ArticleFilter, Content
from newsroom.domain.blockers import find_blockers
from newsroom.domain.findings import Finding, Severity, in_order
from newsroom.domain.ids import ArticleId, PhotoId, RubricSlug
from newsroom.domain.marks import KeptMark
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import Label
from newsroom.storage.database import Work
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import Around, Material, Recent, material_of
from newsroom.text.checks.spelling import forbidden_words
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from newsroom.text.spelling.house import HouseWords, gather
from newsroom.text.spelling.judging import Lexicons
from newsroom.text.spelling.speller import Speller

#: How far back headlines are compared, and how many of them at most.
_LATELY: Final = timedelta(days=14)
_MOST_RECENT: Final = 1_000
#: What readers see, or will.
_LIVE: Final = frozenset((Label.LIVE, Label.LIVE_EDITED))
_SEEN: Final = _LIVE | frozenset((Label.SCHEDULED, Label.UNDER_WAY, Label.APPROVED))


@dataclass(frozen=True, slots=True)
class Frame:
    """What the newsroom holds beside the article itself: may be kept while neither settings nor articles change."""

    around: Around
    words: HouseWords
    marks: tuple[KeptMark, ...]
    rules: tuple[HouseRule, ...]
    rubrics: frozenset[RubricSlug]


def read_frame(desk: Desk) -> Frame:
    """What articles are checked with now."""
    with desk.database.read() as work:
        return frame_of(work)


def checker_for(frame: Frame, lexicons: Lexicons | None = None) -> Checker:
    """A checker by what the newsroom has decided; without *lexicons* it leaves spelling out."""
    return Checker(
        Speller(lexicons, frame.words) if lexicons is not None else None,
        kept_marks=frame.marks,
        rules=frame.rules,
        house_style=frame.around.house.style,
    )


def check_content(
    desk: Desk,
    content: Content,
    checker: Checker,
    *,
    article: ArticleId | None = None,
    brought_photos: Collection[PhotoId] = (),
) -> list[Finding]:
    """Everything to be said about *content*, the gravest first. Raises `InvalidInput` for a body that cannot be read.

    *article* is its number where it has one, *brought_photos* are photos that come along with it.
    """
    document = parse(content.body)
    with desk.database.read() as work:
        frame = frame_of(work)
        blockers = blockers_in(desk, work, content, photos_in(document), brought_photos=brought_photos)
        passed_over = passed_over_in(work, article)
    material = material_of(content, document.blocks, article)
    found = checker.check(material, frame.around)
    return in_order(passed_over.rest_of([*blockers, *found]))


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What somebody has passed over in an article: words of its spelling, and keys of other findings."""

    words: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    def rest_of(self, findings: Iterable[Finding]) -> list[Finding]:
        """*findings* without those."""
        if not self.words and not self.keys:
            return list(findings)
        return [
            one
            for one in findings
            if not (one.ignorable and one.key in self.keys)
            and not (one.code.startswith("spelling-") and ignored_form(one.words) in self.words)
        ]


def passed_over_in(work: Work, article: ArticleId | None) -> PassedOver:
    if article is None:
        return PassedOver()
    return PassedOver(work.vocabulary.ignored(article), frozenset(work.lists.ignored(article)))


def read_passed_over(desk: Desk, article: ArticleId | None) -> PassedOver:
    """What is passed over in *article*; nothing in one that is not kept yet."""
    with desk.database.read() as work:
        return passed_over_in(work, article)


@dataclass(frozen=True, slots=True)
class OnSite:
    """What readers see of an article."""

    article: ArticleId
    content: Content


def read_live(desk: Desk) -> list[OnSite]:
    """Every article that readers see, the latest first, as they see it."""
    with desk.database.read() as work:
        found = []
        for article in work.articles.ids(ArticleFilter(labels=_LIVE)):
            shown = next((place.revision for place in work.articles.live_of(article) if place.revision), None)
            if shown is not None:
                found.append(OnSite(article, work.articles.revision(article, shown).content))
    return found


def blockers_of_live(desk: Desk, shown: OnSite, body_photos: Collection[PhotoId]) -> list[Finding]:
    """What would keep it from going out again now; *body_photos* are those between its paragraphs."""
    with desk.database.read() as work:
        return blockers_in(desk, work, shown.content, body_photos)


def frame_of(work: Work) -> Frame:
    house = work.records.house()
    return Frame(
        Around(house, work.now, _recent(work)),
        gather(work.vocabulary.forms(), house.yo),
        tuple(work.lists.marks()),
        tuple(kept.rule for kept in work.lists.rules()),
        frozenset(rubric.slug for rubric in work.records.rubrics()),
    )


def blockers_in(
    desk: Desk,
    work: Work,
    content: Content,
    body_photos: Collection[PhotoId],
    *,
    due: datetime | None = None,
    brought_photos: Collection[PhotoId] = (),
) -> list[Finding]:
    """`find_blockers` of *content* in the newsroom as it stands."""
    used = [*body_photos, *([content.photo.photo] if content.photo else [])]
    return find_blockers(
        content,
        work.records.house(),
        rubrics={rubric.slug for rubric in work.records.rubrics()},
        photos={photo for photo in work.records.known_photos(used) if desk.photos.has(photo)} | set(brought_photos),
        body_photos=body_photos,
        due=due,
    )


def judged(desk: Desk, work: Work, content: Content, article: ArticleId, due: datetime | None) -> list[Finding]:
    """What blocks *content* at *due* and what is asked about before it is approved, by the lists of today.

    Of spelling only what the house forbids is in it: doubtful words are marked under the eyes of whoever writes.
    """
    document = parse(content.body)
    frame = frame_of(work)
    material = material_of(content, document.blocks, article)
    found = blockers_in(desk, work, content, photos_in(document), due=due)
    found += checker_for(frame).check(material, frame.around)
    found += _forbidden_in(material, frame.words.forbidden)
    asked = [one for one in found if one.severity is not Severity.NOTE]
    return in_order(passed_over_in(work, article).rest_of(asked))


def newly_found(work: Work, content: Content, article: ArticleId, since: datetime) -> list[Finding]:
    """What blocks or warns in *content* now, and could not yet *since*: marks, rules and forbidden words entered,
    changed or due later.

    Where the lists have stood still, the text is not looked at.
    """
    day = since.astimezone(work.records.house().tz).date()
    marks = [
        kept
        for kept in work.lists.marks()
        if (kept.at is not None and kept.at > since)
        or (kept.mark.valid_from is not None and kept.mark.valid_from > day)
    ]
    rules = [kept.rule for kept in work.lists.rules() if kept.at > since]
    forbidden = gather(work.vocabulary.forms(since)).forbidden
    if not marks and not rules and not forbidden:
        return []
    frame = frame_of(work)
    material = material_of(content, parse(content.body).blocks, article)
    found = Checker(kept_marks=marks, rules=rules).listed(material, frame.around)
    found += _forbidden_in(material, forbidden)
    return passed_over_in(work, article).rest_of(one for one in found if one.severity is not Severity.NOTE)


def _forbidden_in(material: Material, forbidden: Mapping[str, str]) -> list[Finding]:
    return [found for piece in material.pieces for found in forbidden_words(piece, forbidden)]


def errors_in(
    desk: Desk, work: Work, content: Content, article: ArticleId | None, due: datetime | None
) -> list[Finding]:
    """What keeps *content* from going out at *due*: all that blocks, and nothing else."""
    document = parse(content.body)
    frame = frame_of(work)
    blockers = [one for one in blockers_in(desk, work, content, photos_in(document), due=due) if one.blocks]
    material = material_of(content, document.blocks, article)
    found = checker_for(frame).errors(material, frame.around)
    return in_order([*blockers, *passed_over_in(work, article).rest_of(found)])


def _recent(work: Work) -> tuple[Recent, ...]:
    lately = ArticleFilter(labels=_SEEN, since=work.now - _LATELY)
    rows = work.articles.rows(work.articles.ids(lately)[:_MOST_RECENT])
    return tuple(Recent(row.id, row.headline) for row in rows)
