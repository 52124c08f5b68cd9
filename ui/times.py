"""Instants as people at the desk read them: in the newsroom's zone, short in lists, whole where it matters."""

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QLocale

from newsroom.words import _, current_language


def clock(instant: datetime, zone: tzinfo) -> str:
    """Only the time, for example ``12:30``."""
    return instant.astimezone(zone).strftime("%H:%M")


def short_time(instant: datetime, zone: tzinfo, now: datetime) -> str:
    """``12:30`` today, else with the day: «завтра, 08:00», «25 ноября, 08:00», «25 ноября 2022, 08:00»."""
    there, today = instant.astimezone(zone), now.astimezone(zone).date()
    if there.date() == today:
        return clock(instant, zone)
    if there.date() == today + timedelta(days=1):
        day = _("завтра")
    elif there.date() == today - timedelta(days=1):
        day = _("вчера")
    else:
        day = _day(there, current_language(), with_year=there.year != today.year)
    return f"{day}, {clock(instant, zone)}"


def page_time(instant: datetime, zone: tzinfo) -> str:
    """As the site prints it, in Russian whatever the window speaks: «25 февраля 2022, 17:35»."""
    return _with_day(instant, zone, "ru")


def exact_time(instant: datetime, zone: tzinfo) -> str:
    """With the offset, so that nobody has to guess the zone: «25 февраля 2022, 17:35 (UTC+10:00)»."""
    offset = instant.astimezone(zone).strftime("%z")
    return f"{_with_day(instant, zone, current_language())} (UTC{offset[:3]}:{offset[3:5]})"


def _with_day(instant: datetime, zone: tzinfo, language: str) -> str:
    return f"{_day(instant.astimezone(zone), language, with_year=True)}, {clock(instant, zone)}"


def _day(there: datetime, language: str, *, with_year: bool) -> str:
    locale = QLocale(QLocale.Language.English if language == "en" else QLocale.Language.Russian)
    return locale.toString(QDate(there.year, there.month, there.day), "d MMMM yyyy" if with_year else "d MMMM")
