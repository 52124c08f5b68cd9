"""Lists of marks as files: CSV for spreadsheets, TOML for people.

CSV has a line of headings in any order, parted by commas, semicolons or tabs; ``name`` and ``sign`` are needed, aliases
are parted by ``|``. TOML has a table ``[[marks]]`` for each entry. Dates are ``2026-11-22``.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from newsroom.domain.ages import AgeRating
from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Severity
from newsroom.domain.marks import Mark, Mentions, Placement
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.words import _

SUFFIXES: Final = (".csv", ".toml")
_NAMES: Final = tuple(field.name for field in fields(Mark))
_YES, _NO = ("1", "true", "yes", "да", ""), ("0", "false", "no", "нет")
#: Reasons told of one file.
_MOST_REASONS: Final = 20

Choice = TypeVar("Choice", bound=StrEnum)


def read_mark_file(data: bytes, suffix: str) -> list[Mark]:
    """The entries of a file whose name ends in *suffix*. Raises `InvalidInput` with every reason, each numbered."""
    try:
        text = decoded(data)
    except UnknownEncoding as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error
    match suffix.lower():
        case ".csv":
            rows = _csv_rows(text)
        case ".toml":
            rows = _toml_rows(text)
        case _:
            raise InvalidInput(_("Списки пометок читаются из файлов {kinds}.").format(kinds=", ".join(SUFFIXES)))
    marks, reasons = [], []
    for number, row in enumerate(rows, 1):
        try:
            marks.append(_mark(row))
        except ValueError as error:
            reasons.append(_("{number}: {reason}").format(number=number, reason=error))
    if reasons:
        raise InvalidInput(*reasons[:_MOST_REASONS])
    return marks


def write_mark_file(marks: Iterable[Mark], suffix: str) -> str:
    """*marks* as a file whose name ends in *suffix*. Raises `InvalidInput` for another kind of file."""
    rows = [{name: value for name, value in asdict(mark).items() if value not in ("", None, ())} for mark in marks]
    match suffix.lower():
        case ".csv":
            out = io.StringIO()
            writer = csv.DictWriter(out, _NAMES, restval="", lineterminator="\n")
            writer.writeheader()
            for row in rows:
                row["aliases"] = "|".join(row.get("aliases", ()))
                row["inflected"] = "yes" if row["inflected"] else "no"
                writer.writerow(row)
            return out.getvalue()
        case ".toml":
            import tomli_w

            plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
            return tomli_w.dumps({"marks": plain})
        case _:
            raise InvalidInput(_("Списки пометок записываются в файлы {kinds}.").format(kinds=", ".join(SUFFIXES)))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value


def _csv_rows(text: str) -> list[Mapping[str, Any]]:
    heading = text.partition("\n")[0]
    try:
        reader = csv.DictReader(
            io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), restkey="", strict=True
        )
        names = [name.strip() for name in reader.fieldnames or ()]
        if not {"name", "sign"} <= set(names):
            raise InvalidInput(_("В первой строке нужны названия столбцов: {names}.").format(names=", ".join(_NAMES)))
        reader.fieldnames = names
        return list(reader)
    except csv.Error as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error


def _toml_rows(text: str) -> list[Mapping[str, Any]]:
    try:
        rows = tomllib.loads(text).get("marks", [])
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(_("В файле нужны таблицы [[marks]]."))
    return rows


def _mark(row: Mapping[str, Any]) -> Mark:
    """Raises `ValueError` with a reason in words."""
    if unknown := sorted(name for name in row if name not in _NAMES):
        raise ValueError(_("лишнее: {names}; бывает {known}").format(names=", ".join(unknown), known=", ".join(_NAMES)))
    aliases = row.get("aliases") or ()
    names = aliases.split("|") if isinstance(aliases, str) else [str(alias) for alias in aliases]

    def text(name: str) -> str:
        value = row.get(name)
        return "" if value is None else str(value).strip()

    return Mark(
        name=text("name"),
        sign=text("sign"),
        aliases=tuple(name.strip() for name in names if name.strip()),
        placement=_choice(Placement, text("placement"), Placement.INLINE),
        mentions=_choice(Mentions, text("mentions"), Mentions.EACH),
        note=text("note"),
        valid_from=_day(text("valid_from")),
        valid_to=_day(text("valid_to")),
        rating=_choice(AgeRating, text("rating"), AgeRating.ZERO) if text("rating") else None,
        severity=_choice(Severity, text("severity"), Severity.WARNING),
        source=text("source"),
        checked_on=_day(text("checked_on")),
        inflected=_yes(text("inflected")),
    )


def _choice(kind: type[Choice], value: str, default: Choice) -> Choice:
    try:
        return kind(value) if value else default
    except ValueError:
        raise ValueError(_("«{value}» не бывает; бывает {known}").format(value=value, known=", ".join(kind))) from None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ValueError(_("«{value}» — не дата: пишите 2026-11-22").format(value=value)) from None


def _yes(value: str) -> bool:
    if value.lower() not in _YES + _NO:
        raise ValueError(_("«{value}» не бывает; бывает {known}").format(value=value, known="yes, no"))
    return value.lower() in _YES
