"""The publisher as a service: it says what it does, stops when told to, and several work side by side."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from newsroom.cli import main
from newsroom.desk import reading
from newsroom.desk.health import read_health
from newsroom.desk.scheduling import publish_now
from newsroom.domain.errors import SchemaNewer
from newsroom.domain.health import Verdict
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Step
from newsroom.sql.engine import open_engine, parse_url
from newsroom.storage.database import HEAD, hold_schema
from tests.newsrooms import Desks, newsroom_in
from tests.publishing.conftest import Published
from tests.publishing.services import service
from tests.site.material import trail


def test_a_service_logs_each_event_on_one_line_and_ends_by_sigterm(published: Published) -> None:
    desks = published.desks
    article = desks.approved()
    with service(published.home, "--name", "ночной") as running:
        running.wait_for("started")
        publish_now(desks.chief, article)
        line = running.wait_for("verified")
        health = read_health(desks.chief)
        assert running.stop() == 0
        assert [one["event"] for one in running.events()] == ["started", "verified", "stopped"]
        assert len(running.text().splitlines()) == 3
    assert (line["site"], line["article"], line["operation"]) == ("main", article, "publish")
    assert health.verdict is Verdict.GOOD
    [alive] = health.publishers
    assert (alive.name, alive.alive, alive.sites) == ("ночной", True, ("main",))
    assert health.sites[0].last_delivered_at is not None
    after = read_health(desks.chief)
    assert after.verdict is Verdict.NOBODY
    assert after.publishers[0].stopped_at is not None


def test_several_services_share_one_queue(published: Published) -> None:
    desks = published.desks
    articles = [desks.approved() for _number in range(12)]
    with service(published.home, "--name", "а") as one, service(published.home, "--name", "б") as other:
        one.wait_for("started")
        other.wait_for("started")
        for article in articles:
            publish_now(desks.chief, article)
        done: list[int] = []
        while len(done) < len(articles):
            for running in (one, other):
                assert running.process.poll() is None, running.text()
            done = [line["article"] for running in (one, other) for line in running.events() if "article" in line]
        assert len([one for one in read_health(desks.chief).publishers if one.alive]) == 2
        assert (one.stop(), other.stop()) == (0, 0)
    assert sorted(done) == sorted(articles)
    assert len(published.trail()) == len(articles)


def test_what_was_claimed_and_not_begun_is_given_back(published: Published) -> None:
    """The order to stop comes while photos are being prepared: another publisher need not wait for the lease."""
    desks = published.desks
    publish_now(desks.chief, desks.approved())
    stop: list[bool] = []

    def stop_when_rendered(step: Step) -> None:
        if step is Step.RENDERED:
            stop.append(True)

    publisher = desks.newsroom.publisher("а", watch=stop_when_rendered)
    [outcome] = publisher.run_once(lambda: not stop)
    publisher.close()
    assert outcome.state is QueueState.SCHEDULED
    [item] = reading.read_queue(desks.chief)
    assert (item.state, item.attempts) == (QueueState.SCHEDULED, 0)
    assert published.trail() == []
    assert desks.publish() == ["verified"]


def migrate_to_the_future(url: str) -> None:
    """What a newer program does when it opens the database: its own version, and a column that has moved."""
    engine = open_engine(parse_url(url))
    with engine.begin() as connection:
        hold_schema(connection)
        connection.execute(text("ALTER TABLE queue RENAME COLUMN due_at TO due"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()


def test_a_service_that_meets_a_newer_schema_stops_and_says_so(tmp_path: Path, newsroom_database_url: str) -> None:
    with newsroom_in(tmp_path, newsroom_database_url) as newsroom:
        desks = Desks(newsroom)
        article = desks.approved()
        with service(tmp_path) as running:
            running.wait_for("started")
            while not read_health(desks.chief).publishers:
                assert running.process.poll() is None
            migrate_to_the_future(newsroom_database_url)
            assert running.process.wait(30) == 1
            assert [one["event"] for one in running.events()] == ["started", "schema-newer", "stopped"]
            assert "обновите программу" in running.text()
        with pytest.raises(SchemaNewer, match="9999"):
            publish_now(desks.chief, article)
        with pytest.raises(SchemaNewer, match="9999"):
            reading.read_queue(desks.chief)


def test_a_migration_between_delivery_and_settling_loses_and_doubles_nothing(
    tmp_path: Path, newsroom_database_url: str, sqlite_url: str
) -> None:
    with newsroom_in(tmp_path, newsroom_database_url) as newsroom:
        desks = Desks(newsroom)
        publish_now(desks.chief, desks.approved())

        def migrate(step: Step) -> None:
            if step is Step.AFTER_SITE_COMMIT:
                migrate_to_the_future(newsroom_database_url)

        publisher = newsroom.publisher("старый", watch=migrate)
        with pytest.raises(SchemaNewer):
            publisher.run_once()
        publisher.close()
        # The newer program, which knows the schema, finds the item still claimed and the receipt on the site.
        engine = open_engine(parse_url(newsroom_database_url))
        with engine.begin() as connection:
            state = connection.execute(text("SELECT state FROM queue")).scalar_one()
            connection.execute(text("ALTER TABLE queue RENAME COLUMN due TO due_at"))
            connection.execute(text("UPDATE queue SET lease_until = due_at"))
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))
        engine.dispose()
        assert state == "delivering"
        assert desks.publish() == ["verified"]


@pytest.mark.postgresql
def test_a_migration_waits_for_the_transaction_under_way_and_others_wait_for_it(
    tmp_path: Path, postgresql_url: str
) -> None:
    with newsroom_in(tmp_path, postgresql_url) as newsroom, ThreadPoolExecutor(1) as pool:
        with newsroom.database.write() as work:
            work.queue.count(QueueState.SCHEDULED)
            migration = pool.submit(migrate_to_the_future, postgresql_url)
            engine = open_engine(parse_url(postgresql_url))
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'alembic_version'::regclass")
            with engine.connect() as connection:
                while not connection.execute(waiting).scalar_one():
                    connection.rollback()
            engine.dispose()
            # The column is still there.
            work.queue.items(10)
        migration.result()


def test_status_tells_monitors_what_is_wrong(published: Published, capsys: pytest.CaptureFixture[str]) -> None:
    desks, home = published.desks, published.home

    def status() -> tuple[int, dict[str, object]]:
        code = main(["publisher", "status", "--json", "--home", str(home)])
        return code, json.loads(capsys.readouterr().out)

    code, told = status()
    assert (code, told["verdict"]) == (4, "nobody")
    publisher = desks.newsroom.publisher("дневной")
    publisher.run_once()
    assert status()[0] == 0
    with published.site.begin() as connection:
        connection.execute(text("ALTER TABLE articles RENAME COLUMN byline TO pen"))
    publish_now(desks.chief, desks.approved())
    publisher.run_once()
    code, told = status()
    [site] = told["sites"]  # type: ignore[misc]
    assert (code, told["verdict"], site["due"]) == (3, "attention", 1)
    assert "byline" in site["trouble"]["problem"]
    assert main(["publisher", "status", "--home", str(home)]) == 3
    assert "byline" in capsys.readouterr().out
    with published.site.begin() as connection:
        connection.execute(text("ALTER TABLE articles RENAME COLUMN pen TO byline"))
    publisher._paused.clear()
    with desks.newsroom.database.write() as work:
        work._connection.execute(text("UPDATE queue SET next_attempt_at = NULL"))
    publisher.run_once()
    assert status()[0] == 0
    publisher.close()
    assert len(trail(published.site)) == 1


def test_a_newsroom_that_cannot_be_asked_is_no_newsroom_without_publishers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "newsroom.toml").write_text('database = "postgresql://editor@127.0.0.1:1/newsroom"\n')
    assert main(["publisher", "status", "--home", str(tmp_path)]) == 1
    assert "База редакции" in capsys.readouterr().err
