"""Bringing pictures into the newsroom one after another, with progress, and a list of those that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from newsroom.domain.errors import NewsroomError
from newsroom.words import _

if TYPE_CHECKING:
    from newsroom.domain.photos import Photo
    from newsroom.photos.examine import CleanPhoto
    from ui.context import Context


#: A file, an encoded picture, or one that some program has drawn for the clipboard.
Picture = Path | bytes | QImage


class Adding(QObject):
    """Takes pictures, the next one only when the one before is through, so that it can be stopped between two.

    Signals:
        progressed(int, int): so many pictures are through, of so many.
        finished(list, list): photos that were added; (name, why not) of those that were refused.
    """

    progressed = Signal(int, int)
    finished = Signal(list, list)

    def __init__(self, ctx: Context, initiator: QObject) -> None:
        super().__init__(initiator)
        self._ctx, self._initiator = ctx, initiator
        self._pictures: list[Picture] = []
        self._through = 0
        self._added: list[Photo] = []
        self._refused: list[tuple[str, str]] = []

    @property
    def running(self) -> bool:
        return bool(self._pictures)

    def add(self, pictures: Sequence[Picture]) -> None:
        """Take *pictures* too; those already under way go first."""
        started = self.running
        self._pictures += pictures
        if self._pictures and not started:
            self._through, self._added, self._refused = 0, [], []
            self._next()

    def stop(self) -> None:
        """Leave out the pictures that are not through yet; what was added stays."""
        del self._pictures[self._through + 1 :]

    def _next(self) -> None:
        self.progressed.emit(self._through, len(self._pictures))
        if self._through == len(self._pictures):
            self._pictures = []
            self.finished.emit(self._added, self._refused)
            return
        picture = self._pictures[self._through]
        name = picture.name if isinstance(picture, Path) else _("Из буфера обмена")
        # Looked at beside everything else: decoding takes long, and the database's lane is wanted by others.
        self._ctx.tasks.background(lambda: _checked(picture, name), self._keep, lambda error: self._failed(name, error))

    def _keep(self, photo: CleanPhoto) -> None:
        def use(desk: Any) -> Any:
            from newsroom.desk import pictures

            return pictures.keep_photo(desk, photo)

        self._ctx.act(use, self._initiator, self._came, lambda error: self._failed(photo.name, error))

    def _came(self, photo: Photo) -> None:
        self._added.append(photo)
        self._through += 1
        self._next()

    def _failed(self, name: str, error: Exception) -> None:
        if not isinstance(error, NewsroomError):
            self._ctx.tasks.failed.emit(error)
        self._refused.append((name, str(error)))
        self._through += 1
        self._next()


def _checked(picture: Picture, name: str) -> CleanPhoto:
    from newsroom.desk.pictures import check_photo

    return check_photo(_png(picture) if isinstance(picture, QImage) else picture, name)


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return held.data()
