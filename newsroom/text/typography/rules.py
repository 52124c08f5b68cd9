"""The rules, each one pattern and what its places become. They run in this order, and again change nothing.

Sources: Мильчин, Чельцова, «Справочник издателя и автора»; Лебедев, «Ководство», § 97, 104, 158; ГОСТ 8.417, ГОСТ Р
7.0.97.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from newsroom.domain.style import HouseStyle, Percent
from newsroom.text.typography.needs import DIGITS, Needs

NBSP: Final = "\u00a0"
_B: Final = "[ \u00a0]"

MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_MONTH: Final = "|".join(MONTHS)
_ROMAN: Final = r"(?<![\w-])(?=[IVX])[IVXL]{1,6}"
_UNIT: Final = "км²|м²|см²|м³|км/ч|кВт|МВт|Гц|МГц|ГГц|км|мм|см|кг|мг|га|м|г|т|л|ч|мин|сек|руб|млн|млрд|трлн"

Becomes = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    #: The switch of `HouseStyle` that turns it on; empty for what is always a slip.
    switch: str
    pattern: re.Pattern[str]
    becomes: Becomes
    needs: Needs

    def replacement(self, place: re.Match[str]) -> str:
        return place.expand(self.becomes) if isinstance(self.becomes, str) else self.becomes(place)


def _rule(switch: str, pattern: str, becomes: Becomes, characters: str = "", words: tuple[str, ...] = ()) -> Rule:
    return Rule(switch, re.compile(pattern), becomes, Needs(frozenset(characters), words))


def _written_date(place: re.Match[str]) -> str:
    day, month = int(place[1]), int(place[2])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return place[0]
    return f"{day}{NBSP}{MONTHS[month - 1]} {place[3]}{NBSP}года"


def _grouped(place: re.Match[str]) -> str:
    return f"{int(place[0]):,}".replace(",", NBSP) if not place[0].startswith("0") else place[0]


_ORDINALS: Final = {
    "ый": "й", "ой": "й", "ий": "й", "ого": "го", "его": "го", "ому": "му", "ему": "му", "ая": "я", "яя": "я",
    "ую": "ю", "ое": "е", "ее": "е", "ые": "е", "ых": "х", "их": "х", "ым": "м", "им": "м", "ыми": "ми", "ими": "ми",
}  # fmt: skip

#: Whatever the style: slips of typing.
_ALWAYS: Final = (
    _rule("", rf"(?m)^{_B}+|{_B}+$", ""),
    _rule("", r" (?<=\S ) +(?=\S)", " "),
    _rule("", rf"{_B}(?<=[\w»”\")…%]{_B}){_B}*(?=[,;!?](?:\s|$)|[.:](?:\s|$))", ""),
    _rule("", rf"«{_B}+", "«", "«"),
    _rule("", rf"(?<=\S){_B}+»", "»", "»"),
    _rule("", r"(?<=[\w»”\"])\((?=\d{1,2}\+\))", " (", "("),
    _rule("", r"\)\((?=[\d])", ") (", "("),
)
_SIGNS: Final = (
    _rule("signs", r"([?!])(?:\.{3}|…)", r"\1..", "?!"),
    _rule("signs", r"(?<![.?!])\.{3}(?!\.)", "…", "."),
    _rule("signs", rf"(?<![\w.,])[-–−](?=\d+(?:,\d+)?{_B}?°)", "−", "°"),
    _rule("signs", rf"(?<=\d){_B}?°{_B}?[СC](?!\w)", f"{NBSP}°C", "°"),
    _rule("signs", r"(?<![\w])([ксмд]?м)([23])(?![\w])", lambda m: m[1] + ("²" if m[2] == "2" else "³"), "23"),
    _rule("signs", rf"№{_B}?(?=\d)", f"№{NBSP}", "№"),
    _rule("signs", rf"§{_B}?(?=\d)", f"§{NBSP}", "§"),
)
_HYPHENS: Final = (
    _rule("hyphens", r"(?i)(?<![\w-])(из)[ \u00a0](за|под)(?![\w-])", r"\1-\2", words=("из",)),
    _rule(
        "hyphens",
        rf"(?i)(?<![\w-])(кто|кого|кому|где|куда|откуда|почему|как(?:ой|ая|ие|их|ого|ому)|чей|чья){_B}"
        rf"(то)(?![\w-])(?!{_B}?(?:же|есть|ли|бы)\b)(?!,)",
        r"\1-\2",
        words=(" то", f"{NBSP}то"),
    ),
    _rule(
        "hyphens",
        rf"(?i)(?<![\w-])(кто|кого|кому|что|чего|чему|где|куда|откуда|когда|как|как(?:ой|ая|ое|ие|их|ого|ому)){_B}"
        r"(либо|нибудь)(?![\w-])",
        r"\1-\2",
        words=("либо", "нибудь"),
    ),
    _rule(
        "hyphens",
        rf"(?<![\w,.])(\d{{1,3}}){_B}(летн(?:ий|его|ему|им|ем|яя|ей|юю)|процентн\w+|этажн\w+|кратн\w+|"
        r"километров\w{2,}|метров(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми)|часов(?:ой|ого|ому|ым|ая|ую|ое|ые|ых))"
        r"(?!\w)",
        r"\1-\2",
        DIGITS,
    ),
    _rule("numbers", rf"(?<=\d)-({'|'.join(_ORDINALS)})(?!\w)", lambda m: f"-{_ORDINALS[m[1]]}", DIGITS),
)
_NUMBERS: Final = (
    _rule("numbers", r"(?<![\d.])(\d{1,2})\.(\d{2})\.(\d{4})[ \u00a0]?(?:г\.|года)", _written_date, DIGITS),
    _rule("numbers", rf"(?<![\d.])(\d+)\.(\d+)(?={_B}?%)", r"\1,\2", DIGITS),
    _rule(
        "numbers",
        rf"(?<!\w)([ВвСсКк]|[Дд]о|[Сс]о|[Кк]о){_B}([01]?\d|2[0-3])\.([0-5][05])(?![\d.]\d|\d|%)"
        rf"(?!{_B}?(?:раз|руб|тыс|млн|млрд|процент|км|кг|га|м\b|г\b|л\b|%))",
        r"\1 \2:\3",
        DIGITS,
    ),
    _rule("numbers", r"(?<![\w.,:/№§#-])(?<![№§][ \u00a0])\d{5,}(?![.,:/-]?\d|[\w-])", _grouped, DIGITS),
)
_DASHES: Final = (
    _rule("dashes", rf"(?<![\d.,-])(\d{{1,2}})-(?=\d{{1,2}}{_B}(?:{_MONTH})\b)", r"\1–", DIGITS),
    _rule("dashes", r"(?<![\d.,-])([12]\d{3})-(?=[12]\d{3}(?![\d-]))", r"\1–", DIGITS),
    _rule("dashes", r"(?<!\d)(\d{1,2}:\d{2})-(?=\d{1,2}:\d{2}(?!\d))", r"\1–", DIGITS),
    _rule("dashes", rf"(?<![\d-])(\d+(?:,\d+)?)-(?=\d+(?:,\d+)?{_B}?%)", r"\1–", DIGITS),
    _rule("dashes", rf"({_ROMAN})-(?=[IVXL]{{1,6}}(?![\w-]))", r"\1–", "IVX"),
    _rule("dashes", r"(?m)^[-–](?=[ \u00a0]\S)", "—", "-–"),
    _rule("dashes", rf"{_B}(?<=\S{_B})(?<!\d{_B})[-–−]{_B}(?=\S)|{_B}(?<=\d{_B})[-–−]{_B}(?=[^\s\d])", " — ", "-–−"),
)
_SHORTENED: Final = (
    _rule("abbreviations", rf"(?<!\w)г\.{_B}?г\.", "гг.", "."),
    _rule("abbreviations", r"(?<!\d)(\d{4})г\.", r"\1 г.", DIGITS),
    _rule("abbreviations", r"(?<=\d)[ \u00a0]?(млн|млрд|трлн)\.(?=[ \u00a0][а-яё])", r" \1", DIGITS),
    _rule("abbreviations", r"(?<=\d)[ \u00a0]?тыс(?![.\w])", " тыс.", DIGITS),
    _rule("abbreviations", rf"(?<!\w)т\.{_B}?([депкч])\.(?!\w)", r"т. \1.", "."),
    _rule("abbreviations", rf"(?<!\w)([А-ЯЁ])\.{_B}?([А-ЯЁ])\.(?=[А-ЯЁ][а-яё])", r"\1. \2. ", "."),
    _rule("abbreviations", rf"(?<!\w)([А-ЯЁ])\.([А-ЯЁ])\.(?={_B}[А-ЯЁ][а-яё])", r"\1. \2.", "."),
    _rule("abbreviations", r"(?<!\w)([А-ЯЁ])\.(?=[А-ЯЁ][а-яё]{2,})", r"\1. ", "."),
    _rule(
        "abbreviations",
        r"(?<!\w)(?<!\d[ \u00a0])(ул|пр|пер|пл|пос|им|кв|стр|г|д|с)\.(?=[А-ЯЁ«]|(?<=[двр]\.)\d)",
        r"\1. ",
        ".",
    ),
)
_SPACES: Final = (
    _rule("nbsp", r" (?<=\S )—(?=\s)", f"{NBSP}—", "—"),
    _rule("nbsp", rf"(?<![\w-])([А-ЯЁ])\. (?=[А-ЯЁ]\.{_B}[А-ЯЁ][а-яё])", rf"\1.{NBSP}", "."),
    _rule("nbsp", rf"(?<={NBSP})([А-ЯЁ])\. (?=[А-ЯЁ][а-яё])", rf"\1.{NBSP}", "."),
    _rule("nbsp", r"(?<![\w-])(?<!\. )([А-ЯЁ])\.(?: )(?=[А-ЯЁ][а-яё]{2,})(?<=[^.!?] [А-ЯЁ]\. )", rf"\1.{NBSP}", "."),
    _rule("nbsp", rf" (?<=\d )(?=(?:{_MONTH})\b)", NBSP, DIGITS),
    _rule("nbsp", r"(?<=\d{4}) (?=гг?\.|год)", NBSP, DIGITS),
    _rule("nbsp", r"(?<=[IVXL]) (?=вв?\.)", NBSP, "IVXL"),
    _rule("nbsp", rf" (?<=\d )(?=(?:{_UNIT})(?![\w-])|тыс\.)", NBSP, DIGITS),
    _rule("nbsp", r"(?<![\w-])т\. (?=[депкч]\.)", f"т.{NBSP}", "."),
    _rule("nbsp", r"(?<!\w)(?<!\d[ \u00a0])(ул|пр|пер|пл|пос|им|кв|стр|г|д|с)\. (?=[А-ЯЁ«\d])", rf"\1.{NBSP}", "."),
    _rule(
        "nbsp",
        r"(?i) (?:(?<=(?<![\w-])[вксоуиая] )|(?<=(?<![\w-])(?:на|по|до|из|за|от|об|во|ко|со|не|ни|но) ))(?=[\w«„\"(])",
        NBSP,
    ),
    _rule("nbsp", r" (?<=\w )(?=(?:же|бы|ли|ль|б|ж)(?![\w-]))", NBSP),
)
TIGHT: Final = _rule("", rf"(?<=\d){_B}+%", "%", "%")
LOOSE: Final = _rule("", r"(?<=\d) ?%", f"{NBSP}%", "%")

EVERY: Final = (*_ALWAYS, *_SIGNS, *_HYPHENS, *_NUMBERS, *_DASHES, *_SHORTENED, *_SPACES)


def rules_of(style: HouseStyle) -> tuple[Rule, ...]:
    """The rules that *style* turns on, in their order; quotes are set by `quotes`."""
    on = tuple(rule for rule in EVERY if not rule.switch or getattr(style, rule.switch))
    return (*on, TIGHT if style.percent is Percent.TIGHT else LOOSE)
