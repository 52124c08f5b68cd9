"""A comment that a killed program had begun is offered again, to be mended and put where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from newsroom.domain.article import Article
from newsroom.domain.comments import brief
from newsroom.domain.errors import Forbidden, NotFound
from newsroom.domain.ids import ArticleId
from newsroom.words import _
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.dialogs.messages import ask
from ui.editor.journal_writer import dead_journals
from ui.times import short_time
from ui.widgets import allow, plain_button, primary_button

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done
    from newsroom.journal import CommentEntry, Journal

_FIELD_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class CommentLeftover:
    """One comment of a program that is gone."""

    journal: Journal
    entry: CommentEntry
    #: What it is about, as it stands now; None where it was never saved, or is gone.
    article: Article | None

    def forget(self) -> None:
        """It is in the newsroom now, or nobody wants it."""
        self.journal.forget(self.entry.key)
        self.journal.remove_if_empty()


def find_comments(desk: Desk, home: Path) -> list[CommentLeftover]:
    """Comments of programs that no longer run and that the newsroom does not have. For the store lane.

    One that was sent after all is forgotten on the way.
    """
    found = []
    for journal in dead_journals(home):
        for entry in journal.comments():
            article = _article_of(desk, entry)
            if article is not None and _arrived(desk, article.id, entry):
                journal.forget(entry.key)
            else:
                found.append(CommentLeftover(journal, entry, article))
    return found


def restore_comment(desk: Desk, leftover: CommentLeftover, text: str) -> Done[ArticleId]:
    """Put *text* into the newsroom as the comment that was begun; a new one where the one being changed is gone.

    It is that of whoever sits at *desk*. Raises `InvalidInput`, `NotFound`. For the store lane.
    """
    from newsroom.desk.commenting import add_comment, reword_comment
    from newsroom.domain.changes import Done

    entry, article = leftover.entry, leftover.article
    if article is None:
        raise NotFound(_("Статьи, к которой он относится, нет."))
    changes = None
    if entry.comment is not None:
        try:
            changes = reword_comment(desk, entry.comment, text).changes
        except (NotFound, Forbidden):
            changes = None
    if changes is None:
        changes = add_comment(desk, article.id, entry.place, text).changes
    leftover.forget()
    return Done(article.id, changes)


def _article_of(desk: Desk, entry: CommentEntry) -> Article | None:
    from newsroom.desk.reading import read_article

    if entry.article is None:
        return None
    try:
        return read_article(desk, entry.article)
    except NotFound:
        return None


def _arrived(desk: Desk, article: ArticleId, entry: CommentEntry) -> bool:
    from newsroom.desk.commenting import list_comments

    return any(
        one.text == entry.text
        and (
            one.id == entry.comment if entry.comment is not None else one.first.selected == entry.place.anchor.selected
        )
        for one in list_comments(desk, article)
    )


class CommentRecoveryDialog(Frame):
    """Asks about one comment after the other. Closing it decides nothing: what is left is offered at the next start.

    Signals:
        restored(int): the article that a comment came back to.
    """

    restored = Signal(int)

    def __init__(self, ctx: Context, leftovers: list[CommentLeftover], parent: QWidget) -> None:
        super().__init__(parent, _("Нашёлся комментарий, который не успел сохраниться"), width=560)
        self._ctx = ctx
        self._left = list(leftovers)
        self._facts = self.add_text("")
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(_("Комментарий"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.column.addWidget(self.field)
        self._problem = self.add_text("", "warning")
        self._back = primary_button(_("Вернуть комментарий"), "arrow-counter-clockwise")
        self._drop = plain_button(_("Отбросить"))
        later = plain_button(_("Позже"))
        self._back.clicked.connect(self._restore)
        self._drop.clicked.connect(self._ask_to_drop)
        later.clicked.connect(self.reject)
        self.add_buttons(later, self._back, default=self._back, left=self._drop)
        self._show()

    def _show(self) -> None:
        self._problem.hide()
        if not self._left:
            self.accept()
            return
        entry, article = self._left[0].entry, self._left[0].article
        facts = {
            "words": brief(entry.place.anchor.selected),
            "headline": brief(article.content.headline if article is not None else "") or _("Без заголовка"),
            "when": short_time(entry.written_at, self._ctx.zone, datetime.now(UTC)),
            "login": entry.login,
        }
        if article is None:
            words = _(
                "К словам «{words}». Писали {when} за столом {login}. Статьи, к которой он относится, нет: текст можно "
                "скопировать отсюда."
            )
        else:
            words = _(
                "К словам «{words}» статьи «{headline}». Писали {when} за столом {login}; программа закрылась раньше, "
                "чем комментарий сохранился."
            )
        self._facts.setText(words.format(**facts))
        self.field.setPlainText(entry.text)
        self._allow(True)

    def _restore(self) -> None:
        leftover, text = self._left[0], self.field.toPlainText()
        self._allow(False)
        self._ctx.act(lambda desk: restore_comment(desk, leftover, text), self, self._done, self._refused)

    def _done(self, article: ArticleId) -> None:
        self._left.pop(0)
        self.restored.emit(int(article))
        self._show()

    def _refused(self, error: Exception) -> None:
        self._allow(True)
        self._problem.setText(_("Комментарий не вернулся и остаётся на диске. {problem}").format(problem=error))
        self._problem.show()

    def _ask_to_drop(self) -> None:
        words = _("Больше этого комментария нигде нет: вернуть его будет нельзя.")
        ask(self, _("Отбросить комментарий?"), words, _("Отбросить"), self._forget, danger=True)

    def _forget(self) -> None:
        self._ctx.tasks.background(self._left.pop(0).forget)
        self._show()

    def _allow(self, allowed: bool) -> None:
        for button in self.findChildren(QPushButton):
            button.setEnabled(allowed)
        if allowed:
            lost = self._left[0].article is None
            allow(self._back, _("Статьи, к которой он относится, нет.") if lost else "")
