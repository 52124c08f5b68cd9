"""Marks that have to stand beside names: ages, banned organisations, agents. The newsroom's data, never law in code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from newsroom.domain.ages import AgeRating
from newsroom.domain.findings import Severity
from newsroom.words import _, later

#: Most characters of a name or alias, and of what is written beside it.
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 1_000


class Placement(StrEnum):
    #: Behind the name: «Заря» (12+).
    INLINE = "inline"
    #: A sign behind the name, and what it means in the note at the foot.
    FOOT = "foot"

    @property
    def words(self) -> str:
        return _(_PLACEMENTS[self])


_PLACEMENTS = {Placement.INLINE: later("в тексте"), Placement.FOOT: later("сноска")}


class Mentions(StrEnum):
    EACH = "each"
    FIRST = "first"

    @property
    def words(self) -> str:
        return _(_MENTIONS[self])


_MENTIONS = {Mentions.EACH: later("каждое упоминание"), Mentions.FIRST: later("первое упоминание")}


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the newsroom's lists."""

    #: As the newsroom calls it; unique.
    name: str
    #: What stands behind a mention: ``(12+)``, ``*``, ``(организация …)``.
    sign: str
    #: Other ways to write the name; the name itself is one too.
    aliases: tuple[str, ...] = ()
    placement: Placement = Placement.INLINE
    mentions: Mentions = Mentions.EACH
    #: What the note at the foot says; for `Placement.FOOT`.
    note: str = ""
    #: First and last day on which the mark is due; None has no end.
    valid_from: date | None = None
    valid_to: date | None = None
    #: Least rating of an article that names it; None asks for none.
    rating: AgeRating | None = None
    severity: Severity = Severity.WARNING
    #: Where the entry comes from, and when somebody last looked there.
    source: str = ""
    checked_on: date | None = None
    #: Whether the forms of the names are meant too.
    inflected: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.name, *self.aliases)))

    def is_due(self, on: date) -> bool:
        """Whether it is to be set on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class KeptMark:
    """An entry with its forms: for each name, for each of its words, all ways to write it."""

    mark: Mark
    forms: tuple[tuple[frozenset[str], ...], ...]
    #: Name of whoever entered or changed it last.
    by: str = ""
    at: datetime | None = None
