"""The photos of the newsroom as a list model for a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from newsroom.words import _, n_
from ui.reports.plain import visible

if TYPE_CHECKING:
    from newsroom.domain.ids import PhotoId
    from newsroom.domain.photos import Photo

#: The `Photo` of a cell.
PHOTO_ROLE = Qt.ItemDataRole.UserRole + 1
#: In how many articles it is the lead photo.
USED_ROLE = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex


class PhotosModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos: list[Photo] = []
        self._used: Mapping[PhotoId, int] = {}

    def show_photos(self, photos: Sequence[Photo], used: Mapping[PhotoId, int]) -> None:
        """Show *photos*; *used* counts the articles of those that are in any."""
        photos = list(photos)
        self._used = used
        if [photo.id for photo in photos] == [photo.id for photo in self._photos]:
            self._photos = photos
            if photos:
                self.dataChanged.emit(self.index(0), self.index(len(photos) - 1))
            return
        self.beginResetModel()
        self._photos = photos
        self.endResetModel()

    def index_of(self, photo: str) -> QModelIndex:
        """Where the photo with this id stands; invalid where it is gone."""
        for row, candidate in enumerate(self._photos):
            if candidate.id == photo:
                return self.index(row)
        return QModelIndex()

    def repaint(self, photo: str) -> None:
        """Its picture came."""
        index = self.index_of(photo)
        if index.isValid():
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        photo = self._photos[index.row()]
        if role == PHOTO_ROLE:
            return photo
        if role == USED_ROLE:
            return self._used.get(photo.id, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(photo.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{visible(photo.name)}, {self.words_of_use(photo)}"
        return None

    def words_of_use(self, photo: Photo) -> str:
        """For example «в 2 статьях»."""
        used = self._used.get(photo.id, 0)
        return n_("в {n} статье", "в {n} статьях", used) if used else _("нигде не стоит")
