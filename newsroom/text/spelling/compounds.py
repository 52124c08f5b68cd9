"""Words that no dictionary lists because they are made freely: «видеосвязь», «неоплаченный», «торгово-сервисный».

What they are made of is listed in ``resources/text/compounds.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from newsroom.text.spelling.lexicon import NOMINAL, Lexicon
from resources import FOLDER

#: The shortest rest that a prefix may stand before; shorter ones are met by chance.
_SHORTEST_REST: Final = 4
#: «Не» is written together freely only with adjectives, participles and nouns in -ние: «неочень» is a slip.
_TAKES_NE: Final = re.compile(
    "(?:[ыио]й|[ая]я|[оеыи]е|[ое]го|[ое]му|[ыи]ми?|[ую]ю|[ыи]х|[нтвкшщ][ое]м|н[ыоа]|ен|ни[яюи]|нием)$"
)
_ADJECTIVE_ENDINGS: Final = ("ый", "ий", "ой", "ный")
#: Endings with which a stem before -о- or -е- is a word.
_STEM_ENDINGS: Final = ("", "а", "о", "е", "ь", "я", "ый", "ий", "ой")
#: The shortest words that are joined by -о- or -е-: «песк-о-соляной».
_SHORTEST_JOINED: Final = 4


@dataclass(frozen=True, slots=True)
class _Pieces:
    prefixes: tuple[str, ...]
    first_halves: frozenset[str]
    last_halves: frozenset[str]


@cache
def _pieces() -> _Pieces:
    lists = tomllib.loads((FOLDER / "text" / "compounds.toml").read_text(encoding="utf-8"))
    return _Pieces(
        tuple(lists["prefixes"]),
        frozenset(lists["first_halves"]),
        frozenset(lists["last_halves"]),
    )


def is_compound(word: str, lexicon: Lexicon, *, least: int = 0) -> bool:
    """Whether *word*, lower-case and without hyphens, is made of known ones: a prefix that takes any, or joined.

    *least* is the rank that the last of them has at least.
    """
    for prefix in _pieces().prefixes:
        rest = word.removeprefix(prefix)
        if _SHORTEST_REST <= len(rest) < len(word) and _is_nominal(rest, lexicon, least):
            return True
    if _is_joined(word, lexicon, least):
        return True
    rest = word.removeprefix("не")
    is_negated = _SHORTEST_REST <= len(rest) < len(word) and _TAKES_NE.search(rest) is not None
    return is_negated and _is_nominal(rest, lexicon, least)


def _is_nominal(word: str, lexicon: Lexicon, least: int) -> bool:
    return lexicon.has_flag(word, NOMINAL) and lexicon.rank(word) >= least


def _is_joined(word: str, lexicon: Lexicon, least: int) -> bool:
    """«пескосоляной», «краснокнижный»."""
    for place in range(_SHORTEST_JOINED, len(word) - _SHORTEST_JOINED):
        if word[place] in "ое" and _is_nominal(word[place + 1 :], lexicon, least):
            stem = word[:place]
            if any(lexicon.rank(stem + ending) > 0 for ending in _STEM_ENDINGS):
                return True
    return False


def is_first_half(word: str, lexicon: Lexicon) -> bool:
    """Whether *word* may stand before a hyphen though it is no word: «торгово», «пресс», «историко»."""
    if word in _pieces().first_halves:
        return True
    if len(word) < 4 or word[-1] not in "ое":
        return False
    stem = word[:-1]
    is_adjective = any(stem + ending in lexicon for ending in _ADJECTIVE_ENDINGS)
    return is_adjective or (stem[-1] == "к" and stem[:-1] + "ческий" in lexicon)


def is_last_half(word: str) -> bool:
    """Whether *word* may stand after a hyphen though it is no word: «нибудь»."""
    return word in _pieces().last_halves
