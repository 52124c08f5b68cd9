"""One-edit slips as people make them, drawn by a seed from the words of correct prose."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
#: Letters written by ear.
_BY_EAR = {"а": "о", "о": "а", "е": "и", "и": "е", "я": "е", "т": "д", "д": "т", "б": "п", "п": "б", "г": "к", "к": "г",
           "в": "ф", "ф": "в", "з": "с", "с": "з", "ж": "ш", "ш": "ж", "щ": "ш", "ы": "и"}  # fmt: skip


def slips(texts: Iterable[str], *, seed: int, how_many: int) -> list[tuple[str, str]]:
    """Pairs of a wrong form and the right one, evenly of letters left out, doubled or put in, changed, and swapped.

    Words are lower-case, of five letters and more: shorter ones mostly become other words.
    A wrong form may happen to be another word all the same.
    """
    chance = random.Random(seed)
    words = [word for text in texts for word in re.findall(r"\b[а-яё]{5,}\b", text)]
    pairs: list[tuple[str, str]] = []
    while len(pairs) < how_many:
        word = chance.choice(words)
        wrong = chance.choice((_left_out, _put_in, _changed, _swapped))(word, chance)
        if wrong != word:
            pairs.append((wrong, word))
    return pairs


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
