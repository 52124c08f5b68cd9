"""Instants as words: for readers, always in Russian, and for the desk, in the language of the program."""

from datetime import datetime, timedelta, tzinfo

from newsroom.words import _, later, n_

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_SHORT_MONTHS = (
    later("янв."), later("февр."), later("марта"), later("апр."), later("мая"), later("июня"),
    later("июля"), later("авг."), later("сент."), later("окт."), later("нояб."), later("дек."),
)  # fmt: skip


def russian_date(instant: datetime, tz: tzinfo) -> str:
    """The day of the aware *instant* in *tz*: «25 февраля 2022»."""
    local = instant.astimezone(tz)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def russian_date_time(instant: datetime, tz: tzinfo) -> str:
    """Day and minute of the aware *instant* in *tz*: «25 февраля 2022, 17:35»."""
    return f"{russian_date(instant, tz)}, {clock_time(instant, tz)}"


def clock_time(instant: datetime, tz: tzinfo) -> str:
    """«08:05»: hours and minutes of the aware *instant* in *tz*."""
    return f"{instant.astimezone(tz):%H:%M}"


def with_offset(instant: datetime, tz: tzinfo) -> str:
    """«25.02.2022 17:35 (UTC+10)»: nobody has to guess which zone is meant."""
    local = instant.astimezone(tz)
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    offset = f"{'+' if minutes >= 0 else '−'}{abs(minutes) // 60}" if minutes else ""
    if minutes % 60:
        offset += f":{abs(minutes) % 60:02}"
    return f"{local:%d.%m.%Y %H:%M} (UTC{offset})"


def span_words(span: timedelta) -> str:
    """How long *span* is, in its two largest units: «2 дн. 4 ч», «1 ч 15 мин», «меньше минуты»."""
    minutes = span // timedelta(minutes=1)
    hours, days = minutes // 60, minutes // (24 * 60)
    if minutes < 1:
        return _("меньше минуты")
    if hours < 1:
        return _("{minutes} мин").format(minutes=minutes)
    if days < 1:
        return _("{hours} ч {minutes} мин").format(hours=hours, minutes=minutes % 60)
    return _("{days} дн. {hours} ч").format(days=days, hours=hours % 24)


def relative_time(instant: datetime, now: datetime, tz: tzinfo) -> str:
    """The aware *instant* as seen from *now*: «5 мин назад», «вчера, 17:35», «25 февр., 17:35», «25 февр. 2022».

    Days begin at midnight in *tz*. Instants to come read «через 5 мин», «завтра, 12:30».
    """
    minutes = abs(instant - now) // timedelta(minutes=1)
    if minutes < 1:
        return _("только что") if instant <= now else _("сейчас")
    if minutes < 60:
        if instant <= now:
            return n_("{n} мин назад", "{n} мин назад", minutes)
        return n_("через {n} мин", "через {n} мин", minutes)
    local, today = instant.astimezone(tz), now.astimezone(tz).date()
    time = clock_time(instant, tz)
    match (local.date() - today).days:
        case 0:
            return _("сегодня, {time}").format(time=time)
        case -1:
            return _("вчера, {time}").format(time=time)
        case 1:
            return _("завтра, {time}").format(time=time)
    month = _(_SHORT_MONTHS[local.month - 1])
    if local.year == today.year:
        return _("{day} {month}, {time}").format(day=local.day, month=month, time=time)
    return _("{day} {month} {year}").format(day=local.day, month=month, year=local.year)
