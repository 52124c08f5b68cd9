"""One-edit slips as people make them, drawn by a seed from the words of correct prose."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
#: Letters written by ear.
_BY_EAR = {"а": "о", "о": "а", "е": "и", "и": "е", "я": "е", "т": "д", "д": "т", "б": "п", "п": "б", "г": "к", "к": "г",
           "в": "ф", "ф": "в", "з": "с", "с": "з", "ж": "ш", "ш": "ж", "щ": "ш", "ы": "и"}  # fmt: skip


class Slip(NamedTuple):
    wrong: str
    right: str
    #: The paragraph with the wrong form in the place of the right one.
    text: str


def slips(texts: Sequence[str], *, seed: int, how_many: int) -> list[Slip]:
    """Evenly of letters left out, doubled or put in, changed, and swapped.

    Words are lower-case, of five letters and more: shorter ones mostly become other words.
    A wrong form may happen to be another word all the same.
    """
    chance = random.Random(seed)
    words = [(word[0], word.start(), text) for text in texts for word in re.finditer(r"\b[а-яё]{5,}\b", text)]
    found: list[Slip] = []
    while len(found) < how_many:
        word, place, text = chance.choice(words)
        wrong = chance.choice((_left_out, _put_in, _changed, _swapped))(word, chance)
        if wrong != word:
            found.append(Slip(wrong, word, text[:place] + wrong + text[place + len(word) :]))
    return found


def _left_out(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _put_in(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    letter = word[place] if chance.random() < 0.5 else _beside(word[place], chance)
    return word[:place] + letter + word[place:]


def _changed(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    letter = word[place]
    manner = chance.random()
    if manner < 0.4 and letter in _BY_EAR:
        changed = _BY_EAR[letter]
    elif manner < 0.8:
        changed = _beside(letter, chance)
    else:
        changed = chance.choice(_LETTERS)
    return word[:place] + changed + word[place + 1 :]


def _swapped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _beside(letter: str, chance: random.Random) -> str:
    """A key next to that of *letter*."""
    for number, row in enumerate(_ROWS):
        column = row.find(letter)
        if column >= 0:
            near = [row[place] for place in (column - 1, column + 1) if 0 <= place < len(row)]
            near += [_ROWS[other][column] for other in (number - 1, number + 1)
                     if 0 <= other < 3 and column < len(_ROWS[other])]  # fmt: skip
            return chance.choice(near)
    return letter
