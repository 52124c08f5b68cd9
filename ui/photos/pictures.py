"""Pictures of the photo store, decoded beside the GUI thread and kept while they are likely to be shown again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from newsroom.domain.ids import PhotoId
    from ui.context import Context

#: Device pixels of a photo on the page of an article.
PAGE_WIDTH = 1440
#: Bytes of decoded pictures kept; a thumbnail of 320 pixels takes some 0.3 MB, a page-wide picture 3 MB.
_KEPT_BYTES = 64 * 1024 * 1024


class Pictures(QObject):
    """A cache of decoded pictures, least recently used out first.

    Signals:
        ready(str, int): the photo of this id is there now in this width, or is known to be unreadable.
    """

    ready = Signal(str, int)

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._bytes = 0
        self._asked: set[tuple[str, int]] = set()

    def get(self, photo: PhotoId, width: int) -> QImage | None:
        """The picture scaled down to fit a square of *width* device pixels.

        None while it is not decoded yet: it is then asked for, and `ready` tells when it came. A null image means that
        the photo cannot be read.
        """
        key = (str(photo), width)
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
            return image
        desk = self._ctx.desk
        if desk is not None and key not in self._asked:
            self._asked.add(key)
            store = desk.photos
            self._ctx.tasks.background(
                lambda: decode(store.read(photo), width),
                lambda decoded: self._keep(key, decoded),
                lambda _error: self._keep(key, QImage()),
            )
        return None

    def forget_unreadable(self) -> None:
        """Try again what could not be read, for example after photos were added."""
        for key in [key for key, image in self._kept.items() if image.isNull()]:
            del self._kept[key]

    def _keep(self, key: tuple[str, int], image: QImage) -> None:
        self._asked.discard(key)
        self._kept[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.sizeInBytes()
        self.ready.emit(*key)


def decode(data: bytes, size: int) -> QImage:
    """A stored original turned as its camera says, in sRGB, scaled down to *size*; a null image where it is broken."""
    from newsroom.photos.renditions import thumbnail

    return QImage.fromData(thumbnail(data, size).data)
