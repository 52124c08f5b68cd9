"""Finding in plain text, and what a found place becomes when it is replaced.

A text is one field: paragraphs apart by U+2029, hard breaks as U+2028, objects as U+FFFC, which is how a text editor
gives it. No place found crosses a paragraph's end or an object; hard breaks are ``\\n`` for a pattern.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from time import monotonic
from typing import Final, NamedTuple

import regex

from newsroom.domain.errors import InvalidInput
from newsroom.words import _, later

#: Seconds for one search; ``(а+)+$`` would otherwise take years.
PATIENCE: Final = 1.0

_PARAGRAPHS = regex.compile("[^\u2029\ufffc]+")
_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\ufffc": "\n"})
_CLUSTERS = regex.compile(r"\X")
_WORD_LETTER = r"[\w\p{M}]"
_REFERENCE = regex.compile(r"\$\$|\\\\|\\n|\\t|[$\\](\d{1,2})")
_PLAIN_REFERENCES: Final = {"$$": "$", r"\\": "\\", r"\n": "\n", r"\t": "\t"}

#: What the pattern compiler says, in words for a person.
_PATTERN_FAULTS: Final = {
    "missing )": later("Не закрыта скобка «(»"),
    "unbalanced parenthesis": later("Лишняя скобка «)»"),
    "unterminated character set": later("Не закрыта скобка «[»"),
    "bad character range": later("Диапазон в скобках «[ ]» идёт наоборот"),
    "nothing to repeat": later("Нечего повторять"),
    "multiple repeat": later("Два повтора подряд"),
    "invalid group reference": later("Нет группы с таким номером"),
    "unknown property": later("Нет такого класса букв"),
    "bad escape (end of pattern)": later("В конце одинокая «\\»"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; ё and е differ, as they were typed."""

    text: str
    case: bool = False
    whole_word: bool = False
    #: ``text`` is a regular expression; ``^`` and ``$`` are the ends of a line.
    pattern: bool = False


class Match(NamedTuple):
    """One place: begin and end in UTF-16 units of its text, as Qt counts."""

    begin: int
    end: int
    #: The whole and each group of a pattern; empty for a plain search.
    groups: tuple[str, ...] = ()


def find(texts: Sequence[str], search: Search) -> list[list[Match]]:
    """The places of each text, in order; a place has at least one letter.

    Letters are compared in their composed form (NFC), so й is found however it was typed, and an accented letter is
    never cut in two. Raises `InvalidInput` for a pattern that cannot be read or takes longer than `PATIENCE`.
    """
    if not search.text:
        return [[] for _text in texts]
    compiled = _compile(search)
    deadline = monotonic() + PATIENCE
    try:
        return [_find_in(text, compiled, search.pattern, deadline) for text in texts]
    except TimeoutError as error:
        raise InvalidInput(_("Выражение слишком сложное: поиск остановлен.")) from error


def expand(template: str, groups: tuple[str, ...]) -> str:
    """What a place with these *groups* becomes.

    For a pattern ``$1`` or ``\\1`` is its first group, ``$0`` the whole, ``$$`` a dollar sign, ``\\n`` a line break,
    ``\\t`` a tab; without groups the template is taken as it is. Raises `InvalidInput` for a group that is not there.
    """
    if not groups:
        return template

    def put(reference: regex.Match[str]) -> str:
        if reference[1] is None:
            return _PLAIN_REFERENCES[reference[0]]
        number = int(reference[1])
        if number >= len(groups):
            raise InvalidInput(_("В выражении нет группы {number}.").format(number=number))
        return groups[number]

    return _REFERENCE.sub(put, template)


@lru_cache(maxsize=256)
def _compile(search: Search) -> regex.Pattern[str]:
    text = unicodedata.normalize("NFC", search.text)
    # A letter with an accent is another letter: «и» is no part of «и» with a breve.
    source = f"(?:{text})" if search.pattern else regex.escape(text) + r"(?!\p{M})"
    if search.whole_word:
        source = f"(?<!{_WORD_LETTER}){source}(?!{_WORD_LETTER})"
    flags = regex.MULTILINE | (0 if search.case else regex.IGNORECASE)
    try:
        if search.pattern:
            # Alone first: its faults are then counted in the person's own text.
            regex.compile(text, flags)
        return regex.compile(source, flags)
    except regex.error as error:
        told, _at, position = str(error).partition(" at position ")
        fault, place = _PATTERN_FAULTS.get(told), int(position.split()[0]) + 1 if position else 1
        if fault is None:
            raise InvalidInput(_("Выражение не читается, знак {place}.").format(place=place)) from error
        raise InvalidInput(_("{fault}: знак {place}.").format(fault=_(fault), place=place)) from error


def _find_in(text: str, compiled: regex.Pattern[str], keep_groups: bool, deadline: float) -> list[Match]:
    composed, searched, begins, ends = _searched(text)
    found = []
    for paragraph in _PARAGRAPHS.finditer(composed):
        # Plain words take as long as the text is; only a pattern can go on for ever.
        left = max(deadline - monotonic(), 0.001) if keep_groups else None
        places = compiled.finditer(searched, paragraph.start(), paragraph.end(), timeout=left, concurrent=True)
        for place in places:
            begin, end = place.span()
            if begin < end:
                groups = (place[0], *(group or "" for group in place.groups())) if keep_groups else ()
                found.append(Match(begins[begin], ends[end], groups))
    return found


@lru_cache(maxsize=2)
def _searched(text: str) -> tuple[str, str, Sequence[int], Sequence[int]]:
    """*text* composed, the same with its breaks as patterns know them, and what `_composed` says of places.

    The last texts are kept: many rules look at one paragraph after another.
    """
    composed, begins, ends = _composed(text)
    return composed, composed.translate(_BREAKS), begins, ends


def _composed(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """*text* in NFC, and for each place in it where it begins or ends in *text*, in UTF-16 units."""
    if unicodedata.is_normalized("NFC", text):
        offsets = _offsets(text)
        return text, offsets, offsets
    parts: list[str] = []
    begins, ends = [0], [0]
    at = 0
    for cluster in _CLUSTERS.findall(text):
        part = unicodedata.normalize("NFC", cluster)
        parts.append(part)
        offsets = _offsets(cluster)
        length = offsets[-1]
        if len(part) == len(cluster):
            begins[-1:] = (at + offset for offset in offsets)
            ends += [at + offset for offset in offsets[1:]]
        else:
            begins[-1:] = [*[at] * len(part), at + length]
            ends += [at + length] * len(part)
        at += length
    return "".join(parts), begins, ends


def _offsets(text: str) -> Sequence[int]:
    """For each place between the letters of *text* its distance from the beginning in UTF-16 units."""
    if text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return range(len(text) + 1)
    return list(accumulate((2 if letter > "\uffff" else 1 for letter in text), initial=0))
