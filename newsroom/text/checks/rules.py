"""Rules of the house at work: what they find, and whether they hold to their examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    wide = [place for place, letter in enumerate(text) if letter > "\uffff"] if not text.isascii() else []
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
    found: list[str] = []
    try:
        for example in rule.finds:
            before, arrow, after = example.partition(ARROW)
            if not list(places(rule, before)):
                found.append(_("Пример «{text}» не найден.").format(text=before))
            elif arrow and applied(rule, before) != after:
                found.append(
                    _("Пример «{text}» становится «{got}», а не «{after}».").format(
                        text=before, got=applied(rule, before), after=after
                    )
                )
        found += [
            _("Правило находит и то, что верно: «{text}».").format(text=text)
            for text in rule.passes
            if applied(rule, text) != text or (rule.replacement is None and list(places(rule, text)))
        ]
    except InvalidInput as error:
        found += error.reasons
    if not rule.finds:
        found.append(_("Правилу нужен хотя бы один пример того, что оно находит."))
    return found
