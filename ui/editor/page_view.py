"""The page that is written on: headline, lead and text in one column that scrolls as one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QScrollArea, QTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.editor.body_editor import BodyEditor
from ui.fields.page_head import PageHead
from ui.photos.pictures import PAGE_WIDTH, Pictures

_MARGIN = theme.SPACE_XL
_ROOM_BELOW = 96


class PageView(QScrollArea):
    """Holds ``head`` and ``body``; keeps the body as high as its text, the cursor in sight."""

    def __init__(self, head: PageHead, body: BodyEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head, self.body = head, body
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._page.setProperty("ground", "surface")
        self._page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Seated before it is filled: what moves into another window part is polished once more.
        self.setWidget(self._page)
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(theme.SPACE_L)
        self._column.addWidget(head)
        self._column.addWidget(body)
        self._column.addStretch(1)
        body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit_body())
        body.cursorPositionChanged.connect(self._follow_cursor)
        body.installEventFilter(self)
        body.viewport().installEventFilter(self)
        self._page.installEventFilter(self)
        head.left_down.connect(self._enter_body)
        self._fit_column()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._fit_column()
        self._fit_body()

    def _fit_column(self) -> None:
        side = max(_MARGIN, (self.viewport().width() - theme.ARTICLE_WIDTH) // 2)
        self._column.setContentsMargins(side, theme.SPACE_L, side, _ROOM_BELOW)

    def _fit_body(self) -> None:
        height = round(self.body.document().size().height()) + theme.SPACE_S
        if height != self.body.height():
            self.body.setFixedHeight(max(height, 120))

    def _follow_cursor(self) -> None:
        if self.body.hasFocus():
            self._show_cursor()

    def _show_cursor(self) -> None:
        rect = self.body.cursorRect()
        top = self.body.viewport().mapTo(self._page, rect.topLeft()).y()
        bottom = top + rect.height() + theme.SPACE_XL
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        if top - theme.SPACE_XL < bar.value():
            bar.setValue(top - theme.SPACE_XL)
        elif bottom > bar.value() + page:
            if bottom > self._page.height():
                self._page.layout().activate()
            bar.setMaximum(max(bar.maximum(), bottom - page))
            bar.setValue(bottom - page)

    def show_cursor_of(self, field: QTextEdit) -> None:
        """Bring the cursor of *field*, one of this page, into sight, with something of what stands around it."""
        top = field.viewport().mapTo(self._page, field.cursorRect().topLeft()).y()
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() + theme.SPACE_XL <= top <= bar.value() + page - 3 * theme.SPACE_XL:
            bar.setValue(top - page // 3)

    def _enter_body(self) -> None:
        self.body.setFocus()
        self.body.moveCursor(QTextCursor.MoveOperation.Start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.body and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self._turn_page(event)
                return True
            if event.key() == Qt.Key.Key_Up and not event.modifiers() and self._on_first_line():
                self.head.lead.setFocus()
                return True
        elif watched is self.body.viewport() and event.type() == QEvent.Type.Wheel:
            # The text is as high as its content: the page turns, not the text in it.
            event.ignore()
            return True
        elif watched is self.body.viewport() and isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
                place = self.body.viewport().mapTo(self._page, event.position().toPoint())
                self.ensureVisible(place.x(), place.y(), 0, theme.SPACE_XL)
        elif watched is self._page and event.type() == QEvent.Type.MouseButtonPress:
            assert isinstance(event, QMouseEvent)
            if event.position().y() > self.body.geometry().bottom():
                self.body.setFocus()
                self.body.moveCursor(QTextCursor.MoveOperation.End)
        return False

    def _on_first_line(self) -> bool:
        cursor = self.body.textCursor()
        return not cursor.block().previous().isValid() and not cursor.movePosition(QTextCursor.MoveOperation.Up)

    def _turn_page(self, event: QKeyEvent) -> None:
        step = max(self.viewport().height() - 3 * theme.SPACE_XL, 100)
        rect = self.body.cursorRect()
        down = event.key() == Qt.Key.Key_PageDown
        target = self.body.cursorForPosition(QPoint(rect.left(), rect.center().y() + (step if down else -step)))
        held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        mode = QTextCursor.MoveMode.KeepAnchor if held else QTextCursor.MoveMode.MoveAnchor
        cursor = self.body.textCursor()
        cursor.setPosition(target.position(), mode)
        self.body.setTextCursor(cursor)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + (step if down else -step))
        self._show_cursor()


def empty_page(images: Pictures) -> PageView:
    """A page to write on, with photos from *images*."""
    return PageView(PageHead(), BodyEditor(lambda photo: images.get(photo, PAGE_WIDTH)))
