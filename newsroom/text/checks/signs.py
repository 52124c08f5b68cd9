"""Slips of the fingers: a word typed twice, blanks doubled, two kinds of quotes in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.material import Around, Material, Piece
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


def mixed_quotes(material: Material, _around: Around) -> Iterator[Finding]:
    """Straight and curly quotes in one text; inches are none."""
    straight: list[tuple[Piece, int]] = []
    curly: list[tuple[Piece, int]] = []
    for piece in material.told():
        for pattern, found in ((_STRAIGHT, straight), (_CURLY, curly)):
            found += [(piece, place.start()) for place in pattern.finditer(piece.text)]
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
