"""Days: a day of the week that belongs to another date, dates that do not exist, «вчера» in a text of last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.material import REMEMBERED, Around, Material
from newsroom.words import _, later

#: A text is old from then on.
_OLD: Final = timedelta(days=45)

_WEEKDAYS: Final = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_DAY_NAMES: Final = (
    later("понедельник"), later("вторник"), later("среда"), later("четверг"),
    later("пятница"), later("суббота"), later("воскресенье"),
)  # fmt: skip
_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_WEEKDAY: Final = r"(?P<weekday>(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)[а-яё]*)"
_DATE: Final = (
    rf"(?P<day>\d{{1,2}})[ \u00a0](?P<month>{'|'.join(_MONTHS)})"
    r"(?:[ \u00a0](?P<year>\d{4})(?:[ \u00a0]г(?:\.|ода|оду))?)?"
)
_GAP: Final = r"[\s\u00a0]*[,(][\s\u00a0]*(?:во?[\s\u00a0]+)?"
_BOTH: Final = (
    re.compile(rf"\b{_WEEKDAY}{_GAP}{_DATE}\b", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY}[ \u00a0]{_DATE}\b", re.IGNORECASE),
    re.compile(rf"\b{_DATE}{_GAP}{_WEEKDAY}\b", re.IGNORECASE),
)
_ANY: Final = re.compile(rf"\b{_DATE}\b", re.IGNORECASE)
_RELATIVE: Final = re.compile(
    r"\b(?:сегодня|вчера|позавчера|завтра|послезавтра|накануне|на (?:этой|прошлой|минувшей|будущей|следующей) неделе|"
    r"в (?:этом|текущем|прошлом|минувшем|будущем|следующем) (?:месяце|году|квартале|сезоне)|"
    r"(?:этого|текущего|прошлого|минувшего) (?:месяца|года|лета)|нынешн\w+ (?:год\w*|лет\w*|зим\w*|весн\w*|осен\w*))\b",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """A date in a paragraph, with the weekday that stands beside it."""

    begin: int
    end: int
    day: int
    month: int
    #: 0 where none is given.
    year: int
    #: 0 is Monday; -1 where none is given.
    weekday: int


@lru_cache(maxsize=REMEMBERED)
def dates_in(text: str) -> tuple[Said, ...]:
    found = [_said(place) for pattern in _BOTH for place in pattern.finditer(text)]
    taken = [(said.begin, said.end) for said in found]
    for place in _ANY.finditer(text):
        if not any(begin <= place.start() < end for begin, end in taken):
            found.append(_said(place))
    return tuple(sorted(found))


@lru_cache(maxsize=REMEMBERED)
def relative_in(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(place.span() for place in _RELATIVE.finditer(text))


def weekdays(material: Material, around: Around) -> Iterator[Finding]:
    """«в пятницу, 25 февраля» against the calendar; without a year the date nearest to the article's is meant."""
    today = around.date_of(material.content).date()
    for piece in material.told():
        for said in dates_in(piece.text):
            meant = _nearest(said, today)
            if meant is None:
                yield piece.finding(
                    "date-impossible",
                    Severity.WARNING,
                    said.begin,
                    said.end,
                    _("Такого дня в календаре нет."),
                )
            elif said.weekday >= 0 and meant.weekday() != said.weekday:
                yield piece.finding(
                    "weekday-wrong",
                    Severity.WARNING,
                    said.begin,
                    said.end,
                    _("{date:%d.%m.%Y} — это {weekday}.").format(date=meant, weekday=_(_DAY_NAMES[meant.weekday()])),
                    reason=_("День недели и число расходятся: одно из двух неверно."),
                )


def relative_dates(material: Material, around: Around) -> Iterator[Finding]:
    """Words that meant something on the day of the article, in one that is read long after."""
    written = around.date_of(material.content)
    if around.now - written < _OLD:
        return
    for piece in material.told():
        for begin, end in relative_in(piece.text):
            yield piece.finding(
                "date-relative",
                Severity.NOTE,
                begin,
                end,
                _("Текст от {date:%d.%m.%Y}, и «{words}» читается уже иначе.").format(
                    date=written, words=piece.text[begin:end]
                ),
                reason=_("В старом тексте день называют числом."),
            )


def _said(place: re.Match[str]) -> Said:
    groups = place.groupdict()
    name = (groups.get("weekday") or "").lower()
    weekday = next((number for number, stem in enumerate(_WEEKDAYS) if name and name.startswith(stem)), -1)
    return Said(
        place.start(),
        place.end(),
        int(groups["day"]),
        _MONTHS.index(groups["month"].lower()) + 1,
        int(groups["year"] or 0),
        weekday,
    )


def _nearest(said: Said, today: date) -> date | None:
    """The date meant; None where no year has it."""
    years = [said.year] if said.year else [today.year, today.year - 1, today.year + 1]
    possible = []
    for year in years:
        try:
            possible.append(date(year, said.month, said.day))
        except ValueError:
            continue
    if not possible and not said.year and (said.day, said.month) == (29, 2):
        return date(2024, 2, 29) if said.weekday < 0 else None
    return min(possible, key=lambda day: abs(day - today), default=None)
