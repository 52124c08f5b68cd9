"""Instants mean the same on every kind of database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from newsroom.sql.engine import open_engine, parse_url
from newsroom.sql.types import Instant

_metadata = MetaData()
_moments = Table("moments", _metadata, Column("id", Integer, primary_key=True), Column("at", Instant))


@pytest.fixture
def engine(any_database_url: str) -> Iterator[Engine]:
    engine = open_engine(parse_url(any_database_url))
    _metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_instant_comes_back_to_the_microsecond_in_utc(engine: Engine) -> None:
    moments = [
        datetime(2026, 11, 22, 12, 30, 15, 999999, tzinfo=ZoneInfo("Asia/Vladivostok")),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(1971, 5, 9, 23, 59, 59, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
        datetime(2199, 12, 31, 23, 59, 59, 500000, tzinfo=UTC),
    ]
    with engine.begin() as connection:
        connection.execute(insert(_moments), [{"at": moment} for moment in moments])
        found = list(connection.execute(select(_moments.c.at).order_by(_moments.c.id)).scalars())
    assert found == moments
    assert all(moment.utcoffset() == timedelta(0) for moment in found)


def test_database_orders_and_compares_instants_whatever_their_zone(engine: Engine) -> None:
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    moments = [
        noon + timedelta(microseconds=1),
        (noon - timedelta(hours=1)).astimezone(ZoneInfo("Asia/Kamchatka")),
        noon.astimezone(ZoneInfo("America/New_York")),
        (noon + timedelta(seconds=1)).astimezone(ZoneInfo("Europe/Moscow")),
    ]
    with engine.begin() as connection:
        connection.execute(insert(_moments), [{"at": moment} for moment in moments])
        ordered = list(connection.execute(select(_moments.c.at).order_by(_moments.c.at)).scalars())
        early = list(connection.execute(select(_moments.c.at).where(_moments.c.at <= noon)).scalars())
    assert ordered == sorted(moments)
    assert sorted(early) == [noon - timedelta(hours=1), noon]


def test_nothing_stays_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(_moments), {"at": None})
        assert connection.execute(select(_moments.c.at)).scalar_one() is None


def test_naive_datetime_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError, match="naive datetime"):
        connection.execute(insert(_moments), {"at": datetime(2026, 11, 22, 12, 0)})  # noqa: DTZ001 -- the point
