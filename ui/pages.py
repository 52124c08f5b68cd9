"""The pages of the window, one above the other: each is built when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets import Panes

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ui.articles.page import ArticlesPage
    from ui.context import Context
    from ui.preferences import Preferences


class Pages(QStackedWidget):
    """Knows the pages by the names of `ui.rail.PAGES`; *articles* is there, and shown, from the beginning."""

    def __init__(
        self, ctx: Context, articles: ArticlesPage, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx, self._preferences = ctx, preferences
        self._made: dict[str, QWidget] = {}
        self._add("articles", articles)

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        current = self.currentWidget()
        return next(name for name, page in self._made.items() if page is current)

    def show_page(self, name: str) -> None:
        """Show the page *name*. One that is not built yet needs somebody who is signed in; without, nothing changes."""
        page = self._made.get(name)
        if page is not None:
            self.setCurrentWidget(page)
        elif self._ctx.desk is not None:
            page = self._make(name)
            self.setCurrentWidget(page)
            page.take_keyboard()  # later Qt brings it back to where it was on the page

    def commands(self) -> tuple[list[QAction], list[QAction]]:
        """What the page that is shown can do now: with the text at the cursor, and with what is selected."""
        if self._ctx.desk is None:
            return [], []
        page = self.currentWidget()
        return (page.text_commands() if self.shown == "articles" else []), page.commands()

    def panes(self) -> Panes | None:
        """The panes of the page that is shown; None where it has none."""
        return self.currentWidget().findChild(Panes)

    def remember_widths(self) -> None:
        """Keep the widths of all panes for the next session."""
        for name, page in self._made.items():
            panes = page.findChild(Panes)
            if panes is not None:
                self._preferences.keep_widths(name, panes.widths())

    def _make(self, name: str) -> QWidget:
        page: QWidget
        match name:
            case "queue":
                from ui.queue.page import QueuePage

                page = QueuePage(self._ctx)
            case "reports":
                from ui.reports.page import ReportsPage

                page = ReportsPage(self._ctx)
            case _:
                from ui.photos.page import PhotosPage

                page = PhotosPage(self._ctx)
        self._add(name, page)
        return page

    def _add(self, name: str, page: QWidget) -> None:
        self._made[name] = page
        self.addWidget(page)
        panes = page.findChild(Panes)
        if panes is not None:
            panes.restore_widths(self._preferences.widths(name))
