"""What every test is given: an isolated machine (home, settings, keyring, language) and empty databases.

A test that leaves a thread or a visible window behind fails. With NEWSROOM_NO_SKIPS set, as in continuous integration,
a test that is skipped for want of PostgreSQL, MariaDB, WordPress or a browser fails too.
"""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from newsroom.words import use_language
from tests.databases import MariaDB, PostgreSQL
from tests.site import wordpress_house

# Before Qt is imported: no display is needed, and an explicit platform still wins.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What is taken is judged by the same examples each time; whoever works on the text gets new ones with every run.
settings.register_profile("new-examples", deadline=None)
settings.register_profile("same-examples", deadline=None, derandomize=True)
settings.load_profile("same-examples" if os.environ.get("CI") else "new-examples")

_SERVERS = ("postgresql", "mariadb")
_KEPT_VARIABLES = ("NEWSROOM_TEST_", "NEWSROOM_NO_SKIPS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a server's fixtures, so that ``-m "not mariadb"`` and the rule on skips know it."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        for server in _SERVERS:
            if f"{server}_url" in fixtures or f"{server}_server" in fixtures:
                item.add_marker(server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    report = yield
    if report.skipped and os.environ.get("NEWSROOM_NO_SKIPS"):
        reason = str(call.excinfo.value) if call.excinfo else "skipped"
        kept = ("no PostgreSQL at", "no MariaDB at", "no WordPress:")
        if reason.startswith(kept) or item.get_closest_marker("browser"):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} may not be skipped here: {reason}"
    return report


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """The PostgreSQL server, for tests that need more than one database of it; skips where none answers."""
    server = PostgreSQL()
    if server.absent:
        pytest.skip(server.absent)
    yield server
    server.close()


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDB]:
    """The MariaDB server, for tests that need more than one database of it; skips where none answers."""
    server = MariaDB()
    if server.absent:
        pytest.skip(server.absent)
    yield server
    server.close()


@pytest.fixture(scope="session")
def wordpress_workshop(
    mariadb_server: MariaDB, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[wordpress_house.Workshop]:
    """A real WordPress, installed once; skips where its packages are not there."""
    if why := wordpress_house.absent():
        pytest.skip(why)
    workshop = wordpress_house.Workshop(tmp_path_factory.mktemp("wordpress"), mariadb_server)
    yield workshop
    workshop.close()


@pytest.fixture
def wordpress(wordpress_workshop: wordpress_house.Workshop) -> Iterator[wordpress_house.WordPress]:
    """A real WordPress, as its installer left it, on loopback."""
    with wordpress_workshop.installation() as wordpress:
        yield wordpress


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgresql_server.empty_database() as url:
        yield url


@pytest.fixture
def mariadb_url(mariadb_server: MariaDB) -> Iterator[str]:
    """An empty MariaDB database."""
    with mariadb_server.empty_database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet."""
    return f"sqlite:///{(tmp_path / 'database.sqlite').as_posix()}"


_SQLITE = pytest.param("sqlite_url", id="sqlite")
_POSTGRESQL = pytest.param("postgresql_url", id="postgresql", marks=pytest.mark.postgresql)
_MARIADB = pytest.param("mariadb_url", id="mariadb", marks=pytest.mark.mariadb)


@pytest.fixture(params=[_SQLITE, _POSTGRESQL, _MARIADB])
def any_database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind that a site may have."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(params=[_SQLITE, _POSTGRESQL])
def newsroom_database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind that the newsroom itself may have."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(autouse=True)
def _isolated_machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test sees or touches the home, the settings or the keyring of the person who runs it.

    What is made once on each machine, as the word lists of spelling, is kept in pytest's own cache between runs.
    """
    for name in os.environ:
        if name.startswith("NEWSROOM_") and not name.startswith(_KEPT_VARIABLES):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("machine")
    monkeypatch.setenv("NEWSROOM_HOME", str(home / "newsroom"))
    # Pytest can be told to do without its cache.
    cache = getattr(request.config, "cache", None)
    monkeypatch.setenv("NEWSROOM_CACHE", str(cache.mkdir("newsroom") if cache else home / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    use_language("ru")


@pytest.fixture(scope="session")
def word_lists(request: pytest.FixtureRequest) -> Path:
    """The folder of the word lists of spelling; the first run on a machine builds them."""
    from newsroom.text.spelling.storing import build_missing

    folder = Path(request.config.cache.mkdir("newsroom")) / "dictionaries"
    build_missing(folder)
    return folder


@pytest.fixture(autouse=True)
def _isolated_settings(request: pytest.FixtureRequest) -> None:
    if "qtbot" in request.fixturenames or "qapp" in request.fixturenames:
        # A window reads them when it has time for it, and is not to wait for their making.
        request.getfixturevalue("word_lists")
        from PySide6.QtCore import QSettings

        folder = str(request.getfixturevalue("tmp_path_factory").mktemp("settings"))
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, folder)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> Any:
    """In the place of pytest-qt's, whose five seconds a busy machine may need for itself."""
    from tests.patience import PatientBot

    return PatientBot(request)


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Threads started in the test end soon after it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 20
    while left := [thread for thread in threading.enumerate() if thread not in before and _is_ours(thread)]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {[thread.name for thread in left]}")
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def _nothing_left_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """No window is visible after the test; pytest-qt has closed those it was given by then."""
    yield
    if "qapp" not in request.fixturenames:
        return
    from PySide6.QtCore import Qt, QThreadPool
    from PySide6.QtWidgets import QApplication

    QApplication.clipboard().clear()  # data made in Python must not outlive it
    assert QThreadPool.globalInstance().waitForDone(5000), "the global thread pool is still at work"
    left = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget.windowType() is not Qt.WindowType.ToolTip
    ]
    for widget in left:
        widget.close()
    assert not left, f"windows left open: {left}"


def _is_ours(thread: threading.Thread) -> bool:
    # Qt's workers appear as dummies that Python 3.11 never forgets; Qt itself waits for them.
    return not isinstance(thread, threading._DummyThread)
