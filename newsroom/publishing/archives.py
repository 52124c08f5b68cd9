"""Brings the archive of a site into the newsroom, page by page: killed at any moment, it goes on where it was."""

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from newsroom.desk.adopting import ReadArticle, adopt_page, details, read_found
from newsroom.desk.session import Desk
from newsroom.domain.adoption import LossKind
from newsroom.domain.errors import PersonError
from newsroom.domain.ids import SiteName
from newsroom.domain.people import Action, require
from newsroom.site.archive import Archive, FoundArticle

#: Articles of one transaction.
PAGE = 100
#: Examples that are kept of everything that is reported.
_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Progress:
    #: Articles of the archive that have been looked at in this run, of how many.
    done: int
    total: int
    #: At the pace of the last minute; None while that is not known.
    seconds_left: float | None


@dataclass(slots=True)
class ImportSummary:
    """What a run did, or, where nothing was to be kept, would do."""

    brought: int = 0
    #: Articles that the newsroom has already.
    known: int = 0
    #: Articles that could not be read at all, and why: the site's key and a sentence, some of them.
    refused: int = 0
    refusals: list[tuple[str, str]] = field(default_factory=list)
    #: Rubrics that were made.
    rubrics: list[str] = field(default_factory=list)
    losses: Counter[LossKind] = field(default_factory=Counter)
    #: Headline, and what of the article could not be brought in as it was; some of them.
    examples: list[tuple[str, list[str]]] = field(default_factory=list)


def import_archive(
    desk: Desk,
    site: SiteName,
    archive: Archive,
    *,
    dry_run: bool = False,
    told: Callable[[Progress], None] = lambda _progress: None,
    page: int = PAGE,
) -> ImportSummary:
    """Bring in every published article of *archive* that the newsroom does not know.

    Each *page* is one transaction, so that nothing is brought in twice; no more than one is held in memory. After the
    last one the next run looks through the archive from its beginning. With *dry_run* nothing is kept.
    Raises `Forbidden`, `NotNow` where another run is at work, and what the archive raises.
    """
    require(desk.person, Action.MANAGE_SITES)
    with desk.database.read() as work:
        cursor = "" if dry_run else work.adoptions.cursor(site)
        public_url = {config.name: config.public_url for config in work.records.sites()}[site]
    summary, pace, done = ImportSummary(), Pace(), 0
    total = archive.count(cursor)
    rubrics: set[str] = set()
    while found := archive.page(cursor, page):
        articles = _read_page(desk, site, archive, found, summary, keep=not dry_run)
        # A short page is the last one: the import is finished, and the next begins anew.
        after = found[-1].site_pk if len(found) == page else ""
        if dry_run:
            rubrics |= {article.rubric.title for article in articles if article.rubric}
        else:
            summary.rubrics += adopt_page(desk, site, articles, public_url, cursor, after).value.rubrics
        summary.brought += len(articles)
        done += len(found)
        told(Progress(done, max(total, done), pace.left(done, total)))
        cursor = after
        if not after:
            break
    if cursor and not dry_run:  # the archive ended with a full page
        adopt_page(desk, site, [], public_url, cursor, "")
    if dry_run:
        with desk.database.read() as work:
            known = {rubric.title.casefold() for rubric in work.records.rubrics()}
        summary.rubrics = sorted(title for title in rubrics if title.casefold() not in known)
    return summary


def _read_page(
    desk: Desk, site: SiteName, archive: Archive, found: list[FoundArticle], summary: ImportSummary, *, keep: bool
) -> list[ReadArticle]:
    with desk.database.read() as work:
        now = work.now
        keys = work.adoptions.known_keys(site, [one.site_pk for one in found])
        uids = work.adoptions.known_uids([one.uid for one in found if one.uid])
    articles = []
    for one in found:
        if one.site_pk in keys or one.uid in uids:
            summary.known += 1
            continue
        try:
            article = read_found(desk, one, archive.photo, now, keep=keep)
        except PersonError as error:
            summary.refused += 1
            if len(summary.refusals) < _EXAMPLES:
                summary.refusals.append((one.site_pk, str(error)))
            continue
        articles.append(article)
        summary.losses.update({loss.kind for loss in article.losses})
        if article.losses and len(summary.examples) < _EXAMPLES:
            summary.examples.append((article.content.headline, details(article.losses)))
    return articles


class Pace:
    """How long the rest will take, by what the last minute has brought; silent in the first seconds."""

    _WINDOW = 60.0
    _SILENT = 3.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._points: deque[tuple[float, int]] = deque([(clock(), 0)])

    def left(self, done: int, total: int) -> float | None:
        """Seconds until *total*, now that *done* are done."""
        now = self._clock()
        self._points.append((now, done))
        while now - self._points[1][0] > self._WINDOW:
            self._points.popleft()
        since, first = self._points[0]
        if now - since < self._SILENT or done <= first:
            return None
        return (total - done) * (now - since) / (done - first)
