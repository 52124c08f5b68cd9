"""Pictures of photos for the editor and the inspector: decoded beside the GUI thread, kept small, never waited for."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from newsroom.domain.ids import PhotoId
from ui.context import Context

_WIDEST = 1440
_KEPT = 40


class PhotoImages(QObject):
    """Signals:

    arrived(str): the picture of this photo is there now, or is known to be missing.
    """

    arrived = Signal(str)

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._images: OrderedDict[PhotoId, QImage] = OrderedDict()
        self._asked: set[PhotoId] = set()

    def get(self, photo: PhotoId) -> QImage | None:
        """The picture, at most 1440 pixels wide; None while it is on its way, a null image where there is none."""
        image = self._images.get(photo)
        if image is not None:
            self._images.move_to_end(photo)
            return image
        desk = self._ctx.desk
        if desk is not None and photo not in self._asked:
            self._asked.add(photo)
            self._ctx.tasks.background(
                lambda: decode(desk.photos.read(photo)),
                lambda image: self._keep(photo, image),
                lambda _error: self._keep(photo, QImage()),
            )
        return None

    def forget_missing(self) -> None:
        """Ask again for photos that were not there."""
        for photo in [photo for photo, image in self._images.items() if image.isNull()]:
            del self._images[photo]

    def _keep(self, photo: PhotoId, image: QImage) -> None:
        self._asked.discard(photo)
        self._images[photo] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.arrived.emit(str(photo))


def decode(data: bytes) -> QImage:
    """*data* as a picture turned upright, scaled while decoding where it is wider than the editor needs."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() > _WIDEST:
        reader.setScaledSize(size.scaled(QSize(_WIDEST, _WIDEST * 4), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
