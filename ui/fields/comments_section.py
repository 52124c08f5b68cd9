"""The comments on the open article in the inspector: read, written, resolved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from newsroom.domain.comments import LONGEST_COMMENT, Comment
from newsroom.domain.ids import CommentId, PersonId
from newsroom.words import _
from ui import theme
from ui.icons import icon
from ui.times import exact_time, short_time
from ui.widgets import (
    PlainLabel,
    Section,
    allow,
    plain_button,
    plain_tooltip,
    primary_button,
    quiet_button,
    set_property,
)

#: Cards that are built in one turn: the keyboard never waits for many.
_AT_ONCE = 4


class CommentsSection(Section):
    """Signals:

    wanted(): a comment on the selected words is to be written.
    composed(): something was written in the composer.
    kept(): what was written is to be kept; the composer stays until `end_composing`.
    dropped(): it is not; here too.
    chosen(int): the words of this comment are to be shown.
    resolved(int), reopened(int), reword_wanted(int), delete_wanted(int): what is to become of a comment.
    shown_changed(): resolved comments are shown now, or no longer.
    """

    wanted = Signal()
    composed = Signal()
    kept = Signal()
    dropped = Signal()
    chosen = Signal(int)
    resolved = Signal(int)
    reopened = Signal(int)
    reword_wanted = Signal(int)
    delete_wanted = Signal(int)
    shown_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Комментарии"), parent)
        self._cards: dict[CommentId, _Card] = {}
        self._wanted: list[_Shown] = []
        self._current: CommentId | None = None
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._fill)
        add = QToolButton()
        add.setIcon(icon("plus", "muted", 16))
        add.setToolTip(_("Комментарий к выделенным словам"))
        add.setAccessibleName(_("Комментарий к выделенным словам"))
        add.clicked.connect(self.wanted)
        self.add_to_heading(add)
        self.composer = _Composer()
        self.composer.kept.connect(self.kept)
        self.composer.dropped.connect(self.dropped)
        self.composer.field.textChanged.connect(self.composed)
        self.add(self.composer)
        self.composer.hide()
        self._none = PlainLabel(_("Нет. Читатели комментариев не видят."), "muted", wrap=True)
        self.add(self._none)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.SPACE_S)
        self.add(holder)
        self.settled = quiet_button("")
        self.settled.setCheckable(True)
        self.settled.toggled.connect(lambda _on: self.shown_changed.emit())
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.settled)
        line.addStretch(1)
        self.add(row)
        self.settled.hide()

    @property
    def shows_resolved(self) -> bool:
        return self.settled.isChecked()

    def show_comments(
        self, comments: Sequence[Comment], gone: Collection[CommentId], person: PersonId | None, zone: tzinfo
    ) -> None:
        """List *comments* in this order; the words of those in *gone* are no longer in the text."""
        listed = [one for one in comments if self.shows_resolved or not one.is_resolved]
        self._wanted = [_Shown.of(one, one.id in gone, one.author == person, zone) for one in listed]
        self._fill()
        open_ones = sum(not one.is_resolved for one in comments)
        self.set_title(_("Комментарии") + (f" · {open_ones}" if open_ones else ""))
        self._none.setVisible(not comments and self.composer.isHidden())
        settled = len(comments) - open_ones
        self.settled.setText(_("Решённые · {count}").format(count=settled))
        self.settled.setVisible(bool(settled))

    def show_current(self, comment: CommentId | None) -> QWidget | None:
        """Set off the card of *comment*, and return it where there is one."""
        self._current = comment
        for name, card in self._cards.items():
            card.set_current(name == comment)
        return self._cards.get(comment) if comment is not None else None

    def _fill(self) -> None:
        """Bring the cards to what is wanted, keeping those that stay as they are; new ones a few in a turn."""
        wanted = {shown.comment: shown for shown in self._wanted}
        for name, card in list(self._cards.items()):
            if wanted.get(name) != card.shown:
                del self._cards[name]
                self._list.removeWidget(card)
                card.hide()
                card.deleteLater()
        missing = [shown for shown in self._wanted if shown.comment not in self._cards]
        for shown in missing[:_AT_ONCE]:
            self._cards[shown.comment] = self._card(shown)
        for place, name in enumerate(name for name in wanted if name in self._cards):
            item = self._list.itemAt(place)
            if item is None or item.widget() is not self._cards[name]:
                self._list.insertWidget(place, self._cards[name])
        if len(missing) > _AT_ONCE:
            self._more.start()

    def compose(self, words: str, text: str = "") -> None:
        """Let a comment on *words* be written, beginning with *text*."""
        self._none.hide()
        self.composer.begin(words, text)

    def end_composing(self) -> None:
        """What was written is kept, or nobody wants it any more."""
        self.composer.clear()
        self.composer.hide()

    def _card(self, shown: _Shown) -> _Card:
        card = _Card(shown)
        card.set_current(shown.comment == self._current)
        card.chosen.connect(self.chosen)
        card.decided.connect(self.reopened if shown.settled else self.resolved)
        card.reword_wanted.connect(self.reword_wanted)
        card.delete_wanted.connect(self.delete_wanted)
        return card


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a card shows of a comment."""

    comment: CommentId
    author: str
    words: str
    text: str
    made: str
    made_exactly: str
    #: Who resolved it and when; empty while it is not.
    settled: str
    gone: bool
    own: bool

    @classmethod
    def of(cls, comment: Comment, gone: bool, own: bool, zone: tzinfo) -> _Shown:
        now = datetime.now(UTC)
        settled = ""
        if comment.resolved_at is not None:
            when = short_time(comment.resolved_at, zone, now)
            settled = _("Решено: {name}, {time}").format(name=comment.resolved_by, time=when)
        made, exactly = short_time(comment.made_at, zone, now), exact_time(comment.made_at, zone)
        return cls(comment.id, comment.author_name, comment.words, comment.text, made, exactly, settled, gone, own)


