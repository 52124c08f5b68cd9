"""Triage of readers' reports: mistakes found in the text as it is now, and decided about with one key each.

A correction patches exactly the reported words, in what readers see and in the text that is being written meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from newsroom.desk.case import Case, use_case
from newsroom.desk.corrections import correct
from newsroom.desk.session import Desk
from newsroom.domain.anchors import Anchor
from newsroom.domain.changes import Done
from newsroom.domain.comments import Place
from newsroom.domain.corrections import Correction
from newsroom.domain.errors import InvalidInput, NotFound, NotNow
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, ReportId, SiteName
from newsroom.domain.people import Action
from newsroom.domain.reports import IncomingReport, Report, ReportState
from newsroom.domain.triage import Decision, Mistake, MistakeRef, OpenReports, Spot, Standing, visibility
from newsroom.text.anchors import Found, anchor_of, candidates
from newsroom.text.folding import Folded
from newsroom.text.page_text import PageText, page_text, texts_of
from newsroom.text.reported import SURE, propose, sentence_around, widened
from newsroom.text.spelling.speller import Speller
from newsroom.words import _

#: Mistakes that are shown at once; the others come as these are decided about.
SHOWN: Final = 300
#: Places that are offered for one mistake.
_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Triage:
    """What is to be decided: known articles by how visible they are, then unknown pages; and how many reports wait."""

    mistakes: tuple[Mistake, ...]
    waiting: int


class TriageReader:
    """Reads what is to be decided, and remembers where mistakes were found while their articles stay as they are.

    May be used by one thread at a time.
    """

    def __init__(self) -> None:
        self._pages: dict[ArticleId, tuple[int, dict[Field, str], PageText]] = {}
        self._placed: dict[tuple[int, int, bool], tuple[Standing, tuple[Spot, ...]]] = {}

    def read(self, desk: Desk, speller: Speller | None = None, *, limit: int = SHOWN) -> Triage:
        """*speller* knows the words of the house; without it only comments tell what was meant."""
        with desk.database.read() as work:
            opened = work.reports.open_mistakes(work.now, limit)
            waiting = work.reports.count_open()
            now = work.now
            for article, revision in {(one.ref.article, one.revision) for one in opened}:
                if article is not None and self._pages.get(article, (0,))[0] != revision:
                    texts = texts_of(work.articles.get(article).content)
                    self._pages[article] = (revision, texts, page_text(texts))
        wanted = {one.ref.article for one in opened}
        self._pages = {article: kept for article, kept in self._pages.items() if article in wanted}
        opened.sort(key=lambda one: (one.ref.article is None, -visibility(one, now), -one.count, one.newest.id))
        placed = [self._mistake(one, speller) for one in opened]
        keys = {(one.newest.id, one.revision, speller is not None) for one in opened}
        self._placed = {key: spots for key, spots in self._placed.items() if key in keys}
        return Triage(tuple(_merged(placed)), waiting)

    def _mistake(self, opened: OpenReports, speller: Speller | None) -> Mistake:
        article = opened.ref.article
        key = (opened.newest.id, opened.revision, speller is not None)
        if key not in self._placed:
            texts, page = self._pages[article][1:] if article is not None else ({}, PageText("", {}))
            self._placed[key] = _placed(texts, page, opened.newest, opened.comment, speller)
        standing, spots = self._placed[key]
        return Mistake(
            ref=opened.ref,
            count=opened.count,
            newest=opened.newest,
            comment=opened.comment,
            first_at=opened.first_at,
            live_since=opened.live_since,
            pinned=opened.pinned,
            standing=Standing.UNKNOWN if article is None else standing,
            spots=spots,
        )


def bring_in(desk: Desk, site: SiteName, incoming: Sequence[IncomingReport]) -> Done[int]:
    """Keep reports that did not come through the site's database, once each; how many were new. Raises `NotFound`."""
    with use_case(desk, Action.TRIAGE_REPORTS) as case:
        if site not in {known.name for known in case.work.records.sites()}:
            raise NotFound(_("Сайта «{name}» в редакции нет.").format(name=site))
        arrived = case.work.reports.add(site, incoming)
        if arrived:
            case.note("reported", report=arrived[-1].id, detail=str(len(arrived)))
        return case.done(len(arrived))


def accept(desk: Desk, ref: MistakeRef, place: Place, new: str) -> Done[Decision]:
    """Write *new* instead of the words at *place*, and close all reports of the mistake as fixed.

    Where the house lets minor corrections out, one that is minor goes to the sites at once; any other is submitted to
    the chief. Raises `NotNow` where the words are no longer there, `InvalidInput`, `StaleEdit`.
    """
    with use_case(desk, Action.TRIAGE_REPORTS) as case:
        if ref.article is None:
            raise NotNow(_("Этой страницы нет среди статей редакции: исправьте её на сайте."))
        old = place.anchor.selected
        if not new.strip() or new == old:
            raise InvalidInput(_("Напишите, что должно стоять вместо «{words}».").format(words=old))
        outcome = correct(case, ref.article, Correction(place, new))
        closed = case.work.reports.close(ref, ReportState.FIXED, case.person.id, case.now)
        if not closed:
            raise NotNow(_("Об этом уже решили."))
        _note(case, ref, closed, ReportState.FIXED, f"{old} → {new}")
        return case.done(Decision(ref, ReportState.FIXED, closed, outcome.place, old, outcome.goes_out, outcome.queue))


