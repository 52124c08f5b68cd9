"""The marks of comments in headline, lead and text: a soft ground and a line below the words, while they are typed on.

Nothing of them is in the documents: places are held by cursors, which Qt moves with their text, and painted below the
letters, only where the screen shows them. So they cost no undo step, and get in no other mark's way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from newsroom.domain.anchors import CONTEXT, LONGEST, Anchor
from newsroom.domain.comments import COMMENTED, Place
from newsroom.domain.findings import Field
from newsroom.domain.ids import CommentId
from ui import theme

#: The comment that is being written and has no number yet.
PENDING = CommentId(0)

_LINE = 2.0


@dataclass(slots=True)
class _Mark:
    field: Field
    begin: QTextCursor
    end: QTextCursor


class CommentMarks(QObject):
    """Marks in *fields*. Positions are Qt's: UTF-16 units of a field's document."""

    def __init__(self, fields: Mapping[Field, QTextEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        self._of_viewport = {field.viewport(): name for name, field in fields.items()}
        self._marks: dict[CommentId, _Mark] = {}
        self._shown: frozenset[CommentId] = frozenset()
        self._current: CommentId | None = None
        #: Marks have come or gone since they were shown last.
        self._placed_anew = False
        for field in fields.values():
            field.viewport().installEventFilter(self)

    def place(self, comment: CommentId, field: Field, begin: int, end: int) -> None:
        """Mark these letters of *field*, of which there must be at least one."""
        document = self._fields[field].document()
        first, last = QTextCursor(document), QTextCursor(document)
        first.setPosition(begin)
        last.setPosition(end)
        # What is typed right behind the words is not what the comment is about.
        last.setKeepPositionOnInsert(True)
        self._marks[comment] = _Mark(field, first, last)
        self._placed_anew = True

    def rename(self, comment: CommentId, name: CommentId) -> None:
        """The mark of *comment* is that of *name* from now on."""
        if comment in self._marks:
            self._marks[name] = self._marks.pop(comment)

    def forget(self, comments: Collection[CommentId]) -> None:
        """Mark these no longer."""
        for comment in comments:
            self._placed_anew = self._marks.pop(comment, None) is not None or self._placed_anew

    def keep_only(self, comments: Collection[CommentId]) -> None:
        """Forget every mark that is not of these."""
        self.forget([comment for comment in self._marks if comment not in comments])

    def show(self, comments: Collection[CommentId], current: CommentId | None) -> None:
        """Let the marks of these be seen, that of *current* more than the others."""
        wanted = (frozenset(comments), current)
        if wanted == (self._shown, self._current) and not self._placed_anew:
            return
        self._shown, self._current = wanted
        self._placed_anew = False
        for field in self._fields.values():
            field.viewport().update()

    def span(self, comment: CommentId) -> tuple[Field, int, int] | None:
        """Where the words of *comment* are now; None where they were deleted or never found."""
        mark = self._marks.get(comment)
        if mark is None or mark.begin.position() >= mark.end.position():
            return None
        return mark.field, mark.begin.position(), mark.end.position()

    def at(self, field: Field, position: int) -> CommentId | None:
        """The comment shown there, the shortest of several."""
        found = [
            (end - begin, comment)
            for comment, begin, end in self._spans_in(field)
            if begin <= position <= end and comment != PENDING
        ]
        return min(found)[1] if found else None

    def in_order(self) -> list[CommentId]:
        """The comments shown, as their words follow each other on the page."""
        spans = [
            (place, begin, comment)
            for place, field in enumerate(COMMENTED)
            for comment, begin, _end in self._spans_in(field)
            if comment != PENDING
        ]
        return [comment for _place, _begin, comment in sorted(spans)]

    def place_of(self, comment: CommentId) -> Place | None:
        """The words of *comment* with what stands around them; None where they are gone."""
        span = self.span(comment)
        if span is None:
            return None
        field, begin, end = span
        document = self._fields[field].document()
        last = document.characterCount() - 1

        def words(first: int, behind: int) -> str:
            cursor = QTextCursor(document)
            cursor.setPosition(max(first, 0))
            cursor.setPosition(min(behind, last), QTextCursor.MoveMode.KeepAnchor)
            text = cursor.selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n\n").replace("\N{LINE SEPARATOR}", "\n")
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

        selected = words(begin, end)[:LONGEST]
        if not selected.strip():
            return None
        paragraphs_before = document.findBlock(begin).blockNumber()
        anchor = Anchor(
            words(begin - CONTEXT, begin)[-CONTEXT:],
            selected,
            words(end, end + CONTEXT)[:CONTEXT],
            begin + paragraphs_before,
        )
        return Place(field, anchor)

    def _spans_in(self, field: Field) -> Iterator[tuple[CommentId, int, int]]:
        for comment in self._marks:
            span = self.span(comment) if comment in self._shown or comment == PENDING else None
            if span is not None and span[0] is field:
                yield comment, span[1], span[2]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._marks and event.type() == QEvent.Type.Paint:
            field = self._of_viewport.get(watched)
            if field is not None:
                assert isinstance(event, QPaintEvent)
                self._paint(self._fields[field], list(self._spans_in(field)), event.rect())
        return False

    def _paint(self, edit: QTextEdit, spans: list[tuple[CommentId, int, int]], area: QRect) -> None:
        """Paint the grounds in *area*; the letters come over them."""
        if not spans:
            return
        first = edit.cursorForPosition(area.topLeft()).block().position()
        last_block = edit.cursorForPosition(area.bottomRight()).block()
        last = last_block.position() + last_block.length()
        painter = QPainter(edit.viewport())
        painter.translate(-edit.horizontalScrollBar().value(), -edit.verticalScrollBar().value())
        ground, line = theme.color("commented"), theme.color("commented_line")
        for comment, begin, end in spans:
            strong = comment in (PENDING, self._current)
            for rect in _rects(edit, max(begin, first), min(end, last)):
                painter.fillRect(rect, ground)
                height = 2 * _LINE if strong else _LINE
                painter.fillRect(QRectF(rect.left(), rect.bottom() - height, rect.width(), height), line)
        painter.end()


def _rects(edit: QTextEdit, begin: int, end: int) -> Iterator[QRectF]:
    """Where the letters between *begin* and *end* are, line by line, in the coordinates of the document."""
    block = edit.document().findBlock(begin)
    while block.isValid() and block.position() < end:
        layout, start = block.layout(), block.position()
        number = layout.lineForTextPosition(max(begin - start, 0)).lineNumber() if layout.lineCount() else 0
        while number < layout.lineCount() and (line := layout.lineAt(number)).textStart() < end - start:
            number += 1
            first = max(begin - start, line.textStart())
            last = min(end - start, line.textStart() + line.textLength())
            if first < last:
                left, right = line.cursorToX(first)[0], line.cursorToX(last)[0]
                baseline = line.y() + line.ascent()
                top = baseline - min(line.ascent(), edit.fontMetrics().ascent()) - 1
                bottom = baseline + line.descent() + _LINE
                yield QRectF(left, top, right - left, bottom - top).translated(layout.position())
        block = block.next()
