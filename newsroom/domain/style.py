"""The house style of a newsroom: switches of its typography. Data of the newsroom, kept with its other rules."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from newsroom.domain.errors import InvalidInput
from newsroom.words import _, later


class Quotes(StrEnum):
    #: «Клуб „Заря“»
    GUILLEMETS = "guillemets"
    #: "Клуб "Заря""
    STRAIGHT = "straight"
    #: As the author typed them.
    FREE = "free"

    @property
    def words(self) -> str:
        return _(_QUOTES[self])


_QUOTES = {
    Quotes.GUILLEMETS: later("«ёлочки», внутри „лапки“"),
    Quotes.STRAIGHT: later('прямые "кавычки"'),
    Quotes.FREE: later("как у автора"),
}


class Percent(StrEnum):
    #: 40%
    TIGHT = "tight"
    #: 40 %, with a no-break space (ГОСТ 8.417).
    SPACED = "spaced"

    @property
    def words(self) -> str:
        return _(_PERCENTS[self])


_PERCENTS = {Percent.TIGHT: later("40%"), Percent.SPACED: later("40 %")}


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What the typography of the house changes, and what it leaves as it is typed."""

    quotes: Quotes = Quotes.GUILLEMETS
    percent: Percent = Percent.TIGHT
    #: Dashes between words, and in ranges of numbers.
    dashes: bool = True
    #: No-break spaces.
    nbsp: bool = True
    #: Grouped thousands, decimal commas, endings of ordinals, times.
    numbers: bool = True
    #: Shortened words: г., тыс., т. д., initials.
    abbreviations: bool = True
    #: Hyphens that were left out: из-за, кто-то, 6-летний.
    hyphens: bool = True
    #: Ellipses, superscripts, the minus, signs of degree.
    signs: bool = True


AS_USUAL: Final = HouseStyle()

SWITCHES: dict[str, str] = {
    "quotes": later("Кавычки"),
    "percent": later("Проценты"),
    "dashes": later("Тире и диапазоны"),
    "nbsp": later("Неразрывные пробелы"),
    "numbers": later("Числа: разряды, дробь, «5-й», время"),
    "abbreviations": later("Сокращения: «г.», «тыс.», «т. д.», инициалы"),
    "hyphens": later("Пропущенные дефисы: «из-за», «кто-то», «6-летний»"),
    "signs": later("Знаки: «…», «²», «−», «°C»"),
}


def style_to_dict(style: HouseStyle) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(style).items()}


def style_from_dict(plain: dict[str, Any]) -> HouseStyle:
    """The inverse of `style_to_dict`; what is missing has its default. Raises `InvalidInput`."""
    known = {field.name for field in fields(HouseStyle)}
    if unknown := sorted(set(plain) - known):
        raise InvalidInput(
            _("Такого в стиле нет: {names}; есть {known}.").format(
                names=", ".join(unknown), known=", ".join(sorted(known))
            )
        )
    values = dict(plain)
    try:
        if "quotes" in values:
            values["quotes"] = Quotes(values["quotes"])
        if "percent" in values:
            values["percent"] = Percent(values["percent"])
    except ValueError as error:
        raise InvalidInput(
            _("{error}: кавычки бывают {quotes}, проценты — {percent}.").format(
                error=error, quotes=", ".join(Quotes), percent=", ".join(Percent)
            )
        ) from error
    for name in known - {"quotes", "percent"}:
        if not isinstance(values.get(name, True), bool):
            raise InvalidInput(_("«{name}» включают и выключают: yes или no.").format(name=name))
    return HouseStyle(**values)
