"""The words of a newsroom as the speller and the checks ask for them: one frozen value of forms.

Which forms a word has is in `inflections`; where the words are kept, in the newsroom database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from newsroom.domain.vocabulary import HouseWord, Verdict, Yo


@dataclass(frozen=True, slots=True)
class HouseWords:
    """The house dictionary with its inflections, ready to be asked.

    Attributes:
        confirmed: forms with the capitals they must have; one without capitals may have any.
        forbidden, confusable: lower-case form → what is meant by it.
        yo: how the house writes ё.
    """

    confirmed: frozenset[str] = frozenset()
    forbidden: Mapping[str, str] = field(default_factory=dict)
    confusable: Mapping[str, str] = field(default_factory=dict)
    yo: Yo = Yo.FREE

    def decides(self, lower: str) -> bool:
        """Whether the house has something against *lower*, a lower-case form."""
        return lower in self.forbidden or lower in self.confusable

    def confirms(self, word: str) -> bool:
        """*word* as `tokens.as_written` gives it."""
        if word in self.confirmed:
            return True
        if word.isupper() and word.title() in self.confirmed:
            return True
        return not word.islower() and word.lower() in self.confirmed


def gather(forms: Iterable[tuple[Verdict, Mapping[str, str]]], yo: Yo = Yo.FREE) -> HouseWords:
    """The value of words that are given as `inflections.forms_of` gives them, each with its verdict."""
    found: dict[Verdict, dict[str, str]] = {verdict: {} for verdict in Verdict}
    for verdict, own in forms:
        found[verdict].update(own)
    confirmed = frozenset(found[Verdict.CONFIRMED])
    if yo is not Yo.ALWAYS:
        # With е for ё too, as in the lists.
        confirmed |= {form.replace("ё", "е").replace("Ё", "Е") for form in confirmed}
    return HouseWords(confirmed, found[Verdict.FORBIDDEN], found[Verdict.CONFUSABLE], yo)


def inflect(words: Iterable[HouseWord], yo: Yo = Yo.FREE) -> HouseWords:
    """The value of *words*; loads pymorphy3 (some 0.2 s) and takes half a millisecond a word."""
    from newsroom.text.spelling.inflections import forms_of

    return gather(((word.verdict, forms_of(word)) for word in words), yo)
