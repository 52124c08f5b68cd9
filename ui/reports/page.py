"""The page of typo reports: mistakes by how many readers see them, the place in its article, and one key a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.people import Action, refusal
from newsroom.domain.reports import Report, ReportState
from newsroom.domain.triage import Mistake, Spot, Standing
from newsroom.words import _, n_
from ui import theme
from ui.details import DetailsPane, refill
from ui.dialogs.reason import ask_reason
from ui.reports.actions import ActionBar
from ui.reports.deciding import Deciding
from ui.reports.delegate import STATE_LOOKS, ReportsDelegate
from ui.reports.fragment import FragmentView
from ui.reports.model import REPORT_ROLE, ReportsModel, report_of
from ui.reports.plain import visible
from ui.reports.words import ProposingWords
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
    line,
    plain_button,
)

if TYPE_CHECKING:
    from newsroom.desk.triage import Triage
    from newsroom.domain.article import Article, Content
    from newsroom.domain.changes import Changes
    from ui.context import Context

#: What the switch over the list offers.
_OPEN, _UNKNOWN, _CLOSED = range(3)
#: Milliseconds: the article is read when the proofreader stays on a mistake, the list again when they pause.
_STAY, _PAUSE = 60, 400


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a report belongs: its article, and the newest text of it."""

    article: Article
    content: Content


