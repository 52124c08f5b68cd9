"""Typos that readers report from the site."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsroom.domain.ids import ArticleId, ReportId, SiteName
from newsroom.words import _, later


class ReportState(StrEnum):
    NEW = "new"
    FIXED = "fixed"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        return _(_TITLES[self])

    @property
    def is_open(self) -> bool:
        return self is ReportState.NEW


_TITLES = {
    ReportState.NEW: later("новое"),
    ReportState.FIXED: later("исправлено"),
    ReportState.REJECTED: later("отклонено"),
}


@dataclass(frozen=True, slots=True)
class IncomingReport:
    """A report as a site's table holds it. All texts are a stranger's: show them as plain text only."""

    #: The site's own number of the report.
    site_report_id: str
    article_uid: str
    page_url: str
    #: Up to 60 characters before the selection.
    before: str
    #: Up to 256 characters.
    selected: str
    #: Up to 60 characters after the selection.
    after: str
    #: Up to 250 characters.
    comment: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the newsroom, tied to an article where its page is known."""

    id: ReportId
    site: SiteName
    article: ArticleId | None
    headline: str
    page_url: str
    before: str
    selected: str
    after: str
    comment: str
    state: ReportState
    reported_at: datetime
    closed_by: str
    closed_at: datetime | None
