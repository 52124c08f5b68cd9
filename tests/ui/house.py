"""A small real newsroom behind a page: its database, photo store and three people, on the machine of one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent

from newsroom.app import Newsroom, create_newsroom
from newsroom.desk import reading, review, writing
from newsroom.desk.session import Desk
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, RubricSlug
from ui.context import Context
from ui.tasks import TaskRunner

READY = Content(
    headline="На набережной открыли каток",
    lead="Прокат, раздевалки и музыка до девяти вечера",
    body="Каток заработал в субботу. Вход стоит 250 рублей.\n\n> Ждали три года.\n>\n> — Ольга Пирогова, жительница",
    rubric=RubricSlug("obshchestvo"),
    age=AgeRating.SIX,
)


class Window:
    """What a page needs of the window: ``ctx``, and ``messages`` and ``failures`` as they were told."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.tasks = TaskRunner()
        self._lanes = set(self.tasks.children())
        self.ctx = Context(self.tasks)
        self.messages: list[tuple[str, Any]] = []
        self.failures: list[Exception] = []
        self.ctx.message.connect(lambda text, undo: self.messages.append((text, undo)))
        self.tasks.failed.connect(self.failures.append)

    def sign_in(self, login: str) -> Desk:
        """Let *login* sit down at the window."""
        desk = self.newsroom.sign_in(login)
        self.ctx.newsroom, self.ctx.desk = self.newsroom, desk
        self.ctx.settings = reading.read_settings(desk)
        self.ctx.settings_changed.emit()
        self.ctx.signed_in.emit()
        return desk

    def settle(self, milliseconds: int = 5000) -> None:
        """Wait until both lanes have stayed idle, and every answer has been shown."""
        timer = QElapsedTimer()
        timer.start()
        idle_rounds = 0
        # An answer may ask again, and its reply lives until it is delivered.
        while idle_rounds < 3:
            assert timer.elapsed() < milliseconds, "the lanes did not come to rest"
            assert self.tasks.wait(milliseconds)
            waiting = bool(set(self.tasks.children()) - self._lanes)
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            idle_rounds = 0 if waiting else idle_rounds + 1

    def submitted(self, content: Content = READY) -> ArticleId:
        """A new article of the editor's, sent to the chief."""
        editor = self.newsroom.sign_in("editor")
        article = writing.create_article(editor, content).value
        review.submit(editor, article)
        return article


@contextmanager
def open_window(home: Path, login: str = "chief") -> Iterator[Window]:
    """A window at a fresh newsroom, *login* signed in."""
    newsroom = create_newsroom(home, house=House("Вестник", "Asia/Vladivostok"))
    window = Window(newsroom)
    try:
        window.sign_in(login)
        yield window
        window.settle()
    finally:
        window.tasks.wait()
        newsroom.close()
    assert window.failures == []
