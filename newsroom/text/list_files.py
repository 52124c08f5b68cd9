"""Lists that a newsroom keeps, as files: CSV for spreadsheets, TOML for people. Here they are rows, nothing more.

CSV has a line of headings in any order, parted by commas, semicolons or tabs; several values in one cell are parted by
``|``, and what begins like a formula stands behind an apostrophe. TOML has a table for each row, with the same names.
"""

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from newsroom.domain.errors import InvalidInput
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.text.spreadsheet import harmless
from newsroom.words import _

CSV: Final = ".csv"
TOML: Final = ".toml"

Row = Mapping[str, Any]
Thing = TypeVar("Thing")
Choice = TypeVar("Choice", bound=StrEnum)

_YES, _NO = ("1", "true", "yes", "да", ""), ("0", "false", "no", "нет")
#: Reasons told of one file.
_MOST_REASONS: Final = 20


@dataclass(frozen=True, slots=True)
class ListFile:
    """One kind of list."""

    #: Of the tables in TOML.
    table: str
    #: Of all columns.
    names: tuple[str, ...]
    #: Of the columns that CSV cannot do without.
    needed: frozenset[str]

    def read(self, data: bytes, suffix: str, thing: Callable[[Row], Thing]) -> list[Thing]:
        """What *thing* makes of each row of a file whose name ends in *suffix*; it refuses one with `ValueError`.

        Raises `InvalidInput` with every reason, each with the line of the CSV, or the number of the table.
        """
        text = text_of(data)
        rows = self._csv_rows(text) if suffix.lower() == CSV else self._toml_rows(text)
        return made(rows, self._checked(thing))

    def write(self, rows: Iterable[Row], suffix: str) -> str:
        """*rows* as a file whose name ends in *suffix*; what is empty is left out."""
        filled = [{name: value for name, value in row.items() if value not in ("", None, ())} for row in rows]
        if suffix.lower() == TOML:
            import tomli_w

            return tomli_w.dumps({self.table: [{name: _plain(value) for name, value in row.items()} for row in filled]})
        out = io.StringIO()
        writer = csv.DictWriter(out, self.names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in filled)
        return out.getvalue()

    def _checked(self, thing: Callable[[Row], Thing]) -> Callable[[Row], Thing]:
        def check(row: Row) -> Thing:
            if unknown := sorted(name for name in row if name not in self.names):
                raise ValueError(
                    _("лишнее: {names}; бывает {known}").format(names=", ".join(unknown), known=", ".join(self.names))
                )
            return thing(row)

        return check

    def _csv_rows(self, text: str) -> Sequence[tuple[int, Row]]:
        heading = text.partition("\n")[0]
        delimiter = max(",;\t", key=heading.count)
        try:
            reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", strict=True)
            names = [name.strip() for name in reader.fieldnames or ()]
            if not self.needed <= set(names):
                raise InvalidInput(
                    _("В первой строке нужны названия столбцов: {names}.").format(names=", ".join(self.names))
                )
            reader.fieldnames = names
            return [(reader.line_num, {name: _meant(value) for name, value in row.items()}) for row in reader]
        except csv.Error as error:
            raise _unreadable(error) from error

    def _toml_rows(self, text: str) -> Sequence[tuple[int, Row]]:
        try:
            rows = tomllib.loads(text).get(self.table, [])
        except tomllib.TOMLDecodeError as error:
            raise _unreadable(error) from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise InvalidInput(_("В файле нужны таблицы [[{table}]].").format(table=self.table))
        return list(enumerate(rows, start=1))


def made(rows: Iterable[tuple[int, Row]], thing: Callable[[Row], Thing]) -> list[Thing]:
    """What *thing* makes of each of the numbered *rows*. Raises `InvalidInput` with every reason."""
    things, reasons = [], []
    for number, row in rows:
        try:
            things.append(thing(row))
        except ValueError as error:
            reasons.append(_("{number}: {reason}").format(number=number, reason=error))
    if reasons:
        raise InvalidInput(*reasons[:_MOST_REASONS])
    return things


def text_of(data: bytes) -> str:
    """Raises `InvalidInput` for what is no text."""
    try:
        return decoded(data)
    except UnknownEncoding as error:
        raise _unreadable(error) from error


def cell(row: Row, name: str) -> str:
    """What *row* says under *name*, as text; empty where it says nothing. Raises `ValueError` for numbers and lists."""
    value = row.get(name)
    if not isinstance(value, str | bool | date | None):
        raise ValueError(_("«{name}» — не текст").format(name=name))
    return "" if value is None else str(value).strip()


def cells(row: Row, name: str) -> tuple[str, ...]:
    """Several values under one name. Raises `ValueError` for a table."""
    value = row.get(name)
    texts = [str(one) for one in value] if isinstance(value, list) else cell(row, name).split("|")
    return tuple(text.strip() for text in texts if text.strip())


def choice(kind: type[Choice], value: str, default: Choice) -> Choice:
    """Raises `ValueError`, in words, for what is none of *kind*."""
    try:
        return kind(value) if value else default
    except ValueError:
        raise ValueError(_("«{value}» не бывает; бывает {known}").format(value=value, known=", ".join(kind))) from None


def yes(value: str) -> bool:
    """Whether *value* agrees; nothing said does. Raises `ValueError`, in words."""
    if value.lower() not in _YES + _NO:
        raise ValueError(_("«{value}» не бывает; бывает {known}").format(value=value, known="yes, no"))
    return value.lower() in _YES


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "|".join(map(str, value)) if isinstance(value, tuple) else str(value)
    # What begins with an apostrophe gets another one, so that `_meant` takes away no more than was added.
    return f"'{text}" if text.startswith("'") else harmless(text)


def _meant(value: Any) -> Any:
    """What was written into a cell, without the apostrophe that kept it from being a formula."""
    rest = value[1:] if isinstance(value, str) and value.startswith("'") else ""
    return rest if rest.startswith("'") or rest != harmless(rest) else value


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value


def _unreadable(error: Exception) -> InvalidInput:
    return InvalidInput(_("Файл не читается: {words}.").format(words=error))
