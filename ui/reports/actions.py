"""The bar below a report: decisions as buttons with their keys, everything else in the menu of «Ещё»."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
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
        #: What the buttons were fitted to last: measuring them takes time, and each decision asks for it.
        self._fitted: tuple[object, ...] = ()
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
            button.setAccessibleName(action.text())
            button.setVisible(action not in left_out)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrower than the buttons are with their keys: those give way."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Name the keys on the buttons where there is room for all of them, and on none where there is not."""
        shown = [self.more, *(button for button in self._buttons.values() if not button.isHidden())]
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._row.spacing() * len(shown)
        fitted = (room, self.font(), tuple((button.isHidden(), one.text()) for one, button in self._buttons.items()))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        for with_keys in (True, False):
            for action, button in self._buttons.items():
                key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                button.setText(f"{action.text()}{_GAP}{key}" if with_keys else action.text())
            if sum(button.sizeHint().width() for button in shown) <= room:
                return

    def _action(self, title: str, keys: tuple[str | int, ...], do: Callable[[], object]) -> QAction:
        action = QAction(title, self._page)
        # The second key of a letter, by its code point, is the same one under a Russian layout.
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: do())
        self._page.addAction(action)
        return action
