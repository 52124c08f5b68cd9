"""Typos that readers report from the site."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsroom.domain.ids import ArticleId, ReportId, SiteName
from newsroom.words import _, later


class ReportState(StrEnum):
    NEW = "new"
    FIXED = "fixed"
    #: Somebody had mended it before the report was looked at.
    ALREADY_FIXED = "already_fixed"
    #: No mistake.
    REJECTED = "rejected"
    #: Of another report.
    DUPLICATE = "duplicate"

    @property
    def words(self) -> str:
        return _(_TITLES[self])

    @property
    def is_open(self) -> bool:
        return self is ReportState.NEW

    @property
    def for_site(self) -> "ReportState":
        """What a site's own table is told: new, fixed or rejected."""
        return _FOR_SITE.get(self, self)


_TITLES = {
    ReportState.NEW: later("новое"),
    ReportState.FIXED: later("исправлено"),
    ReportState.ALREADY_FIXED: later("уже было исправлено"),
    ReportState.REJECTED: later("отклонено"),
    ReportState.DUPLICATE: later("повтор"),
}
_FOR_SITE = {ReportState.ALREADY_FIXED: ReportState.FIXED, ReportState.DUPLICATE: ReportState.REJECTED}


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

    @property
    def mistake(self) -> str:
        """`mistake_key` of the texts."""
        return mistake_key(self.before, self.selected, self.after)


_WORD = re.compile(r"\w+")
_TAIL, _HEAD = re.compile(r"\w+\Z"), re.compile(r"\w+")


def mistake_key(before: str, selected: str, after: str) -> str:
    """What reports of one mistake have in common: 64 hexadecimal digits, whatever part of the word was selected.

    The selection is widened to whole words and takes a neighbour on each side, so that the same word wrong in two
    places makes two mistakes; case, accents and blanks do not matter.
    """
    begun = _TAIL.search(before) if selected[:1].isalnum() else None
    ended = _HEAD.match(after) if selected[-1:].isalnum() else None
    core = (begun[0] if begun else "") + selected + (ended[0] if ended else "")
    left = _WORD.findall(before[: begun.start()] if begun else before)[-1:]
    right = _WORD.findall(after[ended.end() :] if ended else after)[:1]
    folded = unicodedata.normalize("NFC", " ".join([*left, *core.split(), *right])).casefold()
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


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
    #: Number of the revision that readers saw when it came in, where that is known.
    revision: int | None = None
    #: Why it was rejected.
    reason: str = ""
