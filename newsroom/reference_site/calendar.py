"""How the site speaks of time: hours, days, «Сегодня» and «Вчера», in its own zone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from newsroom.site.standard_pages import Headline
from newsroom.text.dates import clock_time, russian_date, russian_date_time


@dataclass(frozen=True, slots=True)
class Day:
    """The headlines of one day: under «Сегодня» or «Вчера» with its date, or under the date alone."""

    title: str
    date: str
    headlines: tuple[Headline, ...]


class Calendar:
    """Words for instants, which are aware; *now* gives the present one."""

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._zone = zone
        self.now = now

    def hour(self, instant: datetime) -> str:
        """«15:41»."""
        return clock_time(instant, self._zone)

    def day(self, instant: datetime) -> str:
        """«21 ноября» of this year, «21 ноября 2025» of another."""
        return russian_date(instant, self._zone).removesuffix(f" {self._today().year}")

    def full(self, instant: datetime) -> str:
        """«25 февраля 2022, 17:35»."""
        return russian_date_time(instant, self._zone)

    def moment(self, instant: datetime) -> str:
        """«15:41» of today, «21 ноября, 15:41» of another day."""
        return self.hour(instant) if self._is_today(instant) else f"{self.day(instant)}, {self.hour(instant)}"

    def hour_or_day(self, instant: datetime) -> str:
        """«15:41» of today, «21 ноября» of another day."""
        return self.hour(instant) if self._is_today(instant) else self.day(instant)

    def offset(self) -> str:
        """«UTC+10», «UTC+5:30»: what the zone's clocks show at present."""
        shift = f"{self.now().astimezone(self._zone):%z}"
        minutes = f":{shift[3:5]}" if shift[3:5] != "00" else ""
        return f"UTC{shift[0].replace('-', '−')}{int(shift[1:3])}{minutes}"

    def by_day(self, headlines: Iterable[Headline]) -> tuple[Day, ...]:
        """*headlines*, which are in order of time, parted by day."""
        today = self._today()
        near = {today: "Сегодня", today - timedelta(days=1): "Вчера"}
        days = []
        for day, group in groupby(headlines, key=lambda headline: self._date(headline.published_at)):
            of_day = tuple(group)
            words = self.day(of_day[0].published_at)
            days.append(Day(near[day], words, of_day) if day in near else Day(words, "", of_day))
        return tuple(days)

    def _date(self, instant: datetime) -> date:
        return instant.astimezone(self._zone).date()

    def _today(self) -> date:
        return self._date(self.now())

    def _is_today(self, instant: datetime) -> bool:
        return self._date(instant) == self._today()
