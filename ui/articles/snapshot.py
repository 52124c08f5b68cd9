"""The first lines of the list as the last session left them: shown at once, before the newsroom is open.

A plain JSON file in the home's ``cache`` folder. It is a picture only: lost or broken, it is passed over.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import ArticleRow
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label

ROWS: Final = 50
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    rows: tuple[ArticleRow, ...]
    #: The newsroom's zone, in which the times are shown.
    zone: ZoneInfo


def snapshot_file(home: Path) -> Path:
    """Where the snapshot of the newsroom in *home* is kept."""
    return home / "cache" / "articles.json"


def write_snapshot(file: Path, rows: Sequence[ArticleRow], zone: str) -> None:
    """Keep the first `ROWS` of *rows*; a full disk or a read-only folder only means that there will be none."""
    plain = {"version": _VERSION, "zone": zone, "rows": [_row_out(row) for row in rows[:ROWS]]}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        draft.replace(file)
    except OSError:
        return


def read_snapshot(file: Path) -> Snapshot | None:
    """What was kept in *file*; None where there is nothing, or nothing that can be understood."""
    try:
        plain = json.loads(file.read_text("utf-8"))
        if plain["version"] != _VERSION:
            return None
        return Snapshot(tuple(_row_in(row) for row in plain["rows"][:ROWS]), ZoneInfo(plain["zone"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZoneInfoNotFoundError):
        return None


def _row_out(row: ArticleRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "headline": row.headline,
        "rubric": row.rubric,
        "label": row.label.value,
        "author": row.author,
        "updated_at": row.updated_at.isoformat(),
        "when": row.when.isoformat() if row.when else None,
        "age": row.age.value if row.age else None,
        "has_photo": row.has_photo,
        "pinned": row.pinned,
        "comments": row.comments,
    }


def _row_in(plain: dict[str, Any]) -> ArticleRow:
    updated_at = datetime.fromisoformat(plain["updated_at"])
    when = datetime.fromisoformat(plain["when"]) if plain["when"] else None
    if updated_at.tzinfo is None or (when is not None and when.tzinfo is None):
        raise ValueError("an instant without a zone")
    return ArticleRow(
        id=ArticleId(int(plain["id"])),
        headline=str(plain["headline"]),
        rubric=str(plain["rubric"]),
        label=Label(plain["label"]),
        author=str(plain["author"]),
        updated_at=updated_at,
        when=when,
        age=AgeRating(plain["age"]) if plain["age"] else None,
        has_photo=bool(plain["has_photo"]),
        pinned=bool(plain["pinned"]),
        comments=int(plain["comments"]),
    )
