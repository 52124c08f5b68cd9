"""What of a paragraph would be set otherwise by the house: every change with its place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from newsroom.domain.style import HouseStyle
from newsroom.text.typography.protection import MASK, masked
from newsroom.text.typography.quotes import set_quotes
from newsroom.text.typography.rules import NBSP, Rule, rules_of

#: Rules wait for one another at most so often.
_ROUNDS: Final = 4
#: Longer paragraphs are no prose.
_LONGEST: Final = 20_000


class Edit(NamedTuple):
    """Begin and end in characters of the paragraph, and what stands there afterwards."""

    begin: int
    end: int
    text: str

    def is_seen(self, before: str) -> bool:
        """Whether it changes more than the kind of a blank; *before* is the paragraph."""
        return before[self.begin : self.end].replace(NBSP, " ") != self.text.replace(NBSP, " ")


def typeset(text: str, style: HouseStyle) -> str:
    """*text*, of one paragraph, as the house sets it; what is set already stays."""
    if len(text) > _LONGEST or MASK in text:
        return text
    return _set(text, style)


@lru_cache(maxsize=20_000)
def edits(text: str, style: HouseStyle) -> tuple[Edit, ...]:
    """The changes from *text* to what `typeset` makes of it, in order, none touching another."""
    after = typeset(text, style)
    if after == text:
        return ()
    return tuple(
        Edit(step.src_start, step.src_end, after[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(text, after)
        if step.tag != "equal"
    )


@lru_cache(maxsize=4)
def _chosen(style: HouseStyle) -> tuple[Rule, ...]:
    return rules_of(style)


def _set(text: str, style: HouseStyle) -> str:
    for _round in range(_ROUNDS):
        before = text
        hidden = masked(text)
        characters, lower = frozenset(hidden), hidden.lower()
        for rule in _chosen(style):
            if not rule.needs.are_met(characters, lower):
                continue
            text, after = _applied(rule, text, hidden)
            if after is not hidden:
                hidden, characters, lower = after, frozenset(after), after.lower()
        text = _with_quotes(text, hidden, style)
        if text == before:
            break
    return text


def _applied(rule: Rule, text: str, hidden: str) -> tuple[str, str]:
    """*text* after *rule*, and what of it is protected; both keep the same length."""
    shown: list[str] = []
    kept: list[str] = []
    at = 0
    for place in rule.pattern.finditer(hidden):
        new = rule.replacement(place)
        if new == place[0]:
            continue
        shown += (text[at : place.start()], new)
        kept += (hidden[at : place.start()], new)
        at = place.end()
    if not at:
        return text, hidden
    return "".join(shown) + text[at:], "".join(kept) + hidden[at:]


def _with_quotes(text: str, hidden: str, style: HouseStyle) -> str:
    after = set_quotes(hidden, style.quotes)
    if after == hidden:
        return text
    return "".join(old if new == MASK else new for old, new in zip(text, after, strict=True))


def shown(text: str) -> str:
    """*text* for a person to compare: a no-break space as ``~``."""
    return text.replace(NBSP, "~")


def in_words(text: str, edit: Edit, around: int = 12) -> tuple[str, str]:
    """The words around *edit* before and after it, for a line that shows the change."""
    begin, end = max(0, edit.begin - around), min(len(text), edit.end + around)
    while begin and not text[begin - 1].isspace() and edit.begin - begin < 2 * around:
        begin -= 1
    while end < len(text) and not text[end].isspace() and end - edit.end < 2 * around:
        end += 1
    head, tail = text[begin : edit.begin], text[edit.end : end]
    return shown(head + text[edit.begin : edit.end] + tail), shown(head + edit.text + tail)


@lru_cache(maxsize=20_000)
def seen_edits(text: str, style: HouseStyle) -> tuple[Edit, ...]:
    """Those of `edits` that a reader would notice."""
    return tuple(edit for edit in edits(text, style) if edit.is_seen(text))
