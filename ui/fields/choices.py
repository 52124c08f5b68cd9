"""Small choices of the inspector: the age rating and the rubric. Neither has a silent default."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QWidget

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Rubric
from newsroom.domain.ids import RubricSlug
from newsroom.words import _
from ui import theme


class AgeChoice(QWidget):
    """Five buttons in a row, none pressed until somebody chooses.

    Signals:
        edited(): the person chose.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[AgeRating, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_XS)
        for age in AgeRating:
            button = QPushButton(age.value)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setMinimumWidth(0)
            button.setProperty("kind", "segment")
            button.setStyleSheet("QPushButton, QPushButton:focus { padding: 0 2px; }")
            button.setAccessibleName(_("Возраст {age}").format(age=age.value))
            self._group.addButton(button)
            self._buttons[age] = button
            row.addWidget(button, 1)
        self._group.buttonClicked.connect(lambda _button: self.edited.emit())
        self.setFocusProxy(self._buttons[AgeRating.ZERO])

    def value(self) -> AgeRating | None:
        return next((age for age, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: AgeRating | None) -> None:
        """Show *value*; ``edited`` is not sent."""
        self._group.setExclusive(False)
        for age, button in self._buttons.items():
            button.setChecked(age is value)
        self._group.setExclusive(True)

    def set_read_only(self, read_only: bool) -> None:
        for button in self._buttons.values():
            button.setEnabled(not read_only)


class RubricChoice(QComboBox):
    """Signals:

    edited(): the person chose.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.activated.connect(lambda _index: self.edited.emit())
        self.addItem(_("Не выбрана"), None)

    def set_rubrics(self, rubrics: Sequence[Rubric]) -> None:
        """Offer *rubrics*; what was chosen stays chosen."""
        chosen = self.value()
        self.clear()
        self.addItem(_("Не выбрана"), None)
        for rubric in sorted(rubrics, key=lambda rubric: rubric.position):
            self.addItem(rubric.title, rubric.slug)
        self.set_value(chosen)

    def value(self) -> RubricSlug | None:
        slug = self.currentData()
        return RubricSlug(slug) if slug else None

    def set_value(self, value: RubricSlug | None) -> None:
        """Show *value*, also where the rubric is gone; ``edited`` is not sent."""
        index = self.findData(value) if value is not None else 0
        if index < 0:
            self.addItem(str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def wheelEvent(self, event: object) -> None:
        # Turning the wheel over the panel scrolls it and changes nothing.
        event.ignore()
