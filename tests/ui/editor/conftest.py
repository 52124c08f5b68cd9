"""Bodies to type into, as a person would: key by key."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from ui.editor.body_editor import BodyEditor

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


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
