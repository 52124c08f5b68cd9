"""The soft marks of found places: only where the page shows them, so that their number costs nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from newsroom.text.finding import Match
from ui import theme
from ui.editor.page_view import PageView


class MatchMarks(QObject):
    """Marks places in *fields*, and what of them *page* shows moves with its scroll bar."""

    def __init__(self, fields: Sequence[QTextEdit], page: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        self._matches: list[list[Match]] | None = None
        self._scope: tuple[QTextEdit, QTextCursor] | None = None
        self._soon = QTimer(self, singleShot=True, interval=20)
        self._soon.timeout.connect(self._mark)
        page.verticalScrollBar().valueChanged.connect(lambda _value: self._later())
        page.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._later())
        theme.watcher().changed.connect(self._later)

    def show(self, matches: list[list[Match]], scope: tuple[QTextEdit, QTextCursor] | None) -> None:
        """Mark *matches*, which fit the texts as they stand now, and the field and selection they are limited to.

        Marks on the screen follow their text by themselves.
        """
        self._matches, self._scope = matches, scope
        self._mark()

    def hold(self) -> None:
        """The texts have changed: leave the marks that there are to themselves until the next `show`."""
        self._matches = None
        self._soon.stop()

    def clear(self) -> None:
        """Mark nothing."""
        self.hold()
        for field in self._fields:
            field.setExtraSelections([])

    def _later(self) -> None:
        if self._matches is not None:
            self._soon.start()

    def _mark(self) -> None:
        if self._matches is None:
            return
        letters = QTextCharFormat()
        letters.setBackground(theme.color("found"))
        ground = QTextCharFormat()
        ground.setBackground(theme.color("selected_idle"))
        for field, matches in zip(self._fields, self._matches, strict=True):
            seen = _seen(field)
            marks = []
            if seen is not None:
                first, last = seen
                if self._scope is not None and self._scope[0] is field:
                    scope = self._scope[1]
                    begin, end = max(first, scope.selectionStart()), min(last, scope.selectionEnd())
                    if begin < end:
                        marks.append(_extra(field, begin, end, ground))
                at = bisect_left(matches, first, key=lambda one: one.end)
                while at < len(matches) and matches[at].begin <= last:
                    marks.append(_extra(field, matches[at].begin, matches[at].end, letters))
                    at += 1
            field.setExtraSelections(marks)


def _seen(field: QTextEdit) -> tuple[int, int] | None:
    """The first and the last place in the text of *field* that is on the screen."""
    area = field.viewport().visibleRegion().boundingRect()
    if area.isEmpty():
        return None
    first = field.cursorForPosition(QPoint(0, area.top())).block()
    last = field.cursorForPosition(QPoint(area.right(), area.bottom())).block()
    return first.position(), last.position() + last.length() - 1


def _extra(field: QTextEdit, begin: int, end: int, letters: QTextCharFormat) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    mark.cursor = QTextCursor(field.document())
    mark.cursor.setPosition(min(begin, field.document().characterCount() - 1))
    mark.cursor.setPosition(min(end, field.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
    mark.format = letters
    return mark
