"""The newsroom's own words: confirmed, forbidden and easily confused ones, each with its inflections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from newsroom.text.spelling.tokens import as_written

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

#: Grammemes that say which form of its lexeme a word is.
_FORM: Final = frozenset((
    "nomn", "gent", "gen1", "gen2", "datv", "accs", "ablt", "loct", "loc1", "loc2", "voct", "sing", "plur",
    "masc", "femn", "neut", "past", "pres", "futr", "1per", "2per", "3per", "impr",
))  # fmt: skip


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
    """*word* and, where it is an ordinary Russian one, its inflections, capitals kept."""
    yield word
    capitals = _capitals(word)
    if capitals is None or not _is_russian(word):
        return
    head, hyphen, last = word.rpartition("-")
    for parse in _readings(last):
        for form in parse.lexeme:
            yield head + hyphen + capitals(form.word)
    if hyphen:
        # Both halves are declined in «Ростове-на-Дону» seldom, in «Усть-Кедровске» never, in «Орехово-Зуеве» the last.
        return


def _readings(word: str) -> list[Parse]:
    """The readings of *word* that make it the base form; only the likeliest where none does."""
    parses = _morphology().parse(word)
    base = [parse for parse in parses if parse.normal_form == word.lower() and parse.tag.POS in ("NOUN", "ADJF")]
    best = max((parse.score for parse in base), default=0.0)
    return [parse for parse in base if parse.score >= best / 3] or parses[:1]


def _replacements(entries: Iterable[Replaced]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        written, meant = as_written(entry.text), as_written(entry.meant)
        yield written.lower(), meant
        if not (_is_russian(written) and _is_russian(meant)) or _capitals(meant) is None or "-" in written + meant:
            continue
        target = _readings(meant)[0]
        capitals = _capitals(meant) or str
        for form in _readings(written)[0].lexeme:
            same = target.inflect(frozenset(form.tag.grammemes & _FORM))
            if same is not None:
                yield form.word.lower(), capitals(same.word)


def _capitals(word: str) -> Callable[[str], str] | None:
    """What gives a form the capitals of *word*; None for abbreviations, which are not inflected here."""
    last = word.rpartition("-")[2]
    if last.islower():
        return str
    return str.capitalize if last == last.capitalize() and len(last) > 1 else None


def _is_russian(word: str) -> bool:
    from newsroom.text.spelling.tokens import Script, script_of

    return script_of(word) is Script.CYRILLIC
