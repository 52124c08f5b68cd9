"""Rules of the house: what the newsroom does not write so, each with examples that it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newsroom.domain.findings import Severity

#: Most characters of a pattern or replacement, and of a message or example.
LONGEST_PATTERN: Final = 300
LONGEST_MESSAGE: Final = 500


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule."""

    #: As the newsroom calls it; unique.
    name: str
    #: What is looked for: words, or a regular expression.
    pattern: str
    #: What is to stand there; None where only `message` advises. For an expression ``$1`` is its first group.
    replacement: str | None = None
    #: Why, a sentence.
    message: str = ""
    #: Texts that it must find, ``before → after``, or only ``before`` where it only advises.
    finds: tuple[str, ...] = ()
    #: Texts that it must stay silent on.
    passes: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    is_expression: bool = False
    case: bool = False
    whole_word: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class KeptRule:
    rule: HouseRule
    #: Name of whoever keeps it.
    owner: str
    at: datetime
    #: How often somebody decided about a place that it found, and how often they took its word.
    hits: int = 0
    accepted: int = 0
