"""Photos that are dropped, pasted or chosen: into the newsroom first, then into the text or above it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QTextCursor

from newsroom.domain.photos import Photo
from newsroom.text.document import PhotoBlock
from newsroom.words import _
from ui.context import Context
from ui.editor.body_editor import BodyEditor
from ui.editor.saving import Saver
from ui.editor.toolbar import EditorToolbar
from ui.fields.photo_section import PhotoSection, ask_for_picture

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done


class PhotoAdding(QObject):
    """A photo that arrives after another article was opened stays in the newsroom and touches no text.

    Signals:
        refused(Exception): why a picture was not taken.
    """

    refused = Signal(object)

    def __init__(
        self, ctx: Context, body: BodyEditor, toolbar: EditorToolbar, lead: PhotoSection, saver: Saver, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ctx, self._body, self._lead, self._saver = ctx, body, lead, saver
        body.photos_offered.connect(self._add_to_text)
        toolbar.photo_wanted.connect(self._choose_for_text)
        lead.offered.connect(self._add_as_lead)

    def _add_to_text(self, pictures: list[Path | QImage], cursor: QTextCursor) -> None:
        sitting = self._saver.sitting

        def added(photo: Photo) -> None:
            if sitting == self._saver.sitting:
                self._body.insert_photo(PhotoBlock(photo.id, photo.caption, photo.credit, ""), cursor)

        for picture in pictures:
            self._ctx.act(_bring_in(picture), self, added, self.refused.emit)

    def _choose_for_text(self) -> None:
        path = ask_for_picture(self._body)
        if path is not None:
            self._add_to_text([path], self._body.textCursor())

    def _add_as_lead(self, picture: Path | QImage) -> None:
        sitting = self._saver.sitting

        def added(photo: Photo) -> None:
            if sitting == self._saver.sitting:
                self._lead.take(photo)

        self._ctx.act(_bring_in(picture), self, added, self.refused.emit)


def _bring_in(picture: Path | QImage) -> Callable[[Desk], Done[Photo]]:
    """The use case that brings *picture*, a file or what the clipboard held, into the newsroom."""

    def work(desk: Desk) -> Done[Photo]:
        from newsroom.desk.pictures import add_photo

        if isinstance(picture, Path):
            return add_photo(desk, picture, picture.name)
        return add_photo(desk, _png(picture), _("Из буфера обмена"))

    return work


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return held.data()