class _Card(QFrame):
    """One comment."""

    chosen = Signal(int)
    decided = Signal(int)
    reword_wanted = Signal(int)
    delete_wanted = Signal(int)

    def __init__(self, shown: _Shown) -> None:
        super().__init__()
        self.shown = shown
        name = shown.comment
        self.setProperty("kind", "card")
        self.setProperty("current", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{shown.author}: {shown.text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_S, theme.SPACE_S)
        column.setSpacing(theme.SPACE_XS)
        head = QHBoxLayout()
        head.setSpacing(0)
        made = PlainLabel(shown.made, "small")
        made.setToolTip(plain_tooltip(shown.made_exactly))
        head.addWidget(PlainLabel(shown.author, "heading", elide=True), 1)
        head.addWidget(made)
        head.addSpacing(theme.SPACE_XS)
        glyph, words = ("arrow-u-up-left", _("Открыть снова")) if shown.settled else ("check", _("Решено"))
        decide = _tool(glyph, words)
        decide.clicked.connect(lambda: self.decided.emit(name))
        head.addWidget(decide)
        if shown.own:
            more = _tool("dots-three", _("Ещё"))
            menu = QMenu(more)
            menu.addAction(icon("pencil-simple", "muted", 16), _("Изменить…"), lambda: self.reword_wanted.emit(name))
            menu.addAction(icon("trash", "muted", 16), _("Удалить…"), lambda: self.delete_wanted.emit(name))
            more.setMenu(menu)
            more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            head.addWidget(more)
        column.addLayout(head)
        column.addWidget(PlainLabel(f"«{shown.words}»", "muted", elide=True))
        column.addWidget(PlainLabel(shown.text, wrap=True))
        if shown.gone:
            column.addWidget(PlainLabel(_("Этих слов в тексте больше нет."), "warning", wrap=True))
        if shown.settled:
            column.addWidget(PlainLabel(shown.settled, "small", wrap=True))

    def set_current(self, current: bool) -> None:
        """Set the card off from the others, or no longer."""
        set_property(self, "current", current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.shown.comment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.shown.comment)
        else:
            super().keyPressEvent(event)


def _tool(name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name, "muted", 16))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class _Composer(QWidget):
    """Where a comment is written. Enter keeps it, Shift+Enter begins a line, Esc drops it."""

    kept = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        self._words = PlainLabel("", "muted", elide=True)
        column.addWidget(self._words)
        self.field = _CommentField()
        self.field.textChanged.connect(self._check)
        self.field.kept.connect(self._keep)
        self.field.dropped.connect(self._drop)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_S)
        row.addStretch(1)
        self.cancel = plain_button(_("Не надо"))
        self.cancel.clicked.connect(self._drop)
        row.addWidget(self.cancel)
        self.keep = primary_button(_("Оставить"))
        self.keep.setToolTip(_("Enter; новая строка — Shift+Enter"))
        self.keep.clicked.connect(self._keep)
        row.addWidget(self.keep)
        column.addLayout(row)
        self._check()

    @property
    def text(self) -> str:
        return self.field.toPlainText().strip()

    def begin(self, words: str, text: str) -> None:
        self._words.setText(f"«{words}»")
        self.field.setPlainText(text)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.show()
        self.field.setFocus()

    def clear(self) -> None:
        self.set_waiting(False)
        self.field.clear()

    def set_waiting(self, waiting: bool) -> None:
        """The words are on their way to the newsroom: they are neither changed, nor sent again, nor dropped."""
        self.field.setReadOnly(waiting)
        self.cancel.setDisabled(waiting)
        self._check()

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self.kept.emit()

    def _drop(self) -> None:
        if self.cancel.isEnabled():
            self.dropped.emit()

    def _check(self) -> None:
        refusal = "" if self.text else _("Напишите комментарий.")
        if len(self.text) > LONGEST_COMMENT:
            refusal = _("Комментарий длиннее {limit} знаков: такое лучше обсудить голосом.").format(
                limit=LONGEST_COMMENT
            )
        allow(self.keep, refusal)
        if self.field.isReadOnly():
            self.keep.setEnabled(False)


class _CommentField(QPlainTextEdit):
    kept = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Комментарий"))
        self.setPlaceholderText(_("Что здесь не так?"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(76)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.kept.emit()
                return
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return
        super().keyPressEvent(event)
