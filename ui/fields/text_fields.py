"""Fields of one paragraph that grow with their text: headline, lead, captions and notes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from newsroom.words import _

#: Border and padding that the style sheet gives a framed field, above and below together, and what makes it as high
#: as a line edit.
_FRAME = 10
_INSET = 2


class Shown(NamedTuple):
    """A paragraph on the screen, and its rectangle in the document."""

    block: QTextBlock
    rect: QRectF


class MarkedField(QTextEdit):
    """A text over which others may paint, and to whose context menu they may add.

    Signals:
        menu_made(QMenu, QPoint): the menu for this place of the viewport is about to be shown.

    Attributes:
        paint_over: called after each painting of the text, with a painter in the coordinates of the document and with
            the paragraphs that were painted.
    """

    menu_made = Signal(QMenu, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paint_over: Callable[[QPainter, Sequence[Shown]], None] | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        shift = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        painter.translate(-shift)
        self.paint_marks(painter, self._shown_in(QRectF(event.rect()).translated(shift)))
        painter.end()

    def paint_marks(self, painter: QPainter, shown: Sequence[Shown]) -> None:
        """Paint what stands over, or beside, the text of *shown*."""
        if self.paint_over is not None:
            self.paint_over(painter, shown)

    def _shown_in(self, area: QRectF) -> list[Shown]:
        """The paragraphs that *area* of the document touches."""
        layout, shown = self.document().documentLayout(), []
        block = self.document().findBlock(layout.hitTest(area.topLeft(), Qt.HitTestAccuracy.FuzzyHit))
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > area.bottom():
                break
            shown.append(Shown(block, rect))
            block = block.next()
        return shown


class ParagraphField(MarkedField):
    """Plain text of one paragraph, as high as it needs. Line ends become blanks.

    Signals:
        edited(): the person changed the text.
        left_down(): Enter, or Down on the last line: the next field is wanted.
    """

    edited = Signal()
    left_down = Signal()

    def __init__(
        self, name: str, *, placeholder: str = "", least_lines: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._loading = False
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(_INSET)
        self.setViewportMargins(3, 0, 3, 0)
        self._frame = _FRAME
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.textChanged.connect(self._changed)

    def make_bare(self) -> None:
        """Stand on the page without a frame."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "bare")
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 0, 0, 0)
        self._frame = 0

    def set_letters(self, font: QFont) -> None:
        """Write in *font* from now on."""
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.updateGeometry()

    def text(self) -> str:
        """The paragraph without blanks around it."""
        return " ".join(self.toPlainText().split("\n")).strip()

    def set_text(self, text: str) -> None:
        """Show *text* as a fresh beginning; ``edited`` is not sent."""
        if text == self.text():
            return
        self._loading = True
        self.setPlainText(" ".join(text.splitlines()))
        self._loading = False

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        least = self._least_lines * line + 2 * self.document().documentMargin()
        return QSize(200, math.ceil(max(self.document().size().height(), least)) + self._frame)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
            return
        before = self.textCursor().position()
        super().keyPressEvent(event)
        if key == Qt.Key.Key_Down and not event.modifiers() and self.textCursor().position() == before:
            self.left_down.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(" ".join(source.text().split()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = text_menu(self)
        self.menu_made.emit(menu, event.pos())
        menu.exec(event.globalPos())


def text_menu(field: QTextEdit | QPlainTextEdit) -> QMenu:
    """The context menu of a field in our own words."""
    menu = QMenu(field)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    writable, selected = not field.isReadOnly(), field.textCursor().hasSelection()
    key = QKeySequence.StandardKey
    for words, shortcut, run, enabled in (
        (_("Отменить"), key.Undo, field.undo, writable and field.document().isUndoAvailable()),
        (_("Вернуть"), key.Redo, field.redo, writable and field.document().isRedoAvailable()),
        (_("Вырезать"), key.Cut, field.cut, writable and selected),
        (_("Копировать"), key.Copy, field.copy, selected),
        (_("Вставить"), key.Paste, field.paste, writable and field.canPaste()),
        (_("Выделить всё"), key.SelectAll, field.selectAll, not field.document().isEmpty()),
    ):
        action = menu.addAction(words, run)
        action.setShortcut(QKeySequence(shortcut))
        action.setEnabled(enabled)
    return menu
