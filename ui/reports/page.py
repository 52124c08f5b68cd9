"""The page of typo reports: mistakes by how many readers see them, the place in its article, and one key a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from newsroom.domain.people import Action, refusal
from newsroom.domain.reports import Report, ReportState
from newsroom.domain.triage import Mistake, Standing
from newsroom.words import _
from ui.details import DetailsPane
from ui.dialogs.reason import ask_reason
from ui.dialogs.rule_made import make_rule
from ui.reports.about import about_report
from ui.reports.actions import ActionBar
from ui.reports.card import MistakeCard
from ui.reports.deciding import Deciding, met_of
from ui.reports.list_pane import CLOSED, UNKNOWN, ReportsPane
from ui.reports.model import REPORT_ROLE, report_of
from ui.reports.offering import Offer
from ui.reports.words import ProposingWords
from ui.review.reading import ReadingView, first_appearance
from ui.sweep.dialog import show_sweep
from ui.widgets import EmptyPlace, Pane, Panes, line

if TYPE_CHECKING:
    from newsroom.desk.triage import Triage
    from newsroom.domain.article import Article
    from newsroom.domain.changes import Changes
    from ui.context import Context
    from ui.sweep.met import Met

#: Milliseconds: the article is read when the proofreader stays on a mistake, the list again when they pause.
_STAY, _PAUSE = 60, 400


class ReportsPage(QWidget):
    """Attributes: ``splitter``, ``list_pane``, ``text_pane``, ``inspector``; ``card`` with what is proposed.

    Actions: ``accepted``, ``edited``, ``rejected``, ``duplicate``, ``next``, ``undone``, ``reopened``, ``to_article``,
    ``figures``, ``sweep``, ``rule``; ``offer`` is what follows from the last correction.
    """

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from newsroom.desk.triage import TriageReader

        self._ctx = ctx
        self._row: Report | Mistake | None = None
        self._number = self._asked = self._read_asked = 0
        self._shown_revision: tuple[int, int] | None = None
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
        self.offer = Offer(ctx)
        self.deciding.corrected.connect(self.offer.offer)
        self.offer.changed.connect(self._update_actions_later)
        self.list_pane = ReportsPane()
        self.which, self.list, self.model = self.list_pane.which, self.list_pane.list, self.list_pane.model
        self.which.changed.connect(lambda _choice: self.refresh())
        self.list_pane.figures.clicked.connect(self.show_statistics)
        self.list.selectionModel().currentChanged.connect(lambda current, _previous: self._load(current))
        self.text_pane = self._make_text()
        self.inspector = DetailsPane(_("Подробности"))
        self.splitter = Panes("reports", (self.list_pane, self.text_pane, self.inspector), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        ctx.changed.connect(self._on_changed)
        ctx.signed_in.connect(self.refresh)
        ctx.settings_changed.connect(self.refresh)
        self._show_nothing()
        ctx.tasks.background(_import_ahead)

    def take_keyboard(self) -> None:
        """Give the keyboard to the list, as soon as it has rows."""
        self.list_pane.take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stay.stop()
        self._later.stop()

    def _make_text(self) -> Pane:
        pane = Pane("surface")
        self.card = MistakeCard()
        self.card.edited.connect(self._update_actions)
        self.card.moved.connect(self._mark)
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
        for widget in (self.card, line()):
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
        pane.column.addWidget(self._text_stack, 1)
        pane.column.addWidget(self.offer)
        return pane

    def _make_actions(self) -> ActionBar:
        bar = ActionBar(self)
        self.to_article = bar.add_to_menu(_("К статье"), ("F12",), self._open_article)
        self.next = bar.add_to_menu(_("Дальше"), ("N", 0x0422), self._go_on)
        self.undone = bar.add_to_menu(_("Отменить"), ("U", 0x0413), self.deciding.undo)
        self.figures = bar.add_to_menu(_("Статистика…"), ("S", 0x042B), self.show_statistics)
        self.sweep = bar.add_to_menu(_("Такие же места…"), ("A", 0x0424), self._show_places)
        self.rule = bar.add_to_menu(_("Сделать правилом…"), ("R", 0x041A), self._make_rule)
        self.duplicate = bar.add(_("Повтор"), ("D", 0x0412), lambda: self._close(ReportState.DUPLICATE))
        self.rejected = bar.add(_("Не ошибка…"), ("Del",), self._reject)
        self.edited = bar.add(_("Править"), ("E", 0x0423), self.card.ask)
        self.reopened = bar.add(_("Открыть снова"), ("F5",), self._reopen)
        self.accepted = bar.add(_("Исправить"), ("Enter", "Return"), self._accept, primary=True)
        return bar

    def commands(self) -> list[QAction]:
        """What can be done with the selected report, for the menu bar."""
        return self.actions_bar.actions_in_order()

    def show_statistics(self) -> None:
        """Figures of all reports over a period, in a window of their own."""
        from ui.reports.statistics import StatisticsDialog

        StatisticsDialog(self._ctx, self).open()

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

            if which == CLOSED:
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
            is_unknown = which == UNKNOWN
            rows = [one for one in answer.mistakes if (one.standing is Standing.UNKNOWN) == is_unknown]
        self._load(self.list_pane.show_rows(rows, settings.house.tz, self._row, self._number))

    def _load(self, index: QModelIndex) -> None:
        """Show the line at *index*; its article is read when the proofreader stays there."""
        row = index.data(REPORT_ROLE) if index.isValid() else None
        self._asked += 1
        if row is None:
            self._show_nothing()
            return
        self._row, self._number = row, index.row()
        self.card.show_row(row)
        self._text_stack.setCurrentWidget(self._whole)
        self._update_actions()
        self._texts.setCurrentWidget(self.unknown if report_of(row).article is None else self.reading)
        if self.isVisible():
            self._stay.start()

    def _read_article(self) -> None:
        row, settings = self._row, self._ctx.settings
        if row is None or settings is None:
            return
        report, asked = report_of(row), self._asked
        article = report.article
        if article is None:
            self._show_details(row, None)
            return

        def read(desk: Any) -> Article:
            from newsroom.desk import reading

            return reading.read_article(desk, article)

        def show(found: Article) -> None:
            if asked != self._asked or self._ctx.settings is None:
                return
            self._show_details(row, found)
            revision = (found.id, found.revision)
            if revision == self._shown_revision:
                self._mark()
                return
            self._shown_revision = revision
            self.reading.show_content(found.content, self._ctx.settings, out_at=first_appearance(found))

        self._ctx.read(read, show)

    def _mark(self) -> None:
        spot = self.card.spot
        if spot is not None:
            anchor = spot.place.anchor
            self.reading.mark_fragment(anchor.before, anchor.selected, anchor.after)
        elif self._row is not None:
            report = report_of(self._row)
            self.reading.mark_fragment(report.before, report.selected, report.after)

    def _show_nothing(self) -> None:
        self._row = None
        self.card.show_row(None)
        self._shown_revision = None
        self._text_stack.setCurrentWidget(self.nothing)
        self.inspector.put(QWidget())
        self._update_actions()

    def _show_details(self, row: Report | Mistake, article: Article | None) -> None:
        if self._ctx.settings is not None:
            self.inspector.put(about_report(row, article, self._ctx.settings.house.tz))

    # Deciding

    def _update_actions_later(self) -> None:
        self._update_actions()

    def _update_actions(self) -> None:
        row, desk, spot = self._row, self._ctx.desk, self.card.spot
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
        met = "" if self._met() is not None else _("Скажите сначала, как правильно.")
        reasons |= {self.sweep: met, self.rule: met}
        is_closing = is_changed and not self.card.new
        self.accepted.setText(_("Уже исправлено") if is_closing else _("Исправить"))
        # Only the way that fits the report's state is offered.
        deciding = (self.duplicate, self.rejected, self.edited, self.accepted)
        self.actions_bar.offer(reasons, left_out=(self.reopened,) if is_open else deciding)

    def _met(self) -> Met | None:
        """The mistake that is on offer, else the one that is selected."""
        spot, new = self.card.spot, self.card.new
        if self.offer.met is not None or spot is None or not new or new == spot.words:
            return self.offer.met
        return met_of(spot, new)

    def _show_places(self) -> None:
        met = self._met()
        if met is not None:
            show_sweep(self, self._ctx, met.words, met.right)

    def _make_rule(self) -> None:
        met = self._met()
        if met is not None:
            make_rule(self, self._ctx, met)

    def _accept(self) -> None:
        """Write what is proposed; where nothing is, ask for it; what was mended already is closed as such."""
        row, spot, new = self._row, self.card.spot, self.card.new
        if not isinstance(row, Mistake):
            return
        if spot is not None and new and new != spot.words:
            self.deciding.accept(row, spot, new)
        elif row.standing is Standing.CHANGED:
            self.deciding.close(row, ReportState.ALREADY_FIXED)
        else:
            self.card.ask()
            return
        self._leave()

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
            index = self.list_pane.take(self._number)
            self._row = None
            self._load(index)

    def _go_on(self) -> None:
        self.list_pane.select_after(self._number)

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


def _import_ahead() -> None:
    """What the first correction needs is imported beside the window, which would stand still for it."""
    import newsroom.desk.archive  # noqa: F401
