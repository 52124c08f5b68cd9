"""What a delivery would change on the standard site, column by column, from the rows before and after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsroom.domain.rehearsal import ColumnChange
from newsroom.site.attempts import text_difference
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers' pages are made of, for one article."""

    #: The columns of its row; empty where there is none.
    article: Mapping[str, Any]
    #: Title of its rubric; empty where the site has no such rubric.
    rubric: str
    #: Files of its photos, in their order.
    photos: tuple[str, ...]


def column_changes(before: Seen, after: Seen) -> Iterator[ColumnChange]:
    """Every column that differs, the article's own row first; when the row was written is no difference."""
    key = after.article.get("id") or before.article.get("id")
    row = f"id={key}" if before.article else _("новая строка")
    for name in after.article:
        if name not in ("id", "updated_at"):
            yield from _change("articles", row, name, before.article.get(name), after.article[name])
    yield from _change("article_photos", row, "photo_id", ", ".join(before.photos), ", ".join(after.photos))
    yield from _change("rubrics", "", "title", before.rubric, after.rubric)


def _change(table: str, row: str, column: str, before: object, after: object) -> Iterator[ColumnChange]:
    if (before or "") != (after or ""):
        shown = (text_difference(before or None, after), text_difference(after or None, before))
        yield ColumnChange(table, row, column, *shown)
