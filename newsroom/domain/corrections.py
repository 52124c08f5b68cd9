"""What a minor correction is: one that a newsroom may let out without its chief."""

import re
from itertools import zip_longest
from typing import Final

#: Letters that a minor correction may change.
MOST_LETTERS: Final = 3
_MARKS = frozenset("*©®™№§%+()[]{}<>")


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
