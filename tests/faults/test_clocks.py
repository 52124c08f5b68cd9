"""Clocks and zones: nothing appears before its instant, whatever a desk's clock, a server's zone or a sleep say."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now, schedule
from newsroom.domain.states import QueueState
from newsroom.site.standard_schema import articles as site_articles
from newsroom.storage import database as storage
from tests.newsrooms import GOOD, Desks, newsroom_in
from tests.publishing.conftest import Published


def ahead(desks: Desks, by: timedelta) -> None:
    """Move the clock of the newsroom's database on."""
    now = reading.read_counters(desks.chief).now
    desks.newsroom.database._clock = lambda: now + by


@pytest.mark.parametrize("hours", [-12, 12])
def test_a_desks_clock_that_is_wrong_changes_no_instant(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """Due instants are judged by the clock of the database that everybody shares."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def, override]
            return datetime.now(tz) + timedelta(hours=hours)

    with newsroom_in(tmp_path / "home", postgresql_url) as newsroom:
        desks = Desks(newsroom)
        monkeypatch.setattr(storage, "datetime", Wrong)
        article = desks.approved()
        true_now = reading.read_counters(desks.chief).now
        assert abs(true_now - datetime.now(UTC)) < timedelta(minutes=5)
        schedule(desks.editor, article, true_now + timedelta(hours=1))
        assert desks.publish() == []
        schedule(desks.editor, article, true_now - timedelta(seconds=1))
        assert desks.publish() == ["verified"]


@pytest.fixture(params=["UTC", "Europe/Moscow", "Asia/Vladivostok"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This machine's zone, and that of the servers."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(os.name != "posix", reason="the zone of a process is changed on POSIX systems only")
def test_one_instant_in_every_zone(zone: str, any_database_url: str, tmp_path: Path) -> None:
    url = make_url(any_database_url)
    if url.get_backend_name() == "postgresql":
        engine = create_engine(url.set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(text(f"ALTER DATABASE \"{url.database}\" SET timezone = '{zone}'"))
        engine.dispose()
    with newsroom_in(tmp_path / "home", main=f"standard:{any_database_url}") as newsroom:
        desks = Desks(newsroom)
        date = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
        article = desks.approved(GOOD.with_(date=date))
        due = reading.read_counters(desks.chief).now + timedelta(hours=1)
        schedule(desks.chief, article, due)
        ahead(desks, timedelta(minutes=59))
        assert desks.publish() == []
        ahead(desks, timedelta(minutes=2))
        assert desks.publish() == ["verified"]
        [item] = reading.read_queue(desks.chief)
        assert item.due_at == due
        site = newsroom.connect_site(newsroom.sites()[0].name)
        with site._engine.connect() as connection:  # type: ignore[attr-defined]
            assert connection.execute(site_articles.select()).one().published_at == date
        site.close()


def test_a_publisher_that_slept_past_the_hour_catches_up_in_order_and_the_item_says_when(published: Published) -> None:
    desks = published.desks
    now = reading.read_counters(desks.chief).now
    articles = [desks.approved(GOOD.with_(headline=f"Мост {number}")) for number in range(3)]
    for hours, article in enumerate(articles, 1):
        schedule(desks.chief, article, now + timedelta(hours=hours))
    publisher = desks.newsroom.publisher("соня")
    assert publisher.run_once() == []
    ahead(desks, timedelta(hours=5))
    assert [outcome.article for outcome in publisher.run_once()] == articles
    publisher.close()
    for item in reading.read_queue(desks.chief):
        assert item.state is QueueState.VERIFIED
        assert item.due_at is not None
        assert item.delivered_at is not None
        assert item.delivered_at - item.due_at >= timedelta(hours=2)


def test_a_lost_notification_loses_nothing_because_nothing_waits_for_one(published: Published) -> None:
    """Every pass looks at the queue itself, and every desk at the newest line of the activity."""
    desks = published.desks
    publisher = desks.newsroom.publisher("a")
    assert publisher.run_once() == []
    newest = reading.newest_activity(desks.editor)
    article = desks.approved()
    publish_now(desks.chief, article)
    assert [outcome.article for outcome in publisher.run_once()] == [article]
    publisher.close()
    assert reading.changes_since(desks.editor, newest)[1].articles == {article}
