"""Somebody at the window: sees what is visible, clicks, types keys. Knows the names that a screen reader would say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QMenu, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from ui.app import Program

W = TypeVar("W", bound=QWidget)


class Person:
    """Works in the window of *program*; every wait has a deadline and says what it waited for."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot = qtbot
        self._program = program

    @property
    def desk(self) -> Desk:
        """The desk where somebody sits, to ask the newsroom past the window."""
        assert self._program.ctx.desk is not None
        return self._program.ctx.desk

    @property
    def focus(self) -> str:
        """The name of the field that has the keyboard while the window is in front; empty where none has it."""
        field = self._program.window.focusWidget()
        return field.accessibleName() if field is not None else ""

    def sees(self, name: str) -> bool:
        """Whether something called *name* is visible and may be used."""
        return bool(self._found(name, QWidget, True))

    def reads(self, name: str) -> str:
        """The text in the field called *name*."""
        return self.find(name, QTextEdit).toPlainText()

    def close_window(self) -> None:
        """Close the window as its cross does, once, and wait until nothing runs; a closed one stays so."""
        self._program.window.close()
        self.wait(lambda: self._program.session.closed, "the end of the session")
        self.wait(lambda: self._program.tasks.idle and not self._program.window.isVisible(), "the end of all work")

    def wait(self, seen: Callable[[], object], what: str, seconds: float = 20) -> None:
        def check() -> None:
            assert seen(), f"never seen: {what}; visible: {self._names()}"

        self._qtbot.waitUntil(check, timeout=int(seconds * 1000))

    def find(self, name: str, kind: type[W], *, enabled: bool = True) -> W:
        """The one visible widget of *kind* called *name*, once it is there and may be used."""
        self.wait(lambda: self._found(name, kind, enabled), f"{kind.__name__} «{name}»")
        return self._found(name, kind, enabled)[0]

    def press(self, name: str, *answers: str) -> None:
        """Click a button, and in the dialog that it opens the buttons *answers*, one after another."""
        button = self.find(name, QAbstractButton)
        if not answers:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
        # A modal dialog keeps the click from returning, so whoever answers it is woken from inside its event loop.
        left = list(answers)
        timer = QTimer(interval=20)

        def answer() -> None:
            found = self._found(left[0], QAbstractButton, True)
            if found and found[0].window().isModal():
                left.pop(0)
                if not left:
                    timer.stop()
                QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

        timer.timeout.connect(answer)
        timer.start()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait(lambda: not left, f"the answers {left}")

    def type_into(self, name: str, text: str) -> None:
        """Click into a field and type *text* letter by letter."""
        field = self.find(name, QWidget)
        QTest.mouseClick(getattr(field, "viewport", lambda: field)(), Qt.MouseButton.LeftButton)
        field.setFocus()
        for letter in text:
            key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(0)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                sent = "\r" if letter == "\n" else letter
                QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sent))

    def choose(self, name: str, item: str) -> None:
        """Choose *item* in a combo box as the arrow keys would."""
        box = self.find(name, QComboBox)
        place = box.findText(item)
        assert place >= 0, [box.itemText(number) for number in range(box.count())]
        box.setFocus()
        while box.currentIndex() != place:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)

    def click_row(self, name: str, text: str) -> None:
        """Click the row of a list that says *text*."""
        view = self.find(name, QAbstractItemView)

        def row() -> int | None:
            model = view.model()
            said = (str(model.index(number, 0).data() or "") for number in range(model.rowCount()))
            return next((number for number, words in enumerate(said) if text in words), None)

        self.wait(lambda: row() is not None, f"row «{text}» in «{name}»")
        index = view.model().index(row() or 0, 0)
        view.scrollTo(index)
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            view.visualRect(index).center() - QPoint(0, view.visualRect(index).height() // 4),
        )

    def menu_action(self, words: str) -> QAction:
        """The action of any open or closed menu that reads *words*, without its mnemonic."""
        for menu in self._program.window.findChildren(QMenu):
            for action in menu.actions():
                if action.text().replace("&", "").startswith(words):
                    return action
        raise AssertionError(f"no menu has «{words}»")

    def _found(self, name: str, kind: type[W], enabled: bool) -> list[W]:
        roots = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        seen = dict.fromkeys(
            widget
            for root in roots
            for widget in root.findChildren(kind)
            if widget.isVisible() and (widget.isEnabled() or not enabled) and name in _words(widget)
        )
        return list(seen)

    def _names(self) -> list[str]:
        return sorted(
            {
                word
                for widget in self._program.window.findChildren(QWidget)
                if widget.isVisible()
                for word in _words(widget)
            }
        )


def _words(widget: QWidget) -> set[str]:
    """What a widget is called: by a screen reader, and by its face."""
    face = getattr(widget, "text", None)
    words = {widget.accessibleName(), str(face()) if callable(face) else ""}
    return {word.replace("&", "") for word in words if word}
