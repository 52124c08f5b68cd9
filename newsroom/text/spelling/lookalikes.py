"""Latin letters that look like Cyrillic ones, and words typed with the keyboard left in the other alphabet."""

from __future__ import annotations

import re
from typing import Final

_LATIN_TWINS: Final = "aceopxyABCEHKMOPTXY"
_CYRILLIC_TWINS: Final = "асеорхуАВСЕНКМОРТХУ"
_TO_CYRILLIC: Final = str.maketrans(_LATIN_TWINS + "kmuëË", _CYRILLIC_TWINS + "кмиёЁ")
_TO_LATIN: Final = str.maketrans(_CYRILLIC_TWINS + "іІкм", _LATIN_TWINS + "iIkm")
#: Latin letters that alone are taken for a Russian word: с, а, о, у, к.
LONE: Final = frozenset("acoyk")

_LATIN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SWITCHED: Final = str.maketrans(_LATIN_KEYS + _CYRILLIC_KEYS, _CYRILLIC_KEYS + _LATIN_KEYS)

_ALL_CYRILLIC: Final = re.compile("[\u0400-\u04ff'-]+")
_ALL_LATIN: Final = re.compile("[A-Za-z'-]+")


def cyrillic_twin(word: str) -> str:
    """*word* with its Latin letters as the Cyrillic ones they look like; empty where one looks like none."""
    twin = word.translate(_TO_CYRILLIC)
    return twin if _ALL_CYRILLIC.fullmatch(twin) else ""


def latin_twin(word: str) -> str:
    """*word* with its Cyrillic letters as the Latin ones they look like; empty where one looks like none."""
    twin = word.translate(_TO_LATIN)
    return twin if _ALL_LATIN.fullmatch(twin) else ""


def other_layout(word: str) -> str:
    """What the same keys give in the other alphabet: «ghbdtn» is «привет»."""
    return word.translate(_SWITCHED)
