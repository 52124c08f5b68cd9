"""What readers find at the address of an article after it was delivered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.states import Operation


class PageState(StrEnum):
    """Stands under this key in the record of activity."""

    #: The page shows what was delivered, or is gone after a withdrawal.
    CHECKED = "page-checked"
    #: The page shows something else.
    STALE = "page-stale"
    #: The page could not be read.
    SILENT = "page-silent"


@dataclass(frozen=True, slots=True)
class PageSeen:
    state: PageState
    #: A sentence for a person; empty where all is well.
    problem: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """What the newest delivery of an article to a site should have made of its page."""

    item: QueueItemId
    article: ArticleId
    site: SiteName
    operation: Operation
    #: Where readers find the article, or found it before a withdrawal.
    url: str
    #: What the page should show; for a withdrawal or kill, what it should show no longer.
    content: Content
    #: What the site had got before; None where it had got nothing.
    before: Content | None
