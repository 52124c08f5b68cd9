"""Instants as words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newsroom.text.dates import clock_time, relative_time, russian_date, russian_date_time, with_offset

VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")
INSTANT = datetime(2022, 2, 25, 7, 35, tzinfo=UTC)


def test_readers_see_russian_dates_in_the_zone_of_the_newsroom():
    assert russian_date_time(INSTANT, VLADIVOSTOK) == "25 февраля 2022, 17:35"
    assert russian_date(datetime(2022, 12, 31, 20, tzinfo=UTC), VLADIVOSTOK) == "1 января 2023"
    assert clock_time(datetime(2022, 2, 24, 22, 5, tzinfo=UTC), VLADIVOSTOK) == "08:05"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Vladivostok", "25.02.2022 17:35 (UTC+10)"),
        ("Asia/Kolkata", "25.02.2022 13:05 (UTC+5:30)"),
        ("America/St_Johns", "25.02.2022 04:05 (UTC−3:30)"),
        ("UTC", "25.02.2022 07:35 (UTC)"),
    ],
)
def test_the_offset_is_written_out(zone, shown):
    assert with_offset(INSTANT, ZoneInfo(zone)) == shown


@pytest.mark.parametrize(
    ("ago", "shown"),
    [
        (timedelta(seconds=20), "только что"),
        (timedelta(minutes=5), "5 мин назад"),
        (timedelta(minutes=59, seconds=59), "59 мин назад"),
        (timedelta(hours=1), "сегодня, 16:35"),
        (timedelta(hours=17, minutes=34), "сегодня, 00:01"),
        (timedelta(hours=17, minutes=36), "вчера, 23:59"),
        (timedelta(days=2), "23 февр., 17:35"),
        (timedelta(days=100), "17 нояб. 2021"),
        (timedelta(seconds=-20), "сейчас"),
        (timedelta(minutes=-5), "через 5 мин"),
        (timedelta(hours=-2), "сегодня, 19:35"),
        (timedelta(days=-1), "завтра, 17:35"),
        (timedelta(days=-3), "28 февр., 17:35"),
    ],
)
def test_times_near_now_are_relative(ago, shown):
    assert relative_time(INSTANT - ago, INSTANT, VLADIVOSTOK) == shown
