"""Rules of the house at work: what they find, and whether they hold to their examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Finding
from newsroom.domain.rules import HouseRule
from newsroom.text.checks.material import Piece
from newsroom.text.finding import Match, Search, expand, find
from newsroom.words import _

ARROW: Final = " → "
#: What findings of rules are called, before the rule's name.
PREFIX: Final = "rule:"


class Rules:
    """Looks for all rules. One that takes too long anywhere is not asked again."""

    def __init__(self, rules: Iterable[HouseRule]) -> None:
        self._rules = list(rules)

    def check(self, piece: Piece) -> Iterator[Finding]:
        for rule in list(self._rules):
            try:
                found = list(places(rule, piece.text))
            except InvalidInput:
                self._rules.remove(rule)
                continue
            for begin, end, fix in found:
                words = piece.text[begin:end]
                if fix == words:
                    continue
                yield piece.finding(
                    PREFIX + rule.name,
                    rule.severity,
                    begin,
                    end,
                    rule.message or _("«{words}» — в редакции пишут «{fix}».").format(words=words, fix=fix),
                    source=rule.source or _("правило редакции «{name}»").format(name=rule.name),
                    fix=fix,
                )


def places(rule: HouseRule, text: str) -> Iterator[tuple[int, int, str | None]]:
    """Begin and end, in characters of *text*, of what *rule* finds, and what it becomes.

    Raises `InvalidInput` for an expression that cannot be read or takes too long.
    """
    matches = find([text], Search(rule.pattern, rule.case, rule.whole_word, rule.is_expression))[0]
    if not matches:
        return
    wide = [place for place, letter in enumerate(text) if letter > "\uffff"] if max(text) > "\uffff" else []
    for match in matches:
        begin, end = _characters(match, wide)
        fix = None if rule.replacement is None else expand(rule.replacement, match.groups)
        if fix and not rule.case and text[begin].isupper() and fix[0].islower() and not rule.is_expression:
            fix = fix[0].upper() + fix[1:]
        yield begin, end, fix


def _characters(match: Match, wide: list[int]) -> tuple[int, int]:
    """The places of *match*, which counts in UTF-16 units, in characters; *wide* are those of two units."""
    begin, end = match.begin, match.end
    for place in wide:
        if place < begin:
            begin -= 1
        if place < end:
            end -= 1
    return begin, end


def applied(rule: HouseRule, text: str) -> str:
    """*text* after the rule; raises what `places` raises."""
    for begin, end, fix in reversed(list(places(rule, text))):
        if fix is not None:
            text = text[:begin] + fix + text[end:]
    return text


def problems(rule: HouseRule) -> list[str]:
    """What is wrong with *rule* itself, each a sentence: its examples are run."""
    return [sentence for sentences in faults(rule).values() for sentence in sentences]


def faults(rule: HouseRule) -> dict[str, list[str]]:
    """The same by the field of `HouseRule` that is at fault: ``pattern``, ``replacement``, ``finds``, ``passes``."""
    found: dict[str, list[str]] = {}
    try:
        # Without a replacement first: what is refused then is the pattern's fault.
        for text in (*(_parted(example)[0] for example in rule.finds), *rule.passes, ""):
            list(places(replace(rule, replacement=None), text))
    except InvalidInput as error:
        return {"pattern": list(error.reasons)}
    try:
        found["finds"] = list(_unmet(rule))
        found["passes"] = [
            _("Правило находит и то, что верно: «{text}».").format(text=text)
            for text in rule.passes
            if applied(rule, text) != text or (rule.replacement is None and list(places(rule, text)))
        ]
    except InvalidInput as error:
        return {"replacement": list(error.reasons)}
    if not rule.finds:
        found["finds"].append(_("Правилу нужен хотя бы один пример того, что оно находит."))
    return {field: sentences for field, sentences in found.items() if sentences}


def own_example(rule: HouseRule) -> tuple[str, ...]:
    """Plain words are an example of themselves; an expression is none."""
    if rule.is_expression or not rule.pattern:
        return ()
    return (rule.pattern if rule.replacement is None else rule.pattern + ARROW + applied(rule, rule.pattern),)


def _unmet(rule: HouseRule) -> Iterator[str]:
    for example in rule.finds:
        before, arrow, after = _parted(example)
        if not list(places(rule, before)):
            yield _("Пример «{text}» не найден.").format(text=before)
        elif arrow and applied(rule, before) != after:
            got = applied(rule, before)
            yield _("Пример «{text}» становится «{got}», а не «{after}».").format(text=before, got=got, after=after)


def _parted(example: str) -> tuple[str, str, str]:
    return example.partition(ARROW)
