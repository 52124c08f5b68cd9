"""Somebody at the window: sees what is visible, clicks, types keys. Knows the names that a screen reader would say."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


class Person:
    """Works in *window*; every wait has a deadline and says what it waited for."""

    def __init__(self, qtbot: QtBot, window: Callable[[], QWidget]) -> None:
        self._qtbot = qtbot
        self._window = window

    def wait(self, seen: Callable[[], object], what: str, seconds: float = 20) -> None:
        def check() -> None:
            assert seen(), f"never seen: {what}; visible: {self._names()}"

        self._qtbot.waitUntil(check, timeout=int(seconds * 1000))

    def find(self, name: str, kind: type[W], *, enabled: bool = True) -> W:
        """The one visible widget of *kind* called *name*, once it is there and may be used."""
        self.wait(lambda: self._found(name, kind, enabled), f"{kind.__name__} «{name}»")
        return self._found(name, kind, enabled)[0]

    def press(self, name: str) -> None:
        """Click a button."""
        button = self.find(name, QAbstractButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

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

    def keys(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window(), key, modifiers)

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
        for menu in self._window().findChildren(QMenu):
            for action in menu.actions():
                if action.text().replace("&", "").startswith(words):
                    return action
        raise AssertionError(f"no menu has «{words}»")

    def dialog(self, title: str) -> QDialog:
        """The open dialog of that title."""

        def found() -> list[QDialog]:
            return [
                one
                for one in QApplication.topLevelWidgets()
                if isinstance(one, QDialog) and one.isVisible() and title in one.windowTitle()
            ]

        self.wait(found, f"dialog «{title}»")
        return found()[0]

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
        return sorted({word for widget in self._window().findChildren(QWidget) if widget.isVisible() for word in _words(widget)})


def _words(widget: QWidget) -> set[str]:
    """What a widget is called: by a screen reader, and by its face."""
    words = {widget.accessibleName(), str(getattr(widget, "text", str)())}
    return {word.replace("&", "") for word in words if word}