def close(desk: Desk, ref: MistakeRef, state: ReportState, reason: str = "") -> Done[Decision]:
    """Close all reports of the mistake without touching the text; a rejection says why. Raises `NotNow`."""
    with use_case(desk, Action.TRIAGE_REPORTS) as case:
        if state is ReportState.REJECTED and not reason.strip():
            raise InvalidInput(_("Напишите, почему это не ошибка."))
        closed = case.work.reports.close(ref, state, case.person.id, case.now, reason.strip())
        if not closed:
            raise NotNow(_("Об этом уже решили."))
        _note(case, ref, closed, state, reason.strip())
        return case.done(Decision(ref, state, closed))


def take_back(desk: Desk, decision: Decision) -> Done[None]:
    """Open the reports again; a correction is undone by another one, on the sites too. Raises as `accept`."""
    with use_case(desk, Action.TRIAGE_REPORTS) as case:
        if decision.place is not None and decision.ref.article is not None:
            correct(case, decision.ref.article, Correction(decision.place, decision.new), undoes=decision.goes_out)
        case.work.reports.reopen(decision.reports, decision.state)
        case.note("reopen-report", article=decision.ref.article, report=decision.reports[-1])
        return case.done(None)


def _note(case: Case, ref: MistakeRef, closed: tuple[ReportId, ...], state: ReportState, detail: str) -> None:
    """One line for all reports of a mistake: who decided what, of how many."""
    told = " · ".join(filter(None, (state.value, detail, f"× {len(closed)}" if len(closed) > 1 else "")))
    case.note("close-report", article=ref.article, report=closed[-1], detail=told)


def _placed(
    texts: Mapping[Field, str], page: PageText, report: Report, comment: str, speller: Speller | None
) -> tuple[Standing, tuple[Spot, ...]]:
    """How the report's words stand in *page*, and where they may be in *texts*, the likeliest first."""
    if not report.selected.strip():
        return Standing.GONE, ()
    anchor = Anchor(report.before, report.selected, report.after, -1)
    found = [
        (place, part) for place in candidates(page.text, anchor, _OFFERED) if (part := _within(texts, page, place))
    ]
    if not found or found[0][0].confidence < SURE:
        return Standing.GONE, ()
    spots = tuple(_spot(texts[field], field, place, comment, speller) for _whole, (field, place) in found)
    first = found[0][0]
    now = Folded(page.text[first.begin : first.end]).text.strip()
    return Standing.FOUND if now == Folded(report.selected).text.strip() else Standing.CHANGED, spots


def _within(texts: Mapping[Field, str], page: PageText, place: Found) -> tuple[Field, Found] | None:
    """The field of *page* that *place* is in, and the place in its text; None where no words of it are there."""
    part = page.within(place.begin, place.end)
    if part is None:
        return None
    field, begin, end = part
    return (field, Found(begin, end, place.confidence)) if texts[field][begin:end].strip() else None


def _spot(text: str, field: Field, found: Found, comment: str, speller: Speller | None) -> Spot:
    proposal = propose(text, found.begin, found.end, comment, speller)
    begin, end = proposal.begin, proposal.end
    if not proposal.new:
        begin, end = widened(text, found.begin, found.end)
    first, last = sentence_around(text, begin, end)
    return Spot(
        place=Place(field, anchor_of(text, begin, end)),
        end=end,
        before=text[first:begin],
        words=text[begin:end],
        after=text[end:last],
        confidence=found.confidence,
        new=proposal.new,
    )


def _merged(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """*mistakes* with those joined that are about the same words of the same text, however they were selected."""
    made: list[Mistake] = []
    places: dict[tuple[ArticleId | None, Field, int], int] = {}
    for mistake in mistakes:
        spot = mistake.spot
        key = (mistake.ref.article, spot.place.field, spot.place.anchor.position) if spot else None
        if key is None or key not in places:
            if key is not None:
                places[key] = len(made)
            made.append(mistake)
            continue
        number = places[key]
        made[number] = _joined(made[number], mistake)
    return made


def _joined(one: Mistake, other: Mistake) -> Mistake:
    newer = max(one, other, key=lambda mistake: mistake.newest.id)
    ref = replace(one.ref, keys=(*one.ref.keys, *other.ref.keys))
    proposing = next((each for each in (newer, one, other) if each.spot and each.spot.new), newer)
    return replace(
        newer,
        ref=ref,
        count=one.count + other.count,
        comment=newer.comment or one.comment or other.comment,
        first_at=min(one.first_at, other.first_at),
        spots=proposing.spots,
    )
