"""Fields under one another with their labels at the left, and what is wrong with each in words below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import SPACE_M, SPACE_S, SPACE_XS
from ui.widgets import PlainLabel, set_property

#: Lines that a field of several shows.
_LINES = 3


class Form(QWidget):
    """Signals:

    changed(): somebody changed a field.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_M)
        self._grid.setVerticalSpacing(SPACE_S)
        self._grid.setColumnStretch(1, 1)
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        self._wrong: dict[str, PlainLabel] = {}
        #: Names of the fields that were changed or left: of those faults are told at once.
        self._touched: set[str] = set()

    def add(self, name: str, label: str, field: QWidget, *beside: QWidget) -> None:
        """Add *field* under *name*, with *beside* to the right of it."""
        row = self._grid.rowCount()
        field.setAccessibleName(label)
        caption = PlainLabel(label, "muted")
        caption.setBuddy(field)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        # Choices are as wide as their words, texts take what there is.
        line.addWidget(field, 0 if isinstance(field, QComboBox | QCheckBox) else 1)
        for widget in beside:
            line.addWidget(widget, int(isinstance(widget, QLineEdit)))
        if not any(isinstance(widget, QLineEdit | QPlainTextEdit) for widget in (field, *beside)):
            line.addStretch(1)
        column.addLayout(line)
        wrong = PlainLabel("", "danger", wrap=True)
        wrong.hide()
        column.addWidget(wrong)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # The first line of the field and its label stand on one height.
        caption.setMinimumHeight(field.sizeHint().height() if not isinstance(field, QPlainTextEdit) else 28)
        self._grid.addWidget(box, row, 1)
        self._fields[name], self._labels[name], self._boxes[name], self._wrong[name] = field, caption, box, wrong
        field.installEventFilter(self)
        for widget in (field, *beside):
            self._listen(name, widget)

    def set_shown(self, name: str, shown: bool) -> None:
        """Show the field called *name* with its label, or hide both."""
        self._labels[name].setVisible(shown)
        self._boxes[name].setVisible(shown)

    def show_faults(self, faults: Mapping[str, Iterable[str]], *, everywhere: bool = False) -> list[str]:
        """Tell *faults*, sentences by the name of the field; of untouched fields only where *everywhere* says so.

        Returns the names of the fields that are wrong, in the order of the form, told or not.
        """
        wrong = []
        for name, field in self._fields.items():
            words = "\n".join(faults.get(name, ()))
            if words:
                wrong.append(name)
            told = words if everywhere or name in self._touched else ""
            self._wrong[name].setText(told)
            self._wrong[name].setVisible(bool(told))
            set_property(field, "wrong", bool(told))
            field.setAccessibleDescription(told)
        if everywhere:
            self._touched |= set(self._fields)
        return wrong

    def told(self, name: str) -> str:
        """What is told below the field called *name*."""
        return self._wrong[name].text()

    def focus(self, name: str) -> None:
        """Give the keyboard to the field called *name*."""
        self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, refused: bool) -> None:
        """Let the fields only be read."""
        for box in self._boxes.values():
            for widget in box.findChildren(QWidget):
                if isinstance(widget, QLineEdit | QPlainTextEdit):
                    widget.setReadOnly(refused)
                elif isinstance(widget, QComboBox | QCheckBox):
                    widget.setEnabled(not refused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            for name, field in self._fields.items():
                if field is watched and _is_filled(field) and name not in self._touched:
                    self._touched.add(name)
                    self.changed.emit()
        return False

    def _listen(self, name: str, widget: QWidget) -> None:
        def touched(*_value: object) -> None:
            self._touched.add(name)
            self.changed.emit()

        match widget:
            case QLineEdit() | QPlainTextEdit():
                widget.textChanged.connect(touched)
            case QComboBox():
                widget.currentIndexChanged.connect(touched)
            case QCheckBox():
                widget.toggled.connect(touched)


def fit(dialog: QDialog) -> None:
    """Make *dialog* as high as what it says now needs; never lower, so that its buttons do not jump about."""
    layout = dialog.layout()
    layout.activate()
    needed = layout.totalHeightForWidth(dialog.width())
    if needed > dialog.height():
        dialog.resize(dialog.width(), needed)


def several_lines(texts: Iterable[str], placeholder: str) -> QPlainTextEdit:
    """A field that holds one of *texts* in each line; Tab leaves it."""
    field = QPlainTextEdit("\n".join(texts))
    field.setPlaceholderText(placeholder)
    field.setTabChangesFocus(True)
    field.setFixedHeight(_LINES * field.fontMetrics().lineSpacing() + 2 * SPACE_S + 2)
    return field


def lines_of(field: QPlainTextEdit) -> tuple[str, ...]:
    """The lines of *field* that say something."""
    return tuple(line.strip() for line in field.toPlainText().splitlines() if line.strip())


def choice_of(choices: Iterable[tuple[str, object]], chosen: object) -> QComboBox:
    """A field of *choices*, each with its words and value."""
    combo = QComboBox()
    for text, value in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
    return combo


def _is_filled(field: QWidget) -> bool:
    if isinstance(field, QLineEdit):
        return bool(field.text().strip())
    return not isinstance(field, QPlainTextEdit) or bool(field.toPlainText().strip())
