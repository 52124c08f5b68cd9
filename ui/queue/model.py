"""The queue as a list model: a heading before each group that has lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from newsroom.words import _, n_
from ui.queue.entries import Entry, Group

#: The `Entry` of a line; None for a heading.
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
#: The `Heading` of a group; None for a line.
HEADING_ROLE = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands before the lines of its group. (Qt would turn a bare `Group` into a plain text.)"""

    group: Group
    #: How many lines stand under it.
    count: int


class QueueModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Entry | Heading] = []
        self._zone: tzinfo | None = None

    def show_entries(self, entries: Sequence[Entry], zone: tzinfo) -> None:
        """Show *entries* (grouped as `entries_of` gives them) with times in *zone*.

        Where the same lines stay in place they are only repainted, so that selection and scrolling stay too.
        """
        lines = _with_headings(entries)
        self._zone = zone
        if [_key(line) for line in lines] == [_key(line) for line in self._lines]:
            changed = [number for number, line in enumerate(lines) if line != self._lines[number]]
            self._lines = lines
            for number in changed:
                self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    @property
    def zone(self) -> tzinfo | None:
        """The newsroom's zone; None until entries were shown."""
        return self._zone

    def entries(self) -> list[Entry]:
        return [line for line in self._lines if isinstance(line, Entry)]

    def index_of(self, key: tuple[str, int]) -> QModelIndex:
        """Where the line with this `Entry.key` stands; invalid where it is gone."""
        for number, line in enumerate(self._lines):
            if isinstance(line, Entry) and line.key == key:
                return self.index(number)
        return QModelIndex()

    def nearest(self, number: int) -> QModelIndex:
        """The line at *number*, or the next one after it that is no heading, or the last one before it."""
        after = [at for at in range(max(number, 0), len(self._lines)) if isinstance(self._lines[at], Entry)]
        before = [at for at in range(min(number, len(self._lines))) if isinstance(self._lines[at], Entry)]
        if after:
            return self.index(after[0])
        return self.index(before[-1]) if before else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or not isinstance(self._lines[index.row()], Entry):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if isinstance(line, Entry):
            if role == ENTRY_ROLE:
                return line
            if role == Qt.ItemDataRole.DisplayRole:
                return line.headline
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return spoken(line)
            return None
        if role == HEADING_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.group.words}, {line.count}"
        return None


def spoken(entry: Entry) -> str:
    """The line as a screen reader says it: headline, group, state, what went wrong."""
    parts = [entry.headline or _("Без заголовка"), entry.group.words]
    if entry.item is not None:
        parts += [entry.item.state.words, entry.item.problem]
    if entry.collisions:
        parts.append(n_("ещё {n} в ту же минуту", "ещё {n} в ту же минуту", entry.collisions))
    return ", ".join(part for part in parts if part)


def _with_headings(entries: Sequence[Entry]) -> list[Entry | Heading]:
    lines: list[Entry | Heading] = []
    for group in Group:
        members = [entry for entry in entries if entry.group is group]
        if members:
            lines.append(Heading(group, len(members)))
            lines += members
    return lines


def _key(line: Entry | Heading) -> tuple[str, Any]:
    return line.key if isinstance(line, Entry) else ("group", line.group)
