"""Readers' reports by a description: whose article they are of, when they came, and what becomes of them."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.domain.reports import ReportState
from newsroom.site.port import Site, iterate_reports
from tests.site.material import UID, publication, unwatched
from tests.site.schemas import SUBJECTS, Made, made


@pytest.fixture(
    params=["wagtail-sqlite", "wagtail-postgresql", "wagtail-mariadb", "cyrillic-mariadb", "rights-postgresql"]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    name, database = request.param.split("-")
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), tmp_path) as place:
        yield place


@pytest.fixture
def site(place: Made) -> Iterator[Site]:
    site = place.open()
    yield site
    site.close()


def _report(place: Made, words: str) -> str:
    """The statement by which a page of the site keeps a report of its article."""
    return {
        "wagtail": "INSERT INTO news_typoreport (page_id, url, fragment, comment, created) "
        f"SELECT id, '/news/', '{words}', 'да', '2026-11-22 02:00:00' FROM news_articlepage",
        "cyrillic": "INSERT INTO opechatki (stranica, url, oshibka, kommentariy, kogda) "
        f"SELECT '/news/', url, '{words}', 'да', 1795312800 FROM novosti",
        "rights": "INSERT INTO typo (content_id, words, sent) "
        f"SELECT id, '{words}', '2026-11-22 05:00:00' FROM content",
    }[place.subject.name]


def test_reports_come_in_order_with_their_article_and_instant(site: Site, place: Made) -> None:
    site.deliver(publication(1), unwatched)
    place.run(*(_report(place, f"слово {number}") for number in range(12)))
    reports = site.reports_after("", 5)
    assert [report.selected for report in reports] == [f"слово {number}" for number in range(5)]
    assert {report.article_uid for report in reports} == {UID}
    assert reports[0].reported_at == datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert len(list(iterate_reports(site, "", 5))) == 12
    assert site.reports_after(reports[-1].site_report_id, 100)[0].selected == "слово 5"


def test_report_of_an_article_that_is_not_ours_comes_without_one(site: Site, place: Made) -> None:
    statement = _report(place, "чужое").split(" FROM ")[0]
    absent = {
        "wagtail": ("SELECT id", "SELECT NULL"),
        "cyrillic": ("', url,", "', 'x',"),
        "rights": ("SELECT id", "SELECT 77"),
    }
    place.run(statement.replace(*absent[place.subject.name]))
    [report] = site.reports_after("", 5)
    assert (report.selected, report.article_uid) == ("чужое", "")


def test_decision_is_written_in_the_sites_own_words(site: Site, place: Made) -> None:
    site.deliver(publication(1), unwatched)
    place.run(_report(place, "слово"))
    site.close_report("1", ReportState.FIXED)
    site.close_report("999", ReportState.REJECTED)
    if place.subject.name == "wagtail":
        assert place.read("SELECT resolution FROM news_typoreport") == [("fixed",)]
        site.close_report("1", ReportState.NEW)
        assert place.read("SELECT resolution FROM news_typoreport") == [("open",)]
    elif place.subject.name == "cyrillic":
        assert place.read("SELECT reshenie FROM opechatki") == [("исправлено",)]


def test_report_inserted_but_not_committed_does_not_slip_behind_the_cursor(site: Site, place: Made) -> None:
    if place.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: numbers are given in the order of commits")
    site.deliver(publication(1), unwatched)
    slow = place.engine.connect()
    slow.exec_driver_sql(_report(place, "медленное"))
    place.run(_report(place, "быстрое"))
    commit = threading.Timer(0.3, slow.commit)
    commit.start()
    early = [report.selected for report in site.reports_after("", 10)]
    commit.join()
    slow.close()
    if place.subject.name == "rights":
        # An account that may only read leaves out both until the slow one is there.
        assert early == []
        early = [report.selected for report in site.reports_after("", 10)]
    assert early == ["медленное", "быстрое"]
