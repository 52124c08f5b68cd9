"""CSV as a spreadsheet program of this country opens it: UTF-8 with its mark, semicolons, decimal commas.

What strangers wrote is never a formula there (OWASP, «CSV Injection»): such cells begin with an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

Cell = str | int | float | None

_FORMULA: Final = ("=", "+", "-", "@")
_CONTROL: Final = ("\t", "\r", "\n")


def csv_bytes(lines: Iterable[Sequence[Cell]]) -> bytes:
    """*lines* as the bytes of a file; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig", "replace")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return str(cell).replace(".", ",")


def harmless(text: str) -> str:
    """*text* so that no program takes it for a formula: with an apostrophe where it begins like one."""
    return f"'{text}" if text.startswith(_CONTROL) or text.lstrip().startswith(_FORMULA) else text
