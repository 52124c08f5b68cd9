"""Three versions of a part of an article: what was delivered, what the newsroom has now, what stands on the site."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: The field whose parts are rows of paragraphs.
BODY = "body"


class Side(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    #: Ours, then theirs; of paragraphs that both have changed.
    BOTH = "both"


class Fate(StrEnum):
    """What became of one part."""

    SAME = "same"
    #: Only we have changed it.
    OURS = "ours"
    #: Only they have.
    THEIRS = "theirs"
    #: Both have, alike.
    ALIKE = "alike"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Part:
    """One field in three versions, or some paragraphs of the body, which then are tuples of Markdown."""

    field: str
    base: Any
    ours: Any
    theirs: Any

    @property
    def fate(self) -> Fate:
        if self.ours == self.theirs:
            return Fate.SAME if self.ours == self.base else Fate.ALIKE
        if self.ours == self.base:
            return Fate.THEIRS
        return Fate.OURS if self.theirs == self.base else Fate.CONFLICT

    @property
    def sides(self) -> tuple[Side, ...]:
        """What a person may choose; nothing where there is no choice."""
        if self.fate in (Fate.SAME, Fate.ALIKE):
            return ()
        both = self.field == BODY and self.fate is Fate.CONFLICT and self.ours and self.theirs
        return tuple(Side) if both else (Side.OURS, Side.THEIRS)

    @property
    def proposed(self) -> Side | None:
        """The side that has changed it; None where a person must choose."""
        return {Fate.CONFLICT: None, Fate.THEIRS: Side.THEIRS}.get(self.fate, Side.OURS)

    def taken(self, side: Side) -> Any:
        """The version of *side*."""
        if side is Side.BOTH:
            return (*self.ours, *self.theirs)
        return self.ours if side is Side.OURS else self.theirs


def unresolved(parts: Sequence[Part], choices: Collection[int]) -> list[int]:
    """Numbers of the conflicts that nobody has chosen for."""
    return [number for number, part in enumerate(parts) if part.proposed is None and number not in choices]
