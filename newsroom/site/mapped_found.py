"""Columns of a described site read backwards: what a column holds, as the part of an article that it was made from."""

import html
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.site.mapped_values import instant_found
from newsroom.site.mapping import Cell, Step

_TAG = re.compile(r"<[^<>]*>")
#: No instant: what stands for "could not be read".
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


class CannotTell(Exception):
    """The transform loses what would be needed to go back."""


def best_cells(cells: Iterable[Cell]) -> dict[str, Cell]:
    """For every source the cell that is read back the most surely: the one with the fewest transforms."""
    found: dict[str, Cell] = {}
    for cell in cells:
        known = found.get(cell.source)
        if cell.source and (known is None or len(cell.steps) < len(known.steps)):
            found[cell.source] = cell
    return found


def text_back(cell: Cell, value: Any) -> str | None:
    """The text that *cell* made *value* from; None where that cannot be told."""
    try:
        for step in reversed(cell.steps):
            value = _undone(step, value)
    except CannotTell:
        return None
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)


def list_back(cell: Cell, value: Any) -> tuple[str, ...] | None:
    """The list of texts that *cell* made *value* from; None where that cannot be told."""
    try:
        for step in reversed(cell.steps):
            value = _undone(step, value)
    except CannotTell:
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value) if value else []
        except ValueError:
            return None
    return tuple(str(one).strip() for one in value or () if str(one).strip())


def instant_back(cell: Cell, value: Any, zone: ZoneInfo, *, zoned: bool) -> datetime | None:
    """The instant that *cell* made *value* from; None where that cannot be told. *zoned* as of the column."""
    for step in reversed(cell.steps):
        if step.name == "format" and isinstance(value, str):
            try:
                value = datetime.strptime(value, step.argument)  # noqa: DTZ007 -- given its zone below
            except ValueError:
                return None
        elif step.name == "utc":
            zone = ZoneInfo("UTC")
        elif step.name not in ("iso", "unix", "null"):
            return None
    found = instant_found(value, ZoneInfo("UTC") if zoned else zone, _NEVER)
    return None if found == _NEVER else found


def _undone(step: Step, value: Any) -> Any:
    match step.name:
        case "strip" | "lower" | "upper" | "plain" | "slug" | "null" | "number":
            if isinstance(value, Decimal) and value == value.to_integral_value():
                return int(value)
            return value
        case "escape":
            return html.unescape(str(value or ""))
        case "paragraph":
            return " ".join(html.unescape(_TAG.sub("", str(value or ""))).split())
        case "prefix":
            return str(value or "").removeprefix(step.argument)
        case "suffix":
            return str(value or "").removesuffix(step.argument)
        case "or":
            return "" if value == step.argument else value
        case "join":
            return str(value or "").split(step.argument) if step.argument else [str(value or "")]
        case "json":
            return value
        case "json-block":
            return _blocks(value)
    raise CannotTell


def _blocks(value: Any) -> str:
    """The texts of a stream of blocks, whatever their types; a block of another make is shown as it is kept."""
    try:
        blocks = json.loads(value) if isinstance(value, str) else value
        return "\n".join(_block_text(block.get("value", "")) for block in blocks or ())
    except (ValueError, TypeError, AttributeError):
        raise CannotTell from None


def _block_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return f'<x-kept name="json">{html.escape(json.dumps(value, ensure_ascii=False))}</x-kept>'
