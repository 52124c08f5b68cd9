"""Forms of Russian words (pymorphy3), loaded once in a process when they are first wanted: some 0.2 s."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse


@cache
def analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def parses(word: str) -> tuple[Parse, ...]:
    """What *word*, in small letters, may be, the likeliest first."""
    return tuple(analyzer().parse(word))
