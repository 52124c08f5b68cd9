"""Readers' reports of a described site, in the order of their keys."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, literal_column, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.site.mapped_layout import Layout, Spot
from newsroom.site.mapped_values import fitted, instant_found, uid_found
from newsroom.site.mapping import Mapping, Place, Reports

#: What the port allows of each text.
_LIMITS = {"page_url": 1000, "before": 60, "selected": 256, "after": 60, "comment": 250}


class ReportTable:
    """The table that a description names for reports."""

    def __init__(self, mapping: Mapping, reports: Reports, layout: Layout) -> None:
        self._mapping = mapping
        self._reports = reports
        self._layout = layout
        self._table = layout.table(reports.table)

    def after(self, connection: Connection, cursor: str, limit: int, now: datetime) -> list[IncomingReport]:
        """Reports numbered above *cursor*. One being inserted at this moment is waited for, as far as our rights go:
        numbers are given on inserting and seen on committing, and none may slip in behind the cursor."""
        reports, table = self._reports, self._table
        names = (reports.key, *(column for _field, column in reports.fields), *filter(None, (reports.article,)))
        key = table.c[reports.key]
        query = (
            select(*(table.c[name] for name in dict.fromkeys(names)))
            .where(key > int(cursor or 0))
            .order_by(key)
            .limit(limit)
        )
        if connection.dialect.name == "postgresql":
            # LOCK asks for more than the right to read; a mere reader leaves out what is too young.
            quoted = connection.dialect.identifier_preparer.format_table(table)
            if self._may_lock(connection, quoted):
                connection.exec_driver_sql(f"LOCK TABLE {quoted} IN SHARE MODE")
            else:
                oldest: ColumnElement[int] = literal_column("age(pg_snapshot_xmin(pg_current_snapshot())::xid)")
                query = query.where(literal_column(f"age({quoted}.xmin)") > oldest)
        elif connection.dialect.name != "sqlite" and reports.state:
            query = query.with_for_update(read=True)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        uids = self._uids(connection, rows)
        return [self._report(row, uids, now) for row in rows]

    def _may_lock(self, connection: Connection, quoted: str) -> bool:
        allowed = text("SELECT has_table_privilege(:name, 'UPDATE, DELETE, TRUNCATE')")
        return bool(connection.execute(allowed, {"name": quoted}).scalar_one())

    def _report(self, row: dict[str, Any], uids: Callable[[Any], str], now: datetime) -> IncomingReport:
        reports = self._reports
        texts = dict.fromkeys(_LIMITS, "")
        reported_at = now
        for field, column in reports.fields:
            if field == "reported_at":
                spot = self._layout.spot(reports.table, column)
                zone = ZoneInfo("UTC") if spot.zoned else self._mapping.zone
                reported_at = instant_found(row[column], zone, now)
            else:
                value = row[column]
                texts[field] = "" if value is None else str(value)[: _LIMITS[field]]
        return IncomingReport(
            site_report_id=str(row[reports.key]),
            article_uid=uids(row[reports.article]) if reports.article else "",
            reported_at=reported_at,
            **texts,
        )

    def _uids(self, connection: Connection, rows: list[dict[str, Any]]) -> Callable[[Any], str]:
        """From what the report says of its article to the newsroom's uid; empty for an article that is not ours."""
        reports, articles, receipts = self._reports, self._mapping.articles, self._mapping.receipts
        if not reports.article or not rows:
            return lambda _value: ""
        if reports.article_is == "uid":
            return uid_found
        if reports.article_is == "slug" and not (articles.slug and articles.uid):
            return lambda _value: ""
        told = {row[reports.article] for row in rows if row[reports.article] is not None}
        if articles.uid:
            table = self._layout.table(articles.table)
            column = table.c[articles.key if reports.article_is == "key" else articles.slug]
            known = _in_kind(self._layout.spot(articles.table, column.name), told)
            query = select(column, table.c[articles.uid]).where(column.in_(known))
        elif receipts.place is Place.TABLE:
            table = self._layout.table(receipts.table)
            query = select(table.c.site_pk, table.c.article_uid).where(table.c.site_pk.in_({str(one) for one in told}))
        else:
            return lambda _value: ""
        found = {str(key): uid_found(uid) for key, uid in connection.execute(query)}
        return lambda value: found.get(str(value), "")

    def close(self, connection: Connection, site_report_id: str, state: ReportState, now: datetime) -> None:
        """Write the decision, as far as the description says how."""
        reports = self._reports
        values: dict[str, Any] = {}
        states = dict(reports.states)
        if reports.state and state.for_site.value in states:
            spot = self._layout.spot(reports.table, reports.state)
            values[reports.state] = fitted(spot, states[state.for_site.value], self._mapping.zone)
        if reports.closed_at:
            spot = self._layout.spot(reports.table, reports.closed_at)
            values[reports.closed_at] = fitted(spot, None if state.is_open else now, self._mapping.zone)
        if values:
            key = self._table.c[reports.key]
            connection.execute(update(self._table).where(key == int(site_report_id)).values(values))


def _in_kind(spot: Spot, values: set[Any]) -> list[Any]:
    """*values*, which strangers' pages have sent, as the column compares them; what cannot be one is left out."""
    if spot.family != "number":
        return [value if isinstance(value, str) or spot.family == "uuid" else str(value) for value in values]
    return [int(value) for value in values if str(value).lstrip("-").isdecimal() and len(str(value)) < 19]
