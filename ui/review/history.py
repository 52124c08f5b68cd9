"""The history of an article in its own window: who saved what and why, two texts compared, one of them brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from newsroom.domain.ids import ArticleId
from newsroom.domain.people import Action, refusal
from newsroom.text.dates import relative_time
from newsroom.words import _
from ui import theme
from ui.dialogs.messages import show_error
from ui.review.changes import Base, ChangesView
from ui.review.history_list import HistoryList
from ui.review.reading import ReadingView, first_appearance
from ui.review.switch import Switch
from ui.widgets import Pane, PlainLabel, allow, line, plain_button

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.article import Article, Content
    from newsroom.domain.changes import Changes, Done
    from newsroom.domain.history import History
    from ui.context import Context


@dataclass(frozen=True, slots=True)
class _Offer:
    """A base before its content is read."""

    number: int
    title: str
    key: str


class HistoryDialog(QDialog):
    """Attributes: ``list``, ``switch`` (changes or text), ``changes``, ``reading``, ``back`` brings a text back."""

    def __init__(self, ctx: Context, article: ArticleId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._id = ctx, article
        self._article: Article | None = None
        self._history: History | None = None
        #: Contents read so far by number; revisions never change.
        self._contents: dict[int, Content] = {}
        self._asked = 0
        self._closed = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("История версий"))
        self.setSizeGripEnabled(True)
        self.list = HistoryList()
        self.switch = Switch(_("Изменения"), _("Текст"))
        self.changes = ChangesView(ctx)
        self.reading = ReadingView(ctx)
        self.back = plain_button(_("Вернуть эту версию"), "arrow-counter-clockwise")
        self._build()
        self.list.chosen.connect(self._chosen)
        self.switch.changed.connect(lambda _choice: self._show_view())
        self.back.clicked.connect(self._restore)
        ctx.changed.connect(self._on_changed)
        self._read()

    def _build(self) -> None:
        left, right = Pane("window"), Pane("surface")
        self._headline = PlainLabel("", "heading", elide=True)
        head = QVBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_XS)
        head.addWidget(self._headline)
        hint = _("Две версии сравниваются, если выбрать обе: Ctrl и щелчок или Ctrl и пробел.")
        head.addWidget(PlainLabel(hint, "small", wrap=True))
        left.column.addLayout(head)
        left.column.addWidget(line())
        left.column.addWidget(self.list, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        bar.setSpacing(theme.SPACE_M)
        self._what = PlainLabel("", "heading", elide=True)
        bar.addWidget(self._what, 1)
        bar.addWidget(self.switch)
        self._views = QStackedWidget()
        for view in (QWidget(), self.changes, self.reading):
            self._views.addWidget(view)
        right.column.addLayout(bar)
        right.column.addWidget(line())
        right.column.addWidget(self._views, 1)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        size = round(340 * theme.tokens().zoom)
        split.setSizes([size, 3 * size])
        left.least = 240
        close = plain_button(_("Закрыть"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        foot.setSpacing(theme.SPACE_S)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        column.addWidget(line())
        column.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(1180, room.width() - 80), min(780, room.height() - 80))
        self.list.setFocus()

    def done(self, result: int) -> None:
        """The window goes; answers that are still on their way are not for it any more."""
        self._closed = True
        self.changes.clear()
        self.reading.clear_page()
        super().done(result)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self._id in changes.articles:
            self._read()

    def _read(self) -> None:
        def work(desk: Desk) -> tuple[Article, History]:
            from newsroom.desk import reading

            return reading.read_article(desk, self._id), reading.read_history(desk, self._id)

        self._ctx.read(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        if not self._closed:
            show_error(self, error)

    def _show(self, answer: tuple[Article, History]) -> None:
        if self._closed:
            return
        self._article, self._history = answer
        self._contents[self._article.revision] = self._article.content
        self._headline.setText(self._article.content.headline or _("Без заголовка"))
        self.list.show_history(self._history, self._ctx.zone)

    def _chosen(self) -> None:
        """Read the texts that the selection needs, then show them."""
        history, numbers = self._history, self.list.numbers()
        if history is None or not numbers:
            return
        self._asked += 1
        asked, number = self._asked, numbers[-1]
        offers = (
            [_Offer(numbers[0], _("версией {number}").format(number=numbers[0]), "chosen")]
            if len(numbers) == 2
            else _offers(history, number, self.list.oldest_of_chosen())
        )
        missing = {number, *(offer.number for offer in offers)} - set(self._contents)

        def work(desk: Desk) -> dict[int, Content]:
            from newsroom.desk import reading

            return {one: reading.read_revision(desk, self._id, one).content for one in missing}

        def show(contents: dict[int, Content]) -> None:
            self._contents |= contents
            if asked == self._asked and not self._closed:
                self._show_texts(numbers, offers)

        self._ctx.read(work, show, self._failed)

    def _show_texts(self, numbers: tuple[int, ...], offers: list[_Offer]) -> None:
        settings, history, number = self._ctx.settings, self._history, numbers[-1]
        if settings is None or history is None or self._article is None:
            return
        newest = number == history.newest
        revision = next(one for one in history.revisions if one.number == number)
        if len(numbers) == 2:
            self._what.setText(_("Версия {old} → версия {new}").format(old=numbers[0], new=number))
        else:
            when = relative_time(revision.saved_at, datetime.now(UTC), settings.house.tz)
            self._what.setText(
                _("Версия {number} · {name} · {time}").format(number=number, name=revision.author_name, time=when)
            )
        bases = [Base(one.title, self._contents[one.number], one.key, one.number > number) for one in offers]
        content = self._contents[number]
        self.changes.show_changes(content, bases, settings)
        self.reading.show_content(content, settings, out_at=first_appearance(self._article))
        allow(self.switch.buttons[0], "" if bases else _("Сравнивать не с чем: это первый текст статьи."))
        if not bases:
            self.switch.choose(1)
        allow(self.back, self._why_not(single=len(numbers) == 1, newest=newest))
        self._show_view()

    def _why_not(self, *, single: bool, newest: bool) -> str:
        """Why what is selected cannot be brought back; empty where it can."""
        desk, article = self._ctx.desk, self._article
        if not single:
            return _("Выберите одну версию.")
        if newest:
            return _("Это и есть новейшая версия.")
        if article is not None and article.killed:
            return _("Статья аннулирована: её можно только читать.")
        return refusal(desk.person.role, Action.WRITE) if desk is not None else ""

    def _show_view(self) -> None:
        self._views.setCurrentWidget(self.reading if self.switch.choice else self.changes)

    def _restore(self) -> None:
        if self._history is None:
            return
        (number,), base = self.list.numbers(), self._history.newest
        self.back.setEnabled(False)

        def refused(error: Exception) -> None:
            self._failed(error)
            self._read()

        def done(written: int) -> None:
            _tell(self._ctx, self._id, number, base, written)
            if not self._closed:
                self.accept()

        _bring_back(self._ctx, self._id, number, base, done, refused)


def _offers(history: History, number: int, oldest: int) -> list[_Offer]:
    """What revision *number*, the last of a sitting that began with *oldest*, is usefully compared with."""
    approved = history.approved_before(history.newest + 1)
    if oldest > 1:
        before = _Offer(oldest - 1, _("тем, что было до неё: версия {number}"), "previous")
    else:
        before = _Offer(oldest, _("самым первым текстом: версия {number}"), "previous")
    offers = [
        before,
        _Offer(history.newest, _("новейшей версией {number}"), "newest"),
        _Offer(approved or 0, _("последней одобренной версией {number}"), "approved"),
        _Offer(history.live or 0, _("тем, что сейчас на сайте: версия {number}"), "live"),
    ]
    return [
        _Offer(one.number, one.title.format(number=one.number), one.key)
        for one in offers
        if one.number not in (0, number)
    ]


def _bring_back(
    ctx: Context,
    article: ArticleId,
    number: int,
    base: int,
    on_done: Callable[[int], None],
    on_error: Callable[[Exception], None] | None = None,
) -> None:
    def work(desk: Desk) -> Done[int]:
        from newsroom.desk.writing import restore_revision

        return restore_revision(desk, article, number, base_revision=base)

    ctx.act(work, None, on_done, on_error)


def _tell(ctx: Context, article: ArticleId, number: int, former: int, written: int) -> None:
    """Say that *number* was brought back as *written*, and let *former* be brought back in its turn."""
    if written == former:
        ctx.message.emit(_("Новейший текст и так равен версии {number}.").format(number=number), None)
        return

    def undo() -> None:
        said = _("Снова стоит текст версии {number}.").format(number=former)
        _bring_back(ctx, article, former, written, lambda _written: ctx.message.emit(said, None))

    words = _("Текст версии {number} вернулся: теперь это версия {written}.")
    ctx.message.emit(words.format(number=number, written=written), undo)
