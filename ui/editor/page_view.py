"""The page that is written on: headline, lead and text in one column that scrolls as one.

The text keeps a viewport of its own, no higher than the window shows: so only what is on the screen is ever laid out,
however long the article is. The head scrolls away above it, and the text's own scrolling takes over from there.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSizeF, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QTextEdit, QWidget

from ui import theme
from ui.editor.body_editor import BodyEditor
from ui.fields.page_head import PageHead
from ui.photos.pictures import PAGE_WIDTH, Pictures

_MARGIN = theme.SPACE_XL
_STEP = 24


class PageView(QAbstractScrollArea):
    """Holds ``head`` and ``body``; its scroll bar moves first the head, then the text within the body."""

    def __init__(self, head: PageHead, body: BodyEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head, self.body = head, body
        self._text_height = 0
        #: Paragraph and line in it at which the cursor of the text was last brought into sight.
        self._line = (-1, -1)
        #: True while the page itself moves the body's scroll bar.
        self._placing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setProperty("ground", "surface")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setParent(self.viewport())
        body.setParent(self.viewport())
        # A width of our own: the body grows as the head scrolls away, which must not lay out the text anew.
        body.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._place())
        body.verticalScrollBar().valueChanged.connect(self._body_scrolled)
        body.document().documentLayout().documentSizeChanged.connect(self._measured)
        body.left_up.connect(head.lead.setFocus)
        body.wheel_turned.connect(self._turn)
        body.dragged_above.connect(self._drag_up)
        body.cursorPositionChanged.connect(self._follow_in_text)
        head.installEventFilter(self)
        for field in (head.headline, head.lead):
            field.installEventFilter(self)
            field.cursorPositionChanged.connect(lambda of=field: self._follow(of))
        head.left_down.connect(self._enter_body)

    # -- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self._column().width()
        if self.body.lineWrapColumnOrWidth() != width:
            self.body.setLineWrapColumnOrWidth(width)
        self._fit()

    def _column(self) -> QRect:
        """Where the column of text is across the page; its height is of no meaning."""
        side = max(_MARGIN, (self.viewport().width() - theme.ARTICLE_WIDTH) // 2)
        return QRect(side, 0, max(self.viewport().width() - 2 * side, 1), 0)

    def _head_height(self) -> int:
        """The head with the room above and below it."""
        return self.head.height() + 2 * theme.SPACE_L

    def _measured(self, size: QSizeF) -> None:
        height = round(size.height())
        if height != self._text_height:
            self._text_height = height
            self._fit()

    def _fit(self) -> None:
        """Take the heights of head and text as they are now."""
        column = self._column()
        self.head.setFixedWidth(column.width())
        self.head.resize(column.width(), self.head.sizeHint().height())
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._head_height() + self._text_height - page))
        self._place()

    def _place(self) -> None:
        value, column, head = self.verticalScrollBar().value(), self._column(), self._head_height()
        top = max(head - value, 0)
        self._placing = True
        self.head.move(column.left(), theme.SPACE_L - value)
        self.body.setGeometry(column.left(), top, column.width(), max(self.viewport().height() - top, 1))
        self.body.verticalScrollBar().setValue(max(value - head, 0))
        self._placing = False

    def _body_scrolled(self, value: int) -> None:
        """The text scrolled by itself, to keep its cursor in sight: the page goes along."""
        if self._placing:
            return
        bar = self.verticalScrollBar()
        by = value - max(bar.value() - self._head_height(), 0)
        if by:
            wanted = bar.value() + by
            bar.setMaximum(max(bar.maximum(), wanted))
            bar.setValue(wanted)

    # -- keeping the cursor in sight

    def _follow(self, field: QTextEdit) -> None:
        if field.hasFocus():
            self._keep_in_sight(field)

    def _follow_in_text(self) -> None:
        """Qt keeps the line itself in sight; the room around it needs a look only where the line is another."""
        cursor = self.body.textCursor()
        block = cursor.block()
        line = (block.blockNumber(), block.layout().lineForTextPosition(cursor.positionInBlock()).lineNumber())
        if line != self._line:
            self._line = line
            self._follow(self.body)

    def _keep_in_sight(self, field: QTextEdit) -> None:
        """Scroll no further than the cursor of *field* needs, with a line of room around it."""
        rect = field.cursorRect()
        top = field.viewport().mapTo(self.viewport(), rect.topLeft()).y() - theme.SPACE_XL
        bottom = top + rect.height() + 2 * theme.SPACE_XL
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if top < 0:
            bar.setValue(bar.value() + top)
        elif bottom > page:
            bar.setValue(bar.value() + bottom - page)

    def show_cursor_of(self, field: QTextEdit) -> None:
        """Bring the cursor of *field*, one of this page, into sight, with something of what stands around it."""
        page = self.viewport().height()
        top = field.viewport().mapTo(self.viewport(), field.cursorRect().topLeft()).y()
        if not theme.SPACE_XL <= top <= page - 3 * theme.SPACE_XL:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + top - page // 3)

    def _enter_body(self) -> None:
        self.body.setFocus()
        self.body.moveCursor(QTextCursor.MoveOperation.Start)

    def _turn(self, event: QWheelEvent) -> None:
        """A wheel over the text turns the page, not the text in it."""
        QCoreApplication.sendEvent(self.verticalScrollBar(), event)

    def _drag_up(self, above: int) -> None:
        """Selecting upwards from the text brings back the head; further down the text scrolls by itself."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - min(above, _STEP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.head:
            if event.type() == QEvent.Type.LayoutRequest:
                self._fit()
        elif isinstance(event, QFocusEvent) and event.gotFocus():
            assert isinstance(watched, QTextEdit)
            # Coming back to the window leaves the page where it was.
            if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
                self._keep_in_sight(watched)
        return False


def empty_page(images: Pictures) -> PageView:
    """A page to write on, with photos from *images*."""
    return PageView(PageHead(), BodyEditor(lambda photo: images.get(photo, PAGE_WIDTH)))
