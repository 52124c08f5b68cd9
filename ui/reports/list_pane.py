"""The left pane of the reports: a switch between open, unknown and closed ones, and the lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QWidget

from newsroom.domain.reports import Report
from newsroom.domain.triage import Mistake
from newsroom.words import _
from ui import theme
from ui.details import refill
from ui.reports.delegate import ReportsDelegate
from ui.reports.model import ReportsModel, report_of
from ui.review.switch import Switch
from ui.widgets import EmptyPlace, ListOrNothing, Pane, PlainLabel, line, tool_button

#: What the switch over the list offers.
OPEN, UNKNOWN, CLOSED = range(3)


class ReportsPane(Pane):
    """Attributes: ``which``, the switch; ``figures``; ``list`` and its ``model``; ``empty``, for no lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_S)
        head.addWidget(PlainLabel(_("Опечатки"), "title"))
        self.figures = tool_button("chart-bar", _("Статистика… (S)"))
        head.addWidget(self.figures)
        head.addStretch(1)
        self.which = Switch(_("Открытые"), _("Не наши"), _("Закрытые"))
        self.which.buttons[UNKNOWN].setToolTip(_("Сообщения со страниц, которых редакция не знает"))
        head.addWidget(self.which)
        self.model = ReportsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ReportsDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("Сообщения об опечатках"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.empty = EmptyPlace("checks", _("Открытых сообщений нет"))
        self._list_or_nothing = ListOrNothing(self.list, self.empty)
        self.column.addLayout(head)
        self.column.addWidget(line())
        self.column.addWidget(self._list_or_nothing, 1)
        theme.watcher().changed.connect(self.list.doItemsLayout)

    def take_keyboard(self) -> None:
        """Give the keyboard to the list, as soon as it has rows."""
        self._list_or_nothing.take_keyboard()

    def show_rows(
        self, rows: Sequence[Report | Mistake], zone: tzinfo, chosen: Report | Mistake | None, place: int
    ) -> QModelIndex:
        """Show *rows*; select *chosen* where it is still listed, else what stands at *place* now. Which that is."""

        def index() -> QModelIndex:
            found = self._index_of(chosen)
            return found if found.isValid() or not rows else self.model.index(min(place, len(rows) - 1))

        return self._fill(lambda: self.model.show_reports(rows, zone), index)

    def take(self, place: int) -> QModelIndex:
        """Take the line at *place* out and select the one that comes next; which that is."""
        return self._fill(
            lambda: self.model.take(place),
            lambda: self.model.index(min(place, self.model.rowCount() - 1)),
        )

    def select_after(self, place: int) -> None:
        """Go on to the line after *place*, from the last one to the first."""
        count = self.model.rowCount()
        if count:
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index((place + 1) % count))

    def _fill(self, fill: Callable[[], object], chosen: Callable[[], QModelIndex]) -> QModelIndex:
        index = refill(self.list, fill, chosen)
        titles = {OPEN: _("Открытых сообщений нет"), UNKNOWN: _("С чужих страниц сообщений нет")}
        title = titles.get(self.which.choice, _("Закрытых сообщений ещё нет"))
        self.empty.say("checks", title, _("Читатель отмечает опечатку на сайте: Ctrl+Enter."))
        self._list_or_nothing.show_rows(self.model.rowCount() > 0)
        return index

    def _index_of(self, row: Report | Mistake | None) -> QModelIndex:
        if row is None:
            return QModelIndex()
        index = self.model.index_of(report_of(row).id)
        if not index.isValid() and isinstance(row, Mistake):
            index = self.model.index_of_mistake(row.ref)
        return index
