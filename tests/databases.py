"""Empty databases for tests: on a server one for each test, thrown away afterwards; nothing here knows any table.

Creating a PostgreSQL database takes some forty milliseconds, emptying one takes one: databases are kept for the
session and emptied between tests. MariaDB creates and drops a database in two, so there each test has a new one.
"""

import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import psycopg
import pymysql
from sqlalchemy import URL, make_url

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Seconds after which a server counts as absent.
PROBE_SECONDS = 3


def _new_name() -> str:
    return f"newsroom_test_{secrets.token_hex(6)}"


def _brief(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class PostgreSQL:
    """The PostgreSQL server of the tests.

    Attributes:
        address: how to reach it, including a database to connect to first.
        absent: why it cannot be used, empty where it can; asked once.
    """

    def __init__(self, address: URL | None = None) -> None:
        self.address = address or make_url(
            os.environ.get("NEWSROOM_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
        )
        self._created: list[str] = []
        self._free: list[str] = []

    @cached_property
    def absent(self) -> str:
        try:
            self.probe()
        except psycopg.Error as error:
            return f"no PostgreSQL at {self.address.host}:{self.address.port or 5432}: {_brief(error)}"
        return ""

    def probe(self) -> None:
        """Raises `psycopg.Error` where the server does not answer."""
        self._connect(self.address.database).close()

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """The address of a database with nothing in it, valid inside the ``with``."""
        name = self._free.pop() if self._free else self._new_database()
        try:
            yield _text(self.address.set(drivername="postgresql", database=name))
        finally:
            self._empty(name)
            self._free.append(name)

    def close(self) -> None:
        """Drop everything that was created."""
        if self._created:
            with self._connect(self.address.database) as connection:
                for name in self._created:
                    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def create(self) -> str:
        """The address of a new database, dropped by `close`."""
        return _text(self.address.set(drivername="postgresql", database=self._new_database()))

    def _new_database(self) -> str:
        name = _new_name()
        with self._connect(self.address.database) as connection:
            connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
        self._created.append(name)
        return name

    def _empty(self, name: str) -> None:
        with self._connect(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            schemas = connection.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
            ).fetchall()
            for (schema,) in schemas:
                connection.execute(f'DROP SCHEMA "{schema}" CASCADE')
            connection.execute("CREATE SCHEMA public")

    def _connect(self, database: str | None) -> "psycopg.Connection[Any]":
        return psycopg.connect(
            host=self.address.host,
            port=self.address.port or 5432,
            user=self.address.username,
            password=self.address.password,
            dbname=database or "postgres",
            connect_timeout=PROBE_SECONDS,
            options="-c lock_timeout=10s",
            autocommit=True,
        )


class Turn:
    """One process at a time, of all that run tests beside each other; within it as often as is wanted.

    MariaDB 10.11 has died (signal 11 in ``ha_maria::drop_table``) of looking into information_schema while somebody
    else made and dropped databases, as tests do and newsrooms do not.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._holders = 0
        self._lock = threading.Lock()
        self._opened = -1

    def __enter__(self) -> None:
        with self._lock:
            if not self._holders and fcntl is not None:
                self._opened = self._open()
                fcntl.flock(self._opened, fcntl.LOCK_EX)
            self._holders += 1

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._holders -= 1
            if not self._holders and fcntl is not None:
                os.close(self._opened)

    def _open(self) -> int:
        try:
            return os.open(self._file, os.O_RDONLY)  # another account's is never opened for writing
        except FileNotFoundError:
            return os.open(self._file, os.O_RDONLY | os.O_CREAT, 0o644)


@cache
def _turn_at(port: int) -> Turn:
    return Turn(Path(tempfile.gettempdir()) / f"newsroom-tests-mariadb-{port}.turn")


class MariaDB:
    """The MariaDB (or MySQL) server of the tests; the same face as `PostgreSQL`."""

    def __init__(self, address: URL | None = None) -> None:
        self.address = address or make_url(os.environ.get("NEWSROOM_TEST_MARIADB", "mariadb://root@127.0.0.1:3306"))

    @cached_property
    def absent(self) -> str:
        try:
            self.probe()
        except (pymysql.Error, OSError) as error:
            return f"no MariaDB at {self.address.host}:{self.address.port or 3306}: {_brief(error)}"
        return ""

    @property
    def turn(self) -> Turn:
        """Held by whoever uses the server."""
        return _turn_at(self.address.port or 3306)

    def probe(self) -> None:
        """Raises `pymysql.Error` or `OSError` where the server does not answer."""
        self._connect().close()

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """The address of a database with nothing in it, valid inside the ``with``; nobody else uses the server then."""
        with self.turn:
            url = self.create()
            name = make_url(url).database or ""
            try:
                yield url
            finally:
                self._end_sessions(name)
                self._execute(f"DROP DATABASE IF EXISTS `{name}`")

    def create(self) -> str:
        """The address of a new database, which stays."""
        name = _new_name()
        self._execute(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
        return _text(self.address.set(drivername="mariadb", database=name))

    def close(self) -> None:
        """Nothing is kept between tests."""

    def _end_sessions(self, name: str) -> None:
        # A transaction left open by a failed test holds a metadata lock, and DROP DATABASE would wait for it.
        for (session,) in self._execute(f"SELECT id FROM information_schema.processlist WHERE db = '{name}'"):
            with suppress(pymysql.Error):
                self._execute(f"KILL {int(session)}")

    def _execute(self, statement: str) -> list[tuple[Any, ...]]:
        connection = self._connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def _connect(self) -> "pymysql.Connection[Any]":
        return pymysql.connect(
            host=self.address.host,
            port=self.address.port or 3306,
            user=self.address.username,
            password=self.address.password or "",
            connect_timeout=PROBE_SECONDS,
            autocommit=True,
        )


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
