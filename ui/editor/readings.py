"""Reading instead of writing: the page as on the site, the list of revisions, and one of them in its own window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QStackedWidget

from newsroom.domain.article import Content, Revision
from newsroom.domain.ids import ArticleId
from ui.context import Context
from ui.editor.saving import Draft
from ui.fields.sections import HistorySection

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from ui.review.reading import ReadingView


class Readings(QObject):
    """``article`` is the open one, None for a new one.

    Signals:
        refused(Exception): the text cannot be shown as a page, and why.
    """

    refused = Signal(object)

    def __init__(
        self,
        ctx: Context,
        switch: QAbstractButton,
        stack: QStackedWidget,
        history: HistorySection,
        take_draft: Callable[[], Draft],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._switch, self._stack, self._history = ctx, switch, stack, history
        self._take_draft = take_draft
        self._page: ReadingView | None = None
        self.article: ArticleId | None = None
        switch.toggled.connect(self._show_page)
        history.wanted.connect(self._read_history)
        history.chosen.connect(self._show_revision)

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

    def _read_history(self) -> None:
        article = self.article
        if article is None:
            return

        def work(desk: Desk) -> list[Revision]:
            from newsroom.desk.reading import read_revisions

            return read_revisions(desk, article)

        def show(revisions: list[Revision]) -> None:
            if self.article == article:
                self._history.show_revisions(revisions)

        self._ctx.read(work, show)

    def _show_revision(self, number: int) -> None:
        if self.article is not None:
            from ui.review.reading import ReadingDialog

            ReadingDialog(self._ctx, self.article, number, self._stack).exec()
