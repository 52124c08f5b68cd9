"""A newsroom whose site is on each kind of database; processes that die at a named point; lines that break."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, make_url

from newsroom.app import Newsroom
from newsroom.publishing.publisher import LEASE
from newsroom.sql import engine as engine_module
from newsroom.sql.engine import open_engine, parse_url
from tests.newsrooms import Desks, newsroom_in
from tests.publishing.conftest import Published, published
from tests.servers import OwnServer, own_server
from tests.site.material import keep_trail
from tests.site.proxy import Proxy, proxy_to

if TYPE_CHECKING:
    from tests.e2e.person import Person

__all__ = ["published"]

#: Opens the program over a home at the desk of a login.
Open = Callable[[Path, str], "Person"]

_PORTS = {"postgresql": 5432, "mariadb": 3306}


def kill_one(*arguments: object) -> None:
    """Run a process of `tests.faults.doomed`, which dies."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.doomed", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr or done.stdout


def after_the_lease(newsroom: Newsroom) -> None:
    """Move the database's clock on, past the end of a dead publisher's lease."""
    with newsroom.database.read() as work:
        later = work.now + LEASE + timedelta(seconds=1)
    newsroom.database._clock = lambda: later


@pytest.fixture(
    params=["sqlite_url", pytest.param("postgresql_url", marks=pytest.mark.postgresql)], ids=lambda p: p[:-4]
)
def any_newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Published]:
    """A newsroom on each kind of database that it may live in, its site on a file."""
    site = f"sqlite:///{tmp_path / 'site.db'}"
    with newsroom_in(tmp_path / "home", request.getfixturevalue(request.param), main=f"standard:{site}") as newsroom:
        engine = open_engine(parse_url(site))
        keep_trail(engine)
        yield Published(Desks(newsroom), tmp_path / "home", engine)
        engine.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs of one or two seconds, for what is opened from now on."""
    for name, seconds in {"CONNECT": 1, "LOCK": 1, "STATEMENT": 2, "ANSWER": 2}.items():
        monkeypatch.setattr(engine_module, f"{name}_SECONDS", seconds)


@contextmanager
def line_to(url: str) -> Iterator[tuple[Proxy, str]]:
    """A proxy on the way to the server at *url*, and the address through it."""
    address = make_url(url)
    with proxy_to(address.host or "127.0.0.1", address.port or _PORTS[address.get_backend_name()]) as proxy:
        yield proxy, address.set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)


@pytest.fixture(
    params=[
        pytest.param("postgresql_url", id="postgresql", marks=pytest.mark.postgresql),
        pytest.param("mariadb_url", id="mariadb", marks=pytest.mark.mariadb),
    ]
)
def far(request: pytest.FixtureRequest, tmp_path: Path, impatient: None) -> Iterator[tuple[Published, Proxy]]:
    """A newsroom that reaches its site, on each kind of server, over a line that can be broken."""
    url = request.getfixturevalue(request.param)
    with line_to(url) as (proxy, address), newsroom_in(tmp_path / "home", main=f"standard:{address}") as newsroom:
        engine = open_engine(parse_url(url))
        keep_trail(engine)
        yield Published(Desks(newsroom), tmp_path / "home", engine), proxy
        engine.dispose()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Newsroom, timedelta], None]:
    """Sets the clock of the newsroom's database so far from the real one."""

    def set_clock(newsroom: Newsroom, ahead: timedelta) -> None:
        monkeypatch.setattr(newsroom.database, "_clock", None)
        with newsroom.database.read() as work:
            now = work.now
        monkeypatch.setattr(newsroom.database, "_clock", lambda: now + ahead)

    return set_clock


def sessions_of(engine: Engine) -> int:
    """How many other sessions the server has in the database of *engine*."""
    query = {
        "postgresql": "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()",
        "mariadb": "SELECT count(*) - 1 FROM information_schema.processlist WHERE db = DATABASE()",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(query).scalar_one())


@pytest.fixture(scope="session")
def own_postgresql() -> Iterator[OwnServer]:
    """A PostgreSQL server that a test may stop and start; it leaves it running."""
    with _own("postgresql") as server:
        yield server


@pytest.fixture(scope="session")
def own_mariadb() -> Iterator[OwnServer]:
    """A MariaDB server that a test may stop and start; it leaves it running."""
    with _own("mariadb") as server:
        yield server


@contextmanager
def _own(kind: str) -> Iterator[OwnServer]:
    # Not in pytest's own folder: each pytest that begins shuts that to other accounts, and the server runs as one.
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder, own_server(kind, Path(folder) / kind) as server:
        yield server


@pytest.fixture
def sit(request: pytest.FixtureRequest) -> Iterator[Open]:
    """The real window, which the test closes, or its end does."""
    from tests.e2e.person import Person
    from ui.app import Program

    app, qtbot = request.getfixturevalue("qapp"), request.getfixturevalue("qtbot")
    programs: list[Program] = []

    def begin(home: Path, login: str) -> Person:
        program = Program(app, home, login=login)
        programs.append(program)
        program.window.resize(1440, 900)
        program.show()
        person = Person(qtbot, program)
        person.wait(lambda: program.ctx.desk is not None, "the newsroom")
        return person

    yield begin
    for program in programs:
        Person(qtbot, program).close_window()
        program.window.deleteLater()
        program.deleteLater()
