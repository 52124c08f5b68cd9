"""Mentions of marked names in a text, and which of them lack their mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from newsroom.domain.ages import AgeRating
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.marks import KeptMark, Mark, Mentions, Placement
from newsroom.text.checks.material import REMEMBERED, Around, Material, Piece
from newsroom.words import _

_WORD: Final = re.compile(r"\w[\w’'-]*")
_GLUED: Final = re.compile(r"(?<=[\w»”\"])\((\d{1,2}\+)\)")
_RUN_TOGETHER: Final = re.compile(r"\)\((?=\d)")
_AGE: Final = re.compile(r"\((\d{1,2})\+\)")
_CLOSING: Final = frozenset('»”"“')
_OPENING: Final = frozenset('«„"“')
_LAW: Final = "436-ФЗ"


class Mention(NamedTuple):
    """A marked name in a paragraph; begin and end in its characters, quotes around it included."""

    begin: int
    end: int
    mark: Mark


class Marks:
    """The newsroom's lists, ready to be looked for."""

    def __init__(self, kept: Iterable[KeptMark]) -> None:
        self._by_first: dict[str, list[tuple[tuple[frozenset[str], ...], Mark]]] = defaultdict(list)
        for one in kept:
            for words in one.forms:
                for first in words[0] if words else ():
                    self._by_first[first].append((words, one.mark))
        for found in self._by_first.values():
            # The longest name that fits is the one that is meant.
            found.sort(key=lambda entry: -len(entry[0]))
        self._known: dict[str, list[Mention]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """The marked names in *text*, in order, none within another; remembered."""
        if not self._by_first:
            return []
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._look(text)
        return found

    def _look(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            length, mark = self._at(text, words, at)
            if mark is None:
                at += 1
                continue
            begin, end = words[at].start(), words[at + length - 1].end()
            if text[begin - 1 : begin] in _OPENING and text[end : end + 1] in _CLOSING and begin:
                begin, end = begin - 1, end + 1
            found.append(Mention(begin, end, mark))
            at += length
        return found

    def _at(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, Mark | None]:
        for forms, mark in self._by_first.get(words[at][0], ()):
            there = words[at : at + len(forms)]
            if len(there) < len(forms):
                continue
            if all(word[0] in form for word, form in zip(there, forms, strict=True)) and all(
                text[one.end() : other.start()] in (" ", "\u00a0", " «", "\u00a0«", "-")
                for one, other in pairwise(there)
            ):
                return len(forms), mark
        return 0, None


def check_marks(marks: Marks, material: Material, around: Around) -> Iterator[Finding]:
    """Marks that are missing, others than the list has, notes that are missing, ratings that are too low."""
    day = around.marks_day(material.content)
    met: dict[str, Mark] = {}
    for piece in material.told():
        for mention in marks.mentions(piece.text):
            mark = mention.mark
            if not mark.is_due(day):
                continue
            is_first = mark.name not in met
            if piece.field is Field.HEADLINE and _is_age(mark):
                continue  # by habit headlines have no age marks
            met[mark.name] = mark
            if is_first or mark.mentions is Mentions.EACH:
                yield from _at_mention(piece, mention)
    yield from _notes(material, met.values())
    yield from _ratings(material, met.values())


def _at_mention(piece: Piece, mention: Mention) -> Iterator[Finding]:
    mark, after = mention.mark, piece.text[mention.end :]
    if _has(mark.sign, after):
        return
    other = _AGE.match(after.lstrip(" \u00a0")) if _is_age(mark) else None
    if other:
        begin = mention.end + after.index("(")
        yield piece.finding(
            "mark-other",
            mark.severity,
            begin,
            begin + len(other[0]),
            _("У «{name}» стоит {found}, а по списку {sign}.").format(name=mark.name, found=other[0], sign=mark.sign),
            source=_source(mark),
            fix=mark.sign,
        )
        return
    glued = mark.placement is Placement.FOOT and len(mark.sign) <= 3
    yield piece.finding(
        "mark-missing",
        mark.severity,
        mention.begin,
        mention.end,
        _("После «{words}» нужна пометка: {sign}").format(
            words=piece.text[mention.begin : mention.end].strip('«»"„“'), sign=mark.sign
        ),
        reason=mark.mentions.words,
        source=_source(mark),
        fix=piece.text[mention.begin : mention.end] + ("" if glued else " ") + mark.sign,
    )


def _has(sign: str, after: str) -> bool:
    return " ".join(after.split()).casefold().lstrip('»”"').lstrip().startswith(" ".join(sign.split()).casefold())


def _is_age(mark: Mark) -> bool:
    return _AGE.fullmatch(mark.sign) is not None


def _notes(material: Material, met: Iterable[Mark]) -> Iterator[Finding]:
    """What signs in the text mean, in the note at the foot; several lack at once are added in turn."""
    note = material.content.note
    for mark in met:
        if mark.placement is not Placement.FOOT or not mark.note or _folded(mark.note) in _folded(note):
            continue
        yield Finding(
            Field.NOTE,
            mark.severity,
            "mark-note-missing",
            _("В примечании нет сноски к «{name}».").format(name=mark.name),
            len(note),
            len(note),
            words="",
            source=_source(mark),
            fix=(" " if note.strip() else "") + f"{mark.sign} {mark.note}",
            reason=mark.name,
        )


def _ratings(material: Material, met: Iterable[Mark]) -> Iterator[Finding]:
    age = material.content.age
    if age is None:
        return
    order = list(AgeRating)
    for mark in met:
        if mark.rating is not None and order.index(mark.rating) > order.index(age):
            yield Finding(
                Field.AGE,
                mark.severity,
                "mark-raises-rating",
                _("В статье упомянуто «{name}»: ей нужен возраст {rating}, а стоит {age}.").format(
                    name=mark.name, rating=mark.rating, age=age
                ),
                words=mark.name,
                source=_source(mark),
            )


def glued(piece: Piece) -> Iterator[Finding]:
    """«WhatsApp(12+)» and «(12+)(73%)», whatever the name."""
    for pattern, fix in ((_GLUED, " ({})"), (_RUN_TOGETHER, ") (")):
        for place in pattern.finditer(piece.text):
            yield piece.finding(
                "mark-glued",
                Severity.WARNING,
                *place.span(),
                _("Перед возрастным знаком нужен пробел.") if pattern is _GLUED else _("Между скобками нужен пробел."),
                source=_LAW if pattern is _GLUED else "",
                fix=fix.format(*place.groups()),
            )


def above_rating(material: Material, _around: Around) -> Iterator[Finding]:
    """A mark in the text that is higher than the article's own."""
    age = material.content.age
    if age is None:
        return
    own = int(age.removesuffix("+"))
    known = {int(rating.removesuffix("+")) for rating in AgeRating}
    highest: tuple[int, Piece, re.Match[str]] | None = None
    for piece in material.told():
        for place in _AGE.finditer(piece.text):
            told = int(place[1])
            if told in known and told > own and (highest is None or told > highest[0]):
                highest = told, piece, place
    if highest is not None:
        told, piece, place = highest
        yield piece.finding(
            "mark-above-rating",
            Severity.WARNING,
            *place.span(),
            _("В тексте знак {told}+, а у статьи {age}.").format(told=told, age=age),
            reason=_("Статья, которая рассказывает о таком, редко сама бывает младше."),
            source=_LAW,
        )


def _source(mark: Mark) -> str:
    checked = mark.checked_on
    return f"{mark.source} ({checked:%d.%m.%Y})" if checked and mark.source else mark.source


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
