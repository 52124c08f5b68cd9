"""What a use case changed, and the record of who did what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from newsroom.domain.ids import ArticleId, QueueItemId, ReportId, SiteName

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """Which things a committed transaction touched, so that views know what to read again."""

    articles: frozenset[ArticleId] = frozenset()
    queue: frozenset[QueueItemId] = frozenset()
    reports: frozenset[ReportId] = frozenset()
    #: People, rubrics, sites, house rules.
    settings: bool = False
    photos: bool = False
    #: The house dictionary.
    words: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.articles | other.articles,
            self.queue | other.queue,
            self.reports | other.reports,
            self.settings or other.settings,
            self.photos or other.photos,
            self.words or other.words,
        )

    def __bool__(self) -> bool:
        return any((self.articles, self.queue, self.reports, self.settings, self.photos, self.words))


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The answer of a use case: its value, and what changed."""

    value: T
    changes: Changes


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of the append-only record: audit, history and refresh in one."""

    id: int
    at: datetime
    #: Login, or the name of a publisher.
    who: str
    #: A short English key: ``approve``, ``delivered`` …
    what: str
    article: ArticleId | None
    queue_item: QueueItemId | None
    report: ReportId | None
    #: Reason or detail, in words.
    detail: str
    #: That of the queue item.
    site: SiteName | None = None
