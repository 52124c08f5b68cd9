"""What a text must have for a pattern to find anything in it: asked first, because most texts lack most of it."""

from __future__ import annotations

from typing import NamedTuple

DIGITS = "0123456789"


class Needs(NamedTuple):
    """Any one of the characters and, where there are some, any one of the words."""

    characters: frozenset[str] = frozenset()
    #: Or beginnings and parts of words, in small letters.
    words: tuple[str, ...] = ()

    def are_met(self, characters: frozenset[str], lower: str) -> bool:
        """*characters* are those of a text, *lower* the text in small letters."""
        if self.characters and self.characters.isdisjoint(characters):
            return False
        return not self.words or any(word in lower for word in self.words)
