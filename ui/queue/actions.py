"""The buttons of the queue: what is done with the selected line, by mouse or key, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from newsroom.domain.errors import StaleEdit
from newsroom.words import _
from ui import theme
from ui.icons import icon
from ui.queue.entries import Group
from ui.queue.steps import Step, hindrance
from ui.times import exact_time, short_time
from ui.timing import let_out_at
from ui.widgets import allow, plain_button, plain_tooltip, primary_button

if TYPE_CHECKING:
    from newsroom.desk.merging import Merge, MergeSaved
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done
    from newsroom.domain.errors import Unsettled
    from newsroom.domain.merging import Side
    from newsroom.domain.queue import QueueItem
    from ui.context import Context
    from ui.queue.case import Case
    from ui.queue.merging import Row

    Use = Callable[[Desk], Done[Any]]
    #: One that may ask first: it is told what the person has seen.
    Asking = Callable[[Desk, Unsettled], Done[Any]]

_KEYS = {
    Step.APPROVE: "F9",
    Step.RETURN: "F2",
    Step.TIME: "F5",
    Step.NOW: "Ctrl+Shift+E",
    Step.HOLD: "Ctrl+Shift+H",
    Step.RETRY: "Ctrl+R",
    Step.MERGE: "Ctrl+Shift+M",
    Step.UNDO: "Ctrl+Shift+U",
    Step.WITHDRAW: "Ctrl+Shift+W",
    Step.KILL: "Ctrl+Shift+K",
}

_ICONS = {
    Step.APPROVE: "check",
    Step.RETURN: "arrow-u-up-left",
    Step.TIME: "clock",
    Step.NOW: "paper-plane-right",
    Step.HOLD: "pause",
    Step.RETRY: "arrow-clockwise",
    Step.MERGE: "git-merge",
    Step.UNDO: "arrow-counter-clockwise",
    Step.WITHDRAW: "eye-slash",
    Step.KILL: "prohibit",
}

#: Group → the prominent step and those beside it; the menu holds all of them always.
_AT_HAND: dict[Group, tuple[Step | None, tuple[Step, ...]]] = {
    Group.WAITING: (Step.APPROVE, (Step.TIME, Step.RETURN)),
    Group.SCHEDULED: (Step.NOW, (Step.TIME, Step.HOLD)),
    Group.UNDER_WAY: (Step.RETRY, (Step.TIME, Step.HOLD)),
    Group.ATTENTION: (Step.RETRY, (Step.MERGE, Step.RETURN)),
    Group.OUT: (None, (Step.UNDO, Step.WITHDRAW)),
    Group.DROPPED: (None, ()),
}


class QueueActions(QWidget):
    """A bar of buttons over one `QAction` per `Step`.

    *case* gives what is selected; *reload* reads page and text anew after somebody else was faster.
    Attributes: ``steps`` maps each `Step` to its action, ``prominent`` is the one big button.
    """

    def __init__(
        self, ctx: Context, page: QWidget, case: Callable[[], Case | None], reload: Callable[[], None]
    ) -> None:
        super().__init__(page)
        self._ctx, self._page, self._case_of, self._reload = ctx, page, case, reload
        self.steps: dict[Step, QAction] = {}
        self._why: dict[Step, str] = {}
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        for step in Step:
            action = QAction(icon(_ICONS[step]), step.words, page)
            action.setShortcut(QKeySequence(_KEYS[step]))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(getattr(self, f"_{step.value}"))
            page.addAction(action)
            self._menu.addAction(action)
            if step is Step.UNDO:
                self._menu.addSeparator()
            self.steps[step] = action
        self.more = plain_button(_("Ещё"))
        self.more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        self._row.setSpacing(theme.SPACE_S)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self._others = [plain_button("") for _number in range(2)]
        for button in self._others:
            self._row.addWidget(button)
        self.prominent = primary_button("")
        self._row.addWidget(self.prominent)
        for button in (*self._others, self.prominent):
            button.clicked.connect(self._clicked)
        ctx.signed_in.connect(self._show_case_of_person)
        self.show_case(None)

    def _show_case_of_person(self) -> None:
        self.show_case(self._case_of())

    def show_case(self, case: Case | None) -> None:
        """Offer what can be done with *case*; nothing where it is None."""
        self.setVisible(case is not None)
        desk = self._ctx.desk
        for step, action in self.steps.items():
            why = (
                _("Выберите строку.") if case is None or desk is None else hindrance(step, case.facts, desk.person.role)
            )
            self._why[step] = why
            action.setEnabled(not why)
            action.setToolTip(plain_tooltip(why))
            action.setText(self._title(step, case))
        if case is None:
            return
        first, others = _AT_HAND[case.entry.group]
        self._dress(self.prominent, first)
        for number, button in enumerate(self._others):
            self._dress(button, others[number] if number < len(others) else None)

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the menu and the prominent button; the others give way, because the menu has them too."""
        least = self.more.sizeHint().width() + self.prominent.sizeHint().width() + 3 * theme.SPACE_L
        return QSize(least, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Leave out what has no room, the last of the ordinary buttons first."""
        room = self.width() - 2 * theme.SPACE_L - self.more.sizeHint().width() - theme.SPACE_S
        for button in (self.prominent, *self._others):
            if button.property("step"):
                room -= button.sizeHint().width() + theme.SPACE_S
                button.setVisible(room >= 0 or button is self.prominent)

    def _dress(self, button: QPushButton, step: Step | None) -> None:
        button.setVisible(step is not None)
        button.setProperty("step", step.value if step else "")
        if step is None:
            return
        action = self.steps[step]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setText(f"{action.text()}\u2002{key}")
        button.setAccessibleName(action.text())
        allow(button, self._why[step])

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.steps[Step(button.property("step"))].trigger()

    def _title(self, step: Step, case: Case | None) -> str:
        settings = self._ctx.settings
        if step is Step.APPROVE and case is not None and case.article.planned_at and settings is not None:
            planned = short_time(case.article.planned_at, settings.house.tz, datetime.now(UTC))
            return _("Одобрить на {time}").format(time=planned)
        return step.words

    def _approve(self) -> None:
        case = self._case_of()
        if case is None:
            return
        article, revision, planned = case.article.id, case.revision, case.article.planned_at

        def use(desk: Desk, seen: Unsettled) -> Done[Any]:
            from newsroom.desk import review

            comments, warnings = [one.id for one in seen.comments], [one.key for one in seen.warnings]
            return review.approve(desk, article, revision=revision, comments_seen=comments, warnings_seen=warnings)

        def told(_number: int) -> None:
            if planned is None:
                self._say(_("Одобрено и придержано: назначьте время или выпустите сейчас."))
            else:
                self._say(_("Одобрено на {time}.").format(time=self._exact(planned)))

        def failed(error: Exception) -> None:
            if isinstance(error, StaleEdit):
                self._say(_("Пока вы читали, статью поправили. Показан новый текст: прочтите его и одобрите."))
                self._reload()
            else:
                self._ctx.tasks.failed.emit(error)

        from ui.dialogs.unresolved import let_out

        let_out(self._ctx, self.window(), use, self._page, _("Одобрить всё равно"), told, failed)

    def _return(self) -> None:
        case = self._case_of()
        if case is None:
            return
        reason = self._ask_reason(
            _("Вернуть на доработку"), _("Что исправить? Автор увидит это над текстом."), _("Вернуть")
        )
        if reason:
            article = case.article.id

            def use(desk: Desk) -> Done[Any]:
                from newsroom.desk import review

                return review.return_article(desk, article, reason)

            self._do(use, _("Возвращено автору."))

    def _time(self) -> None:
        case = self._case_of()
        if case is None:
            return
        item = case.entry.item
        before = item.due_at if item else case.article.planned_at
        chosen = self._ask_time(before)
        if chosen is None:
            return
        article = case.article.id
        if item is None:
            self._ask_and_do(
                let_out_at(article, chosen),
                _("План выхода: {time}.").format(time=self._exact(chosen)),
                undo=let_out_at(article, before),
            )
        else:
            undo = _schedule(item, before) if before is not None and item.state.is_open else None
            if before is None and item.state.is_open:
                undo = _hold_again(item)
            self._ask_and_do(_schedule(item, chosen), _("Выйдет {time}.").format(time=self._exact(chosen)), undo=undo)

    def _now(self) -> None:
        case = self._case_of()
        item = case.entry.item if case else None
        if item is None:
            return

        def use(desk: Desk, seen: Unsettled) -> Done[Any]:
            from newsroom.desk import scheduling

            warnings = [one.key for one in seen.warnings]
            return scheduling.publish_now(desk, item.article, site=item.site, warnings_seen=warnings)

        self._ask_and_do(use, _("Уходит на сайт."))

    def _hold(self) -> None:
        case = self._case_of()
        item = case.entry.item if case else None
        if item is None:
            return
        undo = _schedule(item, item.due_at) if item.due_at is not None else None
        self._do(_hold(item), _("Придержано: не выйдет, пока не назначат время."), undo=undo)

    def _retry(self) -> None:
        case = self._case_of()
        item = case.entry.item if case else None
        if item is None:
            return

        def use(desk: Desk) -> Done[Any]:
            from newsroom.desk import scheduling

            return scheduling.retry(desk, item.article, site=item.site)

        self._do(use, _("Доставка повторяется."))

    def _merge(self) -> None:
        """Read the site beside everything else, then ask part by part."""
        case, newsroom, desk, settings = self._case_of(), self._ctx.newsroom, self._ctx.desk, self._ctx.settings
        item = case.entry.item if case else None
        if item is None or newsroom is None or desk is None or settings is None:
            return

        def read() -> tuple[Merge, list[Row | int]]:
            from ui.queue.merging import rows_of

            merge = newsroom.read_merge(desk, item.article, item.site)
            return merge, rows_of(merge, settings)

        def ask(found: tuple[Merge, list[Row | int]]) -> None:
            from ui.queue.merging import ask_merge

            merge, rows = found
            if merge.edited:
                ask_merge(self.window(), merge, rows, lambda choices: self._save_merge(merge, choices))
            else:
                self._say(_("На сайте текст такой, каким его оставила редакция: сливать нечего."))

        self._say(_("Читаю статью на сайте…"))
        self._ctx.tasks.background(read, ask)

    def _save_merge(self, merge: Merge, choices: Mapping[int, Side]) -> None:
        def use(desk: Desk) -> Done[MergeSaved]:
            from newsroom.desk.merging import save_merge

            return save_merge(desk, merge, choices)

        def told(saved: MergeSaved) -> None:
            if not saved.new:
                self._say(_("Текст редакции не изменился: «Доставить снова» отправит его на сайт."))
            elif saved.submitted:
                self._say(_("Версия {number} ждёт одобрения.").format(number=saved.revision))
            else:
                self._say(_("Версия {number} сохранена, но публикации что-то мешает.").format(number=saved.revision))

        self._ctx.act(use, self._page, told)

    def _undo(self) -> None:
        case = self._case_of()
        if case is None:
            return
        reason = self._ask_reason(
            _("Отменить доставку"),
            _(
                "На сайты вернётся в точности то, что было до последней доставки; чего не было, снимается. Текст "
                "вернётся автору. Почему?"
            ),
            _("Отменить доставку"),
        )
        if reason:
            article = case.article.id

            def use(desk: Desk) -> Done[Any]:
                from newsroom.desk import undoing

                return undoing.undo_delivery(desk, article, reason)

            self._do(use, _("Прежнее возвращается на сайт."))

    def _withdraw(self) -> None:
        case = self._case_of()
        if case is None:
            return
        reason = self._ask_reason(
            _("Снять с сайта"),
            _("Почему? Читатели этого не увидят; статью можно будет вернуть кнопкой «Сейчас»."),
            _("Снять с сайта"),
        )
        if reason:
            article = case.article.id

            def use(desk: Desk) -> Done[Any]:
                from newsroom.desk import scheduling

                return scheduling.withdraw(desk, article, reason)

            self._do(use, _("Статья снимается с сайта."))

    def _kill(self) -> None:
        case = self._case_of()
        if case is None:
            return
        reason = self._ask_reason(
            _("Аннулировать статью"),
            _("Это нельзя отменить: статья исчезнет с сайтов навсегда, выпустить её снова будет нельзя. Почему?"),
            _("Аннулировать"),
            danger=True,
        )
        if reason:
            article = case.article.id

            def use(desk: Desk) -> Done[Any]:
                from newsroom.desk import scheduling

                return scheduling.kill(desk, article, reason)

            self._do(use, _("Статья аннулирована."))

    def _do(self, use: Use, told: str, *, undo: Asking | None = None) -> None:
        take_back = self._taking_back(undo) if undo else None
        self._ctx.act(use, self._page, lambda _value: self._ctx.message.emit(told, take_back))

    def _ask_and_do(self, use: Asking, told: str, *, undo: Asking | None = None) -> None:
        """The same for what lets a text out: what the lists say since its approval is asked about."""
        from ui.dialogs.unresolved import let_out

        take_back = self._taking_back(undo) if undo else None

        def done(_value: object) -> None:
            self._ctx.message.emit(told, take_back)

        let_out(self._ctx, self.window(), use, self._page, _("Выпустить всё равно"), done)

    def _taking_back(self, undo: Asking) -> Callable[[], None]:
        return lambda: self._ask_and_do(undo, _("Отменено: всё как было."))

    def _say(self, text: str) -> None:
        self._ctx.message.emit(text, None)

    def _exact(self, instant: datetime) -> str:
        assert self._ctx.settings is not None
        return exact_time(instant, self._ctx.settings.house.tz)

    def _ask_reason(self, title: str, question: str, button: str, *, danger: bool = False) -> str:
        from ui.dialogs.reason import ask_reason

        return ask_reason(self.window(), title, question, button, danger=danger)

    def _ask_time(self, before: datetime | None) -> datetime | None:
        from ui.dialogs.instant import ask_instant

        assert self._ctx.settings is not None
        return ask_instant(self.window(), self._ctx.settings.house, before)


def _schedule(item: QueueItem, due: datetime | None) -> Asking:
    def use(desk: Desk, seen: Unsettled) -> Done[Any]:
        from newsroom.desk import scheduling

        assert due is not None
        warnings = [one.key for one in seen.warnings]
        return scheduling.schedule(desk, item.article, due, site=item.site, warnings_seen=warnings)

    return use


def _hold(item: QueueItem) -> Use:
    def use(desk: Desk) -> Done[Any]:
        from newsroom.desk import scheduling

        return scheduling.hold(desk, item.article, site=item.site)

    return use


def _hold_again(item: QueueItem) -> Asking:
    hold = _hold(item)
    return lambda desk, _seen: hold(desk)
