"""Readers' typo reports in the newsroom database."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, case, func, select, update

from newsroom.domain.errors import NotFound
from newsroom.domain.ids import PersonId, ReportId, SiteName
from newsroom.domain.report_statistics import CountedReports, Grouping
from newsroom.domain.reports import IncomingReport, Report, ReportState
from newsroom.domain.states import LiveState
from newsroom.domain.triage import MistakeRef, OpenReports
from newsroom.storage.report_counts import count_reports
from newsroom.storage.report_sources import Arrived, add_reports
from newsroom.storage.tables import articles, live, people, reports
from newsroom.words import _


class Reports:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, site: SiteName, incoming: Sequence[IncomingReport]) -> list[Arrived]:
        """Keep each report once, tied to its article where that is known; those that were not here yet."""
        return add_reports(self._connection, site, incoming)

    def get(self, report: ReportId) -> Report:
        """Raises `NotFound`."""
        row = self._connection.execute(_SELECT.where(reports.c.id == report)).one_or_none()
        if row is None:
            raise NotFound(_("Сообщения {report} нет.").format(report=report))
        return _report(row)

    def newest(self, *, open_only: bool, limit: int) -> list[Report]:
        query = _SELECT.order_by(reports.c.reported_at.desc(), reports.c.id.desc()).limit(limit)
        if open_only:
            query = query.where(reports.c.state == ReportState.NEW.value)
        return [_report(row) for row in self._connection.execute(query)]

    def open_mistakes(self, now: datetime, limit: int) -> list[OpenReports]:
        """Open reports counted by mistake, at most *limit* of them: of the articles that readers see most first."""
        is_unknown = reports.c.article.is_(None)
        page = case((is_unknown, reports.c.page_url), else_="")
        site = case((is_unknown, reports.c.site), else_="")
        counted = (
            select(
                reports.c.article,
                site.label("site"),
                page.label("page"),
                reports.c.mistake,
                func.count().label("times"),
                func.max(reports.c.id).label("newest"),
                func.max(case((reports.c.comment != "", reports.c.id))).label("commented"),
                func.min(reports.c.reported_at).label("first_at"),
            )
            .where(reports.c.state == ReportState.NEW.value)
            .group_by(reports.c.article, site, page, reports.c.mistake)
            .subquery()
        )
        since = select(func.min(live.c.first_published_at)).where(
            live.c.article == articles.c.id, live.c.state == LiveState.LIVE.value
        )
        pinned = articles.c.pinned_until > now
        live_since = since.scalar_subquery()
        query = (
            select(counted, live_since.label("live_since"), pinned.label("pinned"), articles.c.revision)
            .outerjoin(articles, articles.c.id == counted.c.article)
            .order_by(
                case((pinned, 0), else_=1), live_since.desc().nulls_last(), counted.c.times.desc(), counted.c.newest
            )
            .limit(limit)
        )
        rows = self._connection.execute(query).all()
        wanted = {number for row in rows for number in (row.newest, row.commented) if number is not None}
        known = self._many(wanted)
        return [
            OpenReports(
                ref=MistakeRef(row.article, (row.mistake,), SiteName(row.site), row.page),
                count=row.times,
                newest=known[row.newest],
                comment=known[row.commented].comment if row.commented is not None else "",
                first_at=row.first_at,
                live_since=row.live_since,
                pinned=bool(row.pinned),
                revision=row.revision or 0,
            )
            for row in rows
        ]

    def _many(self, numbers: Collection[int]) -> dict[int, Report]:
        query = _SELECT.where(reports.c.id.in_(numbers))
        return {row.id: _report(row) for row in self._connection.execute(query)}

    def close(
        self, ref: MistakeRef, state: ReportState, by: PersonId, at: datetime, reason: str = ""
    ) -> tuple[ReportId, ...]:
        """Close all open reports of *ref*; which they were. The site is told later."""
        own = [reports.c.state == ReportState.NEW.value, reports.c.mistake.in_(ref.keys)]
        if ref.article is not None:
            own.append(reports.c.article == ref.article)
        else:
            own += [reports.c.article.is_(None), reports.c.page_url == ref.page_url, reports.c.site == ref.site]
        closed = self._connection.execute(
            update(reports)
            .where(*own)
            .values(state=state.value, closed_by=by, closed_at=at, told_site=False, reason=reason)
            .returning(reports.c.id)
        )
        return tuple(sorted(ReportId(number) for number in closed.scalars()))

    def reopen(self, numbers: Collection[ReportId], state: ReportState) -> None:
        """Open again those of *numbers* that are still in *state*."""
        for part in batched(numbers):
            self._connection.execute(
                update(reports)
                .where(reports.c.id.in_(part), reports.c.state == state.value)
                .values(state=ReportState.NEW.value, closed_by=None, closed_at=None, told_site=False, reason="")
            )

    def count_open(self) -> int:
        return self._connection.execute(
            select(func.count()).select_from(reports).where(reports.c.state == ReportState.NEW.value)
        ).scalar_one()

    def counted(self, begin: datetime | None, end: datetime | None, by: Grouping) -> list[CountedReports]:
        """Reports that came in from *begin* until just before *end*, by the articles that they are about."""
        return count_reports(self._connection, begin, end, by)

    def decide(self, report: ReportId, state: ReportState, by: PersonId | None, at: datetime | None) -> None:
        """Close with *by* and *at*, or reopen with neither; the site is told later."""
        self._connection.execute(
            update(reports)
            .where(reports.c.id == report)
            .values(state=state.value, closed_by=by, closed_at=at, told_site=False)
        )

    def untold(self, site: SiteName, limit: int) -> list[tuple[ReportId, str, ReportState]]:
        """Decisions that the site's own table does not know yet: our id, the site's id, the state."""
        query = (
            select(reports.c.id, reports.c.site_report_id, reports.c.state)
            .where(reports.c.site == site, reports.c.told_site.is_(False))
            .order_by(reports.c.id)
            .limit(limit)
        )
        return [
            (ReportId(row.id), row.site_report_id, ReportState(row.state)) for row in self._connection.execute(query)
        ]

    def told(self, report: ReportId, state: ReportState) -> None:
        """Note that the site knows *state*, unless it was decided anew meanwhile."""
        self._connection.execute(
            update(reports).where(reports.c.id == report, reports.c.state == state.value).values(told_site=True)
        )


def batched(numbers: Collection[ReportId], size: int = 500) -> Iterator[list[ReportId]]:
    """*numbers* in parts that fit into one statement."""
    ordered = list(numbers)
    for first in range(0, len(ordered), size):
        yield ordered[first : first + size]


_SELECT = (
    select(
        reports,
        func.coalesce(articles.c.headline, "").label("headline"),
        func.coalesce(people.c.name, "").label("closer"),
    )
    .outerjoin(articles, articles.c.id == reports.c.article)
    .outerjoin(people, people.c.id == reports.c.closed_by)
)


def _report(row: Row[tuple[object, ...]]) -> Report:
    return Report(
        id=ReportId(row.id),
        site=row.site,
        article=row.article,
        headline=row.headline,
        page_url=row.page_url,
        before=row.before,
        selected=row.selected,
        after=row.after,
        comment=row.comment,
        state=ReportState(row.state),
        reported_at=row.reported_at,
        closed_by=row.closer,
        closed_at=row.closed_at,
        revision=row.revision,
        reason=row.reason,
    )
