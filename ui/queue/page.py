"""The queue page: the list on the left, the exact text in the middle, what there is to know on the right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from newsroom.words import _
from ui import theme
from ui.queue.actions import QueueActions
from ui.queue.case import Case, read_case
from ui.queue.delegate import QueueDelegate
from ui.queue.entries import Entry, Group, entries_of, entries_on_day
from ui.queue.inspector import QueueInspector
from ui.queue.model import ENTRY_ROLE, QueueModel
from ui.queue.rehearsal import RehearsalDialog
from ui.queue.timeline import Timeline
from ui.review.changes import ChangesView
from ui.review.history import HistoryDialog
from ui.review.reading import ReadingView, first_appearance
from ui.review.switch import Switch
from ui.times import short_time
from ui.widgets import EmptyPlace, ListOrNothing, Pane, Panes, PlainLabel, StateChip, allow, line

if TYPE_CHECKING:
    from newsroom.domain.changes import Changes
    from ui.context import Context


class QueuePage(QWidget):
    """Attributes: ``splitter``, ``list_pane``, ``text_pane``, ``inspector``; ``actions_bar`` holds the buttons."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._case: Case | None = None
        self._wanted: tuple[str, int] | None = None
        self._row = 0
        self._asked = 0
        self.list_pane = self._make_list()
        self.text_pane = self._make_text()
        self.inspector = QueueInspector()
        self.inspector.rehearse.connect(self._rehearse)
        self.splitter = Panes("queue", (self.list_pane, self.text_pane, self.inspector), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        ctx.changed.connect(self._on_changed)
        ctx.signed_in.connect(self.refresh)
        ctx.settings_changed.connect(self.refresh)
        theme.watcher().changed.connect(self.list.doItemsLayout)
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(self._show_day)
        self._minute.start()
        self._show_nothing()
        self.refresh()

    def _make_list(self) -> Pane:
        pane = Pane("surface")
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, 0)
        head.addWidget(PlainLabel(_("Очередь"), "title"))
        head.addStretch(1)
        head.setSpacing(theme.SPACE_S)
        self._next = PlainLabel("", "small")
        head.addWidget(self._next)
        self.timeline = Timeline()
        self.timeline.picked.connect(lambda entry: self._select(entry.key))
        self.model = QueueModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self._delegate = QueueDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(_("Очередь публикаций"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.doubleClicked.connect(self._open_article)
        empty = EmptyPlace(
            "queue",
            _("Очередь пуста"),
            _("Здесь появится то, что отправят на проверку и что ждёт выхода. Начните со статьи на странице «Статьи»."),
        )
        self._list_or_nothing = ListOrNothing(self.list, empty)
        pane.column.addLayout(head)
        pane.column.addWidget(self.timeline)
        pane.column.addWidget(line())
        pane.column.addWidget(self._list_or_nothing, 1)
        return pane

    def take_keyboard(self) -> None:
        """Give the keyboard to the list, as soon as it has rows."""
        self._list_or_nothing.take_keyboard()

    def _make_text(self) -> Pane:
        pane = Pane("surface")
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_M)
        self._chip = StateChip()
        self._who = PlainLabel("", "small", elide=True)
        head.addWidget(self._chip)
        head.addWidget(self._who, 1)
        self.switch = Switch(_("Текст"), _("Изменения"))
        self.switch.changed.connect(lambda _choice: self._show_view())
        head.addWidget(self.switch)
        self.reading = ReadingView(self._ctx)
        self.changes = ChangesView(self._ctx)
        self.nothing = EmptyPlace(
            "article", _("Выберите строку слева"), _("Здесь будет текст, как его увидит читатель.")
        )
        self._views = QStackedWidget()
        for view in (self.nothing, self.reading, self.changes):
            self._views.addWidget(view)
        self.actions_bar = QueueActions(self._ctx, self, lambda: self._case, self._reload)
        self._head = QWidget()
        self._head.setLayout(head)
        pane.column.addWidget(self._head)
        pane.column.addWidget(line())
        pane.column.addWidget(self._views, 1)
        pane.column.addWidget(line())
        pane.column.addWidget(self.actions_bar)
        return pane

    def commands(self) -> list[QAction]:
        """What can be done with the selected line, for the menu bar."""
        return list(self.actions_bar.steps.values())

    def show_history(self) -> None:
        """Show all revisions of the article of the selected line."""
        if self._case is not None:
            HistoryDialog(self._ctx, self._case.article.id, self).open()

    def _rehearse(self) -> None:
        if self._case is not None:
            RehearsalDialog(self._ctx, self._case.article.id, self).open()

    def refresh(self) -> None:
        """Read the list again; the selected line stays selected where it still exists."""
        if self._ctx.settings is None:
            return

        def read(desk: Any) -> list[Entry]:
            from newsroom.desk import reading

            return entries_of(reading.waiting_articles(desk), reading.read_queue(desk))

        self._ctx.read(read, self._show_entries)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.articles or changes.queue or changes.settings:
            self.refresh()

    def _show_entries(self, entries: list[Entry]) -> None:
        settings = self._ctx.settings
        if settings is None:
            return
        self._delegate.several_sites = len(settings.sites) > 1
        self._delegate.zone = settings.house.tz
        keep = self.list.selectionModel().blockSignals(True)
        self.model.show_entries(entries, settings.house.tz)
        index = self.model.index_of(self._wanted) if self._wanted else QModelIndex()
        if not index.isValid():
            index = self.model.nearest(self._row)
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.selectionModel().blockSignals(keep)
        self._list_or_nothing.show_rows(bool(entries))
        self.list.viewport().update()
        self._show_day()
        self._load(index)

    def _show_day(self) -> None:
        settings = self._ctx.settings
        if settings is None:
            return
        zone = settings.house.tz
        now = datetime.now(zone)
        entries = self.model.entries()
        self.timeline.show_day(entries_on_day(entries, now, zone), now)
        ahead = [entry.when for entry in entries if entry.group is Group.SCHEDULED and entry.when and entry.when > now]
        self._next.setText(_("ближайшая {time}").format(time=short_time(min(ahead), zone, now)) if ahead else "")

    def _select(self, key: tuple[str, int]) -> None:
        index = self.model.index_of(key)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._load(current)

    def _load(self, index: QModelIndex) -> None:
        """Read the case of the line at *index*, and show it unless another line is selected by then."""
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        self._asked += 1
        if entry is None:
            self._wanted = None
            self._show_nothing()
            return
        asked, same = self._asked, entry.key == self._wanted
        self._wanted, self._row = entry.key, index.row()
        if not same:
            self.actions_bar.show_case(None)

        def show(case: Case) -> None:
            if asked == self._asked:
                self._show_case(case)

        self._ctx.read(lambda desk: read_case(desk, entry), show)

    def _reload(self) -> None:
        """Read everything again, the text too where the line stays the same."""
        self._case = None
        self.refresh()

    def _show_nothing(self) -> None:
        self._case = None
        self._head.setVisible(False)
        self._views.setCurrentWidget(self.nothing)
        self.inspector.clear()
        self.actions_bar.show_case(None)

    def _show_case(self, case: Case) -> None:
        settings = self._ctx.settings
        if settings is None:
            return
        before, self._case = self._case, case
        self._head.setVisible(True)
        self._chip.set_state(case.entry.item.state if case.entry.item else case.article.label)
        saved = short_time(case.saved_at, settings.house.tz, datetime.now(UTC))
        self._who.setText(
            _("версия {number} · {author} · {time}").format(number=case.revision, author=case.author, time=saved)
        )
        if before is None or (before.content, before.entry.key) != (case.content, case.entry.key):
            out_at = first_appearance(case.article) or case.entry.when
            self.reading.show_content(case.content, settings, out_at=out_at)
        self.changes.show_changes(case.content, case.bases, settings)
        self._name_changes(case)
        self._show_view()
        self.inspector.show_case(case, settings)
        self.actions_bar.show_case(case)

    def _name_changes(self, case: Case) -> None:
        allow(self.switch.buttons[1], "" if case.bases else _("Сравнивать не с чем: это первый текст статьи."))
        if not case.bases:
            self.switch.choose(0)

    def _show_view(self) -> None:
        if self._case is not None:
            self._views.setCurrentWidget(self.changes if self.switch.choice else self.reading)

    def _open_article(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if entry is not None:
            self._ctx.open_article.emit(entry.article)
