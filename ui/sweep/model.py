"""Places of the archive as a list model, each with what was decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from newsroom.words import _, later

if TYPE_CHECKING:
    from newsroom.desk.archive import SweptPlace

#: The `Row` of a line.
ROW_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex


class Fate(Enum):
    """What was decided about a place, and what became of it."""

    OPEN = auto()
    ACCEPTED = auto()
    SKIPPED = auto()
    SENT = auto()
    REFUSED = auto()

    @property
    def is_final(self) -> bool:
        return self in (Fate.SENT, Fate.REFUSED)

    @property
    def words(self) -> str:
        return _(_FATES[self])


_FATES = {
    Fate.OPEN: later("не решено"),
    Fate.ACCEPTED: later("принято"),
    Fate.SKIPPED: later("пропущено"),
    Fate.SENT: later("на проверке"),
    Fate.REFUSED: later("не вышло"),
}


@dataclass(frozen=True, slots=True)
class Row:
    place: SweptPlace
    fate: Fate = Fate.OPEN
    #: Why it was refused, in words.
    problem: str = ""

    @property
    def told(self) -> str:
        return self.problem or self.fate.words


class PlacesModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def add(self, places: Sequence[SweptPlace]) -> None:
        """Put *places* behind those that are there."""
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(places) - 1)
        self.rows += map(Row, places)
        self.endInsertRows()

    def decide(self, numbers: Iterable[int], fate: Fate, problem: str = "") -> None:
        """Give the rows *numbers* this *fate*."""
        for number in numbers:
            self.rows[number] = replace(self.rows[number], fate=fate, problem=problem)
            self.dataChanged.emit(self.index(number), self.index(number))

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)

    def with_fate(self, fate: Fate) -> list[int]:
        """The rows that have it."""
        return [number for number, row in enumerate(self.rows) if row.fate is fate]

    def alike(self, number: int) -> list[int]:
        """The rows of the same kind as that one, itself included, that are not sent."""
        kind = self.rows[number].place.kind
        return [other for other, row in enumerate(self.rows) if row.place.kind == kind and not row.fate.is_final]

    def next_open(self, number: int) -> int | None:
        """The next row behind *number* that is not decided about, else the first; None where all are."""
        opened = self.with_fate(Fate.OPEN)
        return next((other for other in opened if other > number), opened[0] if opened else None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        place = row.place
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{place.words} → {place.fix}" if place.fix is not None else place.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            shown = f"{place.before}{place.words}{place.after}"
            became = _("станет «{words}»").format(words=place.fix) if place.fix is not None else ""
            return ", ".join(filter(None, (row.told, shown, became, place.headline)))
        return None
