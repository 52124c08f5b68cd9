"""Names in one text that differ by a slip: «Performers Awards» here and «Performance Awards» there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.language import base_forms, is_known
from newsroom.text.checks.material import REMEMBERED, Around, Material, Piece
from newsroom.words import _

_WORD: Final = r"[A-ZА-ЯЁ][\w’'-]*"
_LATIN: Final = re.compile(r"[A-Z][A-Za-z’'-]*(?: (?:[A-Z][A-Za-z’'-]*|of|the|and|de|&))* [A-Z][A-Za-z’'-]*")
_SINGLE: Final = re.compile(rf"(?<![.!?…:«„“\"(—\w-])(?<=\s)({_WORD})")
#: Shorter single words are too like each other by chance.
_LEAST: Final = 6
#: What may be the inflection of a Russian word: «-ого», «-ами», «-ов».
_ENDING: Final = re.compile("[аеёийоуыьюямхгв]{0,3}")
#: Letters that two words of a Latin name share before they part.
_ROOT: Final = 4


class Named(NamedTuple):
    """A name; begin and end in characters of its paragraph."""

    begin: int
    end: int
    name: str


@lru_cache(maxsize=REMEMBERED)
def latin_names(text: str) -> tuple[Named, ...]:
    """Names of several Latin words."""
    return tuple(Named(*place.span(), place[0]) for place in _LATIN.finditer(text))


@lru_cache(maxsize=REMEMBERED)
def single_names(text: str) -> tuple[Named, ...]:
    """Capitalised Cyrillic words that open no sentence."""
    return tuple(
        Named(*place.span(1), place[1])
        for place in _SINGLE.finditer(text)
        if len(place[1]) >= _LEAST and place[1][1:].islower() and not place[1].isascii()
    )


def near_identical(material: Material, _around: Around) -> Iterator[Finding]:
    """Silent on inflections, plurals and names that both are in the dictionary."""
    latin, single = defaultdict[str, list[tuple[Piece, Named]]](list), defaultdict[str, list[tuple[Piece, Named]]](list)
    for piece in material.told():
        for named in latin_names(piece.text):
            latin[named.name].append((piece, named))
        for named in single_names(piece.text):
            single[named.name].append((piece, named))
    yield from _told(latin, _pairs_of_latin(latin))
    yield from _told(single, _pairs_of_single(single))


def _told(places: dict[str, list[tuple[Piece, Named]]], pairs: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for one, other in pairs:
        rare, usual = sorted((one, other), key=lambda name: len(places[name]))
        if len(places[rare]) == len(places[usual]):
            rare, usual = other, one
        piece, named = places[rare][0]
        yield piece.finding(
            "near-names",
            Severity.WARNING,
            named.begin,
            named.end,
            _("Похоже на «{usual}» в этом же тексте: одно имя или два?").format(usual=usual),
            reason=_("Имя, написанное по-разному, — почти всегда ошибка в одном из мест."),
        )


def _pairs_of_latin(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    # Names that are the same but for one word.
    by_rest = defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[str]](list)
    for name in names:
        words = tuple(name.split())
        for place, word in enumerate(words):
            by_rest[words[:place], words[place + 1 :]].append(word)
    for (before, behind), alike in by_rest.items():
        for one, other in combinations(alike, 2):
            if _is_slip(one, other):
                yield " ".join((*before, one, *behind)), " ".join((*before, other, *behind))


def _is_slip(one: str, other: str) -> bool:
    small, large = sorted((one.lower().removesuffix("'s"), other.lower().removesuffix("'s")), key=len)
    if large in (small, small + "s", small + "es"):
        return False
    return _shared(small, large) >= _ROOT or OSA.distance(small, large) == 1


def _pairs_of_single(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    # Of two words that are one letter apart, one half is the same: only such are compared.
    halves = defaultdict[str, list[str]](list)
    for name in names:
        halves[f"<{name[:3]}"].append(name)
        halves[f"{name[-4:-1]}>"].append(name)
    told = set()
    for alike in halves.values():
        for one, other in combinations(alike, 2):
            if (one, other) not in told and abs(len(one) - len(other)) <= 1 and _is_misspelt(one, other):
                told.add((one, other))
                yield one, other


def _is_misspelt(one: str, other: str) -> bool:
    if OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    shared = _shared(one, other)
    if _ENDING.fullmatch(one[shared:]) and _ENDING.fullmatch(other[shared:]):
        return False
    return not (is_known(one) and is_known(other)) and not base_forms(one) & base_forms(other)


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
