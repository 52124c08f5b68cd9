"""Opening the newsroom database, its schema version, and the unit of work."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from newsroom.domain.errors import DatabaseLockedOut, DatabaseUnavailable, InvalidInput, NotFound, SchemaNewer
from newsroom.sql.engine import open_engine, parse_url
from newsroom.sql.faults import Kind, environment_faults, explain, kind_of
from newsroom.sql.places import refuse_unsafe
from newsroom.storage.activity import ActivityLog
from newsroom.storage.adoptions import Adoptions
from newsroom.storage.articles import Articles
from newsroom.storage.comments import Comments
from newsroom.storage.health import HealthBook
from newsroom.storage.history import Histories
from newsroom.storage.house_lists import HouseLists
from newsroom.storage.ledger import Ledger
from newsroom.storage.pages import Pages
from newsroom.storage.queue import Queue
from newsroom.storage.records import Records
from newsroom.storage.reports import Reports
from newsroom.storage.vocabulary import Vocabulary
from newsroom.words import _, system_words

#: Newest migration; every new one changes this line, and a test compares.
HEAD = "0009"
#: Versions that this program may find and bring up to date.
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", HEAD)

#: Any number that no other program is likely to lock.
_MIGRATION_LOCK = 0x6D696772

#: SQLite versions in which a checkpoint reset cannot corrupt a database in WAL mode (https://sqlite.org/wal.html).
_WAL_IS_SOUND = sqlite3.sqlite_version_info >= (3, 51, 3) or (
    sqlite3.sqlite_version_info[:2] in ((3, 50), (3, 44))
    and (sqlite3.sqlite_version_info >= (3, 50, 7) or (3, 44, 6) <= sqlite3.sqlite_version_info < (3, 45))
)


class Work:
    """One transaction: the repositories over its connection. Committed or rolled back by `Database`, by nobody else."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime] | None) -> None:
        self._connection = connection
        self._clock = clock

    @cached_property
    def now(self) -> datetime:
        """The database's clock, read once in the transaction; due times are judged by it and not by the desk's."""
        if self._clock is not None:
            return self._clock()
        if self._connection.dialect.name == "sqlite":
            return datetime.now(UTC)
        moment: datetime = self._connection.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)

    @cached_property
    def adoptions(self) -> Adoptions:
        return Adoptions(self._connection)

    @cached_property
    def articles(self) -> Articles:
        return Articles(self._connection)

    @cached_property
    def histories(self) -> Histories:
        return Histories(self._connection)

    @cached_property
    def queue(self) -> Queue:
        return Queue(self._connection)

    @cached_property
    def pages(self) -> Pages:
        return Pages(self._connection)

    @cached_property
    def records(self) -> Records:
        return Records(self._connection)

    @cached_property
    def reports(self) -> Reports:
        return Reports(self._connection)

    @cached_property
    def comments(self) -> Comments:
        return Comments(self._connection)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self._connection)

    @cached_property
    def health(self) -> HealthBook:
        return HealthBook(self._connection)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self._connection)

    @cached_property
    def lists(self) -> HouseLists:
        return HouseLists(self._connection)

    @cached_property
    def activity(self) -> ActivityLog:
        return ActivityLog(self._connection)


