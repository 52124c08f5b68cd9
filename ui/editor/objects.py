"""Photo, rule and raw Markdown as they are drawn between paragraphs: one object character each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from newsroom.domain.ids import PhotoId
from newsroom.text.document import PhotoBlock, Raw
from newsroom.words import _
from ui import theme
from ui.editor.blocks import ATOM_OBJECT, atom_of

_RAW_LINES = 12
#: Characters; more than the page is wide.
_RAW_WIDTH = 400
_TALLEST_PHOTO = 480.0
_PLACEHOLDER_RATIO = 9 / 16


class AtomObjects(QPyTextObject):
    """Measures and draws the objects of one document.

    *image_of* gives a photo's picture or None while it is not there; it never waits.
    """

    def __init__(self, qdoc: QTextDocument, image_of: Callable[[PhotoId], QImage | None], parent: QObject) -> None:
        super().__init__(parent)
        self._image_of = image_of
        qdoc.documentLayout().registerHandler(ATOM_OBJECT, self)

    def intrinsicSize(self, doc: QTextDocument, _position: int, of: QTextFormat) -> QSizeF:
        width = max(doc.textWidth(), 120.0)
        match atom_of(of):
            case PhotoBlock() as photo:
                return QSizeF(
                    width, self._picture_height(photo, width) + self._words_height(photo, width) + theme.SPACE_M
                )
            case Raw(source):
                lines = min(source.count("\n") + 1, _RAW_LINES + 1)
                metrics = _line_height(_mono_font())
                return QSizeF(width, _caption_height() + lines * metrics + 3 * theme.SPACE_S)
            case _:
                return QSizeF(width, theme.SPACE_XL)

    def drawObject(self, painter: QPainter, rect: QRectF, _doc: QTextDocument, _position: int, of: QTextFormat) -> None:
        painter.save()
        match atom_of(of):
            case PhotoBlock() as photo:
                self._draw_photo(painter, rect, photo)
            case Raw(source):
                self._draw_raw(painter, rect, source)
            case _:
                painter.setPen(theme.color("outline"))
                middle, half = rect.center(), min(rect.width(), 120.0) / 2
                painter.drawLine(QPointF(middle.x() - half, middle.y()), QPointF(middle.x() + half, middle.y()))
        painter.restore()

    def _picture_height(self, photo: PhotoBlock, width: float) -> float:
        image = self._image_of(photo.photo)
        if image is None or image.isNull():
            return min(width * _PLACEHOLDER_RATIO, 220.0)
        return min(width * image.height() / image.width(), _TALLEST_PHOTO)

    def _words_height(self, photo: PhotoBlock, width: float) -> float:
        return _text_height(photo_words(photo), width) + theme.SPACE_S

    def _draw_photo(self, painter: QPainter, rect: QRectF, photo: PhotoBlock) -> None:
        image = self._image_of(photo.photo)
        frame = QRectF(rect.left(), rect.top(), rect.width(), self._picture_height(photo, rect.width()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is None or image.isNull():
            painter.fillRect(frame, theme.color("hover"))
            painter.setPen(theme.color("muted"))
            words = _("Фото загружается…") if image is None else _("Фото нет в хранилище")
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
        else:
            width = min(frame.width(), frame.height() * image.width() / image.height())
            painter.fillRect(frame, theme.color("hover"))
            painter.drawImage(QRectF(frame.center().x() - width / 2, frame.top(), width, frame.height()), image)
        below = QRectF(rect.left(), frame.bottom() + theme.SPACE_S, rect.width(), rect.bottom() - frame.bottom())
        painter.setFont(theme.ui_font(theme.tokens().small))
        painter.setPen(theme.color("muted" if photo.credit.strip() else "danger"))
        painter.drawText(below, photo_words(photo), _wrapping())

    def _draw_raw(self, painter: QPainter, rect: QRectF, source: str) -> None:
        ground = rect.adjusted(0, theme.SPACE_XS, 0, -theme.SPACE_XS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("border"))
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        inside = ground.adjusted(theme.SPACE_M, theme.SPACE_XS, -theme.SPACE_M, -theme.SPACE_XS)
        painter.setFont(theme.ui_font(theme.tokens().small))
        painter.setPen(theme.color("muted"))
        painter.drawText(inside, _("Разметка как есть: не правится"), QTextOption(Qt.AlignmentFlag.AlignTop))
        inside.setTop(inside.top() + painter.fontMetrics().lineSpacing() + theme.SPACE_XS)
        painter.setFont(_mono_font())
        painter.setPen(theme.color("text"))
        painter.drawText(inside, "\n".join(_beginnings(source)), QTextOption(Qt.AlignmentFlag.AlignTop))


def _beginnings(source: str) -> list[str]:
    """The lines of a raw block that are shown, as far as they may fit, without halves of characters."""
    lines = source[: 2 * _RAW_LINES * _RAW_WIDTH].split("\n")
    more = len(lines) > _RAW_LINES
    shown = [line[:_RAW_WIDTH].encode("utf-8", "replace").decode() for line in lines[:_RAW_LINES]]
    return [*shown, "…"] if more else shown


def photo_words(photo: PhotoBlock) -> str:
    """Caption and credit as one text under the picture."""
    credit = _("Фото: {credit}").format(credit=photo.credit) if photo.credit.strip() else _("Не указано, чьё фото")
    return f"{photo.caption}\n{credit}" if photo.caption.strip() else credit


def _wrapping() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignTop)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    return option


def _text_height(text: str, width: float) -> float:
    metrics = QFontMetricsF(theme.ui_font(theme.tokens().small))
    flags = Qt.TextFlag.TextWordWrap.value
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), flags, text).height()


def _caption_height() -> float:
    return _line_height(theme.ui_font(theme.tokens().small)) + theme.SPACE_XS


def _line_height(font: QFont) -> float:
    return QFontMetricsF(font).lineSpacing()


def _mono_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.tokens().normal)
    return font
