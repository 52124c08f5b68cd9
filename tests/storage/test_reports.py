"""Readers' reports in the newsroom database."""

from datetime import UTC, datetime

from newsroom.domain.ids import SiteName
from newsroom.domain.queue import SiteConfig
from newsroom.domain.reports import IncomingReport
from newsroom.storage.database import open_database


def test_a_report_with_a_character_that_no_text_holds_does_not_stop_the_others(newsroom_database_url: str) -> None:
    database = open_database(newsroom_database_url, create=True)
    hostile = IncomingReport("1", "\0", "/\0", "до\0", "за\0кончл", "\0", "\0", datetime(2026, 11, 22, tzinfo=UTC))
    with database.write() as work:
        work.records.save_site(SiteConfig(SiteName("main"), "standard"))
        assert work.reports.add(SiteName("main"), [hostile])
    with database.read() as work:
        [kept] = work.reports.newest(open_only=True, limit=10)
    assert (kept.before, kept.selected, kept.after) == ("до", "закончл", "")
    database.close()


def test_texts_longer_than_a_report_may_have_are_cut(newsroom_database_url: str) -> None:
    database = open_database(newsroom_database_url, create=True)
    long = "слово" * 1_000
    at = datetime(2026, 11, 22, tzinfo=UTC)
    incoming = IncomingReport("1", "", f"http://x/{long}", f"{long}до", long, f"после{long}", long, at)
    with database.write() as work:
        work.records.save_site(SiteConfig(SiteName("main"), "standard"))
        (arrived,) = work.reports.add(SiteName("main"), [incoming])
        kept = work.reports.get(arrived.id)
    texts = (kept.page_url, kept.before, kept.selected, kept.after, kept.comment)
    assert [len(text) for text in texts] == [1000, 60, 256, 60, 250]
    assert kept.before.endswith("до")
    assert kept.after.startswith("после")
    database.close()
