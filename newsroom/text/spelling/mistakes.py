"""How likely one written form is a slip for another: keys side by side, letters that sound alike, letters doubled.

Costs are in the ranks of a lexicon (`lexicon.TOP_RANK`): a slip of one more is made by a word four times as rare where
its cost is four higher.
"""

from __future__ import annotations

from typing import Final

_ROWS: Final = (
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
)
#: Letters that are confused because they sound alike or are spelt by a rule.
_SOUND_ALIKE: Final = (
    "ао", "еи", "еэ", "яе", "яи", "ыи", "её", "ёо", "юу", "ьъ", "бп", "вф", "гк", "дт", "жш", "зс", "шщ", "цс", "чш",
    "чщ", "ий", "ae", "ei", "ie", "ao", "ou", "iy", "sc", "sz", "ck", "td", "bp", "vf", "mn",
)  # fmt: skip


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = set()
    for rows in _ROWS:
        # Each lower row stands half a key to the right, so a key touches two of the next row.
        keys = {key: (row, column + row / 2) for row, line in enumerate(rows) for column, key in enumerate(line)}
        for one, (row, column) in keys.items():
            for other, (other_row, other_column) in keys.items():
                if one != other and abs(row - other_row) <= 1 and abs(column - other_column) <= 1:
                    pairs.add((one, other))
    return frozenset(pairs)


_SIDE_BY_SIDE: Final = _neighbours()
_ALIKE: Final = frozenset(sides for pair in _SOUND_ALIKE for sides in ((pair[0], pair[1]), (pair[1], pair[0])))

_PLAIN: Final = 14.0
_NEAR_KEY: Final = 9.0
_SOUNDS_SO: Final = 7.0
_DOUBLED: Final = 3.0
_SWAPPED: Final = 3.0
_LEFT_OUT: Final = 5.0
#: People seldom miss the first letter.
_FIRST_LETTER: Final = 2.0


def cost(written: str, meant: str) -> float:
    """How unlikely it is that *written* was to be *meant*, one edit apart; lower-case both."""
    begin = 0
    shorter = min(len(written), len(meant))
    while begin < shorter and written[begin] == meant[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and written[-1 - end] == meant[-1 - end]:
        end += 1
    had, wanted = written[begin : len(written) - end], meant[begin : len(meant) - end]
    price = _price(had, wanted, meant[begin - 1 : begin], meant[len(meant) - end :][:1])
    return price + _FIRST_LETTER if begin == 0 else price


def _price(had: str, wanted: str, before: str, after: str) -> float:
    if len(had) == 2 and len(wanted) == 2:
        return _SWAPPED
    if not had:
        return _DOUBLED if wanted in (before, after) else _LEFT_OUT
    if not wanted:
        if had in (before, after):
            return _DOUBLED
        return _NEAR_KEY if (had, before) in _SIDE_BY_SIDE or (had, after) in _SIDE_BY_SIDE else _PLAIN
    if (had, wanted) in _ALIKE:
        return _SOUNDS_SO
    return _NEAR_KEY if (had, wanted) in _SIDE_BY_SIDE else _PLAIN
