"""Mistakes that readers report, and closed reports, as list models."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from newsroom.words import _, n_
from ui.reports.plain import visible

if TYPE_CHECKING:
    from newsroom.domain.reports import Report
    from newsroom.domain.triage import Mistake, MistakeRef

#: The `Report` or `Mistake` of a line.
REPORT_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex


class ReportsModel(QAbstractListModel):
    """Reports, or mistakes with all their reports; a line has either."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Report | Mistake] = []
        self.zone: tzinfo | None = None

    def show_reports(self, rows: Sequence[Report | Mistake], zone: tzinfo) -> None:
        """Show *rows* with times in *zone*; where the same ones stay in place they are only repainted."""
        self.zone = zone
        rows = list(rows)
        if list(map(_identity, rows)) == list(map(_identity, self._rows)):
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def take(self, row: int) -> None:
        """Take a line out: it was decided about."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()

    def index_of(self, number: int) -> QModelIndex:
        """Where the report with this number stands, alone or as the newest of a mistake; invalid where it is gone."""
        for row, candidate in enumerate(self._rows):
            if report_of(candidate).id == number:
                return self.index(row)
        return QModelIndex()

    def index_of_mistake(self, ref: MistakeRef) -> QModelIndex:
        """Where the mistake stands that shares a key with *ref*."""
        for row, candidate in enumerate(self._rows):
            own = getattr(candidate, "ref", None)
            if own is not None and own.article == ref.article and set(own.keys) & set(ref.keys):
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        report = report_of(row)
        if role == REPORT_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(report.selected)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = count_of(row)
            parts = (
                report.selected,
                proposed(row),
                comment_of(row),
                report.headline or _("статья неизвестна"),
                n_("{n} сообщение", "{n} сообщений", count).format(n=count) if count > 1 else "",
                report.state.words,
            )
            return ", ".join(visible(part) for part in parts if part)
        return None


def report_of(row: Report | Mistake) -> Report:
    """The report of a line, of a mistake the newest."""
    newest: Report | None = getattr(row, "newest", None)
    return newest if newest is not None else row  # type: ignore[return-value]


def count_of(row: Report | Mistake) -> int:
    """How many readers reported it."""
    return int(getattr(row, "count", 1))


def comment_of(row: Report | Mistake) -> str:
    return row.comment.strip()


def proposed(row: Report | Mistake) -> str:
    """What is to stand instead; empty where nothing can be proposed."""
    spot = getattr(row, "spot", None)
    return spot.new if spot is not None else ""


def _identity(row: Report | Mistake) -> object:
    ref = getattr(row, "ref", None)
    return (ref.article, ref.keys, ref.page_url) if ref is not None else report_of(row).id
