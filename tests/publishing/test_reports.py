"""Readers' reports on their way into the newsroom: once each whatever dies, tied to their article, out of the way."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from newsroom.desk import reading
from newsroom.desk.proofreading import close_report
from newsroom.domain.queue import SiteConfig
from newsroom.domain.reports import Report, ReportState
from newsroom.publishing import reports as carrying
from newsroom.site.standard_schema import typo_reports
from tests.newsrooms import GOOD, newsroom_in
from tests.publishing.conftest import Published

ROOT = Path(__file__).parents[2]


def reported(published: Published, count: int = 1, *, uid: str = "", url: str = "", **texts: str) -> None:
    """Readers of the site report: *count* rows of its table."""
    first = datetime(2026, 11, 22, tzinfo=UTC)
    row = {"before_text": "Подрядчик ", "selected_text": "закончл", "after_text": " ремонт", "comment": "и", **texts}
    rows = [
        {
            **row,
            "article_uid": uid,
            "page_url": url or "https://vesti.example/unknown",
            "reporter_hash": "x",
            "created_at": first + timedelta(seconds=number),
        }
        for number in range(count)
    ]
    with published.site.begin() as connection:
        connection.execute(typo_reports.insert(), rows)


def kept(published: Published) -> list[Report]:
    return reading.read_reports(published.desks.proofreader, open_only=False, limit=100_000)


@pytest.mark.parametrize("when", ["nothing-written", "reports-written", "cursor-moved", "committed"])
def test_each_report_comes_in_once_whatever_dies(published: Published, when: str) -> None:
    reported(published, 7)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.publishing.killed_carrier", str(published.home), when],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert killed.returncode < 0, killed.stderr.decode()
    for _each in range(2):
        published.desks.publish()
    assert len(kept(published)) == 7


def live_article(published: Published) -> int:
    with published.desks.newsroom.database.write() as work:
        work.records.save_site(SiteConfig("main", "standard", "https://vesti.example"))  # type: ignore[arg-type]
    article = published.desks.approved()
    from newsroom.desk.scheduling import publish_now

    publish_now(published.desks.chief, article)
    assert published.desks.publish() == ["verified"]
    return article


@pytest.mark.parametrize(
    "url",
    [
        "https://vesti.example/article/{slug}",
        "https://vesti.example/article/{slug}/?utm_source=x#top",
        "https://mirror.example/archive/{slug}.html",
    ],
)
def test_a_report_is_tied_by_the_address_of_its_page(published: Published, url: str) -> None:
    article = live_article(published)
    slug = reading.read_article(published.desks.chief, article).slug
    reported(published, url=url.format(slug=slug))
    published.desks.publish()
    (report,) = kept(published)
    assert (report.article, report.revision) == (article, 1)


def test_a_report_is_tied_by_the_words_around_it(published: Published) -> None:
    article = live_article(published)
    around = GOOD.body.split("\n\n")[0]
    before, _word, after = around.partition("ремонт")
    reported(published, before_text=f"щик {before}"[-60:], selected_text="ремонт", after_text=f"{after} Перв"[:60])
    reported(published, before_text="мало ", selected_text="слов", after_text=" тут")
    published.desks.publish()
    assert [report.article for report in kept(published)] == [None, article]


def test_reports_of_unknown_pages_stay_apart(published: Published) -> None:
    article = live_article(published)
    reported(published, url="javascript:alert(1)")
    reported(published, url="http://[broken")
    reported(published, uid=reading.read_article(published.desks.chief, article).uid)
    published.desks.publish()
    assert [report.article for report in kept(published)].count(None) == 2


def test_a_flood_keeps_no_article_waiting_and_is_one_line_for_each_page(published: Published) -> None:
    reported(published, 3 * carrying._PAGE)
    article = published.desks.approved()
    from newsroom.desk.scheduling import publish_now

    publish_now(published.desks.chief, article)
    assert published.desks.publish() == ["verified"]
    assert len(kept(published)) == carrying._PAGE, "one page of reports came in beside the article"
    for _each in range(3):
        published.desks.publish()
    assert len(kept(published)) == 3 * carrying._PAGE
    lines = [line for line in reading.read_activity(published.desks.chief, limit=1000) if line.what == "reported"]
    assert [line.detail for line in lines] == [str(carrying._PAGE)] * 3


def test_the_sites_table_is_told_in_its_own_three_words(published: Published) -> None:
    reported(published, 4)
    published.desks.publish()
    states = [ReportState.FIXED, ReportState.ALREADY_FIXED, ReportState.REJECTED, ReportState.DUPLICATE]
    for report, state in zip(sorted(kept(published), key=lambda report: report.id), states, strict=True):
        close_report(published.desks.proofreader, report.id, state)
    published.desks.publish()
    with published.site.connect() as connection:
        told = connection.scalars(text("SELECT state FROM typo_reports ORDER BY id")).all()
    assert told == ["fixed", "fixed", "rejected", "rejected"]


def test_two_publishers_bring_each_report_in_once(tmp_path: Path, postgresql_url: str, sqlite_url: str) -> None:
    import threading

    with newsroom_in(tmp_path / "home", postgresql_url, main=f"standard:{sqlite_url}") as newsroom:
        from newsroom.sql.engine import open_engine, parse_url
        from tests.newsrooms import Desks

        engine = open_engine(parse_url(sqlite_url))
        published = Published(Desks(newsroom), tmp_path / "home", engine)
        reported(published, 1200)
        publishers = [newsroom.publisher(name) for name in ("первый", "второй")]

        def run(publisher: object) -> None:
            for _each in range(4):
                publisher.run_once()  # type: ignore[attr-defined]

        threads = [threading.Thread(target=run, args=(publisher,)) for publisher in publishers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for publisher in publishers:
            publisher.close()
        engine.dispose()
        assert len(kept(published)) == 1200
