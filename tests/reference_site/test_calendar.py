"""How the site speaks of time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.reference_site.calendar import Calendar

NOW = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)


def calendar(zone: str) -> Calendar:
    return Calendar(ZoneInfo(zone), lambda: NOW)


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Asia/Vladivostok", "UTC+10"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−3:30"),
        ("UTC", "UTC+0"),
    ],
)
def test_the_offset_is_written_as_people_write_it(zone: str, offset: str) -> None:
    assert calendar(zone).offset() == offset


@pytest.mark.parametrize(
    ("instant", "moment", "hour_or_day"),
    [
        (datetime(2026, 1, 1, 2, 5, tzinfo=UTC), "12:05", "12:05"),
        (datetime(2025, 12, 31, 13, 59, tzinfo=UTC), "31 декабря 2025, 23:59", "31 декабря 2025"),
        (datetime(2025, 12, 31, 14, 0, tzinfo=UTC), "00:00", "00:00"),
        (datetime(2026, 2, 3, 0, 0, tzinfo=UTC), "3 февраля, 10:00", "3 февраля"),
    ],
)
def test_today_needs_no_date_and_this_year_no_year(instant: datetime, moment: str, hour_or_day: str) -> None:
    words = calendar("Asia/Vladivostok")
    assert (words.moment(instant), words.hour_or_day(instant)) == (moment, hour_or_day)
