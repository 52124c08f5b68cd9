"""The databases that tests are given: empty, apart from each other, gone afterwards; and never silently missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from newsroom.sql.engine import open_engine, parse_url

ROOT = Path(__file__).resolve().parents[1]


def run_sql(url: str, *statements: str) -> None:
    engine = open_engine(parse_url(url))
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def test_each_database_begins_empty(any_database_url):
    run_sql(any_database_url, "CREATE TABLE leftovers (id INTEGER)")


@pytest.mark.parametrize("server", ["postgresql_server", "mariadb_server"])
def test_databases_in_use_are_apart_and_used_ones_come_back_empty(server, request):
    server = request.getfixturevalue(server)
    with server.empty_database() as one, server.empty_database() as two:
        assert one != two
        run_sql(one, "CREATE TABLE leftovers (id INTEGER)")
        run_sql(two, "CREATE TABLE leftovers (id INTEGER)")
    with server.empty_database() as again:
        run_sql(again, "CREATE TABLE leftovers (id INTEGER)")


def test_a_transaction_left_open_holds_nothing_up(postgresql_server):
    with postgresql_server.empty_database() as url:
        engine = open_engine(parse_url(url))
        connection = engine.connect()
        connection.execute(text("CREATE TABLE leftovers (id INTEGER)"))
    connection.invalidate()
    connection.close()
    engine.dispose()


@pytest.mark.parametrize(("no_skips", "outcome"), [("", "1 skipped"), ("1", "1 error")])
def test_an_absent_server_skips_and_fails_where_nothing_may_be_skipped(no_skips, outcome):
    nobody = {"NEWSROOM_TEST_MARIADB": "mariadb://root@127.0.0.1:9", "NEWSROOM_NO_SKIPS": no_skips}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-rs",
            "-v",
            f"{__file__}",
            "-k",
            "begins and mariadb",
        ],
        cwd=ROOT,
        env=os.environ | nobody,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout
    assert "no MariaDB at 127.0.0.1:9" in done.stdout
