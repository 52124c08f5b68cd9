"""Painting the cells of the photo grid: the picture, its name, and in how many articles it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from newsroom.words import _
from ui.glyphs import paint_icon
from ui.photos.model import PHOTO_ROLE, USED_ROLE
from ui.photos.pictures import Pictures
from ui.reports.plain import visible
from ui.theme import RADIUS, SPACE_S, SPACE_XS, color, tokens, ui_font

_Index = QModelIndex | QPersistentModelIndex

#: Side of a thumbnail in device-independent pixels.
THUMBNAIL = 156


class PhotosDelegate(QStyledItemDelegate):
    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures, self._view = pictures, parent

    def pixels(self) -> int:
        """Side of a thumbnail in pixels of the screen."""
        return round(THUMBNAIL * self._view.devicePixelRatioF())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        words = QFontMetrics(ui_font(tokens().small)).height()
        return QSize(THUMBNAIL + 2 * SPACE_S, round(THUMBNAIL * 2 / 3) + 2 * words + 2 * SPACE_S + SPACE_XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        photo = index.data(PHOTO_ROLE)
        painter.save()
        cell = option.rect.adjusted(2, 2, -2, -2)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and self._view.hasFocus()
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            ground = "selected" if focused else "selected_idle" if selected else "hover"
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(color(ground))
            painter.setPen(QPen(color("accent"), 2) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(cell, RADIUS, RADIUS)
        frame = QRect(option.rect.left() + SPACE_S, option.rect.top() + SPACE_S, THUMBNAIL, round(THUMBNAIL * 2 / 3))
        self._picture(painter, frame, photo.id)
        font = ui_font(tokens().small)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        name = QRect(frame.left(), frame.bottom() + 1 + SPACE_XS, frame.width(), metrics.height())
        painter.setPen(color("text"))
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(visible(photo.name), Qt.TextElideMode.ElideMiddle, name.width()),
        )
        below = name.translated(0, metrics.height())
        used = index.data(USED_ROLE)
        painter.setPen(color("muted" if photo.credit else "warning"))
        words = photo.credit or _("автор не указан")
        place = QRect(below)
        if used:
            number = str(used)
            width = 14 + SPACE_XS + metrics.horizontalAdvance(number)
            mark = QRect(below.right() - width + 1, below.center().y() - 7, 14, 14)
            paint_icon(painter, mark, "article", color("muted"))
            painter.save()
            painter.setPen(color("muted"))
            painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
            painter.restore()
            place.setRight(mark.left() - SPACE_XS)
        painter.drawText(
            place,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(visible(words), Qt.TextElideMode.ElideRight, place.width()),
        )
        painter.restore()

    def _picture(self, painter: QPainter, frame: QRect, photo: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = self._pictures.get(photo, self.pixels())
        if image is None or image.isNull():
            painter.fillRect(frame, color("hover" if image is None else "window"))
            name, role = ("image", "disabled") if image is None else ("warning", "danger")
            side = 24
            paint_icon(
                painter, QRect(frame.center() - QPoint(side // 2, side // 2), QSize(side, side)), name, color(role)
            )
            return
        painter.fillRect(frame, color("hover"))
        fitted = image.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), fitted)
        target.moveCenter(frame.center())
        painter.drawImage(target, image)