class ReportsPage(QWidget):
    """Attributes: ``splitter``, ``list_pane``, ``text_pane``, ``inspector``; ``edit`` holds what is proposed.

    Actions: ``accepted``, ``edited``, ``rejected``, ``duplicate``, ``next``, ``undone``, ``reopened``, ``to_article``.
    """

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from newsroom.desk.triage import TriageReader

        self._ctx = ctx
        self._row: Report | Mistake | None = None
        self._number = self._asked = self._read_asked = 0
        self._shown_revision: tuple[int, int] | None = None
        self._spot = 0
        self._reader = TriageReader()
        self._words = ProposingWords(ctx, self)
        self._words.changed.connect(self.refresh)
        self.deciding = Deciding(ctx, self)
        self.deciding.decided.connect(self._refresh_soon)
        self.deciding.refused.connect(self.refresh)
        self.deciding.undo_changed.connect(self._update_actions_later)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self.refresh)
        self._stay = QTimer(self, singleShot=True, interval=_STAY)
        self._stay.timeout.connect(self._read_article)
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stay.stop()
        self._later.stop()

    def _make_list(self) -> Pane:
        pane = Pane("surface")
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_S)
        head.addWidget(PlainLabel(_("Опечатки"), "title"))
        head.addStretch(1)
        self.which = Switch(_("Открытые"), _("Не наши"), _("Закрытые"))
        self.which.buttons[_UNKNOWN].setToolTip(_("Сообщения со страниц, которых редакция не знает"))
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
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("Что должно стоять в тексте"))
        self.edit.setPlaceholderText(_("Как правильно"))
        self.edit.textEdited.connect(lambda _text: self._update_actions())
        self.other_place = plain_button(_("Другое место"))
        self.other_place.clicked.connect(self._take_other_place)
        self._edit_row = QWidget()
        fixing = QHBoxLayout(self._edit_row)
        fixing.setContentsMargins(0, 0, 0, 0)
        fixing.setSpacing(theme.SPACE_S)
        fixing.addWidget(PlainLabel(_("Заменить на"), "muted"))
        fixing.addWidget(self.edit, 1)
        fixing.addWidget(self.other_place)
        card = QWidget()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_M)
        inside.setSpacing(theme.SPACE_S)
        inside.addWidget(self.fragment)
        inside.addWidget(self._edit_row)
        inside.addWidget(self.found)
        self.reading = ReadingView(self._ctx)
        self.reading.shown.connect(self._mark)
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
        for widget in (card, line()):
            column.addWidget(widget)
        column.addWidget(self._texts, 1)
        column.addWidget(line())
        self.actions_bar = self._make_actions()
        column.addWidget(self.actions_bar)
        self.nothing = EmptyPlace(
            "chat-text", _("Выберите сообщение"), _("Здесь будет статья с найденным в ней местом.")
        )
        self._text_stack = QStackedWidget()
        self._text_stack.addWidget(self.nothing)
        self._text_stack.addWidget(self._whole)
        pane.column.addWidget(self._text_stack)
        return pane

    def _make_actions(self) -> ActionBar:
        bar = ActionBar(self)
        self.to_article = bar.add_to_menu(_("К статье"), ("F12",), self._open_article)
        self.next = bar.add_to_menu(_("Дальше"), ("N", 0x0422), self._go_on)
        self.undone = bar.add_to_menu(_("Отменить"), ("U", 0x0413), self.deciding.undo)
        self.duplicate = bar.add(_("Повтор"), ("D", 0x0412), lambda: self._close(ReportState.DUPLICATE))
        self.rejected = bar.add(_("Не ошибка…"), ("Del",), self._reject)
        self.edited = bar.add(_("Править"), ("E", 0x0423), self._edit)
        self.reopened = bar.add(_("Открыть снова"), ("F5",), self._reopen)
        self.accepted = bar.add(_("Исправить"), ("Enter", "Return"), self._accept, primary=True)
        return bar

    def commands(self) -> list[QAction]:
        """What can be done with the selected report, for the menu bar."""
        return self.actions_bar.actions_in_order()

    # Reading

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected where it is still listed."""
        if self._ctx.settings is None:
            return
        which, speller, reader = self.which.choice, self._words.speller, self._reader
        self._later.stop()
        self._words.load()
        self._read_asked += 1
        asked = self._read_asked

        def read(desk: Any) -> Triage | list[Report]:
            from newsroom.desk import reading

            if which == _CLOSED:
                every = reading.read_reports(desk, open_only=False)
                return [report for report in every if not report.state.is_open]
            return reader.read(desk, speller)

        def show(answer: Triage | list[Report]) -> None:
            if asked == self._read_asked and which == self.which.choice:
                self._show(answer, which)

        self._ctx.read(read, show)

    def _refresh_soon(self) -> None:
        # An answer asked for before the decision would bring the mistake back.
        self._read_asked += 1
        if self.isVisible():
            self._later.start()

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        own = {report_of(self._row).article} if self._row is not None else set()
        if initiator is self.deciding:
            return
        if changes.reports or changes.settings or own & changes.articles:
            self.refresh()

    def _show(self, answer: Triage | list[Report], which: int) -> None:
        settings = self._ctx.settings
        if settings is None:
            return
        rows: list[Report | Mistake]
        if isinstance(answer, list):
            rows = list(answer)
        else:
            is_unknown = which == _UNKNOWN
            rows = [one for one in answer.mistakes if (one.standing is Standing.UNKNOWN) == is_unknown]

        def chosen() -> QModelIndex:
            before = self._row
            index = QModelIndex()
            if before is not None:
                index = self.model.index_of(report_of(before).id)
                if not index.isValid() and isinstance(before, Mistake):
                    index = self.model.index_of_mistake(before.ref)
            return index if index.isValid() or not rows else self.model.index(min(self._number, len(rows) - 1))

        index = refill(self.list, lambda: self.model.show_reports(rows, settings.house.tz), chosen)
        titles = {_OPEN: _("Открытых сообщений нет"), _UNKNOWN: _("С чужих страниц сообщений нет")}
        title = titles.get(which, _("Закрытых сообщений ещё нет"))
        self.empty.say("checks", title, _("Читатель отмечает опечатку на сайте: Ctrl+Enter."))
        self._list_stack.setCurrentIndex(1 if rows else 0)
        self._load(index)

    def _load(self, index: QModelIndex) -> None:
        """Show the line at *index*; its article is read when the proofreader stays there."""
        row = index.data(REPORT_ROLE) if index.isValid() else None
        self._asked += 1
        if row is None:
            self._show_nothing()
            return
        before, self._row, self._number = self._row, row, index.row()
        if before is None or report_of(before).id != report_of(row).id or self.edit.text() == "":
            self._spot = 0
            self._show_fix()
        self._text_stack.setCurrentWidget(self._whole)
        self._update_actions()
        self._texts.setCurrentWidget(self.unknown if report_of(row).article is None else self.reading)
        if self.isVisible():
            self._stay.start()

    @property
    def _chosen_spot(self) -> Spot | None:
        row = self._row
        if not isinstance(row, Mistake) or not row.spots:
            return None
        return row.spots[self._spot % len(row.spots)]

    def _show_fix(self) -> None:
        row, spot = self._row, self._chosen_spot
        if row is None:
            return
        if spot is not None:
            self.edit.setText(spot.new)
            self.fragment.show_spot(spot, spot.new, row.comment)
        else:
            self.edit.clear()
            self.fragment.show_report(report_of(row))
        self._edit_row.setVisible(spot is not None)
        count = len(row.spots) if isinstance(row, Mistake) else 0
        self.other_place.setVisible(count > 1)
        self.found.set_role("small" if spot is not None else "warning")
        self.found.setText(self._standing_words(row))

    def _standing_words(self, row: Report | Mistake) -> str:
        if not isinstance(row, Mistake):
            return _("Причина: {reason}").format(reason=visible(row.reason)) if row.reason else ""
        sure = round(100 * self._chosen_spot.confidence) if self._chosen_spot else 0
        match row.standing:
            case Standing.FOUND if len(row.spots) > 1:
                return _("Место {number} из {count}, уверенность {sure} %.").format(
                    number=self._spot % len(row.spots) + 1, count=len(row.spots), sure=sure
                )
            case Standing.FOUND:
                return _("Найдено в тексте, уверенность {sure} %.").format(sure=sure)
            case Standing.CHANGED:
                return _("В этом месте теперь другие слова: похоже, уже исправлено.")
            case Standing.GONE:
                return _("В тексте это место точно не нашлось: возможно, его уже исправили.")
            case Standing.UNKNOWN:
                return visible(row.newest.page_url)

    def _read_article(self) -> None:
        row, settings = self._row, self._ctx.settings
        if row is None or settings is None:
            return
        report, asked = report_of(row), self._asked
        article = report.article
        if article is None:
            self._show_details(row, None)
            return

        def read(desk: Any) -> _Place:
            from newsroom.desk import reading

            found = reading.read_article(desk, article)
            return _Place(found, found.content)

        def show(place: _Place) -> None:
            if asked != self._asked or self._ctx.settings is None:
                return
            self._show_details(row, place)
            revision = (place.article.id, place.article.revision)
            if revision == self._shown_revision:
                self._mark()
                return
            self._shown_revision = revision
            out_at = first_appearance(place.article)
            self.reading.show_content(place.content, self._ctx.settings, out_at=out_at)

        self._ctx.read(read, show)

    def _mark(self) -> None:
        spot = self._chosen_spot
        if spot is not None:
            anchor = spot.place.anchor
            self.reading.mark_fragment(anchor.before, anchor.selected, anchor.after)
        elif self._row is not None:
            report = report_of(self._row)
            self.reading.mark_fragment(report.before, report.selected, report.after)

    def _show_nothing(self) -> None:
        self._row = None
        self._shown_revision = None
        self._text_stack.setCurrentWidget(self.nothing)
        self.inspector.put(QWidget())
        self._update_actions()

    def _show_details(self, row: Report | Mistake, place: _Place | None) -> None:
        settings = self._ctx.settings
        if settings is None:
            return
        report, zone = report_of(row), settings.house.tz
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_L)
        column.setSpacing(0)
        about = Section(_("Сообщение"))
        state = QWidget()
        first = QHBoxLayout(state)
        first.setContentsMargins(0, 0, 0, 0)
        name, role = STATE_LOOKS[report.state]
        first.addWidget(IconLabel(name, role, 16))
        first.addWidget(PlainLabel(report.state.words), 1)
        about.add(state, _("Состояние"))
        if isinstance(row, Mistake) and row.count > 1:
            words = n_("{n} сообщение", "{n} сообщений", row.count).format(n=row.count)
            about.add(PlainLabel(words), _("Сколько"))
            about.add(PlainLabel(exact_time(row.first_at, zone), wrap=True), _("Первое"))
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
            if isinstance(row, Mistake) and row.live_since is not None:
                article.add(PlainLabel(exact_time(row.live_since, zone), wrap=True), _("На сайте с"))
            column.addWidget(article)
        column.addStretch(1)
        self.inspector.put(inside)

    # Deciding

    def _update_actions_later(self) -> None:
        self._update_actions()

    def _update_actions(self) -> None:
        row, desk, spot = self._row, self._ctx.desk, self._chosen_spot
        why = _("Выберите сообщение.") if row is None or desk is None else ""
        if not why and desk is not None:
            why = refusal(desk.person.role, Action.TRIAGE_REPORTS)
        is_open = isinstance(row, Mistake)
        closed = "" if is_open else _("Сообщение уже закрыто.")
        unknown = "" if row is not None and report_of(row).article is not None else _("Статья не узнана.")
        absent = "" if spot is not None else _("Места в тексте нет: откройте статью или отклоните сообщение.")
        is_changed = isinstance(row, Mistake) and row.standing is Standing.CHANGED
        reasons = {
            self.accepted: why or closed or unknown or ("" if is_changed else absent),
            self.edited: why or closed or unknown or absent,
            self.rejected: why or closed,
            self.duplicate: why or closed,
            self.next: "" if self.model.rowCount() > 1 else _("Других сообщений нет."),
            self.undone: "" if self.deciding.can_undo else _("Отменять нечего."),
            self.reopened: why or (_("Сообщение и так открыто.") if is_open else ""),
            self.to_article: unknown,
        }
        is_closing = is_changed and not self.edit.text().strip()
        self.accepted.setText(_("Уже исправлено") if is_closing else _("Исправить"))
        # Only the way that fits the report's state is offered.
        deciding = (self.duplicate, self.rejected, self.edited, self.accepted)
        self.actions_bar.offer(reasons, left_out=(self.reopened,) if is_open else deciding)

    def _accept(self) -> None:
        """Write what is proposed; where nothing is, ask for it; what was mended already is closed as such."""
        row, spot = self._row, self._chosen_spot
        new = self.edit.text().strip()
        if not isinstance(row, Mistake):
            return
        if spot is not None and new and new != spot.words:
            self.deciding.accept(row, spot, new)
        elif row.standing is Standing.CHANGED:
            self.deciding.close(row, ReportState.ALREADY_FIXED)
        else:
            self._edit()
            return
        self._leave()

    def _edit(self) -> None:
        """Write the right words in place."""
        spot = self._chosen_spot
        if spot is not None:
            if not self.edit.text():
                self.edit.setText(spot.words)
            self.edit.setFocus()
            self.edit.selectAll()

    def _close(self, state: ReportState, reason: str = "") -> None:
        if isinstance(self._row, Mistake):
            self.deciding.close(self._row, state, reason)
            self._leave()

    def _reject(self) -> None:
        reason = ask_reason(self, _("Не ошибка"), _("Почему это не ошибка?"), _("Отклонить"))
        if reason:
            self._close(ReportState.REJECTED, reason)

    def _leave(self) -> None:
        """The mistake is decided about: go on with the next at once."""
        self.list.setFocus()
        if self._number < self.model.rowCount():
            index = refill(
                self.list,
                lambda: self.model.take(self._number),
                lambda: self.model.index(min(self._number, self.model.rowCount() - 1)),
            )
            self._list_stack.setCurrentIndex(1 if self.model.rowCount() else 0)
            self._row = None
            self._load(index)

    def _go_on(self) -> None:
        count = self.model.rowCount()
        if count:
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index((self._number + 1) % count))

    def _take_other_place(self) -> None:
        self._spot += 1
        self._show_fix()
        self._mark()

    def _reopen(self) -> None:
        row = self._row
        if row is None or isinstance(row, Mistake):
            return

        def use(desk: Any) -> Any:
            from newsroom.desk import proofreading

            return proofreading.reopen_report(desk, row.id)

        self._ctx.act(use, self, lambda _value: self._ctx.message.emit(_("Сообщение снова открыто."), None))

    def _open_article(self) -> None:
        if self._row is not None and (article := report_of(self._row).article) is not None:
            self._ctx.open_article.emit(article)
