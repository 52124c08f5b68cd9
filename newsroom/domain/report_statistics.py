"""Figures of readers' reports over a period: how many came, what became of them, how long a mistake stood."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from newsroom.domain.errors import InvalidInput
from newsroom.domain.reports import ReportState
from newsroom.words import _, later


class Grouping(StrEnum):
    """What one line of the figures is about."""

    RUBRIC = "rubric"
    AUTHOR = "author"

    @property
    def words(self) -> str:
        return _(_TITLES[self])


_TITLES = {Grouping.RUBRIC: later("По рубрикам"), Grouping.AUTHOR: later("По авторам")}


@dataclass(frozen=True, slots=True)
class Period:
    """Days in the newsroom's zone, the first and the last included; None leaves that side open.

    Raises `InvalidInput` for one that ends before it begins.
    """

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise InvalidInput(_("Период кончается раньше, чем начинается."))


@dataclass(frozen=True, slots=True)
class Figures:
    """One line; every report of a reader counts, several of one mistake too."""

    #: The rubric or author; empty where it is not known.
    name: str
    received: int
    #: Corrected because of the report.
    fixed: int
    #: Somebody had corrected it before the report was looked at.
    already_fixed: int
    #: No mistake: false reports.
    rejected: int
    duplicate: int
    #: From the report to its correction; None where none was corrected.
    median_time: timedelta | None

    @property
    def open(self) -> int:
        return self.received - self.fixed - self.already_fixed - self.rejected - self.duplicate


@dataclass(frozen=True, slots=True)
class ReportStatistics:
    """Reports that came in during ``period``, whenever they were decided about."""

    period: Period
    by: Grouping
    #: Those with most reports first, what is not known last.
    rows: tuple[Figures, ...]
    total: Figures


@dataclass(frozen=True, slots=True)
class CountedReports:
    """Reports of one article, or of pages that the newsroom does not know, as the database counts them."""

    name: str
    state: ReportState
    count: int
    #: Of each that was fixed, the time from the report to its correction.
    times: tuple[timedelta, ...] = ()


def figures_of(name: str, counted: Iterable[CountedReports]) -> Figures:
    """The sum of *counted* as one line."""
    counts = dict.fromkeys(ReportState, 0)
    times: list[timedelta] = []
    for one in counted:
        counts[one.state] += one.count
        times += one.times
    return Figures(
        name,
        sum(counts.values()),
        counts[ReportState.FIXED],
        counts[ReportState.ALREADY_FIXED],
        counts[ReportState.REJECTED],
        counts[ReportState.DUPLICATE],
        timedelta(seconds=median(time.total_seconds() for time in times)) if times else None,
    )


def statistics_of(counted: Iterable[CountedReports], period: Period, by: Grouping) -> ReportStatistics:
    """*counted* by their names, and all together."""
    every = list(counted)
    named: dict[str, list[CountedReports]] = {}
    for one in every:
        named.setdefault(one.name, []).append(one)
    rows = sorted(
        (figures_of(name, own) for name, own in named.items()),
        key=lambda row: (not row.name, -row.received, row.name.casefold()),
    )
    return ReportStatistics(period, by, tuple(rows), figures_of("", every))
