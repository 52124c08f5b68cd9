"""Rules of the house as files (`newsroom.text.list_files`).

``does`` says whether a rule writes its ``replacement``, takes the words out, or only advises. Blanks count in patterns,
replacements and examples.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, Final

from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Severity
from newsroom.domain.rules import HouseRule
from newsroom.text.list_files import CSV, TOML, ListFile, Row, cell, choice, yes
from newsroom.words import _

SUFFIXES: Final = (CSV, TOML)
_NAMES: Final = ("name", "pattern", "does", *(field.name for field in fields(HouseRule)[2:]))
_FILE: Final = ListFile("rules", _NAMES, frozenset(("name", "pattern")))


class Deed(StrEnum):
    """What a rule does with the words that it finds."""

    REPLACE = "replace"
    REMOVE = "remove"
    ADVISE = "advise"


def read_rule_file(data: bytes, suffix: str) -> list[HouseRule]:
    """The rules of a file whose name ends in *suffix*. Raises `InvalidInput` with every reason, each numbered."""
    if suffix.lower() not in SUFFIXES:
        raise InvalidInput(_("Правила читаются из файлов {kinds}.").format(kinds=", ".join(SUFFIXES)))
    return _FILE.read(data, suffix, _rule)


def write_rule_file(rules: Iterable[HouseRule], suffix: str) -> str:
    """*rules* as a file whose name ends in *suffix*.

    Raises `InvalidInput` for another kind of file, and for an example that one cell of CSV cannot hold among others.
    """
    if suffix.lower() not in SUFFIXES:
        raise InvalidInput(_("Правила записываются в файлы {kinds}.").format(kinds=", ".join(SUFFIXES)))
    rules = list(rules)
    parted = [rule.name for rule in rules if any("|" in text for text in (*rule.finds, *rule.passes))]
    if parted and suffix.lower() == CSV:
        raise InvalidInput(
            _("В примерах есть черта «|», которой в CSV отделяются примеры: {names}. Запишите файл .toml.").format(
                names=", ".join(f"«{name}»" for name in parted[:5])
            )
        )
    return _FILE.write(map(_row, rules), suffix)


def _row(rule: HouseRule) -> dict[str, Any]:
    deed = Deed.ADVISE if rule.replacement is None else Deed.REPLACE if rule.replacement else Deed.REMOVE
    return asdict(rule) | {"does": deed}


def _rule(row: Row) -> HouseRule:
    replacement = _exact(row, "replacement")
    deed = choice(Deed, cell(row, "does"), Deed.REPLACE if replacement else Deed.ADVISE)
    if (deed is Deed.REPLACE) != bool(replacement):
        raise ValueError(
            _("нет замены, а правило заменяет") if deed is Deed.REPLACE else _("замена есть, а правило не заменяет")
        )
    return HouseRule(
        name=cell(row, "name"),
        pattern=_exact(row, "pattern"),
        replacement=None if deed is Deed.ADVISE else replacement,
        message=cell(row, "message"),
        finds=_examples(row, "finds"),
        passes=_examples(row, "passes"),
        severity=choice(Severity, cell(row, "severity"), Severity.WARNING),
        is_expression=_agreed(row, "is_expression", default=False),
        case=_agreed(row, "case", default=False),
        whole_word=_agreed(row, "whole_word", default=True),
        source=cell(row, "source"),
    )


def _exact(row: Row, name: str) -> str:
    """What *row* says under *name*, with its blanks."""
    value = row.get(name)
    return value if isinstance(value, str) else cell(row, name)


def _examples(row: Row, name: str) -> tuple[str, ...]:
    value = row.get(name)
    texts = [str(one) for one in value] if isinstance(value, list) else _exact(row, name).split("|")
    return tuple(text for text in texts if text.strip())


def _agreed(row: Row, name: str, *, default: bool) -> bool:
    said = cell(row, name)
    return yes(said) if said else default
