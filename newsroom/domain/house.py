"""The newsroom's own rules: its name, zone and limits. Data of the newsroom, not law in code."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsroom.domain.errors import InvalidInput, ZonesMissing
from newsroom.domain.style import AS_USUAL, HouseStyle
from newsroom.domain.vocabulary import Yo
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class House:
    name: str = "Редакция"
    #: IANA zone in which the newsroom plans and readers see times.
    zone: str = "Europe/Moscow"
    #: Most characters in a headline; longer ones block publication.
    headline_limit: int = 90
    #: Most characters in a lead; longer ones are remarked on.
    lead_limit: int = 350
    yo: Yo = Yo.FREE
    style: HouseStyle = AS_USUAL
    #: Whether a reported slip of a few letters is mended on the site without the chief (`newsroom.domain.corrections`).
    minor_corrections: bool = True

    @property
    def tz(self) -> ZoneInfo:
        """The zone. Raises `InvalidInput` where the name is unknown, and as `require_zones`."""
        require_zones()
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a group of zones, such as «Asia»
            raise InvalidInput(_("Часовой пояс «{zone}» неизвестен.").format(zone=self.zone)) from None

    def check(self) -> None:
        """Raise `InvalidInput` for an unknown zone or a limit below one."""
        if self.tz and min(self.headline_limit, self.lead_limit) < 1:
            raise InvalidInput(_("Пределы длины начинаются с единицы."))


def require_zones() -> None:
    """Raise `ZonesMissing` where no zone data is installed, without which no time can be shown or planned."""
    try:
        ZoneInfo("UTC")
    except ZoneInfoNotFoundError:
        raise ZonesMissing(
            _(
                "Программа не нашла данных о часовых поясах, а без них ничего не выпустить вовремя. Поставьте их: "
                "пакет tzdata системы или pip install tzdata, затем запустите программу снова."
            )
        ) from None


_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_IN_WORDS = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}}),? +(?:в +)?(\d{{1,2}}:\d{{2}})")

#: Years of a news site; another one is a slip of the keyboard.
_YEARS = range(1900, 2101)


def parse_instant(text: str, house: House) -> datetime:
    """An aware UTC instant from ``2026-11-22 12:30``, ``22.11.2026 12:30``, ``22 ноября 2026, 12:30`` or ISO 8601.

    Without an offset the newsroom's zone is meant. Raises `InvalidInput` for anything else, for a time that the zone
    skips, and for one that it has twice, because only the person can say which is meant.
    """
    cleaned = " ".join(text.split())
    if in_words := _IN_WORDS.fullmatch(cleaned.casefold()):
        day, month, year, clock = in_words.groups()
        cleaned = f"{day}.{_MONTHS.index(month) + 1}.{year} {clock}"
    naive: datetime | None = None
    for pattern in ("%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M"):
        try:
            naive = datetime.strptime(cleaned, pattern)  # noqa: DTZ007 -- given its zone below
            break
        except ValueError:
            continue
    if naive is None:
        try:
            naive = datetime.fromisoformat(cleaned)
        except ValueError:
            raise InvalidInput(
                _("Время «{text}» не понято: пишите 2026-11-22 12:30 или 22.11.2026 12:30.").format(text=text)
            ) from None
        if len(cleaned) <= len("2026-11-22"):
            raise InvalidInput(_("В «{text}» нет времени: пишите 2026-11-22 12:30.").format(text=text))
    if naive.year not in _YEARS:
        raise InvalidInput(
            _("Год в «{text}» не подходит: бывает от {first} до {last}.").format(
                text=text, first=_YEARS[0], last=_YEARS[-1]
            )
        )
    if naive.tzinfo is not None:
        return naive.astimezone(UTC)
    early, late = naive.replace(tzinfo=house.tz, fold=0), naive.replace(tzinfo=house.tz, fold=1)
    if early.utcoffset() != late.utcoffset():
        problem = (
            _("Времени «{text}» нет в поясе {zone}: часы переводят вперёд.")
            if early.astimezone(UTC) > late.astimezone(UTC)
            else _("Время «{text}» в поясе {zone} бывает дважды: укажите смещение, например +10:00.")
        )
        raise InvalidInput(problem.format(text=text, zone=house.zone))
    return early.astimezone(UTC)
