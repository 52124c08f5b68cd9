"""Readers' reports counted over a period, by the rubric or the author of their articles."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from newsroom.domain.report_statistics import CountedReports, Grouping
from newsroom.domain.reports import ReportState
from newsroom.storage.tables import articles, people, reports, revisions, rubrics

#: Articles that are asked for in one statement.
_AT_ONCE = 500


def count_reports(
    connection: Connection, begin: datetime | None, end: datetime | None, by: Grouping
) -> list[CountedReports]:
    """Reports that came in from *begin* until just before *end*, one entry for each article and state."""
    within: list[ColumnElement[bool]] = []
    if begin is not None:
        within.append(reports.c.reported_at >= begin)
    if end is not None:
        within.append(reports.c.reported_at < end)
    counts = connection.execute(
        select(reports.c.article, reports.c.state, func.count().label("times"))
        .where(*within)
        .group_by(reports.c.article, reports.c.state)
    ).all()
    fixed = select(reports.c.article, reports.c.reported_at, reports.c.closed_at).where(
        *within, reports.c.state == ReportState.FIXED.value, reports.c.closed_at.is_not(None)
    )
    times: dict[int | None, list[tuple[datetime, datetime]]] = {}
    for row in connection.execute(fixed):
        times.setdefault(row.article, []).append((row.reported_at, row.closed_at))
    owners = {row.article for row in counts if row.article is not None}
    names = (_rubrics if by is Grouping.RUBRIC else _authors)(connection, owners)
    return [
        CountedReports(
            name=names.get(row.article, ""),
            state=(state := ReportState(row.state)),
            count=row.times,
            times=tuple(closed - reported for reported, closed in times.get(row.article, ()))
            if state is ReportState.FIXED
            else (),
        )
        for row in counts
    ]


def _rubrics(connection: Connection, owners: Collection[int]) -> dict[int, str]:
    query = select(articles.c.id, rubrics.c.title).join(rubrics, rubrics.c.slug == articles.c.rubric)
    return {
        row.id: row.title for part in _parts(owners) for row in connection.execute(query.where(articles.c.id.in_(part)))
    }


def _authors(connection: Connection, owners: Collection[int]) -> dict[int, str]:
    """The byline as readers know it; where there is none, whoever began the article."""
    query = (
        select(articles.c.id, revisions.c.content, people.c.name)
        .join(revisions, (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision))
        .join(people, people.c.id == articles.c.created_by)
    )
    return {
        row.id: json.loads(row.content)["byline"] or row.name
        for part in _parts(owners)
        for row in connection.execute(query.where(articles.c.id.in_(part)))
    }


def _parts(owners: Collection[int]) -> Iterator[list[int]]:
    ordered = list(owners)
    for first in range(0, len(ordered), _AT_ONCE):
        yield ordered[first : first + _AT_ONCE]
