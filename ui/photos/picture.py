"""One picture, as large as its place allows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from newsroom.domain.photos import Photo
from newsroom.words import _
from ui.photos.pictures import Pictures
from ui.reports.plain import visible
from ui.theme import SPACE_XL, color, tokens, ui_font

#: Longest side that is decoded, in pixels of the screen; enough for any pane.
_DECODED = 1600


class PictureView(QWidget):
    """Shows a photo fitted, never enlarged."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photo: Photo | None = None
        pictures.ready.connect(self._came)

    def show_photo(self, photo: Photo) -> None:
        """Show *photo* as soon as it is decoded."""
        self._photo = photo
        self.setAccessibleName(_("Фото {name}").format(name=visible(photo.name)))
        self.update()

    def _came(self, photo: str, _size: int) -> None:
        if self._photo is not None and photo == self._photo.id:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._photo is None:
            return
        painter = QPainter(self)
        image = self._pictures.get(self._photo.id, _DECODED)
        place = self.rect().adjusted(SPACE_XL, SPACE_XL, -SPACE_XL, -SPACE_XL)
        if image is None or image.isNull():
            painter.setPen(color("muted" if image is None else "danger"))
            painter.setFont(ui_font(tokens().normal))
            words = _("Открывается…") if image is None else _("Фото не читается: файла нет или он испорчен.")
            painter.drawText(QRectF(place), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = image.size() / self.devicePixelRatioF()
        fitted = whole.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if fitted.width() > whole.width():
            fitted = whole
        target = QRect(QPoint(0, 0), fitted)
        target.moveCenter(place.center())
        painter.drawImage(target, image)
