"""Bodies to type into as a person would, key by key, and a pane on a real newsroom."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId
from ui.context import Context
from ui.editor.article_pane import ArticlePane
from ui.editor.body_editor import BodyEditor
from ui.editor.page_view import empty_page
from ui.fields.inspector import Inspector
from ui.photos.pictures import Pictures
from ui.tasks import TaskRunner

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Office:
    """A newsroom with somebody at its desk. ``failures`` gathers errors that nobody took."""

    def __init__(self, newsroom: Any, ctx: Context) -> None:
        self.newsroom, self.ctx = newsroom, ctx
        self.failures: list[Exception] = []
        self.busy = False
        ctx.tasks.failed.connect(self.failures.append)
        ctx.tasks.busy_changed.connect(self._set_busy)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy

    def sit_down(self, login: str) -> None:
        """Let *login* work at the window."""
        from newsroom.desk import reading

        self.ctx.newsroom = self.newsroom
        self.ctx.desk = self.newsroom.sign_in(login)
        self.ctx.settings = reading.read_settings(self.ctx.desk)
        self.ctx.signed_in.emit()
        self.ctx.settings_changed.emit()

    def desk(self, login: str) -> Any:
        """A colleague's desk."""
        return self.newsroom.sign_in(login)

    def write(self, content: Content, login: str = "editor") -> ArticleId:
        """A colleague's new article."""
        from newsroom.desk import writing

        return writing.create_article(self.desk(login), content).value

    def read(self, article: ArticleId) -> Any:
        from newsroom.desk import reading

        return reading.read_article(self.desk("chief"), article)


@pytest.fixture
def body(qtbot) -> BodyEditor:
    editor = BodyEditor(lambda _photo: QImage())
    qtbot.addWidget(editor)
    editor.resize(720, 600)
    return editor


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE, text: str = "") -> None:
    """Press and release one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, held, text))


def type_text(widget: QWidget, text: str) -> None:
    """Type *text* letter by letter; a line end is Enter."""
    for letter in text:
        if letter == "\n":
            press(widget, Qt.Key.Key_Return, text="\r")
        else:
            press(widget, Qt.Key.Key_Space if letter == " " else Qt.Key(0), text=letter)


def cursor_at(editor: BodyEditor, position: int, to: int | None = None) -> None:
    """Put the cursor there, or select from there to *to*."""
    cursor = editor.textCursor()
    cursor.setPosition(position)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@pytest.fixture
def office(tmp_path, qtbot) -> Iterator[Office]:
    """A newsroom on SQLite with one person of each role; lanes as in the program."""
    from newsroom.app import create_newsroom

    newsroom = create_newsroom(tmp_path / "home", house=House(zone="Asia/Vladivostok"))
    tasks = TaskRunner()
    made = Office(newsroom, Context(tasks))
    made.sit_down("editor")
    yield made
    assert tasks.wait()
    newsroom.close()
    assert made.failures == []


@pytest.fixture
def pane(office, qtbot) -> Iterator[ArticlePane]:
    """The pane, shown as the articles page shows it."""
    pictures = Pictures(office.ctx)
    made = ArticlePane(office.ctx, Inspector(pictures), empty_page(pictures))
    window = QSplitter()
    window.addWidget(made.text_pane)
    window.addWidget(made.inspector)
    window.resize(1160, 900)

    # pytest-qt closes its widgets before fixtures end.
    def at_rest() -> bool:
        return made.idle() and not office.busy

    qtbot.addWidget(window, before_close_func=lambda _window: qtbot.waitUntil(at_rest))
    window.show()
    yield made  # noqa: PT022 -- keeps the window alive for as long as the test runs
