"""What all dialogs have in common: a title, a column of content, and a row of buttons with our own words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE_M, SPACE_S, SPACE_XL
from ui.widgets import PlainLabel


class Frame(QDialog):
    """A dialog of *title*; ``column`` takes the content, `add_buttons` comes last."""

    def __init__(self, parent: QWidget | None, title: str, *, width: int = 420) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        self.column.setSpacing(SPACE_M)
        heading = PlainLabel(title, "title", wrap=True)
        # Not the dialog's own least width: that would overrule what the content needs.
        heading.setMinimumWidth(width - 2 * SPACE_XL)
        self.column.addWidget(heading)

    def add_text(self, text: str, role: str = "") -> PlainLabel:
        """A paragraph of plain text that can be marked and copied."""
        label = PlainLabel(text, role, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(label)
        return label

    def add_buttons(self, *buttons: QPushButton, default: QPushButton, left: QPushButton | None = None) -> None:
        """A row of *buttons* at the right, *left* at the other end; Enter presses *default*."""
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        if left is not None:
            row.addWidget(left)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        default.setAutoDefault(True)
        default.setDefault(True)
        self.column.addSpacing(SPACE_S)
        self.column.addLayout(row)
