"""Readers' reports of a WordPress: in the table of our own plugin, of Mistape, or of Typo Reporter.

Which table there is, and what its columns are called, is looked up; of several the first in `_KNOWN` is read. A report
is known by its table and number, so that a site may change from one plugin to another.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from sqlalchemy import Connection, TableClause, column, select, table, text, update
from sqlalchemy.exc import DBAPIError

from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.site.wordpress_tables import Tables
from newsroom.sql.faults import number_of

#: Table, without the prefix → its words for new, fixed and rejected.
_KNOWN: Final = {
    "newsroom_typos": ("new", "fixed", "rejected"),
    "mistape_reports": ("pending", "resolve", "archive"),
    "typo_reports": ("new", "resolved", "dismissed"),
}
#: What is needed of a report → the names that its column may have.
_COLUMNS: Final = {
    "key": ("id", "ID"),
    "selected": ("selected_text", "selection"),
    "before": ("before_text",),
    "after": ("after_text",),
    "context": ("selection_context", "context"),
    "comment": ("comment", "error_description"),
    "url": ("page_url", "url"),
    "post": ("post_id",),
    "at": ("created_gmt", "date_gmt", "created_at"),
    "state": ("status",),
    "closed": ("closed_gmt",),
}
#: What the port allows of each text.
_AROUND, _SELECTED, _COMMENT, _URL = 60, 256, 250, 1000
#: MariaDB's numbers for a table that does not exist, and for one that may not be read.
_ABSENT: Final = (1146, 1142, 1143)
_OWN_KEY = re.compile(r"_newsroom_([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The table that was found: for statements, and what is called how in it."""

    name: str
    table: TableClause
    columns: dict[str, str]

    def cell(self, row: Any, role: str) -> str:
        """What *row* says of *role*; empty where the table has no such column."""
        value = row[self.columns[role]] if role in self.columns else None
        return "" if value is None else str(value)


def find_table(connection: Connection, tables: Tables) -> ReportTable | None:
    """The table in which this site keeps reports; None where it has none that can be understood."""
    for name in _KNOWN:
        found = _columns_of(connection, tables.prefix + name)
        columns = {role: each for role, names in _COLUMNS.items() for each in reversed(names) if each in found}
        if {"key", "selected"} <= columns.keys():
            return ReportTable(name, table(tables.prefix + name, *map(column, columns.values())), columns)
    return None


def _columns_of(connection: Connection, name: str) -> set[str]:
    """Names of the columns of the table *name*; none where it is not there, or is not for us.

    Asked of the table itself: this is done every second, and information_schema would be put together each time.
    """
    try:
        return set(connection.execute(select(text("*")).select_from(table(name)).limit(0)).keys())
    except DBAPIError as error:
        if number_of(error) not in _ABSENT:
            raise
        return set()


def reports_after(
    connection: Connection, tables: Tables, reports: ReportTable, cursor: str, limit: int, zone: tzinfo
) -> list[IncomingReport]:
    """Reports numbered above *cursor*; it begins anew where that is of another table. *zone* is the site's."""
    name, _colon, number = cursor.partition(":")
    key = reports.table.c[reports.columns["key"]]
    query = select(reports.table).where(key > (int(number) if name == reports.name else 0)).order_by(key).limit(limit)
    if "state" in reports.columns:
        # Numbers are given on inserting and seen on committing; a report under way is waited for.
        query = query.with_for_update(read=True)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    connection.rollback()
    uids = _uids(connection, tables, {int(told) for row in rows if (told := reports.cell(row, "post")).isdecimal()})
    return [_report(reports, row, uids, zone) for row in rows]


def close_report(
    connection: Connection, reports: ReportTable, site_report_id: str, state: ReportState, now: datetime
) -> None:
    """Write the decision, in the words of the table; a report of another table is left alone."""
    name, _colon, number = site_report_id.partition(":")
    if name != reports.name or "state" not in reports.columns:
        return
    new, fixed, rejected = _KNOWN[name]
    words = {ReportState.NEW: new, ReportState.FIXED: fixed, ReportState.REJECTED: rejected}[state.for_site]
    values: dict[str, Any] = {reports.columns["state"]: words}
    if "closed" in reports.columns:
        values[reports.columns["closed"]] = None if state.is_open else now.astimezone(UTC).replace(tzinfo=None)
    connection.execute(
        update(reports.table).where(reports.table.c[reports.columns["key"]] == int(number)).values(values)
    )
    connection.commit()


def _uids(connection: Connection, tables: Tables, posts: set[int]) -> dict[int, str]:
    """Of each post that came from the newsroom its article's uid."""
    if not posts:
        return {}
    meta = tables.postmeta
    query = select(meta.c.post_id, meta.c.meta_key).where(
        meta.c.post_id.in_(posts), meta.c.meta_key.startswith("_newsroom_", autoescape=True)
    )
    return {
        row.post_id: found[1] for row in connection.execute(query) if (found := _OWN_KEY.fullmatch(str(row.meta_key)))
    }


def _report(reports: ReportTable, row: dict[str, Any], uids: dict[int, str], zone: tzinfo) -> IncomingReport:
    selected = reports.cell(row, "selected")
    before, after = reports.cell(row, "before"), reports.cell(row, "after")
    if not before and not after:
        before, found, after = reports.cell(row, "context").partition(selected)
        before, after = (before, after) if found else ("", "")
    post = reports.cell(row, "post")
    return IncomingReport(
        site_report_id=f"{reports.name}:{reports.cell(row, 'key')}",
        article_uid=uids.get(int(post), "") if post.isdecimal() else "",
        page_url=reports.cell(row, "url")[:_URL],
        before=before[-_AROUND:],
        selected=selected[:_SELECTED],
        after=after[:_AROUND],
        comment=reports.cell(row, "comment")[:_COMMENT],
        reported_at=_instant(row.get(reports.columns.get("at", "")), reports.columns.get("at", ""), zone),
    )


def _instant(value: object, name: str, zone: tzinfo) -> datetime:
    """When it came; now, where the table does not say or says nonsense (``0000-00-00`` comes as a text)."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, datetime):
        return datetime.now(UTC)
    return value.replace(tzinfo=UTC if name.endswith("_gmt") else zone).astimezone(UTC)
