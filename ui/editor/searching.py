"""Finding and replacing in the open article; the bar for it is built when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton

from ui.editor.page_view import PageView
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from ui.editor.find_bar import FindBar


class Searching(QObject):
    """Looks through headline, lead and text of *page*; *preview*, which hides them, is switched off first."""

    def __init__(self, tasks: TaskRunner, page: PageView, preview: QAbstractButton, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._page, self._preview = tasks, page, preview
        #: Above the page; None until it is wanted.
        self.bar: FindBar | None = None

    def open(self, *, replacing: bool = False) -> None:
        """Open the bar that finds, and replaces."""
        self._preview.setChecked(False)
        self._built().open_bar(replacing=replacing, writable=not self._page.body.isReadOnly())

    def step(self, step: int) -> None:
        """Go to the next place found (1) or the one before (-1)."""
        self._preview.setChecked(False)
        self._built().step(step)

    def end(self) -> bool:
        """Close the bar; False where it was not open."""
        if self.bar is None or not self.bar.isVisible():
            return False
        self.bar.close_bar()
        return True

    def _built(self) -> FindBar:
        from ui.editor.find_bar import FindBar
        from ui.editor.finder import Finder

        if self.bar is None:
            page = self._page
            self.bar = FindBar(Finder((page.head.headline, page.head.lead, page.body), page, self._tasks, self))
            column = page.parentWidget().layout()
            column.insertWidget(column.indexOf(page), self.bar)
        return self.bar
