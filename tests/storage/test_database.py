"""Opening: schema versions, and what the database itself refuses."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from newsroom.domain.article import Content, canonical_json, content_to_dict
from newsroom.domain.comments import Place
from newsroom.domain.errors import DatabaseUnavailable, InvalidInput, NotFound, SchemaNewer
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, PersonId
from newsroom.sql.engine import open_engine, parse_url
from newsroom.storage.database import HEAD, KNOWN, open_database
from newsroom.storage.tables import metadata
from newsroom.text.anchors import anchor_of


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


def begin_at(url: str, version: str) -> None:
    """A database as the program left it when *version* was its newest schema, with one article in it."""
    engine = open_engine(parse_url(url))
    config = Config()
    config.set_main_option("script_location", "newsroom.storage:migrations")
    now = "2026-11-22T02:00:00.000000+00:00"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for statement in (
            "INSERT INTO people (id, login, name, role, active) VALUES (1, 'chief', 'Анна Ким', 'chief', true)",
            "INSERT INTO articles (id, uid, slug, revision, review, killed, sequence, created_at, created_by, "
            "headline, label, sort_at, updated_at, updated_by, words) VALUES (7, 'u', 'most', 1, 'draft', false, 0, "
            f"'{now}', 1, 'Мост открыт', 'draft', '{now}', '{now}', 1, '')",
        ):
            connection.execute(text(statement))
        connection.execute(
            text(
                "INSERT INTO revisions (article, number, content, hash, author, saved_at, reason) "
                f"VALUES (7, 1, :content, '', 1, '{now}', '')"
            ),
            {"content": canonical_json(content_to_dict(Content(headline="Мост открыт")))},
        )
    engine.dispose()


def test_a_database_without_comments_gets_them_and_keeps_what_it_has(newsroom_database_url: str) -> None:
    begin_at(newsroom_database_url, "0001")
    database = open_database(newsroom_database_url)
    place = Place(Field.HEADLINE, anchor_of("Мост открыт", 0, 4))
    with database.write() as work:
        article = work.articles.get(ArticleId(7), lock=True)
        assert (article.content.headline, article.slug) == ("Мост открыт", "most")
        work.comments.add(article.id, place, "Какой?", PersonId(1), work.now)
    with database.read() as work:
        [comment] = work.comments.of(ArticleId(7))
        assert (comment.text, comment.author_name, comment.place) == ("Какой?", "Анна Ким", place)
    database.close()


def test_desks_that_start_with_a_new_version_at_once_migrate_once(newsroom_database_url: str) -> None:
    begin_at(newsroom_database_url, "0001")
    with ThreadPoolExecutor(4) as pool:
        for database in pool.map(open_database, [newsroom_database_url] * 4):
            with database.read() as work:
                assert work.comments.of(ArticleId(7)) == []
            database.close()


@pytest.mark.parametrize(
    ("field", "resolved_by", "resolved_at"),
    [("'tags'", "NULL", "NULL"), ("'body'", "1", "NULL"), ("'body'", "NULL", "'2026-11-22T02:00:00.000000+00:00'")],
)
def test_the_database_refuses_a_comment_that_cannot_be(
    newsroom_database_url: str, field: str, resolved_by: str, resolved_at: str
) -> None:
    begin_at(newsroom_database_url, "0001")
    open_database(newsroom_database_url).close()
    engine = open_engine(parse_url(newsroom_database_url))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO comments (article, field, anchor, first_anchor, text, author, made_at, resolved_by, "
                f"resolved_at) VALUES (7, {field}, '{{}}', '{{}}', 'а', 1, '2026-11-22T02:00:00.000000+00:00', "
                f"{resolved_by}, {resolved_at})"
            )
        )
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
