"""Where in a file, or in the Markdown of a field, stands what readers see there."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel

from newsroom.domain.findings import Field

#: Longer stretches are not compared letter by letter: their beginning is told.
_LONGEST = 20_000


class LineColumn(NamedTuple):
    """Both from 1."""

    line: int
    column: int


class SourcePlaces:
    """Places in *source*, a text of lines."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]

    def line_column(self, at: int) -> LineColumn:
        line = bisect_right(self._lines, at) - 1
        return LineColumn(line + 1, at - self._lines[line] + 1)

    def of_key(self, field: Field, words: str) -> int:
        """Where the value of *field* stands in the front matter, or *words* within it; 0 where it is not there."""
        key = re.search(rf"^{field.value}[ \t]*:[ \t]*", self._source, re.MULTILINE)
        if key is None:
            return 0
        end = self._source.find("\n", key.end())
        found = self._source.find(words, key.end(), end if end >= 0 else None) if words else -1
        return found if found >= 0 else key.end()


def places_in_source(plain: str, source: str, begin: int = 0) -> list[int]:
    """For each character of *plain*, and for its end, where it stands in *source* from *begin* on.

    What is not there itself, as an escape or an address is not, gets the place of what is before it.
    """
    places: list[int] = []
    at = begin
    waiting: list[str] = []
    for line in plain.split("\n"):
        found = source.find(line, at) if line.strip() else -1
        if found < 0:
            waiting.append(line)
            continue
        places += _aligned(waiting, source, at, found)
        waiting = []
        places += range(found, found + len(line) + 1)
        at = found + len(line)
    return places + _aligned(waiting, source, at, len(source))


def _aligned(lines: list[str], source: str, begin: int, end: int) -> list[int]:
    """Places of *lines* in the stretch of *source* that no whole line of the text was found in."""
    if not lines:
        return []
    plain = "\n".join(lines) + "\n"
    stretch = source[begin:end]
    if len(plain) > _LONGEST or len(stretch) > _LONGEST:
        return [begin] * len(plain)
    places = [begin] * len(plain)
    last = begin
    for step in Indel.opcodes(plain, stretch):
        for offset in range(step.src_end - step.src_start):
            last = begin + step.dest_start + (offset if step.tag == "equal" else 0)
            places[step.src_start + offset] = last
    return places
