"""A mistake that somebody has just met, and the rule that can be made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsroom.domain.rules import LONGEST_MESSAGE, LONGEST_PATTERN, HouseRule
from newsroom.text.checks.rules import ARROW, applied


@dataclass(frozen=True, slots=True)
class Met:
    """What is wrong, and where it stood."""

    words: str
    #: What is to stand there; empty where nobody has said it yet.
    right: str = ""
    sentence: str = ""
    message: str = ""


def rule_of(met: Met) -> HouseRule:
    """A rule that finds what was *met*: the sentence is its example."""
    words, right = " ".join(met.words.split()), " ".join(met.right.split())
    sentence = " ".join(met.sentence.split())
    if words not in sentence or len(sentence) > LONGEST_MESSAGE // 3:
        sentence = words
    rule = HouseRule(
        name=(f"{words}{ARROW}{right}" if right else words)[:LONGEST_PATTERN],
        pattern=words[:LONGEST_PATTERN],
        replacement=right[:LONGEST_PATTERN] if right or not met.message else None,
        message=met.message[:LONGEST_MESSAGE],
        case=words != words.lower() and right.lower() == words.lower(),
        whole_word=words[:1].isalnum() and words[-1:].isalnum(),
    )
    return replace(rule, finds=(f"{sentence}{ARROW}{applied(rule, sentence)}" if right else sentence,))
