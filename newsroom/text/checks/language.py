"""What several checks must know about Russian: sentences, base forms of words, which words are names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from newsroom.text.morphology import parses

_END: Final = re.compile(r"(?<=[.!?…])[»”\")]*\s+(?=[«„“\"(—–-]?\s?[A-ZА-ЯЁ\d])")
#: Behind these a full stop ends no sentence.
_SHORTENED: Final = re.compile(
    r"(?:\b[А-ЯЁA-Z]|\b(?:г|ул|д|кв|пр|пер|пос|с|обл|р|им|стр|см|рис|т|тыс|руб|коп|ст|п))\.$"
)

#: Readings of a word with a smaller share are passed over.
_UNLIKELY: Final = 0.1


class Part(NamedTuple):
    """A stretch of a text; begin and end in characters."""

    begin: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Part]:
    """The sentences of one paragraph."""
    begin = 0
    for end in _END.finditer(text):
        head = text[begin : end.start()]
        if _SHORTENED.search(head):
            continue
        yield Part(begin, end.start(), head)
        begin = end.end()
    if begin < len(text):
        yield Part(begin, len(text), text[begin:])


@lru_cache(maxsize=50_000)
def base_forms(word: str) -> frozenset[str]:
    """What *word* may be a form of, small letters, ё as е."""
    lower = word.lower()
    return frozenset({parse.normal_form.replace("ё", "е") for parse in parses(lower)}) or frozenset({lower})


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether the dictionary has *word*; what pymorphy only guesses by its ending does not count."""
    return any(parse.is_known for parse in parses(word.lower()))


@lru_cache(maxsize=50_000)
def is_surname(word: str, *, opens: bool) -> bool:
    """Whether *word*, with a capital, is a surname.

    Where it opens a sentence, and so would have a capital anyway, it must hardly be anything else.
    """
    found = [parse for parse in parses(word.lower()) if parse.is_known]
    if not any("Surn" in one.tag for one in found):
        return False
    if opens:
        return all("Surn" in one.tag or one.score < _UNLIKELY for one in found)
    return not any(other in one.tag for one in found for other in ("Name", "Patr", "Geox", "Orgn"))


@lru_cache(maxsize=50_000)
def is_first_name(word: str) -> bool:
    """Whether *word* may be a first name or patronymic."""
    return any("Name" in parse.tag or "Patr" in parse.tag for parse in parses(word.lower()))
