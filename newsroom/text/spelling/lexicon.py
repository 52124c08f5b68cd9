"""A word list in memory: which words there are, how common each one is, and what kind of word it is.

The list is a minimal automaton (DAWG) of lower-case words in their composed form (NFC), each with a small number: its
rank above its flags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dawg import IntCompletionDAWG

#: Flag of a form that goes with nouns: nouns, adjectives, participles, adverbs, which take «не» and prefixes.
NOMINAL: Final = 1
#: Flag of a form with a reading that is no name of a person, place or organisation: it may stand without a capital.
COMMON: Final = 2
#: Flag of a form with е that is written with ё in full.
FOLDED: Final = 4
#: Flag of a form that is hardly ever met and one likely slip from a very common one: «затор» or «автор».
RARE_TWIN: Final = 8
FLAG_BITS: Final = 4
#: The rank of the commonest words; 0 is a word that no corpus has shown. Two steps double the frequency.
TOP_RANK: Final = 31


def packed(rank: int, flags: int) -> int:
    """The number kept beside a word."""
    return rank << FLAG_BITS | flags


class Lexicon:
    """The words of one language; safe to ask from any thread.

    Attributes:
        find: the number kept beside a lower-case word, or None for a word that is not there.
    """

    def __init__(self, words: IntCompletionDAWG) -> None:
        self._words = words
        self.find = words.get
        #: Whether any word begins so.
        self.has_beginning = words.has_keys_with_prefix

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def rank(self, word: str) -> int:
        """From 0 to `TOP_RANK`; −1 for a word that is not there."""
        number = self.find(word)
        return -1 if number is None else number >> FLAG_BITS

    def has_flag(self, word: str, flag: int) -> bool:
        number = self.find(word)
        return number is not None and bool(number & flag)
