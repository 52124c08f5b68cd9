"""Figures of readers' reports: by rubric and by author, over the days of the newsroom's zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from newsroom.desk import reading
from newsroom.desk.report_statistics import read_statistics, statistics_csv
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import ArticleId, RubricSlug, SiteName
from newsroom.domain.report_statistics import Figures, Grouping, Period
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.storage.tables import reports as report_rows
from tests.newsrooms import GOOD, Desks, newsroom_in

NOON = datetime(2026, 11, 10, 2, tzinfo=UTC)
EVERY = Period()


@pytest.fixture
def desks(tmp_path: Path, newsroom_database_url: str) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home", newsroom_database_url) as newsroom:
        yield Desks(newsroom)


_numbers = iter(range(1, 1_000))


def report(
    desks: Desks,
    article: ArticleId | None,
    state: ReportState = ReportState.NEW,
    *,
    at: datetime = NOON,
    took: timedelta = timedelta(),
) -> None:
    number = next(_numbers)
    uid = reading.read_article(desks.chief, article).uid if article else ""
    incoming = IncomingReport(str(number), uid, f"http://x/{number}", "", f"слово{number}", "", "", at)
    with desks.newsroom.database.write() as work:
        (arrived,) = work.reports.add(SiteName("main"), [incoming])
        if state is not ReportState.NEW:
            work.reports.decide(arrived.id, state, desks.proofreader.person.id, at + took)


def test_what_became_of_reports_is_counted_by_rubric(desks: Desks) -> None:
    society = desks.submitted()
    sport = desks.submitted(GOOD.with_(rubric=RubricSlug("sport")))
    for minutes in (10, 30, 200):
        report(desks, society, ReportState.FIXED, took=timedelta(minutes=minutes))
    for state in (ReportState.REJECTED, ReportState.DUPLICATE, ReportState.ALREADY_FIXED, ReportState.NEW):
        report(desks, society, state, took=timedelta(days=1))
    report(desks, sport, ReportState.REJECTED)
    report(desks, None)
    found = read_statistics(desks.proofreader, EVERY, Grouping.RUBRIC)
    assert found.rows == (
        Figures("Общество", 7, 3, 1, 1, 1, timedelta(minutes=30)),
        Figures("Спорт", 1, 0, 0, 1, 0, None),
        Figures("", 1, 0, 0, 0, 0, None),
    )
    assert found.rows[0].open == 1
    assert (found.total.received, found.total.open, found.total.median_time) == (9, 2, timedelta(minutes=30))


def test_authors_are_known_by_their_byline_and_else_by_who_began_the_article(desks: Desks) -> None:
    report(desks, desks.submitted(GOOD.with_(byline="=Анна Ким")))
    anonymous = desks.submitted(GOOD.with_(byline=""))
    for _each in range(2):
        report(desks, anonymous, ReportState.FIXED, took=timedelta(hours=36))
    found = read_statistics(desks.chief, EVERY, Grouping.AUTHOR)
    assert [(row.name, row.received) for row in found.rows] == [(desks.editor.person.name, 2), ("=Анна Ким", 1)]
    lines = statistics_csv(found).decode("utf-8-sig").splitlines()
    assert lines[1].endswith(";2;2;0;0;0;0;36,0")
    assert lines[2] == "'=Анна Ким;1;0;0;0;0;1;"
    assert lines[3].startswith("Всего;3;2;")


def test_a_day_is_one_of_the_newsrooms_zone_from_midnight_to_midnight(desks: Desks) -> None:
    # Vladivostok is ten hours ahead: there the tenth begins at 14:00 of the ninth.
    article = desks.submitted()
    for hour, minute in ((13, 59), (14, 0)):
        report(desks, article, at=datetime(2026, 11, 9, hour, minute, tzinfo=UTC))
    for hour, minute in ((13, 59), (14, 0)):
        report(desks, article, at=datetime(2026, 11, 10, hour, minute, tzinfo=UTC))
    tenth = date(2026, 11, 10)

    def received(period: Period) -> int:
        return read_statistics(desks.chief, period, Grouping.RUBRIC).total.received

    assert received(Period(tenth, tenth)) == 2
    assert received(Period(first=tenth)) == 3
    assert received(Period(last=tenth)) == 3
    assert received(Period(date(2027, 1, 1))) == 0
    assert read_statistics(desks.chief, Period(date(2027, 1, 1)), Grouping.AUTHOR).rows == ()


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidInput):
        Period(date(2026, 11, 2), date(2026, 11, 1))


def test_a_report_decided_without_a_time_counts_and_has_no_duration(desks: Desks) -> None:
    report(desks, desks.submitted(), ReportState.FIXED)
    with desks.newsroom.database.write() as work:
        work.reports._connection.execute(update(report_rows).values(closed_at=None))
    (row,) = read_statistics(desks.chief, EVERY, Grouping.RUBRIC).rows
    assert (row.fixed, row.median_time) == (1, None)
