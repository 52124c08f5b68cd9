"""The newsroom's own words: confirmed, forbidden and easily confused ones, each with its inflections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from newsroom.text.spelling.tokens import Script, as_written, script_of

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

#: Grammemes that say which form of its lexeme a word is.
_FORM: Final = frozenset((
    "nomn", "gent", "gen1", "gen2", "datv", "accs", "ablt", "loct", "loc1", "loc2", "voct", "sing", "plur",
    "masc", "femn", "neut", "past", "pres", "futr", "1per", "2per", "3per", "impr",
))  # fmt: skip
#: Put before a word, it makes an unknown one with the same ending.
_UNKNOWN: Final = "ъъ"
#: Readings less likely than this share of the likeliest are passed over.
_LIKELY_ENOUGH: Final = 0.25


class _Form(NamedTuple):
    word: str
    #: Those of `_FORM`.
    grammemes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A name or word that is right as it is written here; with a capital, right only with it."""

    #: One or several words.
    text: str
    #: Whether its other forms are right too; not for abbreviations and what is never declined.
    inflected: bool = True


@dataclass(frozen=True, slots=True)
class Replaced:
    """A word in whose place another is meant: «Tik-Tok», which the house writes «TikTok»."""

    text: str
    meant: str


@dataclass(frozen=True, slots=True)
class HouseDictionary:
    """What a newsroom has decided about words."""

    confirmed: tuple[Confirmed, ...] = ()
    #: Never right; whatever the capitals.
    forbidden: tuple[Replaced, ...] = ()
    #: Words that exist but are mostly a slip for another: «облуживание» (tinning) for «обслуживание».
    confusable: tuple[Replaced, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseWords:
    """A house dictionary with its inflections, ready to be asked.

    Attributes:
        confirmed: forms with the capitals they must have; one without capitals may have any.
        forbidden, confusable: lower-case form → what is meant by it.
    """

    confirmed: frozenset[str] = frozenset()
    forbidden: Mapping[str, str] = field(default_factory=dict)
    confusable: Mapping[str, str] = field(default_factory=dict)

    def decides(self, lower: str) -> bool:
        """Whether the house has something against *lower*, a lower-case form."""
        return lower in self.forbidden or lower in self.confusable

    def confirms(self, word: str) -> bool:
        """*word* as `tokens.as_written` gives it."""
        return word in self.confirmed or (word.lower() in self.confirmed and not word.islower())


def inflect(dictionary: HouseDictionary) -> HouseWords:
    """All forms of *dictionary*; loads pymorphy3 (some 0.2 s) where one is to be inflected, so not on a GUI thread."""
    confirmed = {
        form
        for entry in dictionary.confirmed
        for word in as_written(entry.text).split()
        for form in (_forms(word) if entry.inflected else (word,))
    }
    # With е for ё too, as in the lists.
    confirmed |= {form.replace("ё", "е").replace("Ё", "Е") for form in confirmed}
    return HouseWords(
        frozenset(confirmed),
        dict(_replacements(dictionary.forbidden)),
        dict(_replacements(dictionary.confusable)),
    )


@cache
def _morphology() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def _forms(word: str) -> Iterator[str]:
    """*word* and, where it is an ordinary Russian one, its inflections, capitals kept; of «Усть-Кедровск» the last."""
    yield word
    capitals = _capitals(word)
    if capitals is None or script_of(word) is not Script.CYRILLIC:
        return
    head, hyphen, last = word.rpartition("-")
    for reading in _readings(last):
        for form in reading:
            yield head + hyphen + capitals(form.word)


def _readings(word: str) -> list[list[_Form]]:
    """The lexemes of which *word*, a base form, may be; by analogy where the dictionary knows it as none."""
    for known in ("", _UNKNOWN):
        parses = [parse for parse in _morphology().parse(known + word.lower()) if _is_base(parse)]
        best = max((parse.score for parse in parses), default=0.0)
        if parses:
            return [
                [_Form(form.word.removeprefix(known), frozenset(form.tag.grammemes & _FORM)) for form in parse.lexeme]
                for parse in parses
                if parse.score >= best * _LIKELY_ENOUGH
            ]
    return [[_Form(word, frozenset())]]


def _is_base(parse: Parse) -> bool:
    return "nomn" in parse.tag or parse.normal_form == parse.word


def _replacements(entries: Iterable[Replaced]) -> Iterator[tuple[str, str]]:
    """Each form of what is written, lower-case, and the same form of what is meant."""
    for entry in entries:
        written, meant = as_written(entry.text), as_written(entry.meant)
        capitals = _capitals(meant)
        if capitals and all(script_of(word) is Script.CYRILLIC and "-" not in word for word in (written, meant)):
            same: dict[frozenset[str], str] = {}
            for form in _readings(meant)[0]:
                same.setdefault(form.grammemes, form.word)
            for form in _readings(written)[0]:
                if form.grammemes in same:
                    yield form.word, capitals(same[form.grammemes])
        yield written.lower(), meant


def _capitals(word: str) -> Callable[[str], str] | None:
    """What gives a form the capitals of *word*; None for abbreviations, which are not inflected here."""
    last = word.rpartition("-")[2]
    if last.islower():
        return str
    return str.capitalize if last == last.capitalize() and len(last) > 1 else None
