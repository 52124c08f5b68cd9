"""The one comment that is being written: begun on words of the page, safe while it is typed, sent to the newsroom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from newsroom.domain.changes import Done
from newsroom.domain.comments import Comment, Place, brief
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.words import _
from ui.context import Context
from ui.editor.comment_marks import PENDING, CommentMarks
from ui.editor.journal_writer import JournalWriter
from ui.editor.saving import Saver
from ui.fields.comments_section import CommentsSection

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.journal import CommentEntry


@dataclass(frozen=True, slots=True)
class Begun:
    """A comment as it stands in the composer."""

    #: None while the article has no number yet.
    article: ArticleId | None
    place: Place
    #: The comment whose text is being changed; None while a new one is written.
    rewording: CommentId | None
    text: str


@dataclass(slots=True)
class _Sending:
    """A comment on its way to the newsroom."""

    #: Who is to be told whether it is kept.
    waiting: list[Callable[[bool], None]]
    #: Lets go of what the journal holds of it; set where its article was left meanwhile.
    forget: Callable[[], None] | None = None


class Composing(QObject):
    """Signals:

    section_wanted(): the section must be seen: something is to be written there.
    added(int): a new comment is in the newsroom, and has its mark.
    changed(): a comment is being written now, or no longer.
    """

    section_wanted = Signal()
    added = Signal(int)
    changed = Signal()

    def __init__(
        self,
        ctx: Context,
        section: CommentsSection,
        fields: Mapping[Field, QTextEdit],
        marks: CommentMarks,
        saver: Saver,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._section, self._fields, self._marks, self._saver = ctx, section, fields, marks, saver
        #: The article on the page, None while it has no number; told by whoever opens it.
        self.article: ArticleId | None = None
        #: Where the comment was begun, should its words vanish; None while nothing is written.
        self._place: Place | None = None
        self._rewording: CommentId | None = None
        #: Grows when the article is left: answers for the one before change nothing here.
        self._sitting = 0
        self._sending: _Sending | None = None
        self._journal = JournalWriter(ctx, self._take, self)
        section.composed.connect(self._typed)
        section.kept.connect(self._keep)
        section.dropped.connect(self._drop)

    @property
    def busy(self) -> bool:
        """Whether something is under way or about to be."""
        return self._sending is not None or self._journal.busy

    @property
    def safe(self) -> bool:
        """Whether what is being written is on this disk."""
        return self._journal.safe

    def begin(self) -> None:
        """Write a comment on the selected words, or on the word at the cursor; what is being written goes there."""
        if self._sending is not None:
            return
        if self._rewording is not None:
            self.keep_begun(lambda kept: self.begin() if kept else None)
            return
        chosen = self._selected()
        if chosen is not None:
            self._marks.place(PENDING, *chosen)
            place = self._marks.place_of(PENDING)
            if place is not None:
                self._compose(place, None, self._section.composer.text)
                return
            self._marks.forget([PENDING])
        self._say(_("Выделите слова, к которым относится комментарий."))

    def reword(self, comment: Comment) -> None:
        """Let the text of *comment* be changed; what was being written is kept first."""
        if self._rewording == comment.id:
            self._section.composer.field.setFocus()
        elif self._begun() is not None:
            self.keep_begun(lambda kept: self.reword(comment) if kept else None)
        else:
            self._marks.forget([PENDING])
            self._compose(comment.place, comment.id, comment.text)

    def keep_begun(self, on_done: Callable[[bool], None]) -> None:
        """Keep the comment that is being written, and end the writing; then *on_done* with whether it is kept."""
        begun = self._begun()
        if self._sending is not None:
            self._sending.waiting.append(on_done)
        elif begun is None or begun.article is None:
            on_done(True)
        else:
            self._send(begun, on_done)

    def leave(self) -> None:
        """Another article comes: what was being written is kept, for nobody said that it should not be."""
        begun = self._begun()
        self._sitting += 1
        if self._sending is not None:
            self._sending.forget = self._journal.hand_over()
            self._sending = None
        elif begun is not None and begun.article is not None:
            forget = self._journal.hand_over()
            self._ctx.act(_use_case(begun), self, lambda _value: forget())
        self._end()

    def close(self) -> None:
        """The window closes."""
        self._journal.close()

    def _compose(self, place: Place, rewording: CommentId | None, text: str) -> None:
        self._place, self._rewording = place, rewording
        self.section_wanted.emit()
        self._section.compose(brief(place.anchor.selected), text)
        self.changed.emit()

    def _selected(self) -> tuple[Field, int, int] | None:
        focused = QApplication.focusWidget()
        fields = sorted(self._fields.items(), key=lambda pair: pair[1] is not focused)
        for field, edit in fields:
            cursor = edit.textCursor()
            if cursor.hasSelection():
                return field, cursor.selectionStart(), cursor.selectionEnd()
        for field, edit in fields:
            if edit is focused:
                cursor = edit.textCursor()
                cursor.select(QTextCursor.SelectionType.WordUnderCursor)
                if cursor.hasSelection():
                    return field, cursor.selectionStart(), cursor.selectionEnd()
        return None

    def _begun(self) -> Begun | None:
        """What is being written; None where it has no words yet."""
        place, text = self._marks.place_of(PENDING) or self._place, self._section.composer.text
        article = self.article if self.article is not None else self._saver.article
        return Begun(article, place, self._rewording, text) if text and place is not None else None

    def _typed(self) -> None:
        if self._place is not None:
            self._journal.soon()

    def _take(self) -> Callable[[str], CommentEntry] | None:
        begun, desk = self._begun(), self._ctx.desk
        if begun is None or desk is None:
            return None
        login = desk.person.login

        def make(key: str) -> CommentEntry:
            from newsroom.journal import CommentEntry

            return CommentEntry(key, begun.article, begun.place, begun.rewording, begun.text, login, datetime.now(UTC))

        return make

    def _keep(self) -> None:
        begun = self._begun()
        if begun is not None and self._sending is None:
            self._send(begun, lambda kept: self._back_to(begun.place.field) if kept else None)

    def _send(self, begun: Begun, on_done: Callable[[bool], None]) -> None:
        """Send what is being written, its article first, and end the writing once it has arrived."""
        sending = self._sending = _Sending([on_done])
        self._section.composer.set_waiting(True)

        def answer(kept: bool) -> None:
            if sending is self._sending:
                self._sending = None
                if kept:
                    self._end()
                    self._journal.settle()
                else:
                    self._section.composer.set_waiting(False)
            elif kept and sending.forget is not None:
                sending.forget()
            for one in sending.waiting:
                one(kept)

        def send(_saved: bool) -> None:
            article = begun.article if begun.article is not None else self._saver.article
            if article is None:
                self._say(_("Сначала напишите статью."))
                answer(False)
                return

            def sent(comment: CommentId | None) -> None:
                if comment is not None and sending is self._sending:
                    self._marks.rename(PENDING, comment)
                    self.added.emit(int(comment))
                answer(True)

            def refused(error: Exception) -> None:
                self._ctx.tasks.failed.emit(error)
                answer(False)

            self._ctx.act(_use_case(replace(begun, article=article)), self, sent, refused)

        if begun.article is None:
            self._saver.flush(send)
        else:
            send(True)

    def _drop(self) -> None:
        """Nothing is to become of it; what was written can be had back for a while."""
        begun, place, sitting = self._begun(), self._place, self._sitting
        self._journal.settle()
        self._end()
        self._back_to(place.field if place is not None else Field.BODY)
        if begun is None:
            return

        def take_back() -> None:
            if sitting == self._sitting and self._place is None:
                self._compose(begun.place, begun.rewording, begun.text)
            elif begun.article is not None:
                self._ctx.act(_use_case(begun), self)

        self._ctx.message.emit(_("Комментарий отброшен."), take_back)

    def _end(self) -> None:
        self._place = self._rewording = None
        self._section.end_composing()
        self._marks.forget([PENDING])
        self.changed.emit()

    def _back_to(self, field: Field) -> None:
        """The keyboard goes back to where it was."""
        self._fields[field].setFocus()

    def _say(self, words: str) -> None:
        self._ctx.message.emit(words, None)


def _use_case(begun: Begun) -> Callable[[Desk], Done[CommentId | None]]:
    """What puts *begun*, whose article has its number, into the newsroom; its value is the number of a new comment."""
    article, place, text = begun.article, begun.place, begun.text

    def use(desk: Desk) -> Done[CommentId | None]:
        from newsroom.desk.commenting import add_comment, reword_comment

        if begun.rewording is not None:
            return Done(None, reword_comment(desk, begun.rewording, text).changes)
        assert article is not None
        added = add_comment(desk, article, place, text)
        return Done(added.value, added.changes)

    return use
