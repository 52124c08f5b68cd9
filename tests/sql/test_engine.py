"""Addresses of databases, and engines that keep data safe."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from newsroom.domain.errors import InvalidInput
from newsroom.sql.engine import open_engine, parse_url


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("sqlite:///site.sqlite", "sqlite+pysqlite"),
        ("postgresql://editor@127.0.0.1/newsroom", "postgresql+psycopg"),
        ("postgresql+psycopg2://editor@127.0.0.1/newsroom", "postgresql+psycopg"),
        ("mysql://editor@127.0.0.1/site", "mysql+pymysql"),
        ("mariadb://editor@127.0.0.1/site", "mariadb+pymysql"),
    ],
)
def test_address_gets_the_driver_of_this_program(address: str, driver: str) -> None:
    assert parse_url(address).drivername == driver


@pytest.mark.parametrize(
    "address",
    [
        "",
        "site.sqlite",
        "sqlite://",
        "sqlite:///:memory:",
        "oracle://editor@127.0.0.1/site",
        "no-such-kind://x",
        "postgresql://editor@127.0.0.1:port/site",
        "postgresql://editor:pa@ss@127.0.0.1/site",
    ],
)
def test_address_that_cannot_be_used_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_url(address)
    for secret in ("pa@", "ss@"):
        assert secret not in str(caught.value)


def test_password_is_not_shown_by_the_engine() -> None:
    engine = open_engine(parse_url("postgresql://editor:s3cr3t@127.0.0.1:1/site"))
    assert "s3cr3t" not in repr(engine)


def test_reading_engine_cannot_write(any_database_url: str) -> None:
    url = parse_url(any_database_url)
    writer = open_engine(url)
    with writer.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER)"))
        connection.execute(text("INSERT INTO notes VALUES (1)"))
    reader = open_engine(url, read_only=True)
    for statement in ("INSERT INTO notes VALUES (2)", "DELETE FROM notes", "DROP TABLE notes"):
        with pytest.raises(DBAPIError), reader.begin() as connection:
            connection.execute(text(statement))
    with reader.connect() as connection:
        assert connection.execute(text("SELECT id FROM notes")).scalars().all() == [1]
    writer.dispose()
    reader.dispose()


def test_file_is_created_only_where_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a b%20'ё.sqlite"
    url = parse_url("sqlite:///x").set(database=str(file))
    with pytest.raises(DBAPIError):
        open_engine(url, create=False).connect()
    assert not file.exists()
    with open_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER)"))
    assert file.is_file()
    with open_engine(url, create=False).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM notes")).scalar_one() == 0


def test_sqlite_is_durable_and_checks_foreign_keys(sqlite_url: str) -> None:
    """The rollback journal stays: WAL is the newsroom database's own decision, and only on a sound SQLite."""
    with open_engine(parse_url(sqlite_url)).connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "delete"


def test_sqlite_writer_is_waited_for_at_the_beginning(sqlite_url: str) -> None:
    """A second transaction begins only after the first has ended, instead of failing when it comes to write."""
    import threading

    engine = open_engine(parse_url(sqlite_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE numbers (value INTEGER)"))
        connection.execute(text("INSERT INTO numbers VALUES (0)"))

    def add() -> None:
        for _ in range(10):
            with engine.begin() as connection:
                value = connection.execute(text("SELECT value FROM numbers")).scalar_one()
                connection.execute(text("UPDATE numbers SET value = :value"), {"value": value + 1})

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM numbers")).scalar_one() == 30


def test_sessions_of_servers_are_in_utc_and_strict(postgresql_url: str, mariadb_url: str) -> None:
    engine = open_engine(parse_url(postgresql_url))
    with engine.connect() as connection:
        assert connection.execute(text("SHOW timezone")).scalar_one() == "UTC"
        assert connection.execute(text("SHOW transaction_isolation")).scalar_one() == "read committed"
    engine.dispose()
    engine = open_engine(parse_url(mariadb_url))
    with engine.connect() as connection:
        assert "STRICT_ALL_TABLES" in connection.execute(text("SELECT @@sql_mode")).scalar_one()
        assert connection.execute(text("SELECT @@time_zone")).scalar_one() == "+00:00"
        assert connection.execute(text("SELECT @@tx_isolation")).scalar_one() == "READ-COMMITTED"
    engine.dispose()


def test_mysql_and_mariadb_addresses_reach_the_same_server(mariadb_url: str) -> None:
    engine = open_engine(parse_url(mariadb_url.replace("mariadb://", "mysql://")))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 'ё🎄'")).scalar_one() == "ё🎄"
    engine.dispose()
