"""What a correction is, and a minor one: one that a newsroom may let out without its chief."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from newsroom.domain.comments import Place
from newsroom.words import _

#: Letters that a minor correction may change.
MOST_LETTERS: Final = 3
_ARROW: Final = " → "
_MARKS = frozenset("*©®™№§%+()[]{}<>")


@dataclass(frozen=True, slots=True)
class Correction:
    #: The words that are wrong, where they stood when somebody looked.
    place: Place
    new: str


def correction_reason(old: str, new: str) -> str:
    """What the history of an article says of a revision that a correction made."""
    return _("опечатка: {old} → {new}").format(old=old, new=new)


def is_correction_reason(reason: str) -> bool:
    """Whether `correction_reason` gave *reason*, in whatever language."""
    return _ARROW in reason


def is_minor(old: str, new: str) -> bool:
    """Whether *new* for *old* only mends spelling: few letters, no digit, no mark, no name.

    A name is a word with a capital: changing its letters may make it somebody else's, and so is up to the chief.
    """
    if not new.strip() or any(sign.isdigit() or sign in _MARKS for sign in old + new):
        return False
    if _distance(old.casefold(), new.casefold()) > MOST_LETTERS:
        return False
    return all(
        before == after or not (_is_name(before) or _is_name(after))
        for before, after in zip_longest(_words(old), _words(new), fillvalue="")
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _is_name(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _distance(old: str, new: str) -> int:
    """Letters to change, add or take away (Levenshtein)."""
    row = list(range(len(new) + 1))
    for number, letter in enumerate(old, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(new, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != other))
    return row[-1]
