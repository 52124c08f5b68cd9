"""The page of typo reports: the list, the article with the fragment found in it, and what is known of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.people import Action, refusal
from newsroom.domain.reports import Report, ReportState
from newsroom.words import _
from ui import theme
from ui.details import DetailsPane, refill
from ui.reports.delegate import STATE_LOOKS, ReportsDelegate
from ui.reports.fragment import FragmentView
from ui.reports.model import REPORT_ROLE, ReportsModel
from ui.reports.plain import visible
from ui.review.reading import ReadingView, first_appearance
from ui.review.switch import Switch
from ui.times import exact_time, short_time
from ui.widgets import (
    EmptyPlace,
    IconLabel,
    Pane,
    Panes,
    PlainLabel,
    Section,
    StateChip,
    allow,
    line,
    plain_button,
    primary_button,
)

if TYPE_CHECKING:
    from newsroom.domain.article import Article, Content
    from newsroom.domain.changes import Changes
    from ui.context import Context


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a report belongs: its article, and the text that readers see of it (else the newest)."""

    article: Article
    content: Content
    is_live: bool


class ReportsPage(QWidget):
    """Attributes: ``splitter``, ``list_pane``, ``text_pane``, ``inspector``; ``fixed``, ``rejected``, ``reopened`` and
    ``to_article`` are the actions."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._report: Report | None = None
        self._row = 0
        self._asked = 0
        self.list_pane = self._make_list()
        self.text_pane = self._make_text()
        self.inspector = DetailsPane(_("Подробности"))
        self.splitter = Panes("reports", (self.list_pane, self.text_pane, self.inspector), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        ctx.changed.connect(self._on_changed)
        ctx.signed_in.connect(self.refresh)
        ctx.settings_changed.connect(self.refresh)
        theme.watcher().changed.connect(self.list.doItemsLayout)
        self._show_nothing()
        self.refresh()

    def _make_list(self) -> Pane:
        pane = Pane("surface")
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_S)
        head.addWidget(PlainLabel(_("Опечатки"), "title"))
        head.addStretch(1)
        self.which = Switch(_("Открытые"), _("Все"))
        self.which.changed.connect(lambda _choice: self.refresh())
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
        self.list.selectionModel().currentChanged.connect(lambda current, _previous: self._load(current))
        self.list.activated.connect(lambda _index: self.to_article.trigger())
        self.empty = EmptyPlace("checks", _("Открытых сообщений нет"))
        self._list_stack = QStackedWidget()
        self._list_stack.addWidget(self.empty)
        self._list_stack.addWidget(self.list)
        pane.column.addLayout(head)
        pane.column.addWidget(line())
        pane.column.addWidget(self._list_stack, 1)
        return pane

    def _make_text(self) -> Pane:
        pane = Pane("surface")
        self.fragment = FragmentView()
        self.found = PlainLabel("", "small", wrap=True)
        card = QWidget()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_M)
        inside.setSpacing(theme.SPACE_S)
        inside.addWidget(self.fragment)
        inside.addWidget(self.found)
        self.reading = ReadingView(self._ctx)
        self.reading.shown.connect(self._find)
        self.unknown = EmptyPlace(
            "question",
            _("Страница не узнана"),
            _("Сообщение пришло со страницы, которой нет среди статей редакции. Исправьте её на сайте или отклоните."),
        )
        self._texts = QStackedWidget()
        self._texts.addWidget(self.unknown)
        self._texts.addWidget(self.reading)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(card)
        column.addWidget(line())
        column.addWidget(self._texts, 1)
        column.addWidget(line())
        column.addLayout(self._make_buttons())
        self.nothing = EmptyPlace(
            "chat-text", _("Выберите сообщение"), _("Здесь будет статья с найденным в ней местом.")
        )
        self._text_stack = QStackedWidget()
        self._text_stack.addWidget(self.nothing)
        self._text_stack.addWidget(self._whole)
        pane.column.addWidget(self._text_stack)
        return pane

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        row.setSpacing(theme.SPACE_S)
        self._buttons: list[tuple[QAction, QPushButton]] = []

        def add(title: str, key: str, do: Any, *, primary: bool = False) -> QAction:
            action = QAction(title, self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(do)
            self.addAction(action)
            make = primary_button if primary else plain_button
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button = make(f"{title}\u2002{shown}")
            button.setAccessibleName(title)
            button.clicked.connect(action.trigger)
            self._buttons.append((action, button))
            row.addWidget(button)
            return action

        self.to_article = add(_("К статье"), "F12", self._open_article)
        row.addStretch(1)
        self.reopened = add(_("Открыть снова"), "F5", self._reopen)
        self.rejected = add(_("Отклонить"), "F2", lambda: self._close(ReportState.REJECTED))
        self.fixed = add(_("Исправлено"), "F9", lambda: self._close(ReportState.FIXED), primary=True)
        return row

    def commands(self) -> list[QAction]:
        """What can be done with the selected report, for the menu bar."""
        return [action for action, _button in self._buttons]

    def refresh(self) -> None:
        """Read the list again; the selected report stays selected where it is still listed."""
        settings = self._ctx.settings
        if settings is None:
            return
        open_only = self.which.choice == 0

        def read(desk: Any) -> list[Report]:
            from newsroom.desk import reading

            return reading.read_reports(desk, open_only=open_only)

        self._ctx.read(read, lambda reports: self._show_reports(reports, open_only))

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.reports or changes.settings or (self._report and self._report.article in changes.articles):
            self.refresh()

    def _show_reports(self, reports: list[Report], open_only: bool) -> None:
        settings = self._ctx.settings
        if settings is None or open_only != (self.which.choice == 0):
            return

        def chosen() -> QModelIndex:
            index = self.model.index_of(self._report.id) if self._report else QModelIndex()
            return index if index.isValid() or not reports else self.model.index(min(self._row, len(reports) - 1))

        index = refill(self.list, lambda: self.model.show_reports(reports, settings.house.tz), chosen)
        if open_only:
            title, hint = _("Открытых сообщений нет"), _("Читатель отмечает опечатку на сайте: Ctrl+Enter.")
        else:
            title, hint = _("Сообщений ещё не было"), _("Читатель отмечает опечатку на сайте: Ctrl+Enter.")
        self.empty.say("checks", title, hint)
        self._list_stack.setCurrentIndex(1 if reports else 0)
        self._load(index)

    def _load(self, index: QModelIndex) -> None:
        """Show the report at *index*, and read its article."""
        report = index.data(REPORT_ROLE) if index.isValid() else None
        self._asked += 1
        if report is None:
            self._show_nothing()
            return
        asked, before = self._asked, self._report
        self._report, self._row = report, index.row()
        self._text_stack.setCurrentWidget(self._whole)
        self.fragment.show_report(report)
        self._update_actions()
        if report.article is None:
            self._texts.setCurrentWidget(self.unknown)
            self.found.setText("")
            self._show_details(report, None)
            return
        if before is None or before.id != report.id:
            self.found.setText("")

        def read(desk: Any) -> _Place:
            from newsroom.desk import reading

            article = reading.read_article(desk, report.article)
            live = reading.live_content(desk, report.article)
            return _Place(article, live or article.content, live is not None)

        def show(place: _Place) -> None:
            if asked == self._asked and self._ctx.settings is not None:
                self._texts.setCurrentWidget(self.reading)
                out_at = first_appearance(place.article)
                self.reading.show_content(place.content, self._ctx.settings, out_at=out_at)
                self._show_details(report, place)

        self._ctx.read(read, show)

    def _find(self) -> None:
        report = self._report
        if report is None or report.article is None:
            return
        if self.reading.mark_fragment(report.before, report.selected, report.after):
            self.found.set_role("small")
            self.found.setText(_("Найдено в тексте и подсвечено."))
        else:
            self.found.set_role("warning")
            self.found.setText(
                _("В тексте это место точно не нашлось: возможно, его уже исправили или там таких несколько.")
            )

    def _show_nothing(self) -> None:
        self._report = None
        self._text_stack.setCurrentWidget(self.nothing)
        self.inspector.put(QWidget())
        self._update_actions()

    def _show_details(self, report: Report, place: _Place | None) -> None:
        settings = self._ctx.settings
        if settings is None:
            return
        zone = settings.house.tz
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_L)
        column.setSpacing(0)
        about = Section(_("Сообщение"))
        state = QWidget()
        row = QHBoxLayout(state)
        row.setContentsMargins(0, 0, 0, 0)
        name, role = STATE_LOOKS[report.state]
        row.addWidget(IconLabel(name, role, 16))
        row.addWidget(PlainLabel(report.state.words), 1)
        about.add(state, _("Состояние"))
        about.add(PlainLabel(exact_time(report.reported_at, zone), wrap=True), _("Когда"))
        if report.closed_at is not None:
            closed = f"{short_time(report.closed_at, zone, datetime.now(UTC))} · {report.closed_by}"
            about.add(PlainLabel(closed, wrap=True), _("Закрыто"))
        about.add(PlainLabel(str(report.site)), _("Сайт"))
        if report.page_url:
            about.add(PlainLabel(visible(report.page_url), "muted", wrap=True), _("Страница"))
        column.addWidget(about)
        if place is not None:
            column.addWidget(line())
            article = Section(_("Статья"))
            article.add(PlainLabel(place.article.content.headline or _("Без заголовка"), wrap=True))
            article.add(StateChip(place.article.label))
            which = _("Показано то, что сейчас на сайте.") if place.is_live else _("Показан последний текст редакции.")
            article.add(PlainLabel(which, "muted", wrap=True))
            column.addWidget(article)
        column.addStretch(1)
        self.inspector.put(inside)

    def _update_actions(self) -> None:
        report, desk = self._report, self._ctx.desk
        why = _("Выберите сообщение.") if report is None or desk is None else ""
        if not why and desk is not None:
            why = refusal(desk.person.role, Action.TRIAGE_REPORTS)
        is_open = report is not None and report.state.is_open
        closed = "" if is_open else _("Сообщение уже закрыто.")
        unknown = "" if report is not None and report.article is not None else _("Статья не узнана.")
        reasons = {
            self.fixed: why or closed,
            self.rejected: why or closed,
            self.reopened: why or (_("Сообщение и так открыто.") if is_open else ""),
            self.to_article: unknown,
        }
        for action, button in self._buttons:
            action.setEnabled(not reasons[action])
            allow(button, reasons[action])
            # Of the two ways, only the one that fits the report's state is offered.
            button.setVisible(action is self.to_article or is_open == (action is not self.reopened))

    def _close(self, state: ReportState) -> None:
        report = self._report
        if report is None:
            return

        def use(desk: Any) -> Any:
            from newsroom.desk import proofreading

            return proofreading.close_report(desk, report.id, state)

        told = _("Отмечено: исправлено.") if state is ReportState.FIXED else _("Сообщение отклонено.")
        self._ctx.act(use, self, lambda _value: self._ctx.message.emit(told, lambda: self._open_again(report)))

    def _reopen(self) -> None:
        if self._report is not None:
            self._open_again(self._report)

    def _open_again(self, report: Report) -> None:
        def use(desk: Any) -> Any:
            from newsroom.desk import proofreading

            return proofreading.reopen_report(desk, report.id)

        self._ctx.act(use, self, lambda _value: self._ctx.message.emit(_("Сообщение снова открыто."), None))

    def _open_article(self) -> None:
        if self._report is not None and self._report.article is not None:
            self._ctx.open_article.emit(self._report.article)
