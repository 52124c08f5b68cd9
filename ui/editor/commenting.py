"""Comments on the open article: marks on its page, cards beside it, and the traffic of both with the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QTextEdit, QWidget

from newsroom.domain.article import Article
from newsroom.domain.changes import Changes
from newsroom.domain.comments import Comment, Place
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.words import _
from ui.context import Context
from ui.editor.comment_marks import PENDING, CommentMarks
from ui.editor.composing import Composing
from ui.editor.page_view import PageView
from ui.editor.saving import Saver
from ui.fields.comments_section import CommentsSection

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done

#: Milliseconds of rest after which words that have vanished from the page are looked for, and the cursor is followed.
_REST = 300


class Commenting(QObject):
    """Signals:

    section_wanted(): the section must be seen: something is to be written there.
    card_wanted(QWidget): this card should be seen.
    text_wanted(): the text must be seen: its words are shown.
    """

    section_wanted = Signal()
    card_wanted = Signal(object)
    text_wanted = Signal()

    def __init__(self, ctx: Context, section: CommentsSection, page: PageView, saver: Saver, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._section, self._page = ctx, section, page
        self._fields: Mapping[Field, QTextEdit] = {
            Field.HEADLINE: page.head.headline,
            Field.LEAD: page.head.lead,
            Field.BODY: page.body,
        }
        self.marks = CommentMarks(self._fields, self)
        self.composing = Composing(ctx, section, self._fields, self.marks, saver, self)
        self._article: ArticleId | None = None
        self._comments: dict[CommentId, Comment] = {}
        self._current: CommentId | None = None
        #: More came into the text at once than a key brings: lost words may be back.
        self._may_be_back = False
        self._asked = 0
        self._looking = False
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._rested)
        saver.places_of = self.places
        for edit in self._fields.values():
            edit.document().contentsChange.connect(self._contents_changed)
            edit.cursorPositionChanged.connect(self._cursor_moved)
        for wanted in (section.wanted, page.body.comment_wanted):
            wanted.connect(self.begin)
        self.composing.section_wanted.connect(self.section_wanted)
        self.composing.added.connect(lambda comment: self._added(CommentId(comment)))
        self.composing.changed.connect(self._show)
        section.chosen.connect(lambda comment: self.go_to(CommentId(comment)))
        section.resolved.connect(lambda comment: self.resolve(CommentId(comment)))
        section.reopened.connect(lambda comment: self._reopen(CommentId(comment)))
        section.reword_wanted.connect(lambda comment: self._reword(CommentId(comment)))
        section.delete_wanted.connect(lambda comment: self._delete(CommentId(comment)))
        section.shown_changed.connect(self._show)
        ctx.changed.connect(self._changed)
        ctx.signed_in.connect(self._show)

    @property
    def busy(self) -> bool:
        """Whether something is under way or about to be."""
        return self._looking or self._rest.isActive() or self.composing.busy

    # -- what belongs to the page

    def follow(self, article: Article | None) -> None:
        """*article* is on the page now, None is a new one."""
        opened = article.id if article is not None else None
        if opened == self._article:
            return
        if self._article is not None or opened is None:
            self._leave()
        self._article = self.composing.article = opened
        self._read()

    def places(self) -> dict[CommentId, Place]:
        """Where the words of each comment are on the page, for a save."""
        places = {comment: self.marks.place_of(comment) for comment in self._comments}
        return {comment: place for comment, place in places.items() if place is not None}

    def _leave(self) -> None:
        self.composing.leave()
        self._current = None
        self._comments = {}
        self.marks.keep_only(())
        self._section.settled.setChecked(False)
        self._show()

    def _read(self) -> None:
        article = self._article
        if article is None:
            self._show()
            return
        self._asked += 1
        asked = self._asked

        def query(desk: Desk) -> list[Comment]:
            from newsroom.desk.commenting import list_comments

            return list_comments(desk, article)

        def done(comments: list[Comment]) -> None:
            if asked == self._asked and article == self._article:
                self._comments = {comment.id: comment for comment in comments}
                self.marks.keep_only((*self._comments, PENDING))
                self._show()
                self._look()

        self._ctx.read(query, done)

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if self._article is not None and self._article in changes.articles:
            self._read()

    def _look(self) -> None:
        """Look for the words of comments that have no mark, beside everything else."""
        lost = [comment for name, comment in self._comments.items() if self.marks.span(name) is None]
        if not lost or self._looking:
            return
        texts = {field: edit.document().toRawText() for field, edit in self._fields.items()}
        before = [edit.document().revision() for edit in self._fields.values()]

        def work() -> list[tuple[CommentId, Field, int, int]]:
            from newsroom.desk.commenting import place_in

            placed = [(one.comment.id, one.span) for one in place_in(texts, lost)]
            return [
                (name, span.field, _units(texts[span.field], span.begin), _units(texts[span.field], span.end))
                for name, span in placed
                if span is not None
            ]

        def done(found: list[tuple[CommentId, Field, int, int]]) -> None:
            self._looking = False
            if before != [edit.document().revision() for edit in self._fields.values()]:
                self._may_be_back = True
                self._rest.start()
                return
            for name, field, begin, end in found:
                if name in self._comments:
                    self.marks.place(name, field, begin, end)
            self._show()

        def failed(error: Exception) -> None:
            self._looking = False
            self._ctx.tasks.failed.emit(error)

        self._looking = True
        self._ctx.tasks.background(work, done, failed)

    def _contents_changed(self, _position: int, _removed: int, added: int) -> None:
        if self._comments:
            self._may_be_back = self._may_be_back or added > 1
            self._rest.start()

    def _cursor_moved(self) -> None:
        if self._comments and not self._rest.isActive():
            self._rest.start()

    def _rested(self) -> None:
        if self._may_be_back:
            self._may_be_back = False
            self._look()
        field = next((name for name, edit in self._fields.items() if edit.hasFocus()), None)
        if field is not None and not self._fields[field].textCursor().hasSelection():
            self._current = self.marks.at(field, self._fields[field].textCursor().position())
        self._show()

    def _show(self) -> None:
        order = {comment: place for place, comment in enumerate(self.marks.in_order())}
        listed = sorted(self._comments.values(), key=lambda one: (order.get(one.id, len(order)), one.id))
        seen = {one.id for one in listed if self._section.shows_resolved or not one.is_resolved}
        gone = set() if self._looking else {one.id for one in listed if self.marks.span(one.id) is None}
        if self._current not in seen:
            self._current = None
        self.marks.show(seen, self._current)
        person = self._ctx.desk.person.id if self._ctx.desk is not None else None
        self._section.show_comments(listed, gone, person, self._ctx.zone)
        card = self._section.show_current(self._current)
        if card is not None:
            self.card_wanted.emit(card)

    # -- going from one to the next

    def go_to(self, comment: CommentId) -> None:
        """Show the words of *comment*, and its card."""
        self._current = comment
        span = self.marks.span(comment)
        if span is None:
            self._show()
            return
        field, begin, _end = span
        self.text_wanted.emit()
        edit = self._fields[field]
        cursor = edit.textCursor()
        cursor.setPosition(begin)
        edit.setTextCursor(cursor)
        edit.setFocus()
        self._page.show_cursor_of(edit)
        self._show()

    def step(self, by: int) -> bool:
        """Go to the next comment (1) or the one before (-1), going round; False where there is none."""
        order = self.marks.in_order()
        if not order:
            return False
        if self._current in order:
            self.go_to(order[(order.index(self._current) + by) % len(order)])
        else:
            self.go_to(order[0 if by > 0 else -1])
        return True

    # -- writing

    def begin(self) -> None:
        """Write a comment on the selected words, or on the word at the cursor."""
        self.composing.begin()

    def _reword(self, comment: CommentId) -> None:
        current = self._comments.get(comment)
        if current is not None:
            self.composing.reword(current)

    def _added(self, comment: CommentId) -> None:
        self._current = comment
        self._show()

    # -- deciding

    def resolve_current(self) -> bool:
        """Resolve the comment at the cursor, or the one gone to last; False where there is none."""
        if self._current is None or self._comments[self._current].is_resolved:
            return False
        self.resolve(self._current)
        return True

    def resolve(self, comment: CommentId) -> None:
        def take_back() -> None:
            self._reopen(comment)

        self._ctx.act(
            _deciding("resolve_comment", comment),
            self,
            lambda _value: self._ctx.message.emit(_("Комментарий решён."), take_back),
        )

    def _reopen(self, comment: CommentId) -> None:
        self._ctx.act(_deciding("reopen_comment", comment), self)

    def _delete(self, comment: CommentId) -> None:
        from ui.dialogs.messages import ask

        current = self._comments.get(comment)
        if current is None:
            return
        words = _("«{text}»\n\nВернуть его будет нельзя.").format(text=current.text)
        window: QWidget = self._section.window()
        ask(
            window,
            _("Удалить комментарий?"),
            words,
            _("Удалить"),
            lambda: self._ctx.act(_deciding("delete_comment", comment), self),
            danger=True,
        )


def _units(text: str, characters: int) -> int:
    """The place in UTF-16 units of a place in characters."""
    return len(text[:characters].encode("utf-16-le", "surrogatepass")) // 2


def _deciding(what: str, comment: CommentId) -> Callable[[Desk], Done[None]]:
    def use(desk: Desk) -> Done[None]:
        from newsroom.desk import commenting

        done: Done[None] = getattr(commenting, what)(desk, comment)
        return done

    return use
