"""Engines with the settings that keep data safe, for SQLite, PostgreSQL and MariaDB alike."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from newsroom.domain.errors import InvalidInput
from newsroom.sql.tls import secured
from newsroom.words import _

#: Seconds before an attempt to connect, a lock or a statement is given up.
CONNECT_SECONDS = 10
LOCK_SECONDS = 10
STATEMENT_SECONDS = 30
#: Seconds after which a PostgreSQL server that says nothing at all is given up; longer than it may work on a statement.
ANSWER_SECONDS = 35
#: Seconds after which a server ends a session that has gone silent within a transaction, and with it the locks of a
#: program that is frozen or cut off. MariaDB ends any idle session; the pool connects anew then.
IDLE_SECONDS = 60


def parse_url(text: str) -> URL:
    """The address of a database, with the driver that this program uses.

    ``sqlite:///file.db``, ``postgresql://user@host/name``, ``mysql://`` or ``mariadb://user@host/name``; ``mysql``
    takes both kinds of server, ``mariadb`` MariaDB alone.
    Raises `InvalidInput` for any other kind of database or an address that cannot be read.
    """
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise InvalidInput(_("Адрес базы не понят; пример: postgresql://имя@сервер/база.")) from None
    if "@" in (url.host or ""):
        # Otherwise the tail of the password would be taken for the server's name and shown in errors.
        raise InvalidInput(_("В имени или пароле адреса базы знак @ пишется как %40."))
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise InvalidInput(_("У адреса sqlite:/// нет имени файла."))
        return url.set(drivername="sqlite+pysqlite")
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend in ("mysql", "mariadb"):
        query = dict(url.query) | {"charset": "utf8mb4"}
        return url.set(drivername=f"{backend}+pymysql", query=query)
    raise InvalidInput(_("База «{kind}» не поддерживается: бывает sqlite, postgresql, mariadb.").format(kind=backend))


def open_engine(url: URL, *, read_only: bool = False, create: bool = True) -> Engine:
    """An engine for *url*; nothing is connected yet.

    A *read_only* engine cannot write. Without *create* a SQLite file that is not there is an error when connecting.
    An error's text never holds the values of a statement. A connection to another machine is encrypted and the server
    verified, unless the address says otherwise (`newsroom.sql.tls`). Raises `InvalidInput` for such options that cannot
    be used.

    On SQLite every transaction of a writing engine begins with BEGIN IMMEDIATE, so that two writers wait for each other
    instead of failing halfway; on MariaDB and PostgreSQL transactions are READ COMMITTED, because receipts are locked
    explicitly.
    """
    backend = url.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(url, "ro" if read_only else "rwc" if create else "rw")
    bare, secure = secured(url)
    arguments = _postgresql_arguments(read_only) if backend == "postgresql" else _mariadb_arguments()
    engine = create_engine(
        bare,
        connect_args=arguments | secure,
        isolation_level="READ COMMITTED",
        pool_size=2,
        max_overflow=3,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    if backend == "postgresql":
        event.listen(engine, "do_connect", _connect_patiently)
    elif read_only:
        event.listen(engine, "connect", _forbid_writing)
    return engine


def _postgresql_arguments(read_only: bool) -> dict[str, Any]:
    return {
        "connect_timeout": CONNECT_SECONDS,
        "client_encoding": "utf8",
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s -c timezone=UTC"
        f" -c idle_in_transaction_session_timeout={IDLE_SECONDS}s"
        + (" -c default_transaction_read_only=on" if read_only else ""),
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "tcp_user_timeout": STATEMENT_SECONDS * 1000,
    }


def _mariadb_arguments() -> dict[str, Any]:
    return {
        "connect_timeout": CONNECT_SECONDS,
        "read_timeout": STATEMENT_SECONDS,
        "write_timeout": STATEMENT_SECONDS,
        "init_command": f"SET SESSION sql_mode=CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), time_zone='+00:00', "
        f"innodb_lock_wait_timeout={LOCK_SECONDS}, wait_timeout={IDLE_SECONDS}",
    }


def _connect_patiently(_dialect: object, _record: object, arguments: Any, named: Any) -> Any:
    """Connect to PostgreSQL through a connection that gives up on a server that has stopped answering."""
    # The driver loads a C library: only those who use PostgreSQL pay for it.
    from newsroom.sql.patience import PatientConnection

    connection = PatientConnection.connect(*arguments, **named)
    connection.patience = ANSWER_SECONDS
    return connection


def _forbid_writing(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION READ ONLY")


def _open_sqlite(url: URL, mode: str) -> Engine:
    file = Path(url.database or "")
    target = f"{file.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # isolation_level=None: the driver begins nothing by itself; the event below does.
        return sqlite3.connect(target, uri=True, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        deferred = mode == "ro" or connection.get_execution_options().get("newsroom_read", False)
        connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")

    return engine
