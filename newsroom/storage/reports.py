"""Readers' typo reports in the newsroom database."""

from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from newsroom.domain.errors import NotFound
from newsroom.domain.ids import ArticleId, PersonId, ReportId, SiteName
from newsroom.domain.reports import IncomingReport, Report, ReportState
from newsroom.storage.tables import articles, people, reports
from newsroom.words import _


class Reports:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, site: SiteName, incoming: IncomingReport) -> tuple[ReportId, ArticleId | None] | None:
        """Keep a report once; None where it was here already. It is tied to its article by the article's uid."""
        known = select(reports.c.id).where(reports.c.site == site, reports.c.site_report_id == incoming.site_report_id)
        if self._connection.execute(known).first() is not None:
            return None
        article = self._connection.execute(
            select(articles.c.id).where(articles.c.uid == _storable(incoming.article_uid))
        ).scalar_one_or_none()
        added = self._connection.execute(
            insert(reports)
            .values(
                site=site,
                site_report_id=incoming.site_report_id,
                article=article,
                page_url=_storable(incoming.page_url),
                before=_storable(incoming.before),
                selected=_storable(incoming.selected),
                after=_storable(incoming.after),
                comment=_storable(incoming.comment),
                state=ReportState.NEW.value,
                reported_at=incoming.reported_at,
                told_site=True,
            )
            .returning(reports.c.id)
        )
        return ReportId(added.scalar_one()), article

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

    def count_open(self) -> int:
        return self._connection.execute(
            select(func.count()).select_from(reports).where(reports.c.state == ReportState.NEW.value)
        ).scalar_one()

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


def _storable(text: str) -> str:
    """*text* without what PostgreSQL does not keep and a site may: one such report must not stop all the others."""
    return text.replace("\0", "")


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
    )
