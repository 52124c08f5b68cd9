"""The lead photo: chosen, dropped or pasted; with its caption, credit and alternative text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from newsroom.domain.article import LeadPhoto
from newsroom.domain.ids import PhotoId
from newsroom.domain.photos import Photo
from newsroom.words import _
from ui import theme
from ui.editor.clipboard import picture_files
from ui.fields.text_fields import ParagraphField
from ui.glyphs import paint_icon
from ui.photos.pictures import PAGE_WIDTH, Pictures
from ui.widgets import Section, quiet_button

_WIDEST_RATIO = 16 / 9


class PhotoSection(Section):
    """Signals:

    edited(): the person changed the photo or its words.
    offered(object): a picture, `Path` or `QImage`, is to become the lead photo.
    """

    edited = Signal()
    offered = Signal(object)

    def __init__(self, images: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(_("Фото"), parent)
        self._photo: LeadPhoto | None = None
        self._read_only = False
        self.place = _PhotoPlace(images)
        self.place.offered.connect(self.offered)
        self.place.wanted.connect(self.choose)
        self.add(self.place)
        self._choose = quiet_button(_("Заменить…"))
        self._choose.clicked.connect(self.choose)
        self._remove = quiet_button(_("Убрать"))
        self._remove.clicked.connect(self._removed)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._choose)
        row.addWidget(self._remove)
        row.addStretch(1)
        self.add(self._buttons)
        self.caption = ParagraphField(_("Подпись к фото"), placeholder=_("Кто, где, когда, почему"), least_lines=2)
        self.credit = ParagraphField(_("Чьё фото"), placeholder=_("Автор, агентство, «предоставлено …»"))
        self.alt = ParagraphField(_("Описание фото"), placeholder=_("Что видно на снимке, для незрячих"))
        words = Section()
        words.layout().setContentsMargins(0, 0, 0, 0)
        for field, label in (
            (self.caption, _("Подпись к фото")),
            (self.credit, _("Чьё фото")),
            (self.alt, _("Описание")),
        ):
            field.edited.connect(self.edited)
            words.add(field, label)
        self._words = words
        self.add(words)
        self._show()

    def value(self) -> LeadPhoto | None:
        if self._photo is None:
            return None
        credit = self.credit.text().removeprefix("Фото:").strip()
        return LeadPhoto(self._photo.photo, self.caption.text(), credit, self.alt.text())

    def set_value(self, photo: LeadPhoto | None) -> None:
        """Show *photo*; ``edited`` is not sent."""
        self._photo = photo
        shown = photo or LeadPhoto(PhotoId(""))
        self.caption.set_text(shown.caption)
        self.credit.set_text(shown.credit)
        self.alt.set_text(shown.alt)
        self._show()

    def take(self, photo: Photo) -> None:
        """Make *photo* the lead photo; words that its file brings fill empty fields only."""
        kept = self.value()
        caption = kept.caption if kept and kept.caption else photo.caption
        self.set_value(LeadPhoto(photo.id, caption, photo.credit, kept.alt if kept else ""))
        self.edited.emit()
        if not photo.credit:
            self.credit.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for field in (self.caption, self.credit, self.alt):
            field.setReadOnly(read_only)
        self.place.setAcceptDrops(not read_only)
        self._show()

    def choose(self) -> None:
        """Ask for a picture file."""
        if self._read_only:
            return
        path = ask_for_picture(self)
        if path is not None:
            self.offered.emit(path)

    def _removed(self) -> None:
        self.set_value(None)
        self.edited.emit()

    def _show(self) -> None:
        there = self._photo is not None
        self.place.show_photo(self._photo)
        self._buttons.setVisible(there and not self._read_only)
        self._words.setVisible(there)


class _PhotoPlace(QWidget):
    """The picture itself, or an invitation to choose, drop or paste one."""

    offered = Signal(object)
    wanted = Signal()

    def __init__(self, images: Pictures) -> None:
        super().__init__()
        self._images = images
        self._photo: LeadPhoto | None = None
        images.ready.connect(self._arrived)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_photo(self, photo: LeadPhoto | None) -> None:
        self._photo = photo
        words = _("Выбрать фото, перетащить или вставить сюда") if photo is None else _("Главное фото")
        self.setAccessibleName(words)
        self.setToolTip(words if photo is None else "")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / _WIDEST_RATIO) if self._photo else 96

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def _arrived(self, photo: str, _width: int) -> None:
        if self._photo is not None and self._photo.photo == photo:
            self.update()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.fillPath(shape, theme.color("hover"))
        image = self._images.get(self._photo.photo, PAGE_WIDTH) if self._photo else None
        if image is not None and not image.isNull():
            painter.save()
            painter.setClipPath(shape)
            size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
            painter.restore()
        else:
            self._paint_words(painter, missing=image is not None)
        pen = painter.pen()
        pen.setColor(theme.color("accent_text" if self.hasFocus() else "border"))
        pen.setWidthF(2 if self.hasFocus() else 1)
        if self._photo is None and not self.hasFocus():
            pen.setColor(theme.color("outline"))
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPath(shape)

    def _paint_words(self, painter: QPainter, *, missing: bool) -> None:
        if self._photo is None:
            words = _("Выбрать, перетащить\nили вставить фото")
        else:
            words = _("Фото нет в хранилище") if missing else _("Фото загружается…")
        middle = QRectF(self.rect()).center()
        paint_icon(painter, QRectF(middle.x() - 12, middle.y() - 36, 24, 24), "image", theme.color("muted"))
        painter.setFont(theme.ui_font(theme.tokens().small))
        painter.setPen(theme.color("muted"))
        below = QRectF(0, middle.y() - 6, self.width(), self.height() / 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter.value | Qt.AlignmentFlag.AlignTop.value, words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._take(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or picture_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, mime: QMimeData) -> None:
        files = picture_files(mime)
        if files:
            self.offered.emit(files[0])
        elif mime.hasImage():
            self.offered.emit(QImage(mime.imageData()))


def ask_for_picture(parent: QWidget) -> Path | None:
    """The picture file that the person names; None where none was."""
    kinds = _("Фото") + " (*.jpg *.jpeg *.png *.webp *.JPG *.JPEG *.PNG *.WEBP)"
    name, _kind = QFileDialog.getOpenFileName(parent, _("Выберите фото"), "", kinds)
    return Path(name) if name else None
