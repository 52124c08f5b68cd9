"""A few words side by side of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui import theme


class Switch(QWidget):
    """Attributes: ``buttons``, one a choice. Signals: changed(int), the number of the new choice, from 0."""

    changed = Signal(int)

    def __init__(self, *titles: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_XS)
        self._group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        for number, title in enumerate(titles):
            button = QPushButton(title)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setAutoDefault(False)
            button.setAccessibleName(title)
            self._group.addButton(button, number)
            row.addWidget(button)
            self.buttons.append(button)
        self._group.idToggled.connect(self._toggled)

    @property
    def choice(self) -> int:
        """Number of what is chosen, from 0."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose as if clicked."""
        self.buttons[number].setChecked(True)

    def _toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.changed.emit(number)
