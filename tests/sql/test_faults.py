"""Real errors of real databases, put into families and words."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from newsroom.domain.errors import SiteUnavailable
from newsroom.sql import engine as engine_module
from newsroom.sql.engine import open_engine, parse_url
from newsroom.sql.faults import Kind, brief, environment_faults, explain, kind_of, lost_race

_SERVERS = [
    pytest.param("postgresql_url", id="postgresql", marks=pytest.mark.postgresql),
    pytest.param("mariadb_url", id="mariadb", marks=pytest.mark.mariadb),
]


@pytest.fixture
def engine(any_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(engine_module, "LOCK_SECONDS", 1)
    engine = open_engine(parse_url(any_database_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE streets (id INTEGER PRIMARY KEY)"))
        connection.execute(
            text(
                "CREATE TABLE houses (id INTEGER PRIMARY KEY, name VARCHAR(5) NOT NULL UNIQUE, floors INTEGER NOT NULL,"
                " street INTEGER REFERENCES streets (id), CHECK (floors > 0))"
            )
        )
        connection.execute(text("INSERT INTO houses (id, name, floors) VALUES (1, 'один', 2)"))
    yield engine
    engine.dispose()


def _error(engine: Engine, statement: str) -> DBAPIError:
    with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
        connection.execute(text(statement))
    return caught.value


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT * FROM castles", Kind.STRUCTURE),
        ("SELECT colour FROM houses", Kind.STRUCTURE),
        ("INSERT INTO houses (id, name, floors, colour) VALUES (2, 'два', 1, 'red')", Kind.STRUCTURE),
        ("INSERT INTO houses (id, name) VALUES (2, 'два')", Kind.STRUCTURE),
        ("INSERT INTO houses (id, name, floors) VALUES (2, 'два', NULL)", Kind.STRUCTURE),
        ("INSERT INTO houses (id, name, floors) VALUES (1, 'два', 1)", Kind.DATA),
        ("INSERT INTO houses (id, name, floors) VALUES (2, 'один', 1)", Kind.DATA),
        ("INSERT INTO houses (id, name, floors) VALUES (2, 'два', 0)", Kind.DATA),
        ("SELECT FROM WHERE", Kind.BUG),
    ],
)
def test_kind_of_error(engine: Engine, statement: str, kind: Kind) -> None:
    error = _error(engine, statement)
    assert kind_of(error) is kind
    assert not lost_race(error)


@pytest.mark.parametrize("value", ["'шесть!'", "'слишком длинное'"])
def test_too_long_text_is_a_fault_of_the_data_on_servers(engine: Engine, value: str) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite does not check lengths")
    error = _error(engine, f"INSERT INTO houses (id, name, floors) VALUES (2, {value}, 1)")
    assert kind_of(error) is Kind.DATA


def test_lock_that_is_not_let_go_is_the_environment(engine: Engine) -> None:
    with engine.begin() as holder:
        holder.execute(text("UPDATE houses SET floors = 3"))
        error = _error(engine, "UPDATE houses SET floors = 4")
    assert kind_of(error) is Kind.ENVIRONMENT
    assert explain(error).startswith("база занята другим процессом (")


@pytest.mark.parametrize("server", _SERVERS)
def test_killed_session_and_dead_server_are_the_environment(server: str, request: pytest.FixtureRequest) -> None:
    url = parse_url(request.getfixturevalue(server))
    engine = open_engine(url)
    victim = engine.connect()
    own, kill = {
        "postgresql_url": ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})"),
        "mariadb_url": ("SELECT connection_id()", "KILL {}"),
    }[server]
    session = victim.execute(text(own)).scalar_one()
    with engine.connect() as other:
        other.execute(text(kill.format(session)))
    with pytest.raises(DBAPIError) as caught:
        victim.execute(text("SELECT 1"))
    assert kind_of(caught.value) is Kind.ENVIRONMENT
    victim.close()
    with engine.connect() as fresh:
        assert fresh.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()
    dead = open_engine(url.set(port=1))
    with pytest.raises(DBAPIError) as caught:
        dead.connect()
    assert kind_of(caught.value) is Kind.ENVIRONMENT


@pytest.mark.parametrize("server", _SERVERS)
def test_database_that_does_not_exist_is_the_environment(server: str, request: pytest.FixtureRequest) -> None:
    engine = open_engine(parse_url(request.getfixturevalue(server)).set(database="newsroom_no_such_base"))
    with pytest.raises(DBAPIError) as caught:
        engine.connect()
    assert kind_of(caught.value) is Kind.ENVIRONMENT
    assert explain(caught.value).startswith("такой базы на сервере нет (")
    engine.dispose()


def test_words_hold_neither_statement_nor_values(engine: Engine) -> None:
    error = _error(engine, "INSERT INTO houses (id, name, floors) VALUES (1, 'тайна', 1)")
    words = brief(error)
    assert "INSERT" not in words
    assert "тайна" not in words
    assert "\n" not in words


def test_parameters_stay_out_of_tracebacks(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
        connection.execute(text("INSERT INTO houses (id, name, floors) VALUES (1, :name, 1)"), {"name": "тайна"})
    assert "тайна" not in str(caught.value)


def test_environment_becomes_the_named_fault_and_the_rest_passes(engine: Engine) -> None:
    with engine.begin() as holder:
        holder.execute(text("UPDATE houses SET floors = 3"))
        with (
            pytest.raises(SiteUnavailable, match=r"^Дом не перестроен: база занята другим процессом"),
            environment_faults(SiteUnavailable, "Дом не перестроен"),
            engine.begin() as connection,
        ):
            connection.execute(text("UPDATE houses SET floors = 4"))
    with pytest.raises(DBAPIError), environment_faults(SiteUnavailable, "Дом не найден"), engine.begin() as connection:
        connection.execute(text("SELECT * FROM castles"))


def test_reading_engine_says_so(any_database_url: str, engine: Engine) -> None:
    reader = open_engine(parse_url(any_database_url), read_only=True)
    error = _error(reader, "UPDATE houses SET floors = 4")
    assert kind_of(error) is Kind.ENVIRONMENT
    assert explain(error).startswith("база открыта только для чтения (")
    reader.dispose()
