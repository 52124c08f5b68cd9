"""The bar below a report: decisions as buttons with their keys, everything else in the menu of «Ещё»."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from newsroom.words import _
from ui import theme
from ui.widgets import allow, plain_button, primary_button

#: Between the words of a button and its key.
_GAP = "\N{EN SPACE}"


class ActionBar(QWidget):
    """Its actions are *page*'s, so that their keys work wherever the keyboard is on it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._buttons: dict[QAction, QPushButton] = {}
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.more = plain_button(_("Ещё"))
        self.more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        self._row.setSpacing(theme.SPACE_XS)
        self._row.addWidget(self.more)
        self._row.addStretch(1)

    def add(
        self, title: str, keys: tuple[str | int, ...], do: Callable[[], object], *, primary: bool = False
    ) -> QAction:
        """A decision, with a button; *keys* as text or code points, the first one is shown."""
        action = self._action(title, keys, do)
        button = (primary_button if primary else plain_button)("")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: action.trigger())
        self._buttons[action] = button
        self._row.addWidget(button)
        return action

    def add_to_menu(self, title: str, keys: tuple[str | int, ...], do: Callable[[], object]) -> QAction:
        """What is done less often; otherwise like `add`."""
        action = self._action(title, keys, do)
        self._menu.addAction(action)
        return action

    def actions_in_order(self) -> list[QAction]:
        """Those of the menu, then the decisions."""
        return [*self._menu.actions(), *self._buttons]

    def button_of(self, action: QAction) -> QPushButton | None:
        return self._buttons.get(action)

    def offer(self, reasons: Mapping[QAction, str], left_out: Collection[QAction]) -> None:
        """Allow each action that has no reason against it; *left_out* have no buttons now."""
        for action, reason in reasons.items():
            action.setEnabled(not reason)
            button = self._buttons.get(action)
            if button is None:
                action.setToolTip(reason or action.text())
                continue
            allow(button, reason)
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setText(f"{action.text()}{_GAP}{shown}")
            button.setAccessibleName(action.text())
            button.setVisible(action not in left_out)

    def _action(self, title: str, keys: tuple[str | int, ...], do: Callable[[], object]) -> QAction:
        action = QAction(title, self._page)
        # The second key of a letter, by its code point, is the same one under a Russian layout.
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: do())
        self._page.addAction(action)
        return action
