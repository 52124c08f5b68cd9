"""Lists of required marks as files (`newsroom.text.list_files`). Dates are ``2026-11-22``."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from typing import Final

from newsroom.domain.ages import AgeRating
from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Severity
from newsroom.domain.marks import Mark, Mentions, Placement
from newsroom.text.list_files import CSV, TOML, ListFile, Row, cell, cells, choice, yes
from newsroom.words import _

#: Suffixes of files that can be read and written.
SUFFIXES: Final = (CSV, TOML)
_FILE: Final = ListFile("marks", tuple(field.name for field in fields(Mark)), frozenset(("name", "sign")))


def read_mark_file(data: bytes, suffix: str) -> list[Mark]:
    """The entries of a file whose name ends in *suffix*. Raises `InvalidInput` with every reason, each numbered."""
    if suffix.lower() not in SUFFIXES:
        raise InvalidInput(_("Списки пометок читаются из файлов {kinds}.").format(kinds=", ".join(SUFFIXES)))
    return _FILE.read(data, suffix, _mark)


def write_mark_file(marks: Iterable[Mark], suffix: str) -> str:
    """*marks* as a file whose name ends in *suffix*. Raises `InvalidInput` for another kind of file."""
    if suffix.lower() not in SUFFIXES:
        raise InvalidInput(_("Списки пометок записываются в файлы {kinds}.").format(kinds=", ".join(SUFFIXES)))
    return _FILE.write(map(asdict, marks), suffix)


def _mark(row: Row) -> Mark:
    return Mark(
        name=cell(row, "name"),
        sign=cell(row, "sign"),
        aliases=cells(row, "aliases"),
        placement=choice(Placement, cell(row, "placement"), Placement.INLINE),
        mentions=choice(Mentions, cell(row, "mentions"), Mentions.EACH),
        note=cell(row, "note"),
        valid_from=_day(cell(row, "valid_from")),
        valid_to=_day(cell(row, "valid_to")),
        rating=choice(AgeRating, cell(row, "rating"), AgeRating.ZERO) if cell(row, "rating") else None,
        severity=choice(Severity, cell(row, "severity"), Severity.WARNING),
        source=cell(row, "source"),
        checked_on=_day(cell(row, "checked_on")),
        inflected=yes(cell(row, "inflected")),
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ValueError(_("«{value}» — не дата: пишите 2026-11-22").format(value=value)) from None
