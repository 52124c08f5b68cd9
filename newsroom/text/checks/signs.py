"""Slips of the fingers: a word typed twice, blanks doubled, two kinds of quotes in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.material import REMEMBERED, Around, Material, Piece
from newsroom.words import _

_REPEATED: Final = re.compile(r"(?<![\w-])([^\W\d_]+)([ \u00a0]+)(\1)(?![\w-])", re.IGNORECASE)
#: What people do say twice.
_SAID_TWICE: Final = frozenset(
    (
        "да",
        "нет",
        "ну",
        "чуть",
        "еле",
        "едва",
        "очень",
        "много",
        "давно",
        "тихо",
        "ха",
        "хи",
        "тук",
        "бла",
        "вот",
        "так",
    )
)
_BLANKS: Final = re.compile(r"(?<=\S)(?: {2,}| +\u00a0+ *|\u00a0+ +)(?=\S)")
_STRAIGHT: Final = re.compile(r'(?<!\d)"')
_CURLY: Final = re.compile("[«»„“”]")


def repeated_words(piece: Piece) -> Iterator[Finding]:
    """«в в Биробиджане»: silent on what is said twice on purpose."""
    for place in _REPEATED.finditer(piece.text):
        if place[1].lower() in _SAID_TWICE:
            continue
        yield piece.finding(
            "repeated-word",
            Severity.WARNING,
            place.start(),
            place.end(),
            _("Слово «{word}» написано дважды.").format(word=place[1]),
            reason=_("Так остаётся после правки; глаз это пропускает."),
            fix=place[1],
        )


def double_spaces(piece: Piece) -> Iterator[Finding]:
    for place in _BLANKS.finditer(piece.text):
        yield piece.finding(
            "double-space",
            Severity.NOTE,
            place.start(),
            place.end(),
            _("Два пробела подряд."),
            source=_("Мильчин, «Справочник издателя и автора»: между словами один пробел"),
            fix=" ",
        )


class QuotesIn(NamedTuple):
    """Where the quotes of a paragraph stand, in its characters."""

    straight: tuple[int, ...]
    curly: tuple[int, ...]


@lru_cache(maxsize=REMEMBERED)
def quotes_in(text: str) -> QuotesIn:
    return QuotesIn(*(tuple(place.start() for place in kind.finditer(text)) for kind in (_STRAIGHT, _CURLY)))


def mixed_quotes(material: Material, _around: Around) -> Iterator[Finding]:
    """Straight and curly quotes in one text; inches are none."""
    straight: list[tuple[Piece, int]] = []
    curly: list[tuple[Piece, int]] = []
    for piece in material.told():
        quotes = quotes_in(piece.text)
        straight += [(piece, at) for at in quotes.straight]
        curly += [(piece, at) for at in quotes.curly]
    if not straight or not curly:
        return
    piece, at = (straight if len(straight) <= len(curly) else curly)[0]
    yield piece.finding(
        "mixed-quotes",
        Severity.WARNING,
        at,
        at + 1,
        _("Кавычки двух видов в одном тексте: прямых {straight}, типографских {curly}.").format(
            straight=len(straight), curly=len(curly)
        ),
        reason=_("Один материал — одни кавычки; какие, решает стиль редакции."),
    )
