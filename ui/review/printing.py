"""The page of an article on paper: A4 sheets with margins and page numbers, for a printer or into a PDF file.

Sheets are set in black on white at the designed sizes, whatever theme and zoom the window has. Everything but the
print dialog runs beside the GUI thread; it touches no widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QIODevice, QMarginsF, QRectF, QSaveFile, QSize, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from newsroom.domain.errors import EnvironmentFault
from newsroom.words import _
from ui import theme
from ui.photos.pictures import decode
from ui.review.reading import parse_body, photos_of
from ui.review.typeset import Page, Typesetter

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice

    from newsroom.desk.session import Desk
    from newsroom.domain.article import Content

_MARGIN_MM = 20.0
#: Pixels in a printed inch: the sizes of the theme are meant for 96.
_PIXELS = 96.0
#: Device pixels of a picture: some 280 to the inch across the column.
_PICTURE = 1900
_FOOT = 40.0
#: The share of a sheet that a picture may take.
_TALLEST = 0.6
_LOOK: Final = theme.Tokens("light", theme.LIGHT, 1.0)


@dataclass(frozen=True, slots=True)
class Printable:
    """A page and its pictures by photo; an unreadable one is a null image."""

    page: Page
    pictures: Mapping[str, QImage]


def read_printable(desk: Desk, content: Content, dateline: str) -> Printable:
    """*content* with everything its sheets show, the pictures from the photo store."""
    document, raws = parse_body(content.body)
    page = Page(content, document, raws, dateline)
    return Printable(page, {photo: _picture(desk, photo) for photo in photos_of(page)})


def _picture(desk: Desk, photo: str) -> QImage:
    from newsroom.domain.errors import NewsroomError
    from newsroom.domain.ids import PhotoId

    try:
        return decode(desk.photos.read(PhotoId(photo)), _PICTURE)
    except (NewsroomError, OSError):
        return QImage()


def write_pdf(printable: Printable, file: Path) -> int:
    """Write the sheets to *file*, wholly or not at all; returns how many there are. Raises `EnvironmentFault`."""
    target = QSaveFile(str(file))
    if not target.open(QIODevice.OpenModeFlag.WriteOnly):
        raise EnvironmentFault(_("Файл PDF не записан: {reason}").format(reason=target.errorString()))
    writer = QPdfWriter(target)
    writer.setTitle(printable.page.content.headline)
    writer.setCreator(_("Редакция"))
    writer.setResolution(600)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    count = print_page(printable, writer)
    if not target.commit():
        raise EnvironmentFault(_("Файл PDF не записан: {reason}").format(reason=target.errorString()))
    return count


def print_page(printable: Printable, device: QPagedPaintDevice) -> int:
    """Paint the sheets on *device*, whose paper is kept; returns how many there are. Raises `EnvironmentFault`."""
    device.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    inches = device.pageLayout().paintRect(QPageLayout.Unit.Inch)
    sheet = QSizeF(inches.width() * _PIXELS, inches.height() * _PIXELS - _FOOT)
    document = _set(printable, sheet)
    painter = QPainter()
    if not painter.begin(device):
        raise EnvironmentFault(_("Печать не началась: принтер или файл не принимает страницы."))
    painter.scale(device.logicalDpiX() / _PIXELS, device.logicalDpiY() / _PIXELS)
    for number in range(document.pageCount()):
        if number:
            device.newPage()
        _paint(painter, document, sheet, number)
        _paint_foot(painter, printable.page.content.headline, sheet, number + 1, document.pageCount())
    painter.end()
    return document.pageCount()


def _set(printable: Printable, sheet: QSizeF) -> QTextDocument:
    column = round(sheet.width())
    room = QSize(column, round(sheet.height() * _TALLEST))

    def size_of(photo: str) -> QSize:
        size = printable.pictures[photo].size()
        return size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio) if not size.isEmpty() else QSize()

    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setDefaultFont(theme.ui_font(_LOOK.article))
    for photo, picture in printable.pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"photo:{photo}"), picture)
    Typesetter(document, column, size_of, _LOOK).set_page(printable.page)
    document.setPageSize(sheet)
    return document


def _paint(painter: QPainter, document: QTextDocument, sheet: QSizeF, number: int) -> None:
    top = number * sheet.height()
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, top, sheet.width(), sheet.height())
    context.palette = QPalette(QColor(_LOOK.colors.text))
    context.palette.setColor(QPalette.ColorRole.Text, QColor(_LOOK.colors.text))
    painter.save()
    painter.translate(0, -top)
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, headline: str, sheet: QSizeF, number: int, count: int) -> None:
    font = theme.ui_font(_LOOK.small, tabular=True)
    foot = QRectF(0, sheet.height() + _FOOT / 2, sheet.width(), _FOOT / 2)
    place = _("{number} из {count}").format(number=number, count=count)
    metrics = QFontMetricsF(font)
    room = sheet.width() - metrics.horizontalAdvance(place) - theme.SPACE_XL
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(_LOOK.colors.muted))
    painter.drawText(
        foot,
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
        metrics.elidedText(headline, Qt.TextElideMode.ElideRight, room),
    )
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, place)
    painter.restore()
