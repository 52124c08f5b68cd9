"""Readers' typo reports as a list model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from newsroom.words import _
from ui.reports.plain import visible

if TYPE_CHECKING:
    from newsroom.domain.reports import Report

#: The `Report` of a line.
REPORT_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex


class ReportsModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports: list[Report] = []
        self.zone: tzinfo | None = None

    def show_reports(self, reports: Sequence[Report], zone: tzinfo) -> None:
        """Show *reports* with times in *zone*; where the same ones stay in place they are only repainted."""
        self.zone = zone
        reports = list(reports)
        if [report.id for report in reports] == [report.id for report in self._reports]:
            self._reports = reports
            if reports:
                self.dataChanged.emit(self.index(0), self.index(len(reports) - 1))
            return
        self.beginResetModel()
        self._reports = reports
        self.endResetModel()

    def index_of(self, report: int) -> QModelIndex:
        """Where the report with this number stands; invalid where it is gone."""
        for row, candidate in enumerate(self._reports):
            if candidate.id == report:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self._reports)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        report = self._reports[index.row()]
        if role == REPORT_ROLE:
            return report
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(report.selected)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (report.selected, report.comment, report.headline or _("статья неизвестна"), report.state.words)
            return ", ".join(visible(part) for part in parts if part)
        return None
