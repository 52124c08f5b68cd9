"""What desks read. Nothing here changes anything; values are frozen and may cross threads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsroom.desk.session import Desk
from newsroom.domain.article import Article, ArticleFilter, ArticleRow, Content, Revision, Rubric
from newsroom.domain.changes import Activity, Changes
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, PhotoId
from newsroom.domain.people import Person
from newsroom.domain.photos import Photo
from newsroom.domain.queue import PublisherAlive, QueueItem, SiteConfig
from newsroom.domain.reports import Report


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
    raise NotImplementedError


def article_ids(desk: Desk, wanted: ArticleFilter) -> list[ArticleId]:
    """All matching articles, the newest edit first; only numbers, so ten thousand are cheap."""
    raise NotImplementedError


def article_rows(desk: Desk, ids: Sequence[ArticleId]) -> list[ArticleRow]:
    """The lines of *ids*, in that order; those that are gone are left out."""
    raise NotImplementedError


def read_article(desk: Desk, article: ArticleId) -> Article:
    """Raises `NotFound`."""
    raise NotImplementedError


def read_revisions(desk: Desk, article: ArticleId) -> list[Revision]:
    """Newest first."""
    raise NotImplementedError


def read_revision(desk: Desk, article: ArticleId, number: int) -> Revision:
    """Raises `NotFound`."""
    raise NotImplementedError


def live_content(desk: Desk, article: ArticleId) -> Content | None:
    """What readers see now on the first site that shows it; None where none does."""
    raise NotImplementedError


def read_queue(desk: Desk, *, done_limit: int = 100) -> list[QueueItem]:
    """All open items, and the newest *done_limit* of the others; by due time, undated first."""
    raise NotImplementedError


def waiting_articles(desk: Desk) -> list[ArticleRow]:
    """Articles submitted and waiting for the chief, the longest waiting first."""
    raise NotImplementedError


def read_reports(desk: Desk, *, open_only: bool = True, limit: int = 500) -> list[Report]:
    """Newest first."""
    raise NotImplementedError


def read_photos(desk: Desk, *, limit: int = 200) -> list[Photo]:
    """Newest first."""
    raise NotImplementedError


def read_photo(desk: Desk, photo: PhotoId) -> Photo:
    """Raises `NotFound`."""
    raise NotImplementedError


def photo_articles(desk: Desk, photos: Collection[PhotoId]) -> dict[PhotoId, int]:
    """In how many articles each photo is the lead photo."""
    raise NotImplementedError


def read_activity(desk: Desk, article: ArticleId | None = None, *, limit: int = 200) -> list[Activity]:
    """Newest first; of one article or of all."""
    raise NotImplementedError


def changes_since(desk: Desk, activity_id: int) -> tuple[int, Changes]:
    """The newest activity id, and what others (or this desk) changed after *activity_id*. Cheap; polled."""
    raise NotImplementedError


def read_counters(desk: Desk) -> Counters:
    raise NotImplementedError
