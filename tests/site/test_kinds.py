"""Opening and creating sites by kind and address."""

from pathlib import Path

import pytest
from sqlalchemy import text

from newsroom.domain.errors import InvalidInput, SiteSchemaMismatch, SiteUnavailable
from newsroom.site.kinds import create_site, open_site
from newsroom.site.port import Effect
from newsroom.site.standard_schema import create_schema, schema_differences
from newsroom.sql.engine import open_engine, parse_url
from tests.site.material import publication, unwatched


def test_created_site_takes_articles_and_creating_again_keeps_them(any_database_url: str) -> None:
    create_site("standard", any_database_url)
    site = open_site("standard", any_database_url)
    assert site.transactional
    site.deliver(publication(), unwatched)
    create_site("standard", any_database_url)
    assert site.deliver(publication(), unwatched).effect is Effect.ALREADY_DONE
    site.close()


def test_unknown_kind_is_refused_with_the_known_ones() -> None:
    for use in (open_site, create_site):
        with pytest.raises(InvalidInput, match="«drupal» неизвестен; бывает: standard"):
            use("drupal", "sqlite:///site.sqlite")


def test_folder_of_the_file_is_created(tmp_path: Path) -> None:
    file = tmp_path / "сайт" / "база" / "site.sqlite"
    create_site("standard", f"sqlite:///{file}")
    assert file.is_file()


def test_folder_that_cannot_be_created_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SiteUnavailable, match="не создана"):
        create_site("standard", f"sqlite:///{tmp_path / 'file' / 'site.sqlite'}")


def test_database_that_does_not_exist_is_named(any_server_url: str) -> None:
    url = parse_url(any_server_url).set(database="newsroom_no_such_base")
    with pytest.raises(SiteUnavailable, match="База «newsroom_no_such_base» на сервере"):
        create_site("standard", url.render_as_string(hide_password=False))


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "site.sqlite"
    file.write_bytes(b"This is a letter to the editor. " * 100)
    with pytest.raises(SiteUnavailable, match="не база"):
        create_site("standard", f"sqlite:///{file}")
    assert file.read_bytes().startswith(b"This is a letter")


def test_foreign_table_of_the_same_name_is_a_mismatch(any_database_url: str) -> None:
    engine = open_engine(parse_url(any_database_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE rubrics (slug VARCHAR(100) PRIMARY KEY, name VARCHAR(10))"))
    with pytest.raises(SiteSchemaMismatch, match="в таблице rubrics нет столбца title"):
        create_schema(engine)
    engine.dispose()


def test_differences_name_what_is_missing(any_database_url: str) -> None:
    engine = open_engine(parse_url(any_database_url))
    create_schema(engine)
    assert schema_differences(engine) == []
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE typo_reports"))
        connection.execute(text("ALTER TABLE photos DROP COLUMN mime"))
        connection.execute(text("ALTER TABLE articles ADD COLUMN views INTEGER"))
    assert sorted(schema_differences(engine)) == [
        "в таблице photos нет столбца mime",
        "нет таблицы typo_reports",
    ]
    engine.dispose()


def test_person_without_the_right_to_create_tables_is_told(postgresql_url: str) -> None:
    """A role that may read only, as a site's owner might give it out by mistake."""
    admin = open_engine(parse_url(postgresql_url))
    role = "newsroom_reader_" + (parse_url(postgresql_url).database or "")[-12:]
    with admin.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text("GRANT USAGE ON SCHEMA public TO PUBLIC"))
    try:
        url = parse_url(postgresql_url).set(username=role)
        with pytest.raises(SiteSchemaMismatch, match="permission denied"):
            create_site("standard", url.render_as_string(hide_password=False))
    finally:
        with admin.begin() as connection:
            connection.execute(text(f"DROP ROLE {role}"))
        admin.dispose()


def test_mysql_address_takes_articles_too(mariadb_url: str) -> None:
    url = mariadb_url.replace("mariadb://", "mysql://")
    create_site("standard", url)
    site = open_site("standard", url)
    site.deliver(publication(), unwatched)
    assert site.read_back(publication()) == []
    assert site.reports_after("", 10) == []
    site.close()
