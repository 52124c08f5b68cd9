"""What is wrong with one word by itself, whatever stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from newsroom.domain.vocabulary import Yo
from newsroom.text.spelling import lookalikes
from newsroom.text.spelling.compounds import is_compound, is_first_half, is_last_half
from newsroom.text.spelling.house import HouseWords
from newsroom.text.spelling.lexicon import COMMON, FOLDED, RARE_TWIN, Lexicon
from newsroom.text.spelling.suggestions import has_near, run_together
from newsroom.text.spelling.tokens import Part, Script, as_written, parts_of

#: All-capital words up to this length are taken for abbreviations.
_ABBREVIATION: Final = 6
#: Shorter parts behind a number, a Latin word or an abbreviation are endings: «6-го», «TikTok-у», «ЧОПа».
_ENDING: Final = 3
#: The rank of a word that some corpus has shown.
_MET: Final = 1
_TAKES_ENDING: Final = frozenset((Script.OTHER, Script.LATIN))
_SMALL_RUSSIAN: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"


class Kind(StrEnum):
    """How a misspelling is told to the writer, the surest first."""

    #: The house does not write so.
    FORBIDDEN = "forbidden"
    #: Latin letters in a Cyrillic word, or the other way round.
    LOOK_ALIKE = "look-alike"
    #: No such word, and one letter makes it a known one.
    FIRM = "firm"
    #: A word that is mostly a slip for another.
    CONFUSABLE = "confusable"
    #: Written with е where the house writes ё, or the other way round.
    YO = "yo"
    #: Not known: a name, a new or rare word, or a mistake.
    SOFT = "soft"


#: Told quietly: the word may well be right.
QUIET: Final = frozenset((Kind.SOFT, Kind.CONFUSABLE, Kind.YO))


class Fault(NamedTuple):
    """A misspelling in a chunk or run; begin and end are places in it."""

    begin: int
    end: int
    kind: Kind
    script: Script
    #: Whether it is one only beside Cyrillic words: a Latin letter alone, «CCCP».
    by_neighbours: bool = False

    def moved(self, by: int) -> Fault:
        return self._replace(begin=self.begin + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Lexicons:
    """The word lists of both languages."""

    russian: Lexicon
    english: Lexicon

    def of(self, script: Script) -> Lexicon:
        return self.russian if script is Script.CYRILLIC else self.english


class Judge:
    """Knows the words of both languages and of the house."""

    def __init__(self, lexicons: Lexicons, house: HouseWords) -> None:
        self._russian, self._english = lexicons.russian, lexicons.english
        self._house = house

    def is_plain(self, word: str) -> bool:
        """Whether *word* is one of letters alone that is right without a closer look."""
        if not word.isalpha():
            return False
        lower = word.lower()
        number = self._russian.find(lower)
        if number is None or number & (COMMON | RARE_TWIN) != COMMON or self._is_against_yo(lower):
            return False
        return (word == lower or word[1:].islower()) and not self._house.decides(lower)

    def faults(self, chunk: str) -> list[Fault]:
        """What is wrong with *chunk* (`tokens.CHUNK`)."""
        if "_" in chunk:
            return []
        whole = as_written(chunk)
        parts = parts_of(chunk)
        if decided := self._decided(whole):
            return [Fault(0, len(chunk), decided, parts[0].script)]
        if len(parts) == 1:
            return self._part(parts[0])
        number = self._russian.find(whole.lower())
        if self._house.confirms(whole) or (number is not None and (number & COMMON or whole[0].isupper())):
            return []
        faults: list[Fault] = []
        for number, part in enumerate(parts):
            ends = number > 0 and parts[number - 1].script in _TAKES_ENDING and len(part.letters) <= _ENDING
            if not ends and not self._is_half(part.letters.lower(), last=number + 1 == len(parts)):
                faults += self._part(part, hyphenated=True)
        if faults and all(fault.kind is Kind.SOFT for fault in faults):
            # «Усть-Кедровск» is one unknown name.
            return [Fault(0, len(chunk), Kind.SOFT, faults[0].script)]
        return faults

    def _is_half(self, word: str, *, last: bool) -> bool:
        return is_last_half(word) if last else is_first_half(word, self._russian)

    def _decided(self, word: str) -> Kind | None:
        """What the house has decided against *word*."""
        lower = word.lower()
        for kind, words in ((Kind.FORBIDDEN, self._house.forbidden), (Kind.CONFUSABLE, self._house.confusable)):
            meant = words.get(lower)
            if meant is not None and meant != word:
                return kind
        return None

    def _part(self, part: Part, *, hyphenated: bool = False) -> list[Fault]:
        word, script = part.letters, part.script
        if script is Script.OTHER:
            return []
        kind = self._decided(word) if hyphenated else None
        if kind is None and self._house.confirms(word):
            return []
        by_neighbours = False
        if kind is None:
            if script is Script.CYRILLIC:
                kind = self._russian_kind(word)
            elif script is Script.MIXED:
                kind = _mixed_kind(word)
            elif not hyphenated and self._is_cyrillic_in_disguise(word):
                kind, by_neighbours = Kind.LOOK_ALIKE, True
            else:
                kind = self._english_kind(word)
        return [Fault(part.begin, part.end, kind, script, by_neighbours)] if kind else []

    def _is_against_yo(self, lower: str) -> bool:
        """Whether the house writes *lower* with the other of е and ё; not where both are words: «все», «всё»."""
        match self._house.yo:
            case Yo.NEVER:
                return "ё" in lower
            case Yo.ALWAYS:
                return self._russian.has_flag(lower, FOLDED)
        return False

    def _russian_kind(self, word: str) -> Kind | None:
        if len(word) == 1:
            return None
        lower = word.lower()
        if self._is_against_yo(lower):
            return Kind.YO
        number = self._russian.find(lower)
        if word == lower:
            if number is not None:
                # A name alone wants its capital; a rare word is more likely a common one with a slip.
                return None if number & COMMON and not number & RARE_TWIN else Kind.SOFT
            if is_compound(lower, self._russian):
                # Near a whole word it is more likely that one with a slip: «доргога» is no «дор» + «гога». Where even
                # its own end was never met, near any word: «предантий» is no «пред» + «антий».
                least = _MET if is_compound(lower, self._russian, least=_MET) else 0
                return Kind.SOFT if has_near(lower, self._russian, least=least) else None
            is_slip = has_near(lower, self._russian) or run_together(lower, self._russian)
            return Kind.FIRM if is_slip else Kind.SOFT
        if number is not None:
            return Kind.FIRM if self._is_shift_slip(word) else None
        return None if _is_abbreviation(word) or is_compound(lower, self._russian) else Kind.SOFT

    def _is_shift_slip(self, word: str) -> bool:
        """«МОсква»: the Shift key was let go too late; but «ВКонтакте» is a word behind a preposition."""
        has_two_capitals = len(word) > 4 and word[:2].isupper() and word[2:].islower()
        return has_two_capitals and word[1:].lower() not in self._russian

    def _english_kind(self, word: str) -> Kind | None:
        bare = word.removesuffix("'s")
        lower = bare.lower()
        if len(bare) == 1 or bare.isupper() or lower in self._english or word.lower() in self._english:
            return None
        if bare != lower:
            return Kind.SOFT
        if self._russian.has_flag(lookalikes.other_layout(lower), COMMON):
            return Kind.FIRM
        return Kind.FIRM if has_near(lower, self._english) else Kind.SOFT

    def _is_cyrillic_in_disguise(self, word: str) -> bool:
        """Whether a word all in Latin letters is more likely a Russian one: «c» for «с», «CCCP»."""
        if len(word) == 1:
            return word in lookalikes.LONE
        twin = lookalikes.cyrillic_twin(word).lower()
        return bool(twin) and twin in self._russian and word.lower() not in self._english


def _mixed_kind(word: str) -> Kind | None:
    # An abbreviation with a Russian ending, «PDFки», is meant so.
    head = word.rstrip(_SMALL_RUSSIAN)
    if len(head) > 1 and head.isascii() and head.isupper():
        return None
    return Kind.LOOK_ALIKE if lookalikes.cyrillic_twin(word) or lookalikes.latin_twin(word) else Kind.SOFT


def _is_abbreviation(word: str) -> bool:
    """«ЦРБ», and with an ending «ЧОПа»; a whole word in capitals is none."""
    if word.isupper():
        return len(word) <= _ABBREVIATION
    capitals = len(word.rstrip(_SMALL_RUSSIAN))
    return capitals >= 2 and word[:capitals].isupper() and len(word) - capitals <= _ENDING
