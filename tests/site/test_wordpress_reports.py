"""Readers' reports of a WordPress: our plugin takes them, the adapter reads them, and two other plugins' tables."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from newsroom.domain.reports import ReportState
from newsroom.site.port import Site
from newsroom.site.wordpress import wordpress_site
from newsroom.sql.engine import open_engine, parse_url
from tests.site.material import UID, publication, unwatched
from tests.site.wordpress_house import WordPress
from tests.site.wordpress_plugin import typo_plugin


@pytest.fixture
def site(wordpress: WordPress) -> Iterator[Site]:
    site = wordpress_site(parse_url(wordpress.url), {"prefix": "vb_", "uploads": str(wordpress.uploads)})
    yield site
    site.close()


@pytest.fixture
def plugin(wordpress: WordPress) -> Iterator[None]:
    with typo_plugin(wordpress):
        yield


def rows(wordpress: WordPress, statement: str) -> list[Any]:
    engine = open_engine(parse_url(wordpress.owner_url))
    try:
        with engine.begin() as connection:
            done = connection.execute(text(statement))
            return [tuple(row) for row in done] if done.returns_rows else []
    finally:
        engine.dispose()


def send(wordpress: WordPress, origin: str | None = None, **fields: Any) -> int:
    report = {
        "article": "1",
        "page_url": f"{wordpress.home}/?p=1",
        "before": "Срок ",
        "selected": "облуживания",
        "after": " покрытия",
        "comment": "буква",
        "website": "",
    } | fields
    request = urllib.request.Request(
        f"{wordpress.home}/?rest_route=/newsroom/v1/typos",
        json.dumps(report).encode(),
        {"Content-Type": "application/json", "Origin": wordpress.home if origin is None else origin},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            told = json.loads(error.read())
        return error.code if told["error"] else 0


@pytest.mark.usefixtures("plugin")
def test_the_plugin_keeps_what_fits_once_and_no_address(wordpress: WordPress) -> None:
    assert send(wordpress) == send(wordpress) == send(wordpress, website="https://spam.example") == 201
    kept = rows(wordpress, "SELECT before_text, selected_text, after_text, comment, status FROM vb_newsroom_typos")
    assert kept == [("Срок ", "облуживания", " покрытия", "буква", "new")]
    (whole,) = rows(wordpress, "SELECT * FROM vb_newsroom_typos")
    assert "127.0.0.1" not in whole
    assert len(rows(wordpress, "SELECT reporter_hash FROM vb_newsroom_typos")[0][0]) == 64


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"selected": "а" * 257}, 400),
        ({"selected": " "}, 400),
        ({"comment": ["а"]}, 400),
        ({"comment": "а" * 9000}, 400),
        ({"page_url": "https://elsewhere.example/"}, 400),
        ({"article": "777"}, 404),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": ""}, 403),
    ],
)
def test_the_plugin_refuses_what_does_not_fit(wordpress: WordPress, fields: dict[str, Any], code: int) -> None:
    assert send(wordpress, **fields) == code
    assert rows(wordpress, "SELECT * FROM vb_newsroom_typos") == []


@pytest.mark.usefixtures("plugin")
def test_the_plugin_takes_five_reports_in_five_minutes(wordpress: WordPress) -> None:
    assert [send(wordpress, comment=str(number)) for number in range(7)] == [201] * 5 + [429] * 2
    rows(wordpress, "UPDATE vb_newsroom_typos SET created_gmt = created_gmt - INTERVAL 6 MINUTE")
    assert send(wordpress, comment="позже") == 201


@pytest.mark.usefixtures("plugin")
def test_the_adapter_reads_the_plugins_table_and_writes_the_decision(wordpress: WordPress, site: Site) -> None:
    receipt = site.deliver(publication(1), unwatched).receipt
    assert send(wordpress) == send(wordpress, article=receipt.site_pk, comment="\u202e «ё» 🦊") == 201
    foreign, own = site.reports_after("", 10)
    assert (foreign.article_uid, own.article_uid) == ("", UID)
    assert (own.before, own.selected, own.after, own.comment) == ("Срок ", "облуживания", " покрытия", "\u202e «ё» 🦊")
    assert abs(own.reported_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert site.reports_after(foreign.site_report_id, 10) == [own]
    site.close_report(own.site_report_id, ReportState.ALREADY_FIXED)
    site.close_report(foreign.site_report_id, ReportState.DUPLICATE)
    states = "SELECT status, closed_gmt IS NULL FROM vb_newsroom_typos ORDER BY id"
    assert rows(wordpress, states) == [("rejected", 0), ("fixed", 0)]
    site.close_report(own.site_report_id, ReportState.NEW)
    assert rows(wordpress, states)[1] == ("new", 1)


_MISTAPE = """CREATE TABLE vb_mistape_reports (ID BIGINT AUTO_INCREMENT PRIMARY KEY, post_id BIGINT, post_author BIGINT,
    reporter_user_id BIGINT, reporter_IP VARCHAR(100), date DATETIME, date_gmt DATETIME, selection VARCHAR(255),
    selection_word VARCHAR(255), selection_replace_context VARCHAR(2000), selection_context VARCHAR(2000),
    comment VARCHAR(2000), url VARCHAR(2083), agent VARCHAR(255), language VARCHAR(50), status VARCHAR(20))"""
_TYPO_REPORTER = """CREATE TABLE vb_typo_reports (id BIGINT AUTO_INCREMENT PRIMARY KEY, selected_text TEXT,
    error_description TEXT, page_url TEXT, user_ip VARCHAR(45), user_agent TEXT, created_at DATETIME,
    status VARCHAR(20) DEFAULT 'new')"""


@pytest.fixture
def other_tables(wordpress: WordPress) -> Iterator[WordPress]:
    yield wordpress
    for name in ("vb_mistape_reports", "vb_typo_reports"):
        rows(wordpress, f"DROP TABLE IF EXISTS {name}")


def test_mistapes_table_is_read_and_told(other_tables: WordPress, site: Site) -> None:
    receipt = site.deliver(publication(1), unwatched).receipt
    rows(other_tables, _MISTAPE)
    rows(
        other_tables,
        "INSERT INTO vb_mistape_reports (post_id, reporter_IP, date_gmt, selection, selection_context, comment, url, "
        f"status) VALUES ({receipt.site_pk}, '192.0.2.1', '2026-11-22 02:00:00', 'облуживания', "
        "'Срок облуживания покрытия', 'да', 'http://x/', 'pending')",
    )
    (report,) = site.reports_after("", 10)
    assert (report.before, report.selected, report.after) == ("Срок ", "облуживания", " покрытия")
    assert (report.article_uid, report.reported_at) == (UID, datetime(2026, 11, 22, 2, tzinfo=UTC))
    site.close_report(report.site_report_id, ReportState.FIXED)
    assert rows(other_tables, "SELECT status FROM vb_mistape_reports") == [("resolve",)]


def test_typo_reporters_table_is_read_in_the_sites_own_time(other_tables: WordPress, site: Site) -> None:
    rows(other_tables, _TYPO_REPORTER)
    rows(
        other_tables,
        "INSERT INTO vb_typo_reports (selected_text, error_description, page_url, created_at) "
        "VALUES ('облуживания', 'да', 'http://x/', '2026-11-22 12:00:00')",
    )
    (report,) = site.reports_after("", 10)
    assert (report.selected, report.comment, report.page_url) == ("облуживания", "да", "http://x/")
    assert report.reported_at == datetime(2026, 11, 22, 2, tzinfo=UTC)
    site.close_report(report.site_report_id, ReportState.REJECTED)
    assert rows(other_tables, "SELECT status FROM vb_typo_reports") == [("dismissed",)]


def test_a_site_that_changes_its_plugin_is_read_from_the_beginning(other_tables: WordPress, site: Site) -> None:
    rows(other_tables, _TYPO_REPORTER)
    for number in range(3):
        rows(other_tables, f"INSERT INTO vb_typo_reports (selected_text) VALUES ('старое {number}')")
    cursor = site.reports_after("", 10)[-1].site_report_id
    rows(other_tables, _MISTAPE)
    rows(other_tables, "INSERT INTO vb_mistape_reports (selection) VALUES ('новое')")
    (report,) = site.reports_after(cursor, 10)
    assert report.selected == "новое"
    site.close_report(cursor, ReportState.FIXED)
    assert rows(other_tables, "SELECT DISTINCT status FROM vb_typo_reports") == [("new",)]


def test_a_site_without_any_of_them_has_no_reports(wordpress: WordPress, site: Site) -> None:
    assert site.reports_after("", 10) == []
    site.close_report("mistape_reports:1", ReportState.FIXED)
