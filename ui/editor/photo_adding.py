"""What arrives in an article later than it was pasted or dropped: photos, and foreign HTML that takes time to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from newsroom.domain.errors import InvalidInput
from newsroom.domain.photos import Photo
from newsroom.text.document import PhotoBlock
from newsroom.words import _
from ui.context import Context
from ui.editor.body_editor import BodyEditor
from ui.editor.clipboard import lines_from_text
from ui.editor.html_import import not_taken, shallow_lines
from ui.editor.saving import Saver
from ui.editor.toolbar import EditorToolbar
from ui.fields.photo_section import PhotoSection, ask_for_picture
from ui.photos.adding import Adding, Picture

if TYPE_CHECKING:
    from newsroom.desk.pasting import Pasted
    from newsroom.domain.changes import Done
    from ui.editor.document_io import Line


class PhotoAdding(QObject):
    """A photo that arrives after another article was opened stays in the newsroom and touches no text.

    Signals:
        told(str): what was not taken and why, a sentence or several.
        refused(Exception): why nothing could be done at all.
    """

    told = Signal(str)
    refused = Signal(object)

    def __init__(
        self, ctx: Context, body: BodyEditor, toolbar: EditorToolbar, lead: PhotoSection, saver: Saver, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ctx, self._body, self._lead, self._saver = ctx, body, lead, saver
        #: Pastes and pictures that are not in their places yet.
        self._under_way = 0
        body.photos_offered.connect(self._add_to_text)
        body.html_offered.connect(self._paste_html)
        body.told.connect(self.told)
        body.turns.under_way_changed.connect(self._say_under_way)
        toolbar.photo_wanted.connect(self._choose_for_text)
        lead.offered.connect(self._add_as_lead)

    @property
    def busy(self) -> bool:
        """Whether something is still to arrive."""
        return self._under_way > 0 or self._body.turns.under_way

    def _add_to_text(self, pictures: list[Picture], cursor: QTextCursor) -> None:
        place = _Place(cursor)

        def added(photos: list[Photo]) -> None:
            blocks = [PhotoBlock(photo.id, photo.caption, photo.credit, "") for photo in photos]
            self._body.insert_photos(blocks, place.cursor())

        self._bring_in(pictures, added)

    def _choose_for_text(self) -> None:
        path = ask_for_picture(self._body)
        if path is not None:
            self._add_to_text([path], self._body.textCursor())

    def _add_as_lead(self, picture: Picture) -> None:
        self._bring_in([picture], lambda photos: self._lead.take(photos[0]))

    def _bring_in(self, pictures: list[Picture], added: Callable[[list[Photo]], None]) -> None:
        """Bring *pictures* into the newsroom; *added* gets those that were taken, while the article is still open."""
        sitting = self._saver.sitting
        adding = Adding(self._ctx, self)

        def progressed(through: int, of: int) -> None:
            if of > 1 and through < of:
                words = _("Добавляются фото: {number} из {of}").format(number=through + 1, of=of)
                self._ctx.message.emit(words, None)

        def finished(photos: list[Photo], refusals: list[tuple[str, str]]) -> None:
            self._under_way -= 1
            adding.deleteLater()
            if len(pictures) > 1:
                self._ctx.message.emit("", None)
            if photos and sitting == self._saver.sitting:
                added(photos)
            if refusals:
                self.told.emit(" ".join(why for _name, why in refusals))

        self._under_way += 1
        adding.progressed.connect(progressed)
        adding.finished.connect(finished)
        adding.add(pictures)

    # -- HTML

    def _paste_html(self, html: str, text: str, cursor: QTextCursor) -> None:
        sitting, place = self._saver.sitting, _Place(cursor)

        def read() -> tuple[Pasted, list[Line]]:
            from newsroom.desk.pasting import read_pasted

            pasted = read_pasted(html)
            return pasted, shallow_lines(pasted.document.blocks)

        def arrived(result: tuple[Pasted, list[Line]]) -> None:
            pasted, lines = result
            if not pasted.document.blocks and text and not pasted.elsewhere and not pasted.notes:
                self._insert_text(text, place, sitting)
            elif pasted.photos:
                self._keep(pasted, lambda: self._insert(pasted, lines, place, sitting), failed)
                return
            else:
                self._insert(pasted, lines, place, sitting)
            self._under_way -= 1

        def failed(error: Exception) -> None:
            self._under_way -= 1
            self._ctx.message.emit("", None)
            if isinstance(error, InvalidInput) and text:
                self.told.emit(_("{problem} Вставлен текст без оформления.").format(problem=error))
                self._insert_text(text, place, sitting)
            else:
                self.refused.emit(error)

        self._under_way += 1
        self._ctx.message.emit(_("Вставляется…"), None)
        self._ctx.tasks.background(read, arrived, failed)

    def _keep(self, pasted: Pasted, then: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        def use(desk: object) -> Done[tuple[Photo, ...]]:
            from newsroom.desk.pictures import keep_photos

            return keep_photos(desk, pasted.photos)

        def kept(_photos: Sequence[Photo]) -> None:
            self._under_way -= 1
            then()

        self._ctx.act(use, self, kept, failed)

    def _insert(self, pasted: Pasted, lines: list[Line], place: _Place, sitting: int) -> None:
        if not self._still_open(sitting):
            return
        notes = list(pasted.notes)
        if pasted.elsewhere:
            notes.append(not_taken(pasted.elsewhere))
        if notes:
            self.told.emit(" ".join(notes))
        self._body.insert_lines(lines, place.cursor())
        self._say_under_way(self._body.turns.under_way)

    def _insert_text(self, text: str, place: _Place, sitting: int) -> None:
        if not self._still_open(sitting):
            return
        try:
            self._body.insert_lines(lines_from_text(text)[1], place.cursor())
        except InvalidInput as error:
            self.refused.emit(error)

    def _still_open(self, sitting: int) -> bool:
        if sitting == self._saver.sitting:
            return True
        self.told.emit(_("Вставка не попала в текст: статью успели закрыть."))
        return False

    def _say_under_way(self, under_way: bool) -> None:
        self._ctx.message.emit(_("Большая правка: текст откроется через мгновение…") if under_way else "", None)


class _Place:
    """Where something is to be put later, and what it shall replace, through all edits until then.

    What is typed there meanwhile comes after it and is never taken for the selection: therefore two cursors, for the
    anchor of one is carried along by what is typed at it.
    """

    def __init__(self, cursor: QTextCursor) -> None:
        self._ends = [QTextCursor(cursor), QTextCursor(cursor)]
        for end, position in zip(self._ends, (cursor.selectionStart(), cursor.selectionEnd()), strict=True):
            end.setPosition(position)
            end.setKeepPositionOnInsert(True)

    def cursor(self) -> QTextCursor:
        """The place as it is now."""
        begin, end = self._ends
        made = QTextCursor(begin)
        made.setKeepPositionOnInsert(False)
        made.setPosition(begin.position())
        made.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        return made
