"""Instants as people type them."""

from datetime import UTC, datetime

import pytest

from newsroom.domain.errors import InvalidInput
from newsroom.domain.house import House, parse_instant

VLADIVOSTOK = House(zone="Asia/Vladivostok")
BERLIN = House(zone="Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-25 17:35",
        "25.02.2022 17:35",
        "25 февраля 2022, 17:35",
        " 25  Февраля 2022 в 17:35 ",
        "2022-02-25T17:35:00+10:00",
        "2022-02-25 07:35Z",
    ],
)
def test_a_time_without_offset_is_meant_in_the_newsrooms_zone(text: str) -> None:
    assert parse_instant(text, VLADIVOSTOK) == datetime(2022, 2, 25, 7, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "завтра", "2022-02-25", "25 февруля 2022, 17:35", "2022-13-01 10:00", "32.01.2022 10:00"]
)
def test_what_is_not_a_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_instant(text, VLADIVOSTOK)


def test_an_hour_that_the_zone_skips_is_refused() -> None:
    with pytest.raises(InvalidInput, match="переводят вперёд"):
        parse_instant("2026-03-29 02:30", BERLIN)


def test_an_hour_that_comes_twice_is_asked_about() -> None:
    with pytest.raises(InvalidInput, match="бывает дважды"):
        parse_instant("2026-10-25 02:30", BERLIN)
    assert parse_instant("2026-10-25 02:30+02:00", BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_unknown_zone_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput, match="Марс"):
        House(zone="Марс/Олимп").check()
