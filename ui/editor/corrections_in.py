"""Corrections that were saved while somebody writes on: put into the page as undo steps, so that both are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit

from newsroom.domain.corrections import Correction, is_correction_reason
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId
from newsroom.text.anchors import locate
from ui.editor.document_io import utf16_length
from ui.editor.facts import Facts, read_facts
from ui.editor.finder import put
from ui.editor.settling import one_step

if TYPE_CHECKING:
    from newsroom.desk.session import Desk

#: Who is further behind than that is asked.
_MOST_REVISIONS = 20

#: A correction, and the cursor over its words; None where the right words stand there already.
_Placed = tuple[Correction, QTextCursor | None]


def read_corrections(desk: Desk, article: ArticleId, base: int) -> tuple[Facts, tuple[Correction, ...] | None]:
    """The article anew, and what was corrected in it since revision *base*; None where more than that has changed.

    Raises `NotFound`. Runs in the store lane.
    """
    from newsroom.desk.reading import read_revision
    from newsroom.text.corrected import corrections_between

    facts = read_facts(desk, article)
    if facts.article.revision - base > _MOST_REVISIONS:
        return facts, None
    later = [read_revision(desk, article, number) for number in range(base + 1, facts.article.revision + 1)]
    if not all(is_correction_reason(revision.reason) for revision in later):
        return facts, None
    return facts, corrections_between(read_revision(desk, article, base).content, facts.article.content)


def put_in(
    corrections: Sequence[Correction], fields: Mapping[Field, QTextEdit], byline: QLineEdit
) -> list[Correction] | None:
    """Write *corrections* into *fields* and *byline*, each field as one undo step; those that were not there already.

    None, and nothing is written, where the words of one of them are not found for sure: somebody has to look.
    """
    placed = [_place(one, fields[one.place.field]) for one in corrections if one.place.field is not Field.BYLINE]
    own = [one for one in corrections if one.place.field is Field.BYLINE]
    spans = [_span(byline.text(), one) for one in own]
    if None in placed or None in spans:
        return None
    made: list[Correction] = []
    for field, edit in fields.items():
        mine = [(one, cursor) for one, cursor in filter(None, placed) if one.place.field is field and cursor]
        if not mine:
            continue
        with one_step(QTextCursor(edit.document())):
            # From the end: what is in front stays where it was found.
            for one, cursor in sorted(mine, key=lambda pair: pair[1].selectionStart(), reverse=True):
                put(edit, cursor, one.new)
                made.append(one)
    for one, (begin, end) in zip(own, filter(None, spans), strict=True):
        if begin < end:
            byline.setSelection(begin, end - begin)
            byline.insert(one.new)
            made.append(one)
    return made


def _place(correction: Correction, edit: QTextEdit) -> _Placed | None:
    """Where *correction* goes; None where neither its old words nor its new ones stand there for sure."""
    text, starts = "", []
    block = edit.document().begin()
    while block.isValid():
        starts.append((len(text), block))
        text += _shown(block.text()) + "\n\n"
        block = block.next()
    span = _span(text, correction)
    if span is None:
        return None
    begin, end = span
    if begin == end:
        return correction, None
    start, block = next(pair for pair in reversed(starts) if pair[0] <= begin)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + utf16_length(text[start:begin]))
    cursor.setPosition(cursor.position() + utf16_length(text[begin:end]), QTextCursor.MoveMode.KeepAnchor)
    return (correction, cursor) if _shown(cursor.selectedText()) == text[begin:end] else None


def _shown(text: str) -> str:
    return text.replace("\N{LINE SEPARATOR}", "\n")


def _span(text: str, correction: Correction) -> tuple[int, int] | None:
    """Where the old words of *correction* stand in *text*; an empty span where the new ones do already."""
    anchor = correction.place.anchor
    found = locate(text, anchor)
    if found is not None and text[found.begin : found.end] == anchor.selected:
        return found.begin, found.end
    if correction.new.strip():
        found = locate(text, replace(anchor, selected=correction.new))
        if found is not None and text[found.begin : found.end] == correction.new:
            return found.begin, found.begin
    return None
