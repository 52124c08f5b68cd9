"""The model of the article list: all ids, but only as many rows as somebody has looked at."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from newsroom.domain.article import ArticleRow
from newsroom.domain.ids import ArticleId
from newsroom.words import _, n_

PAGE: Final = 50
#: Rows kept; what was looked at longest ago is forgotten and fetched again when it is scrolled to.
KEPT_ROWS: Final = 3000
#: Pages waiting to be fetched: whoever drags the scroll bar past a thousand pages wants only the last.
WAITING_PAGES: Final = 4
#: More moved lines than these, and the list is built anew.
MOVES: Final = 100

Index = QModelIndex | QPersistentModelIndex
#: Takes ids and two callbacks: for the rows, in any order, and for an error.
FetchRows = Callable[
    [Sequence[ArticleId], Callable[[Sequence[ArticleRow]], None], Callable[[Exception], None]],
    None,
]


class Role(IntEnum):
    """What the model gives beside the texts."""

    #: The `ArticleRow`; None until it is fetched.
    ROW = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


def comments_of(row: ArticleRow) -> str:
    """The count of comments in words; empty where none waits."""
    return n_("{n} нерешённый комментарий", "{n} нерешённых комментариев", row.comments) if row.comments else ""


class ArticleListModel(QAbstractListModel):
    """Rows are asked for in pages through *fetch*, the latest wish first, one request at a time."""

    def __init__(self, fetch: FetchRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: list[ArticleId] = []
        self._rows: OrderedDict[ArticleId, ArticleRow] = OrderedDict()
        #: Shown as they were until their new state arrives.
        self._stale: set[ArticleId] = set()
        #: Asked for, and not there any more.
        self._gone: set[ArticleId] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asking = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    @property
    def ids(self) -> Sequence[ArticleId]:
        """All ids, in the order of the list."""
        return self._ids

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        article = self._ids[index.row()]
        if role == Role.ID:
            return article
        if role not in (Role.ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows.get(article)
        if row is None or article in self._stale:
            self._want(index.row())
        if role == Role.ROW:
            return row
        if row is None:
            return "…"
        headline = row.headline or _("Без заголовка")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = (headline, row.rubric, row.label.words, row.author, comments_of(row))
            return ", ".join(part for part in spoken if part)
        return headline

    def row(self, article: ArticleId) -> ArticleRow | None:
        """What is known of *article* without asking."""
        return self._rows.get(article)

    def index_of(self, article: ArticleId) -> QModelIndex:
        """Where *article* is; an invalid index where it is not in the list."""
        try:
            return self.index(self._ids.index(article))
        except ValueError:
            return QModelIndex()

    def prime(self, rows: Sequence[ArticleRow]) -> None:
        """Show *rows* alone, remembered from last time; what is fetched replaces them."""
        self.beginResetModel()
        self._ids = [row.id for row in rows]
        self._rows.update((row.id, row) for row in rows)
        self._stale.clear()
        self.endResetModel()

    def mark_changed(self, articles: Collection[ArticleId] | None = None) -> None:
        """Fetch *articles* again (None: all) when they are on the screen; until then they look as they did."""
        changed = self._rows.keys() if articles is None else [one for one in articles if one in self._rows]
        self._stale.update(changed)
        self._gone.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def set_ids(self, ids: Sequence[ArticleId]) -> None:
        """Show exactly *ids*. Lines that stay keep their place on the screen and their selection."""
        new = list(ids)
        if new == self._ids:
            return
        self._wanted.clear()
        self._gone.clear()
        staying = set(new) - self._stale
        kept = [article for article in self._ids if article in staying]
        kept_set = set(kept)
        moves = len(self._ids) + len(new) - 2 * len(kept)
        if moves > MOVES or kept != [article for article in new if article in kept_set]:
            self.beginResetModel()
            self._ids = new
            self.endResetModel()
            return
        for place in range(len(self._ids) - 1, -1, -1):
            if self._ids[place] not in kept_set:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._ids[place]
                self.endRemoveRows()
        for place, article in enumerate(new):
            if article not in kept_set:
                self.beginInsertRows(QModelIndex(), place, place)
                self._ids.insert(place, article)
                self.endInsertRows()

    def _want(self, place: int) -> None:
        if self._ids[place] in self._gone:
            return
        page = place // PAGE
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        while len(self._wanted) > WAITING_PAGES:
            self._wanted.popitem(last=False)
        if not self._asking and not self._timer.isActive():
            self._timer.start()

    def _ask(self) -> None:
        while self._wanted and not self._asking:
            page, _nothing = self._wanted.popitem()
            of_page = self._ids[page * PAGE : (page + 1) * PAGE]
            missing = [one for one in of_page if one not in self._rows or one in self._stale]
            if missing:
                self._asking = True
                self._stale.difference_update(missing)
                self._fetch(missing, partial(self._take, missing, page), self._failed)

    def _take(self, asked: Sequence[ArticleId], page: int, rows: Sequence[ArticleRow]) -> None:
        self._asking = False
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
        for missing in set(asked) - {row.id for row in rows}:
            self._gone.add(missing)
            self._rows.pop(missing, None)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))
        if self._wanted:
            self._timer.start()

    def _failed(self, _error: Exception) -> None:
        self._asking = False
        self._wanted.clear()
