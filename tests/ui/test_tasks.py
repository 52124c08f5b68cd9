"""Answers of the lanes come to whoever asked, as long as it is there."""

from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel

from newsroom.domain.changes import Changes, Done
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import ArticleId
from tests.ui.house import Window, open_window


@pytest.fixture
def window(qtbot, tmp_path):
    with open_window(tmp_path / "home", "editor") as window:
        yield window
        window.failures.clear()


def closed_before_the_answer(window: Window, ask) -> None:
    """Let a widget *ask* for something with its answer and its refusal, and delete it before either comes."""
    asked, label = Event(), QLabel()

    def answered(value: object) -> None:
        label.setText(f"Готово: {value}")

    ask(lambda *_desk: asked.wait(10), answered, lambda error: label.setText(str(error)))
    label.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    asked.set()
    window.settle()


def test_an_answer_to_a_closed_dialog_is_dropped(window: Window) -> None:
    closed_before_the_answer(window, window.tasks.background)
    closed_before_the_answer(window, window.ctx.read)
    assert window.failures == []


def test_what_a_closed_dialog_changed_is_told_to_everyone_else(window: Window) -> None:
    changes, told = Changes(articles=frozenset({ArticleId(1)})), []
    window.ctx.changed.connect(lambda what, _initiator: told.append(what))

    def ask(wait, answered, refused) -> None:
        window.ctx.act(lambda _desk: Done(wait(), changes), None, answered, refused)

    closed_before_the_answer(window, ask)
    assert told == [changes]


def test_what_was_refused_to_a_closed_dialog_is_told_by_the_window(window: Window) -> None:
    def ask(wait, answered, refused) -> None:
        def refuse(_desk):
            wait()
            raise InvalidInput("Нет такой рубрики.")

        window.ctx.act(refuse, None, answered, refused)

    closed_before_the_answer(window, ask)
    assert [str(error) for error in window.failures] == ["Нет такой рубрики."]
