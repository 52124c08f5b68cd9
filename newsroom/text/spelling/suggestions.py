"""What a word that is not in the list may have been meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Final

from newsroom.text.spelling.lexicon import COMMON, FLAG_BITS, Lexicon
from newsroom.text.spelling.mistakes import cost

_RUSSIAN: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_ENGLISH: Final = "abcdefghijklmnopqrstuvwxyz"
#: Longer words are not mended: the work grows with the square of the length.
LONGEST: Final = 40
#: Seconds for a search two edits away.
PATIENCE: Final = 0.03
#: What an edit costs where its manner is not looked at.
_EDIT: Final = 7.0
#: What a name costs against a common word: in a word without a capital it is seldom meant.
_NAME: Final = 8.0
#: What a missing blank costs against one edit of letters.
_RUN_TOGETHER: Final = 14.0
#: Words that are run together with the one after them.
_BEFORE: Final = frozenset((
    "а", "без", "бы", "в", "во", "для", "до", "за", "и", "из", "к", "как", "на", "над", "не", "ни", "но", "о", "об",
    "от", "по", "под", "при", "про", "с", "со", "то", "у", "что", "a", "an", "and", "for", "in", "is", "it", "of", "on",
    "the", "to",
))  # fmt: skip
#: And with the one before them.
_AFTER: Final = frozenset(("бы", "же", "ли", "то"))
#: Shorter words are near to too many.
_SHORTEST: Final = 3
#: The rank from which two words of three letters and more are taken for run together.
_COMMON: Final = 14


def edits(word: str) -> set[str]:
    """Every string one edit from *word*: a letter left out, swapped with the next, changed, put in; a hyphen put in."""
    letters = _letters(word)
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found.update(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    found.update(left + letter + right[1:] for left, right in halves if right for letter in letters)
    found.update(left + letter + right for left, right in halves for letter in letters)
    found.update(f"{left}-{right}" for left, right in halves[1:-1])
    found.discard(word)
    return found


def near_words(word: str, lexicon: Lexicon) -> list[str]:
    """Words of the list, or pairs of them, that lower-case *word* may be a slip for, the likeliest first.

    Those one edit away; only where there are none those two edits away, as far as `PATIENCE` goes.
    """
    scored = one_edit(word, lexicon) + run_together(word, lexicon)
    scored.sort(key=_by_score)
    return [other for _score, other in scored or two_edits(word, lexicon)]


def has_near(word: str, lexicon: Lexicon, *, least: int = 0) -> bool:
    """Whether a word of the list, of the rank *least* or above, is one edit from lower-case *word*."""
    if not _SHORTEST <= len(word) <= LONGEST:
        return False
    found = filter(lexicon.__contains__, edits(word))
    return any(lexicon.rank(other) >= least for other in found) if least else next(found, None) is not None


def one_edit(word: str, lexicon: Lexicon) -> list[tuple[float, str]]:
    """Words of the list one edit from lower-case *word*, best first, each with its score."""
    if len(word) > LONGEST:
        return []
    find = lexicon.find
    found = [
        ((number >> FLAG_BITS) - cost(word, other) - (0.0 if number & COMMON else _NAME), other)
        for other in edits(word)
        if (number := find(other)) is not None
    ]
    found.sort(key=_by_score)
    return found


def run_together(word: str, lexicon: Lexicon) -> list[tuple[float, str]]:
    """Two words of the list that *word* is without a blank between them, best first, each with its score."""
    found = []
    for place in range(1, len(word) if len(word) <= LONGEST else 0):
        left, right = word[:place], word[place:]
        small = left in _BEFORE or right in _AFTER
        least = min(lexicon.rank(left), lexicon.rank(right))
        if (small and least >= 0 and len(word) > 3) or (place >= 3 and len(right) >= 3 and least >= _COMMON):
            found.append((least - _RUN_TOGETHER, f"{left} {right}"))
    found.sort(key=_by_score)
    return found


def two_edits(
    word: str, lexicon: Lexicon, *, patience: float = PATIENCE, clock: Callable[[], float] = monotonic
) -> list[tuple[float, str]]:
    """Words of the list at most two edits from lower-case *word* that begin with its first letter, best first.

    The search ends after *patience* seconds with what was found until then.
    """
    if not 3 <= len(word) <= LONGEST:
        return []
    deadline = clock() + patience
    found: dict[str, float] = {}
    for other, edits in _near(word, lexicon):
        rank = lexicon.rank(other)
        if rank >= 0:
            found[other] = max(found.get(other, -99.0), rank - _EDIT * edits)
        if clock() > deadline:
            break
    return sorted(((score, other) for other, score in found.items()), key=_by_score)


def _by_score(pair: tuple[float, str]) -> tuple[float, str]:
    return -pair[0], pair[1]


def _letters(word: str) -> str:
    return _ENGLISH if word.isascii() else _RUSSIAN


def _near(word: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Strings within two edits of *word*, each beginning of which begins some word of the list; with their edits."""
    seen: set[tuple[str, int, int]] = set()
    begins, letters = lexicon.has_beginning, _letters(word)
    # A written beginning, how much of the word it stands for, and the edits left. The last is gone into first, so that
    # the way with fewest edits is tried before the others.
    waiting = [(word[0], 1, 2)]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        beginning, place, left = state
        if left:
            waiting += _one_more(beginning, place, left - 1, word, begins, letters)
        if place == len(word):
            yield beginning, 2 - left
        elif begins(beginning + word[place]):
            waiting.append((beginning + word[place], place + 1, left))


def _one_more(
    beginning: str, place: int, left: int, word: str, begins: Callable[[str], bool], letters: str
) -> Iterator[tuple[str, int, int]]:
    """The states one edit further."""
    for letter in letters:
        longer = beginning + letter
        if begins(longer):
            yield longer, place, left
            if place < len(word):
                yield longer, place + 1, left
    if place + 1 < len(word):
        swapped = beginning + word[place + 1] + word[place]
        if begins(swapped):
            yield swapped, place + 2, left
    if place < len(word):
        yield beginning, place + 1, left
