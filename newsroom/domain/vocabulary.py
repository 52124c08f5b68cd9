"""The house dictionary: what a newsroom has decided about single words. Data of the newsroom, kept by its people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from newsroom.words import _, later

#: Most characters of a word of the house, of what is meant by it, and of the note beside it.
LONGEST_WORD: Final = 100
LONGEST_NOTE: Final = 300


class Verdict(StrEnum):
    #: Right as it is written; with a capital, right only with it.
    CONFIRMED = "confirmed"
    #: Never right, whatever its capitals: «Tik-Tok», for which the house writes «TikTok».
    FORBIDDEN = "forbidden"
    #: A word that exists but is mostly a slip for another: «облуживание» (tinning) for «обслуживание».
    CONFUSABLE = "confusable"

    @property
    def words(self) -> str:
        return _(_VERDICTS[self])


_VERDICTS = {
    Verdict.CONFIRMED: later("Верно"),
    Verdict.FORBIDDEN: later("Запрещено"),
    Verdict.CONFUSABLE: later("Легко спутать"),
}


class WordKind(StrEnum):
    """What a word of the house is; its inflections follow from it."""

    WORD = "word"
    #: A first name, patronymic or surname: of men, women and families alike.
    PERSON = "person"
    #: Toponyms and companies are inflected in their own number alone.
    PLACE = "place"
    COMPANY = "company"
    #: Never inflected.
    ABBREVIATION = "abbreviation"

    @property
    def words(self) -> str:
        return _(_KINDS[self])


_KINDS = {
    WordKind.WORD: later("Слово"),
    WordKind.PERSON: later("Имя, фамилия"),
    WordKind.PLACE: later("Место"),
    WordKind.COMPANY: later("Организация, марка"),
    WordKind.ABBREVIATION: later("Аббревиатура"),
}


class Yo(StrEnum):
    """How the house writes ё."""

    #: As the author likes.
    FREE = "free"
    ALWAYS = "always"
    NEVER = "never"

    @property
    def words(self) -> str:
        return _(_YO[self])


_YO = {
    Yo.FREE: later("как у автора"),
    Yo.ALWAYS: later("всегда «ё»"),
    Yo.NEVER: later("всегда «е»"),
}


@dataclass(frozen=True, slots=True)
class HouseWord:
    """One decision. A name of several words is a decision about each; `text` tells decisions apart."""

    #: The base form, with its capitals.
    text: str
    verdict: Verdict = Verdict.CONFIRMED
    kind: WordKind = WordKind.WORD
    #: What is to be written instead; empty for what is confirmed.
    meant: str = ""
    #: Whether its other forms are covered too.
    inflected: bool = True
    #: Why, or by which source.
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeptWord:
    """A decision with whoever made it last."""

    word: HouseWord
    by: str
    at: datetime
