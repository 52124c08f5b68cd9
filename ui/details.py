"""The inspector of a page whose list is read, not written: what is known of the chosen line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QListView, QScrollArea, QWidget

from ui.widgets import Pane


class DetailsPane(Pane):
    """Scrolls whatever was put into it last."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(name)
        self.column.addWidget(self._area)

    def put(self, inside: QWidget) -> None:
        """Show *inside* in place of what was there."""
        inside.setProperty("ground", "window")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area.setWidget(inside)


def refill(view: QListView, fill: Callable[[], object], chosen: Callable[[], QModelIndex]) -> QModelIndex:
    """Let *fill* change the model of *view*, then select what *chosen* gives; nobody hears of what comes in between."""
    selection = view.selectionModel()
    blocked = selection.blockSignals(True)
    fill()
    index = chosen()
    if index.isValid():
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    selection.blockSignals(blocked)
    view.viewport().update()
    return index