class Database:
    """The newsroom database. Safe to share between threads; every unit of work has a connection of its own."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] | None = None) -> None:
        self._engine = engine
        self._clock = clock

    @property
    def embedded(self) -> bool:
        """Whether it is a file on this machine, used by one desk."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A transaction that is rolled back at the end. Raises `DatabaseUnavailable`, `SchemaNewer`."""
        with self._faults_in_words(), self._engine.connect() as connection:
            quiet = connection.execution_options(newsroom_read=True)
            with quiet.begin() as transaction:
                yield Work(quiet, self._clock)
                transaction.rollback()

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A transaction, committed on a clean end and rolled back on an exception.

        Raises `DatabaseUnavailable`, and `SchemaNewer` where a newer program has changed the schema meanwhile: a
        migration waits for the transactions under way, and those that begin later find the version changed.
        """
        with self._faults_in_words(), self._engine.begin() as connection:
            refuse_other_schema(_stored_version(connection))
            work = Work(connection, self._clock)
            yield work
            work.activity.write()

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        with environment_faults(DatabaseUnavailable, _("База редакции"), DatabaseLockedOut):
            try:
                yield
            except DBAPIError as error:
                if kind_of(error) is Kind.STRUCTURE:
                    # Reading holds no migration up: what is missing may be what a newer program has moved.
                    with self._engine.connect().execution_options(newsroom_read=True) as connection:
                        refuse_other_schema(_stored_version(connection))
                raise

    def close(self) -> None:
        self._engine.dispose()


def open_database(url: str, *, create: bool = False, clock: Callable[[], datetime] | None = None) -> Database:
    """Open the newsroom database at *url* (``sqlite:///…`` or ``postgresql://…``), bringing its schema up to date.

    With *create* an empty database gets the schema. Raises `NotFound` for a missing or empty database otherwise,
    `InvalidInput` for another kind of database, a file where none is safe, or one that holds a newsroom already when
    *create* is asked, `SchemaNewer`, `DatabaseUnavailable`. *clock* replaces the database's clock in tests.
    """
    address = parse_url(url)
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise InvalidInput(_("База редакции бывает sqlite или postgresql; на других живут сайты."))
    if address.get_backend_name() == "sqlite":
        file = Path(address.database or "")
        refuse_unsafe(file)
        if create:
            _make_folder(file.parent)
        elif not file.exists():
            raise NotFound(_("Базы редакции {file} нет.").format(file=file))
    engine = open_engine(address)
    try:
        with environment_faults(DatabaseUnavailable, _("База редакции"), DatabaseLockedOut):
            _prepare(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, clock)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            _("Папка {folder} не создаётся: {words}.").format(folder=folder, words=system_words(error))
        ) from error


def _prepare(engine: Engine, *, create: bool) -> None:
    if engine.dialect.name == "sqlite" and _WAL_IS_SOUND:
        with engine.connect().execution_options(newsroom_read=True) as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    with engine.connect().execution_options(newsroom_read=True) as connection:
        version = _version(connection)
    if version == HEAD and not create:
        return
    if version is None and not create:
        raise NotFound(_("В базе нет редакции; её создаёт «newsroom init»."))
    if version is not None and version not in KNOWN:
        refuse_other_schema(version)
    if version is not None and create:
        raise InvalidInput(_("В этой базе уже есть редакция; к ней присоединяет «newsroom join»."))
    _migrate(engine)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return _stored_version(connection)


#: On PostgreSQL it holds a lock on that one table until the transaction ends, for which `hold_schema` waits.
_VERSION = text("SELECT version_num FROM alembic_version")


def _stored_version(connection: Connection) -> str | None:
    version: str | None = connection.execute(_VERSION).scalar_one_or_none()
    return version


def refuse_other_schema(version: str | None) -> None:
    """Raise `SchemaNewer` where the database's schema is not that of this program."""
    if version != HEAD:
        raise SchemaNewer(
            _("База редакции новее программы (схема {found}, программа знает {known}): обновите программу.").format(
                found=version, known=HEAD
            )
        )


def hold_schema(connection: Connection) -> None:
    """Let no other transaction write into the newsroom database until this one ends; waits for those under way.

    On SQLite a writing transaction is alone anyhow.
    """
    if connection.dialect.name == "postgresql":
        # Of several desks that start with a new version at once, one migrates, and the others find it done.
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        if inspect(connection).has_table("alembic_version"):
            connection.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))


def _migrate(engine: Engine) -> None:
    # Alembic takes 100 ms to import; a start that finds the schema up to date does without it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "newsroom.storage:migrations")
    with engine.begin() as connection:
        hold_schema(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, HEAD)
        except DBAPIError as error:
            if kind_of(error) is Kind.STRUCTURE:
                raise DatabaseUnavailable(
                    _("База редакции: нет прав на создание таблиц ({words}).").format(words=explain(error))
                ) from error
            raise
