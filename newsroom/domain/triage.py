"""Reports of one mistake as a proofreader meets them: counted, found in the text, with what was probably meant."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import log2
from typing import Final

from newsroom.domain.comments import Place
from newsroom.domain.ids import ArticleId, QueueItemId, ReportId, SiteName
from newsroom.domain.reports import Report, ReportState

#: Hours after which an article is half as visible; what is pinned counts so many times.
_HALF_LIFE: Final = timedelta(hours=12)
_PINNED: Final = 4.0


@dataclass(frozen=True, slots=True)
class MistakeRef:
    """Which open reports belong together."""

    #: None for a page that the newsroom does not know; then `site` and `page_url` tell which.
    article: ArticleId | None
    #: `newsroom.domain.reports.mistake_key` of each way in which readers selected it.
    keys: tuple[str, ...]
    site: SiteName
    page_url: str = ""


@dataclass(frozen=True, slots=True)
class OpenReports:
    """Open reports with one key, as they are counted."""

    ref: MistakeRef
    count: int
    newest: Report
    #: The newest comment that says something.
    comment: str
    first_at: datetime
    #: Since when readers see the article; None where they do not.
    live_since: datetime | None
    pinned: bool
    #: Number of the article's newest revision; 0 for an unknown page.
    revision: int


class Standing(StrEnum):
    """How the reported words stand in the text now."""

    FOUND = "found"
    #: The place is there, with other words in it.
    CHANGED = "changed"
    GONE = "gone"
    #: No article to look in.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the newest text where the mistake may be."""

    #: Exactly the words to be replaced, with what stands around them.
    place: Place
    end: int
    #: The sentence, in three parts.
    before: str
    words: str
    after: str
    confidence: float
    #: What to write instead; empty where nothing can be proposed.
    new: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row of the triage."""

    ref: MistakeRef
    count: int
    newest: Report
    comment: str
    first_at: datetime
    live_since: datetime | None
    pinned: bool
    standing: Standing
    #: The likeliest first; none where the words are gone.
    spots: tuple[Spot, ...] = ()

    @property
    def spot(self) -> Spot | None:
        return self.spots[0] if self.spots else None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a mistake, as far as it is needed to take it back."""

    ref: MistakeRef
    state: ReportState
    #: The reports that it closed.
    reports: tuple[ReportId, ...]
    #: The words as they were and are now; empty where the text was not touched.
    place: Place | None = None
    new: str = ""
    #: Whether the correction goes out by itself; else the chief decides, or it goes out with the article.
    goes_out: bool = False
    #: Items of the queue that carry it.
    queue: tuple[QueueItemId, ...] = field(default=())


def visibility(reports: OpenReports, now: datetime) -> float:
    """How much readers see of the mistake: the younger, pinned, oftener reported, the more; 0 where nobody sees it."""
    if reports.live_since is None:
        return 0.0
    age = max(now - reports.live_since, timedelta())
    return float((_PINNED if reports.pinned else 1.0) * 0.5 ** (age / _HALF_LIFE) * (1 + log2(reports.count)))
