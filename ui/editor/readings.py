"""Reading instead of writing: the page as on the site, and the history in its own window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QStackedWidget

from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId
from ui.context import Context
from ui.editor.saving import Draft

if TYPE_CHECKING:
    from ui.review.reading import ReadingView


class Readings(QObject):
    """Signals:

    refused(Exception): the text cannot be shown as a page, and why.
    """

    refused = Signal(object)

    def __init__(
        self,
        ctx: Context,
        switch: QAbstractButton,
        stack: QStackedWidget,
        take_draft: Callable[[], Draft],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._switch, self._stack = ctx, switch, stack
        self._take_draft = take_draft
        self._page: ReadingView | None = None
        switch.toggled.connect(self._show_page)

    def _show_page(self, wanted: bool) -> None:
        if not wanted:
            self._stack.setCurrentIndex(0)
            return
        from ui.review.reading import ReadingView

        if self._page is None:
            self._page = ReadingView(self._ctx)
            self._stack.addWidget(self._page)
        page, draft = self._page, self._take_draft()

        def show(content: Content) -> None:
            if self._switch.isChecked() and self._ctx.settings is not None:
                page.show_content(content, self._ctx.settings)
                self._stack.setCurrentWidget(page)

        self._ctx.tasks.background(draft.whole, show, self.refused.emit)

    def show_history(self, article: ArticleId) -> None:
        """Open the history of *article*, whose text on the page is saved."""
        from ui.review.history import HistoryDialog

        HistoryDialog(self._ctx, article, self._stack).open()
