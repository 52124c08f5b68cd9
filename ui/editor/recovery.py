"""What a killed program had typed and not saved is offered again, with what it differs in from what is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from newsroom.domain.article import Article, Content, content_hash
from newsroom.domain.errors import NotFound
from newsroom.domain.ids import ArticleId
from newsroom.words import _
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.dialogs.messages import ask
from ui.editor.comment_recovery import CommentLeftover, CommentRecoveryDialog, find_comments
from ui.editor.journal_writer import dead_journals
from ui.review.changes import Base, ChangesView
from ui.times import short_time
from ui.widgets import plain_button, primary_button

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done
    from newsroom.journal import Entry, Journal


@dataclass(frozen=True, slots=True)
class Leftover:
    """One text of a program that is gone, and the article that it belongs to as it stands now."""

    journal: Journal
    entry: Entry
    #: None where the text was never saved, or its article is gone.
    article: Article | None

    @property
    def overtaken(self) -> bool:
        """Whether somebody saved the article after the text was typed on it."""
        return self.article is not None and self.article.hash != self.entry.base_hash


def offer_leftovers(ctx: Context, parent: QWidget, on_restored: Callable[[ArticleId], None]) -> None:
    """Look for what dead programs left in the home, and ask about each text, then about each comment.

    *on_restored* is told which article something came back into.
    """
    if ctx.newsroom is None:
        return
    home = ctx.newsroom.home

    def ask_about_texts(leftovers: list[Leftover]) -> None:
        if leftovers:
            dialog = RecoveryDialog(ctx, leftovers, parent)
            dialog.restored.connect(on_restored)
            dialog.finished.connect(lambda _answer: look_for_comments())
            dialog.open()
        else:
            look_for_comments()

    def look_for_comments() -> None:
        ctx.read(lambda desk: find_comments(desk, home), ask_about_comments)

    def ask_about_comments(leftovers: list[CommentLeftover]) -> None:
        if leftovers:
            dialog = CommentRecoveryDialog(ctx, leftovers, parent)
            dialog.restored.connect(on_restored)
            dialog.open()

    ctx.read(lambda desk: find_leftovers(desk, home), ask_about_texts)


def find_leftovers(desk: Desk, home: Path) -> list[Leftover]:
    """Texts of programs that no longer run and that the newsroom does not have. For the store lane.

    A text that is saved after all is forgotten on the way, by its hash.
    """
    found = []
    for journal in dead_journals(home):
        for entry in journal.entries():
            article = _article_of(desk, entry)
            if article is not None and content_hash(article.content) == content_hash(entry.content):
                journal.forget(entry.key)
            else:
                found.append(Leftover(journal, entry, article))
    return found


def restore(desk: Desk, leftover: Leftover, *, as_draft: bool) -> Done[ArticleId]:
    """Save the text as the newest revision of its article, or as a draft of its own. For the store lane."""
    from newsroom.desk.writing import create_article, save_article
    from newsroom.domain.changes import Done

    reason = _("возвращено после сбоя")
    entry, article = leftover.entry, leftover.article
    if as_draft or article is None:
        # The address belongs to the article that has it.
        done = create_article(desk, entry.content.with_(slug=""), reason=reason)
    else:
        saved = save_article(desk, article.id, entry.content, base_revision=article.revision, reason=reason)
        done = Done(article.id, saved.changes)
    leftover.journal.forget(entry.key)
    leftover.journal.remove_if_empty()
    return done


def _article_of(desk: Desk, entry: Entry) -> Article | None:
    from newsroom.desk.reading import read_article

    if entry.article is None:
        return None
    try:
        return read_article(desk, entry.article)
    except NotFound:
        return None


class RecoveryDialog(Frame):
    """Asks about one text after the other. Closing it decides nothing: what is left is offered at the next start.

    Signals:
        restored(int): the article that a text came back into.
    """

    restored = Signal(int)

    def __init__(self, ctx: Context, leftovers: list[Leftover], parent: QWidget) -> None:
        super().__init__(parent, _("Нашёлся текст, который не успел сохраниться"), width=760)
        self._ctx = ctx
        self._left = list(leftovers)
        self._facts = self.add_text("")
        self._changes = ChangesView(ctx, self)
        self._changes.setMinimumSize(720, 380)
        self.column.addWidget(self._changes, 1)
        self._back = primary_button(_("Вернуть текст"), "arrow-counter-clockwise")
        self._draft = plain_button(_("Отдельным черновиком"))
        self._drop = plain_button(_("Отбросить"))
        later = plain_button(_("Позже"))
        self._back.clicked.connect(lambda: self._restore(as_draft=False))
        self._draft.clicked.connect(lambda: self._restore(as_draft=True))
        self._drop.clicked.connect(self._ask_to_drop)
        later.clicked.connect(self.reject)
        self.add_buttons(later, self._draft, self._back, default=self._back, left=self._drop)
        self._show()

    def _show(self) -> None:
        if not self._left:
            self.accept()
            return
        leftover = self._left[0]
        entry, article = leftover.entry, leftover.article
        when = short_time(entry.written_at, self._ctx.zone, datetime.now(UTC))
        headline = entry.content.headline or _("Без заголовка")
        words = _("«{headline}». Печатали {when} за столом {login}; программа закрылась раньше, чем текст сохранился.")
        if leftover.overtaken:
            words += " " + _(
                "Статью с тех пор сохранили: вернувшийся текст станет новейшей версией, та останется в истории."
            )
        self._facts.setText(words.format(headline=headline, when=when, login=entry.login))
        self._draft.setVisible(article is not None)
        saved = Base(_("тем, что сохранено"), article.content if article else Content())
        if self._ctx.settings is not None:
            self._changes.show_changes(entry.content, [saved], self._ctx.settings)

    def _restore(self, *, as_draft: bool) -> None:
        leftover = self._left[0]
        self._allow(False)
        self._ctx.act(lambda desk: restore(desk, leftover, as_draft=as_draft), self, self._restored, self._refused)

    def _restored(self, article: ArticleId) -> None:
        self._allow(True)
        self._left.pop(0)
        self.restored.emit(int(article))
        self._show()

    def _refused(self, error: Exception) -> None:
        self._allow(True)
        self._facts.setText(_("Текст не вернулся и остаётся на диске. {problem}").format(problem=error))

    def _ask_to_drop(self) -> None:
        words = _("Больше этого текста нигде нет: вернуть его будет нельзя.")
        ask(self, _("Отбросить текст?"), words, _("Отбросить"), self._forget, danger=True)

    def _forget(self) -> None:
        leftover = self._left.pop(0)
        self._ctx.tasks.background(lambda: _drop(leftover))
        self._show()

    def _allow(self, allowed: bool) -> None:
        for button in self.findChildren(QPushButton):
            button.setEnabled(allowed)


def _drop(leftover: Leftover) -> None:
    leftover.journal.forget(leftover.entry.key)
    leftover.journal.remove_if_empty()
