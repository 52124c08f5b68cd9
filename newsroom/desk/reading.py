"""What desks read. Nothing here changes anything; values are frozen and may cross threads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsroom.desk.session import Desk
from newsroom.domain.article import Article, ArticleFilter, ArticleRow, Content, Revision, Rubric
from newsroom.domain.changes import Activity, Changes
from newsroom.domain.history import History
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, PhotoId
from newsroom.domain.people import Person
from newsroom.domain.photos import Photo
from newsroom.domain.queue import PublisherAlive, QueueItem, SiteConfig
from newsroom.domain.reports import Report
from newsroom.domain.states import Label, QueueState


@dataclass(frozen=True, slots=True)
class Counters:
    """Numbers beside the rail's entries, and the publishers' signs of life."""

    #: Articles submitted and waiting for the chief.
    waiting: int
    #: Queue items that need a person.
    attention: int
    open_reports: int
    #: Newest first; empty where none has ever run.
    publishers: tuple[PublisherAlive, ...]
    #: The database's clock when this was read.
    now: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes seldom and every view needs."""

    house: House
    rubrics: tuple[Rubric, ...]
    people: tuple[Person, ...]
    sites: tuple[SiteConfig, ...]


def read_settings(desk: Desk) -> Settings:
    with desk.database.read() as work:
        return Settings(
            house=work.records.house(),
            rubrics=tuple(work.records.rubrics()),
            people=tuple(work.records.people()),
            sites=tuple(work.records.sites()),
        )


def article_ids(desk: Desk, wanted: ArticleFilter) -> list[ArticleId]:
    """All matching articles by the time that the list shows, the latest first; only numbers, so many are cheap."""
    with desk.database.read() as work:
        return work.articles.ids(wanted)


def article_rows(desk: Desk, ids: Sequence[ArticleId]) -> list[ArticleRow]:
    """The lines of *ids*, in that order; those that are gone are left out."""
    with desk.database.read() as work:
        return work.articles.rows(ids)


def read_article(desk: Desk, article: ArticleId) -> Article:
    """Raises `NotFound`."""
    with desk.database.read() as work:
        return work.articles.get(article)


def read_revisions(desk: Desk, article: ArticleId) -> list[Revision]:
    """Newest first."""
    with desk.database.read() as work:
        return work.articles.revisions(article)


def read_history(desk: Desk, article: ArticleId) -> History:
    """Who saved what and when, and what became of it; without the contents. Raises `NotFound`."""
    with desk.database.read() as work:
        return work.histories.of(article)


def read_revision(desk: Desk, article: ArticleId, number: int) -> Revision:
    """Raises `NotFound`."""
    with desk.database.read() as work:
        return work.articles.revision(article, number)


def live_content(desk: Desk, article: ArticleId) -> Content | None:
    """What readers see now on the first site that shows it; None where none does."""
    with desk.database.read() as work:
        for place in work.articles.live_of(article):
            if place.revision is not None:
                return work.articles.revision(article, place.revision).content
    return None


def read_queue(desk: Desk, *, done_limit: int = 100) -> list[QueueItem]:
    """All open items, and the newest *done_limit* of the others; by due time, undated first."""
    with desk.database.read() as work:
        return work.pages.with_pages(work.queue.items(done_limit))


def open_items(desk: Desk, article: ArticleId) -> list[QueueItem]:
    """The open items of *article*."""
    with desk.database.read() as work:
        return work.queue.open_items(article)


def waiting_articles(desk: Desk) -> list[ArticleRow]:
    """Articles submitted and waiting for the chief, the longest waiting first; ``when`` is the planned time."""
    with desk.database.read() as work:
        return work.articles.rows_labelled(Label.SUBMITTED)


def read_reports(desk: Desk, *, open_only: bool = True, limit: int = 500) -> list[Report]:
    """Newest first."""
    with desk.database.read() as work:
        return work.reports.newest(open_only=open_only, limit=limit)


def read_photos(desk: Desk, *, limit: int = 200) -> list[Photo]:
    """Newest first."""
    with desk.database.read() as work:
        return work.records.photos(limit)


def read_photo(desk: Desk, photo: PhotoId) -> Photo:
    """Raises `NotFound`."""
    with desk.database.read() as work:
        return work.records.photo(photo)


def photo_articles(desk: Desk, photos: Collection[PhotoId]) -> dict[PhotoId, int]:
    """In how many articles each photo is the lead photo."""
    with desk.database.read() as work:
        return work.records.lead_photo_uses(photos)


def read_activity(desk: Desk, article: ArticleId | None = None, *, limit: int = 200) -> list[Activity]:
    """Newest first; of one article or of all."""
    with desk.database.read() as work:
        return work.activity.lines(article, limit)


def newest_activity(desk: Desk) -> int:
    """Where `changes_since` begins for a desk that has just read everything."""
    with desk.database.read() as work:
        return work.activity.newest()


def changes_since(desk: Desk, activity_id: int) -> tuple[int, Changes]:
    """The newest activity id, and what others (or this desk) changed after *activity_id*. Cheap; polled."""
    with desk.database.read() as work:
        return work.activity.changes_after(activity_id)


def read_counters(desk: Desk) -> Counters:
    with desk.database.read() as work:
        return Counters(
            waiting=work.articles.count_labelled(Label.SUBMITTED),
            attention=work.queue.count(QueueState.NEEDS_PERSON),
            open_reports=work.reports.count_open(),
            publishers=tuple(work.records.publishers()),
            now=work.now,
        )
