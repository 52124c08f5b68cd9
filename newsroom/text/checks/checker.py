"""Runs every check over an article, whole or in small steps, and remembers what paragraphs gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from newsroom.domain.findings import Finding, in_order
from newsroom.domain.marks import KeptMark
from newsroom.domain.rules import HouseRule
from newsroom.domain.style import HouseStyle
from newsroom.text import marks
from newsroom.text.checks import (
    advertising,
    dates,
    grammar,
    headline,
    links,
    names,
    numbers,
    people,
    photos,
    signs,
    spelling,
    style,
)
from newsroom.text.checks.material import REMEMBERED, Around, Material, Piece
from newsroom.text.checks.rules import Rules
from newsroom.text.marks import Marks, check_marks
from newsroom.text.spelling.speller import Speller
from newsroom.text.typography.setting import seen_edits

PieceCheck = Callable[[Piece], Iterable[Finding]]
MaterialCheck = Callable[[Material, Around], Iterable[Finding]]

#: Look at one paragraph, whatever stands around it.
PIECE_CHECKS: Final[tuple[PieceCheck, ...]] = (
    headline.full_stop,
    signs.repeated_words,
    signs.double_spaces,
    grammar.governed,
    links.broken,
    links.tracked,
    numbers.percentages,
    numbers.age_marks,
    numbers.inn,
    numbers.phones,
    numbers.amounts,
    marks.glued,
)
#: Look at the article; what they need of each paragraph is remembered by its text.
MATERIAL_CHECKS: Final[tuple[MaterialCheck, ...]] = (
    headline.duplicate,
    headline.lead_repeats_headline,
    photos.lead_photo,
    photos.body_photos,
    signs.mixed_quotes,
    names.near_identical,
    people.first_names,
    numbers.counted_lists,
    numbers.number_style,
    dates.weekdays,
    dates.relative_dates,
    advertising.unlabelled,
    advertising.label,
    marks.above_rating,
)
#: Those of both that can find errors.
_MAY_BLOCK: Final[tuple[PieceCheck, ...]] = (numbers.inn,)
_MATERIAL_MAY_BLOCK: Final[tuple[MaterialCheck, ...]] = (photos.body_photos, advertising.label)
#: What checks of the article ask of a paragraph: asked beforehand, so that no single step takes long.
FACTS: Final[tuple[Callable[[str], object], ...]] = (
    names.latin_names,
    names.single_names,
    people.mentions,
    dates.dates_in,
    dates.relative_in,
    advertising.promoting,
    advertising.speaks_of_label,
    numbers.promised_in,
    numbers.figures_in,
    signs.quotes_in,
)


class Checker:
    """Checks one article after another with the same lists. Not for several threads at once.

    *speller* None leaves spelling to others, *house_style* None typography.
    """

    def __init__(
        self,
        speller: Speller | None = None,
        *,
        kept_marks: Iterable[KeptMark] = (),
        rules: Iterable[HouseRule] = (),
        house_style: HouseStyle | None = None,
    ) -> None:
        self._speller, self._style = speller, house_style
        self._marks, self._rules = Marks(kept_marks), Rules(rules)
        self._known: dict[Piece, tuple[Finding, ...]] = {}

    def check(self, material: Material, around: Around) -> list[Finding]:
        """Everything found, the gravest first."""
        return in_order(finding for found in self.steps(material, around) for finding in found)

    def steps(self, material: Material, around: Around) -> Iterator[Iterable[Finding]]:
        """The same bit by bit, unsorted: a step is one check of one paragraph, or of all from what is remembered of
        them, and takes a few milliseconds in a text of 300,000 characters.
        """
        for piece in material.pieces:
            yield from self._piece(piece)
        for check in MATERIAL_CHECKS:
            yield list(check(material, around))
        yield list(check_marks(self._marks, material, around))
        if self._style is not None:
            yield list(style.typography(material, self._style))

    def errors(self, material: Material, around: Around) -> list[Finding]:
        """Only what blocks; the checks that never do are not run."""
        found = [one for piece in material.pieces for check in _MAY_BLOCK for one in check(piece)]
        found += [one for check in _MATERIAL_MAY_BLOCK for one in check(material, around)]
        found += self.listed(material, around)
        return in_order(one for one in found if one.blocks)

    def listed(self, material: Material, around: Around) -> list[Finding]:
        """Only what the lists of marks and rules find."""
        found = [one for piece in material.pieces for one in self._rules.check(piece)]
        return in_order([*found, *check_marks(self._marks, material, around)])

    def _piece(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        alone = replace(piece, begin=0)
        found = self._known.get(alone)
        if found is None:
            looked: list[Finding] = []
            for findings in self._look(alone):
                looked += findings
                yield ()
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[alone] = tuple(looked)
        yield [finding.moved(piece.begin) for finding in found]

    def _look(self, piece: Piece) -> Iterator[Iterable[Finding]]:
        for fact in FACTS:
            fact(piece.text)
            yield ()
        self._marks.mentions(piece.text)
        yield ()
        if self._style is not None:
            seen_edits(piece.text, self._style)
            yield ()
        for check in PIECE_CHECKS:
            yield check(piece)
        yield self._rules.check(piece)
        if self._speller is not None:
            yield spelling.misspellings(piece, self._speller)
