"""Deliveries under faults: killed processes, lost connections, locks, missing columns, dead servers."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, make_url, select, text

from newsroom.domain.errors import SiteRefused, SiteSchemaMismatch, SiteUnavailable
from newsroom.domain.states import Operation
from newsroom.site.port import Effect, SiteStep
from newsroom.site.standard import StandardSite
from newsroom.site.standard_schema import articles, newsroom_receipt, photos
from newsroom.sql import engine as engine_module
from newsroom.sql.engine import parse_url
from tests.site.material import OTHER_UID, photo, publication, removal, trail, unwatched
from tests.site.proxy import Proxy, proxy_to

_ROOT = Path(__file__).parents[2]

_CHILD = """
import os, signal, sys
from newsroom.site.kinds import open_site
from tests.site.material import publication

def die(step):
    if step.value == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

open_site("standard", sys.argv[1]).deliver(publication(), die)
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs of one or two seconds, for what is opened from now on."""
    for name, seconds in {"CONNECT": 1, "LOCK": 1, "STATEMENT": 2, "ANSWER": 2}.items():
        monkeypatch.setattr(engine_module, f"{name}_SECONDS", seconds)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("step", list(SiteStep))
def test_killed_at_any_step_and_repeated_has_one_effect(
    step: SiteStep, site_url: str, site: StandardSite, database: Engine
) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, site_url, step.value],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        timeout=60,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    repeated = site.deliver(publication(), unwatched)
    assert repeated.effect is (Effect.ALREADY_DONE if step is SiteStep.AFTER_COMMIT else Effect.APPLIED)
    assert site.read_back(publication()) == []
    assert trail(database) == ["insert published 1"]


@pytest.mark.usefixtures("impatient")
def test_lock_held_by_somebody_else_is_waited_for_and_then_reported(site_url: str, database: Engine) -> None:
    site = StandardSite(parse_url(site_url))
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(select(newsroom_receipt).with_for_update()).all()
        with pytest.raises(SiteUnavailable, match="база занята другим процессом"):
            site.deliver(publication(2), unwatched)
    assert trail(database) == ["insert published 1"]
    assert site.deliver(publication(2), unwatched).effect is Effect.APPLIED
    site.close()


@pytest.mark.parametrize("table", ["articles", "newsroom_receipt"])
def test_missing_column_stops_before_anything_is_written(
    table: str, site_url: str, site: StandardSite, database: Engine
) -> None:
    column = {"articles": "note", "newsroom_receipt": "row_hash"}[table]
    with database.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    steps: list[SiteStep] = []
    with pytest.raises(SiteSchemaMismatch, match=f"в таблице {table} нет столбца {column}"):
        site.deliver(publication(), steps.append)
    assert steps == [SiteStep.BEFORE_TRANSACTION]
    assert trail(database) == []


def test_column_dropped_between_two_deliveries_is_named(site: StandardSite, database: Engine) -> None:
    """Connections that had found everything complete notice it too."""
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE articles RENAME COLUMN note TO remark"))
    with pytest.raises(SiteSchemaMismatch, match="в таблице articles нет столбца note"):
        site.deliver(publication(2), unwatched)
    with pytest.raises(SiteSchemaMismatch):
        site.read_back(publication(1))
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE articles RENAME COLUMN remark TO note"))
    assert site.deliver(publication(2), unwatched).effect is Effect.APPLIED


def test_missing_table_is_named(any_database_url: str, tmp_path: Path) -> None:
    url = parse_url(any_database_url)
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").touch()
    site = StandardSite(url)
    with pytest.raises(SiteSchemaMismatch, match="нет таблицы articles"):
        site.deliver(publication(), unwatched)
    site.close()


def test_table_without_transactions_is_refused(mariadb_url: str) -> None:
    from newsroom.site.kinds import create_site

    create_site("standard", mariadb_url)
    site = StandardSite(parse_url(mariadb_url))
    engine = engine_module.open_engine(parse_url(mariadb_url))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE newsroom_receipt ENGINE=MyISAM"))
    engine.dispose()
    with pytest.raises(SiteSchemaMismatch, match="newsroom_receipt хранится в MyISAM"):
        site.deliver(publication(), unwatched)
    site.close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_dead_server_is_unavailable_and_the_password_is_not_told(kind: str) -> None:
    site = StandardSite(parse_url(f"{kind}://publisher:s3cr3t-w0rd@127.0.0.1:1/site"))
    with pytest.raises(SiteUnavailable, match="не отвечает") as caught:
        site.deliver(publication(), unwatched)
    assert "s3cr3t" not in str(caught.value)
    assert "s3cr3t" not in repr(caught.value.__cause__)
    with pytest.raises(SiteUnavailable):
        site.reports_after("", 10)
    site.close()


def test_wrong_password_is_unavailable(mariadb_url: str) -> None:
    """Somebody may have changed it just now: what waits is sent when it is mended."""
    url = parse_url(mariadb_url).set(username="nobody_here", password="s3cr3t-w0rd")
    site = StandardSite(url)
    with pytest.raises(SiteUnavailable, match="не приняла имя или пароль") as caught:
        site.deliver(publication(), unwatched)
    assert "s3cr3t" not in str(caught.value)
    site.close()


def test_missing_sqlite_file_is_unavailable_and_not_created(tmp_path: Path) -> None:
    file = tmp_path / "absent.sqlite"
    site = StandardSite(parse_url(f"sqlite:///{file}"))
    with pytest.raises(SiteUnavailable, match="не открывается"):
        site.deliver(publication(), unwatched)
    assert not file.exists()
    site.close()


def test_full_disk_is_unavailable_and_changes_nothing(tmp_path: Path) -> None:
    from newsroom.site.kinds import create_site

    url = f"sqlite:///{tmp_path / 'site.sqlite'}"
    create_site("standard", url)
    site = StandardSite(parse_url(url))
    from sqlalchemy import event

    @event.listens_for(site._engine, "connect")
    def limit(connection: object, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")  # type: ignore[attr-defined]

    with pytest.raises(SiteUnavailable, match="диск переполнен"):
        site.deliver(publication(photos=(photo(1, 200_000),)), unwatched)
    with site._engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(photos)).scalar_one() == 0
    site.close()


def test_more_than_the_server_takes_in_one_statement_is_refused(mariadb_url: str) -> None:
    """MariaDB would drop the connection, which would be retried for ever."""
    from newsroom.site.kinds import create_site

    create_site("standard", mariadb_url)
    site = StandardSite(parse_url(mariadb_url))
    with site._engine.connect() as connection:
        limit = connection.execute(text("SELECT @@max_allowed_packet")).scalar_one()
    large = photo(5, limit)
    with pytest.raises(SiteRefused, match="max_allowed_packet"):
        site.deliver(publication(lead_photo=large.id, photos=(large,)), unwatched)
    site.close()


def test_photo_removed_by_a_kill_while_another_article_takes_it_is_there_in_the_end(
    site_url: str, site: StandardSite, database: Engine
) -> None:
    """The other delivery has seen the photo on the site, loses it to the kill, and brings it from a fresh read."""
    site.deliver(publication(1), unwatched)
    rival = StandardSite(parse_url(site_url))
    other = publication(1, uid=OTHER_UID, slug="other")
    answers: list[Effect] = []
    thread = threading.Thread(target=lambda: answers.append(rival.deliver(other, unwatched).effect))

    def linger(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            thread.start()
            # The rival has to wait for this transaction, however far it gets in this time.
            thread.join(0.3)

    site.deliver(removal(Operation.KILL, 2), linger)
    thread.join(20)
    assert answers == [Effect.APPLIED]
    assert rival.read_back(other) == []
    rival.close()


class TestOnServers:
    """What only a database with a server can do."""

    @pytest.fixture
    def any_database_url(self, any_server_url: str) -> str:
        return any_server_url

    def test_unknown_column_that_demands_a_value_is_a_mismatch(self, site_url: str, database: Engine) -> None:
        with database.begin() as connection:
            connection.execute(text("ALTER TABLE articles ADD COLUMN owner VARCHAR(10) NOT NULL"))
        site = StandardSite(parse_url(site_url))
        with pytest.raises(SiteSchemaMismatch, match="owner"):
            site.deliver(publication(), unwatched)
        site.close()

    def test_deadlock_is_retried_from_a_fresh_read(self, site_url: str, site: StandardSite, database: Engine) -> None:
        """Somebody else locks rubric then receipt, the delivery receipt then rubric: the server ends one of them."""
        site.deliver(publication(1), unwatched)
        rubric_locked, delivery_inside = threading.Event(), threading.Event()
        outcome: list[str] = []

        def interfere() -> None:
            try:
                with database.begin() as connection:
                    connection.execute(text("UPDATE rubrics SET position = position + 1"))
                    rubric_locked.set()
                    assert delivery_inside.wait(10)
                    connection.execute(text("UPDATE newsroom_receipt SET epoch = epoch + 1"))
                outcome.append("committed")
            except Exception as error:
                outcome.append(type(error).__name__)

        thread = threading.Thread(target=interfere)
        thread.start()
        assert rubric_locked.wait(10)
        # The rubric's new title makes the delivery wait for the interferer, who then waits for the delivery's receipt.
        lock = threading.Timer(0.5, delivery_inside.set)
        lock.start()
        delivered = site.deliver(publication(2, rubric_title="Город и люди"), unwatched)
        thread.join(20)
        assert delivered.effect is Effect.APPLIED
        assert outcome in (["committed"], ["OperationalError"])
        assert site.read_back(publication(2, rubric_title="Город и люди")) == []
        assert trail(database) == ["insert published 1", "update published 2"]

    def test_publisher_frozen_inside_its_transaction_is_ended_by_the_server(
        self, site_url: str, database: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another publisher then makes the change, and the late one finds its transaction gone."""
        monkeypatch.setattr(engine_module, "IDLE_SECONDS", 1)
        frozen, other = StandardSite(parse_url(site_url)), StandardSite(parse_url(site_url))

        def freeze(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                assert other.deliver(publication(), unwatched).effect is Effect.APPLIED

        with pytest.raises(SiteUnavailable):
            frozen.deliver(publication(), freeze)
        assert frozen.deliver(publication(), unwatched).effect is Effect.ALREADY_DONE
        assert trail(database) == ["insert published 1"]
        frozen.close()
        other.close()


class TestOverABrokenLine:
    """The adapter reaches its server through a proxy."""

    @pytest.fixture
    def any_database_url(self, any_server_url: str) -> str:
        return any_server_url

    @pytest.fixture
    def proxy(self, site_url: str) -> Iterator[Proxy]:
        url = make_url(site_url)
        default = 5432 if url.get_backend_name() == "postgresql" else 3306
        with proxy_to(url.host or "127.0.0.1", url.port or default) as proxy:
            yield proxy

    @pytest.fixture
    def site(self, site_url: str, proxy: Proxy, impatient: None, database: Engine) -> Iterator[StandardSite]:
        site = StandardSite(parse_url(site_url).set(host="127.0.0.1", port=proxy.port))
        yield site
        site.close()

    def test_lost_reply_to_the_commit_is_settled_by_repeating(
        self, site: StandardSite, proxy: Proxy, database: Engine
    ) -> None:
        def lose(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                proxy.lose_next_reply()

        with pytest.raises(SiteUnavailable):
            site.deliver(publication(), lose)
        assert site.deliver(publication(), unwatched).effect is Effect.ALREADY_DONE
        assert trail(database) == ["insert published 1"]

    def test_lost_commit_is_settled_by_repeating(self, site: StandardSite, proxy: Proxy, database: Engine) -> None:
        def lose(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                proxy.lose_next_request()

        with pytest.raises(SiteUnavailable):
            site.deliver(publication(), lose)
        assert trail(database) == []
        assert site.deliver(publication(), unwatched).effect is Effect.APPLIED
        assert trail(database) == ["insert published 1"]

    def test_frozen_server_is_given_up(self, site: StandardSite, proxy: Proxy, database: Engine) -> None:
        site.deliver(publication(1, uid=OTHER_UID, slug="other"), unwatched)

        def freeze(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                proxy.freeze()

        with pytest.raises(SiteUnavailable):
            site.deliver(publication(), freeze)
