"""Quotes: which open, which close, and how deep they stand."""

from __future__ import annotations

import re
from typing import Final

from newsroom.domain.style import Quotes

_OPENS: Final = frozenset("«„")
_CLOSES: Final = frozenset("»”")
#: Opens in English, closes in German and in the second level of Russian.
_EITHER: Final = frozenset('"“')
_MARKS: Final = re.compile('[«„»”"“]')
_BEFORE: Final = frozenset(' \u00a0\n\t([{—–-/«„“"…')
_LEVELS: Final = (("«", "»"), ("„", "“"))


def set_quotes(text: str, kind: Quotes) -> str:
    """*text*, of one paragraph, with its quotes as *kind*, of the same length; as it is where they do not pair."""
    if kind is Quotes.FREE:
        return text
    if _MARKS.search(text) is None:
        return text
    letters = list(text)
    depth = 0
    for place in _MARKS.finditer(text):
        at, letter = place.start(), place[0]
        if letter == '"' and depth == 0 and at and text[at - 1].isdigit():
            continue  # inches
        opens = letter in _OPENS or (letter in _EITHER and _stands_before_words(text, at, depth))
        depth += 1 if opens else 0
        if depth == 0:
            return text
        if kind is Quotes.STRAIGHT:
            letters[at] = '"'
        else:
            letters[at] = _LEVELS[min(depth, len(_LEVELS)) - 1][0 if opens else 1]
        depth -= 0 if opens else 1
    return "".join(letters) if depth == 0 else text


def _stands_before_words(text: str, at: int, depth: int) -> bool:
    after = text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    if depth == 0:
        return True
    before = text[at - 1 : at]
    return not before or (before in _BEFORE and not after.isspace() and after not in ".,;:!?)»")
