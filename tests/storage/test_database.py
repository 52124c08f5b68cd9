"""Opening: schema versions, and what the database itself refuses."""

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from newsroom.domain.errors import DatabaseUnavailable, InvalidInput, NotFound, SchemaNewer
from newsroom.sql.engine import open_engine, parse_url
from newsroom.storage.database import HEAD, KNOWN, open_database
from newsroom.storage.tables import metadata


def test_the_migrations_leave_exactly_the_tables_of_the_code(newsroom_database_url: str) -> None:
    open_database(newsroom_database_url, create=True).close()
    engine = open_engine(parse_url(newsroom_database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_code_names_the_newest_migration() -> None:
    import newsroom.storage.migrations

    scripts = ScriptDirectory(str(Path(newsroom.storage.migrations.__file__).parent))
    assert scripts.get_current_head() == HEAD
    assert {script.revision for script in scripts.walk_revisions()} == set(KNOWN)


def test_a_newer_schema_is_refused_and_left_alone(newsroom_database_url: str) -> None:
    open_database(newsroom_database_url, create=True).close()
    engine = open_engine(parse_url(newsroom_database_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaNewer, match=r"9999.*обновите программу"):
        open_database(newsroom_database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
    engine.dispose()


def test_an_empty_database_is_no_newsroom(postgresql_url: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="newsroom init"):
        open_database(postgresql_url)
    with pytest.raises(NotFound):
        open_database(f"sqlite:///{tmp_path}/нет.db")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_holds_a_newsroom_is_not_furnished_again(newsroom_database_url: str) -> None:
    open_database(newsroom_database_url, create=True).close()
    with pytest.raises(InvalidInput, match="уже есть редакция"):
        open_database(newsroom_database_url, create=True)


def test_a_server_that_does_not_answer_is_told_in_words_without_the_password() -> None:
    with pytest.raises(DatabaseUnavailable) as told:
        open_database("postgresql://editor:s3cret@127.0.0.1:1/newsroom")
    assert "База редакции" in str(told.value)
    assert "s3cret" not in str(told.value)


def test_a_file_that_is_no_database_is_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "newsroom.db"
    file.write_text("это письмо, а не база" * 100)
    with pytest.raises(DatabaseUnavailable, match="повреждён или это не база"):
        open_database(f"sqlite:///{file}")


def test_mariadb_is_for_sites_only() -> None:
    with pytest.raises(InvalidInput, match="sqlite или postgresql"):
        open_database("mariadb://root@127.0.0.1/x")


@pytest.mark.parametrize("table", ["revisions", "payloads", "activity"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id + 1", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_history(newsroom_database_url: str, table: str, statement: str) -> None:
    open_database(newsroom_database_url, create=True).close()
    engine = open_engine(parse_url(newsroom_database_url))
    now = "2026-11-22T02:00:00.000000+00:00"
    rows = {
        "revisions": ("article, number, content, hash, author, saved_at, reason", f"1, 1, '{{}}', '', 1, '{now}', ''"),
        "payloads": ("article, sequence, revision, operation, body, hash", "1, 1, 1, 'publish', '{}', ''"),
        "activity": ("at, who, what, detail", f"'{now}', 'a', 'b', ''"),
    }
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO people (id, login, name, role, active) VALUES (1, 'a', 'А', 'chief', true)")
        )
        connection.execute(
            text(
                "INSERT INTO articles (id, uid, slug, revision, review, killed, sequence, created_at, created_by, "
                f"headline, label, sort_at, updated_at, updated_by, words) VALUES (1, 'u', 's', 1, 'draft', false, 0, "
                f"'{now}', 1, '', 'draft', '{now}', '{now}', 1, '')"
            )
        )
        columns, values = rows[table]
        connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"))
    with pytest.raises((DBAPIError, IntegrityError), match="only inserts"), engine.begin() as connection:
        connection.execute(text(statement.format(table=table)))
    engine.dispose()


def test_a_transaction_that_fails_leaves_nothing(newsroom_database_url: str) -> None:
    database = open_database(newsroom_database_url, create=True)

    def fail() -> None:
        with database.write() as work:
            work.activity.add(work.now, "a", "b", detail=json.dumps({}))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as work:
        assert work.activity.newest() == 0
    database.close()
