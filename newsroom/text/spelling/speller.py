"""Checks the spelling of a text and suggests what was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from newsroom.domain.vocabulary import Yo
from newsroom.text.spelling import lookalikes
from newsroom.text.spelling.house import HouseWords
from newsroom.text.spelling.judging import Fault, Judge, Kind, Lexicons
from newsroom.text.spelling.lexicon import COMMON, FOLDED
from newsroom.text.spelling.suggestions import edits, near_words
from newsroom.text.spelling.tokens import (
    CHUNK,
    Script,
    as_written,
    may_hold_spans,
    protected_in_run,
    protected_spans,
    script_of,
)

#: Runs of characters remembered at once; a year of a newsroom has some 500,000 different ones.
_REMEMBERED: Final = 500_000
_MOST_SUGGESTIONS: Final = 7
#: What goes on longer without a blank is no language.
_LONGEST_RUN: Final = 300
#: Longer words before a full stop are not taken for shortened ones.
_SHORTENED: Final = 5

_RUN: Final = re.compile(r"\S+")
#: What stands before and after a word.
_AROUND: Final = '.,:;!?…«»„“”"()—–'
_STOPS: Final = frozenset(".!?;:…")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """One place: begin and end in Unicode characters of the text."""

    begin: int
    end: int
    word: str
    kind: Kind


class Speller:
    """Russian and English at once, by the script of each word, with the words of one newsroom.

    What was seen between two blanks is remembered, so that text seen before costs next to nothing. One value may be
    used from several threads.
    """

    def __init__(self, lexicons: Lexicons, house: HouseWords | None = None) -> None:
        self._lexicons = lexicons
        self._house = house or HouseWords()
        self._judge = Judge(lexicons, self._house)
        #: Lower-case form → the form with its capitals.
        self._confirmed = {form.lower(): form for form in self._house.confirmed}
        self._fine: set[str] = set()
        self._faulty: dict[str, tuple[Fault, ...]] = {}

    def check(self, text: str) -> list[Misspelling]:
        """What is misspelt in *text*, plain and of any length, in order.

        Nothing is for addresses, handles, tags, code, file names, numbers and their units.
        """
        suspects = {run for run in set(text.split()) - self._fine if self._faults(run)}
        return self._misspellings(text, suspects) if suspects else []

    def suggest(self, word: str, *, yo: bool | None = None) -> list[str]:
        """What *word* may have been meant to be, the likeliest first; empty where nothing is near.

        *yo* says whether its text is written with ё, which by itself only a word with ё shows.
        """
        written = as_written(word)
        lower = written.lower()
        decided = self._house.forbidden.get(lower) or self._house.confusable.get(lower)
        found = [decided] if decided else []
        script = script_of(written)
        for twin in (lookalikes.cyrillic_twin(written), lookalikes.latin_twin(written)):
            if twin and (script is Script.MIXED or self._is_known(twin)):
                found.append(twin)
        if script in (Script.CYRILLIC, Script.LATIN):
            if self._house.yo is not Yo.FREE:
                yo = self._house.yo is Yo.ALWAYS
            with_yo = "ё" in lower if yo is None else yo
            if self._house.yo is not Yo.FREE:
                found.append(self._with_capitals(self._spelt(lower, with_yo), written))
            found += self._of_house(lower, written)
            near = (self._spelt(near, with_yo) for near in self._near(lower, script))
            found += [self._with_capitals(near, written) for near in near]
        return [other for other in dict.fromkeys(found) if other != written][:_MOST_SUGGESTIONS]

    def _faults(self, run: str) -> tuple[Fault, ...]:
        """What is wrong with *run*, which has no blanks, whatever stands around it; remembered."""
        faults = self._faulty.get(run)
        if faults is None:
            if len(self._fine) + len(self._faulty) > _REMEMBERED:
                self._fine.clear()
                self._faulty.clear()
            if len(run) > _LONGEST_RUN or self._judge.is_plain(run.strip(_AROUND)):
                self._fine.add(run)
                return ()
            faults = tuple(
                fault.moved(chunk.start()) for chunk in CHUNK.finditer(run) for fault in self._judge.faults(chunk[0])
            )
            if faults:
                protected = protected_in_run(run)
                faults = tuple(fault for fault in faults if not _is_inside(protected, fault.begin, fault.end))
            if faults:
                self._faulty[run] = faults
            else:
                self._fine.add(run)
        return faults

    def _misspellings(self, text: str, suspects: set[str]) -> list[Misspelling]:
        runs = list(_RUN.finditer(text))
        protected = protected_spans(text) if may_hold_spans(text) else []
        found: list[Misspelling] = []
        for number, run in enumerate(runs):
            if run[0] not in suspects:
                continue
            before = runs[number - 1][0] if number else ""
            after = runs[number + 1][0] if number + 1 < len(runs) else ""
            for fault in self._faulty[run[0]]:
                begin, end = run.start() + fault.begin, run.start() + fault.end
                kind = _in_context(fault, run[0], before, after)
                if kind is not None and not _is_inside(protected, begin, end):
                    found.append(Misspelling(begin, end, text[begin:end], kind))
        return found

    def _is_known(self, word: str) -> bool:
        lexicons = self._lexicons
        return word.lower() in (lexicons.russian if script_of(word) is Script.CYRILLIC else lexicons.english)

    def _near(self, lower: str, script: Script) -> list[str]:
        lexicon = self._lexicons.of(script)
        found = near_words(lower, lexicon)
        other = lookalikes.other_layout(lower)
        if lower not in lexicon:
            return [other, *found] if len(lower) > 1 and self._is_known(other) else found
        # A name without its capital.
        return found if lexicon.has_flag(lower, COMMON) else [lower, *found]

    def _of_house(self, lower: str, word: str) -> list[str]:
        """Names and words of the house at most one edit from *lower*."""
        if not self._confirmed:
            return []
        near = sorted(self._confirmed[other] for other in {lower, *edits(lower)} if other in self._confirmed)
        return [self._with_capitals(form, word) if form.islower() else form for form in near]

    def _spelt(self, near: str, yo: bool) -> str:
        """*near* with its ё, or with е for it."""
        if not yo:
            return near.replace("ё", "е")
        if not self._lexicons.russian.has_flag(near, FOLDED):
            return near
        places = [place for place, letter in enumerate(near) if letter == "е"]
        spelt = (near[:place] + "ё" + near[place + 1 :] for place in places)
        return next((word for word in spelt if word in self._lexicons.russian), near)

    def _with_capitals(self, near: str, word: str) -> str:
        if len(word) > 1 and word.isupper():
            return near.upper()
        number = self._lexicons.russian.find(near)
        is_name = number is not None and not number & COMMON
        return near[0].upper() + near[1:] if is_name or word[0].isupper() else near


def _in_context(fault: Fault, run: str, before: str, after: str) -> Kind | None:
    """How *fault* is told in its place between the runs *before* and *after*; None where it is no fault there."""
    if fault.by_neighbours:
        return fault.kind if Script.CYRILLIC in _scripts_beside(run, before, after) else None
    if fault.kind is not Kind.FIRM:
        return fault.kind
    is_shortened = fault.end - fault.begin <= _SHORTENED and run[fault.end : fault.end + 1] == "."
    is_beside_latin = fault.script is Script.CYRILLIC and Script.LATIN in _scripts_beside(run, before, after)
    return Kind.SOFT if is_shortened or is_beside_latin else Kind.FIRM


def _scripts_beside(run: str, before: str, after: str) -> set[Script]:
    """The scripts of the words next to and inside *run*, as far as no stop parts them."""
    words: list[str] = CHUNK.findall(run)
    if before[-1:] not in _STOPS:
        words += CHUNK.findall(before)[-1:]
    if run[-1:] not in _STOPS:
        words += CHUNK.findall(after)[:1]
    return {script_of(as_written(word)) for word in words}


def _is_inside(spans: list[tuple[int, int]], begin: int, end: int) -> bool:
    return any(first < end and begin < last for first, last in spans)
