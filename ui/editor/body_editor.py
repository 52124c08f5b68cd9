"""The text of an article: a QTextEdit that knows the blocks of a `Document` and nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFont,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QMenu, QWidget

from newsroom.domain.ids import PhotoId
from newsroom.text.counts import Counts
from newsroom.text.document import Document, PhotoBlock, Raw, Rule
from newsroom.words import _
from ui import theme
from ui.editor import clipboard, commands, document_io, pasting
from ui.editor.blocks import Kind, Style, atom_at, style_of
from ui.editor.body_menu import body_menu
from ui.editor.dialogs import LinkDialog, PhotoDialog, RawDialog
from ui.editor.links import link_place, link_to, open_address
from ui.editor.look import LettersOfBlocks, paint_marks
from ui.editor.objects import AtomObjects
from ui.editor.settling import settle_after_key
from ui.editor.tracked_text import TrackedText
from ui.editor.turns import EditInTurns
from ui.fields.text_fields import MarkedField, Shown

_COUNT_PAUSE = 300
#: Milliseconds of reading a fresh text at a time.
_SLICE = 8
_ROOM_BELOW = 96
#: Keys that may do something else than Qt would.
_OWN_KEYS = frozenset(
    (
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_V,
        Qt.Key.Key_K,
        Qt.Key.Key_Up,
    )
)


class BodyEditor(MarkedField):
    """Signals:

    edited(): the text or its structure changed by the person's hand.
    counted(int, int): words and characters, a moment after the last change.
    left_up(): Up on the first line: what stands above the text is wanted.
    wheel_turned(QWheelEvent): over the text, which does not scroll by itself.
    dragged_above(int): the mouse selects, so many pixels above the text.
    comment_wanted(): the selected words are to be commented on.
    photos_offered(list, QTextCursor): pictures (`ui.photos.adding.Picture`) were pasted or dropped at the cursor's
        place.
    html_offered(str, str, QTextCursor): HTML that takes time to read, with the plain text beside it, likewise.
    told(str): what could not be pasted, a sentence.
    """

    edited = Signal()
    counted = Signal(int, int)
    left_up = Signal()
    wheel_turned = Signal(QWheelEvent)
    dragged_above = Signal(int)
    comment_wanted = Signal()
    photos_offered = Signal(list, object)
    html_offered = Signal(str, str, object)
    told = Signal(str)

    def __init__(self, image_of: Callable[[PhotoId], QImage | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image_of = image_of
        self._loading = False
        self._read_only = False
        #: Long changes of the text; see `change`.
        self.turns = EditInTurns(self)
        self.turns.under_way_changed.connect(lambda _on: self.setReadOnly(self._read_only))
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Текст статьи"))
        self.setPlaceholderText(_("Текст. «## » — подзаголовок, «- » — список, «> » — цитата"))
        self.setTabChangesFocus(True)
        self.setAcceptRichText(True)
        self.document().setDocumentMargin(0)
        self._tracked = TrackedText(self.document())
        self._letters = LettersOfBlocks(self.document())
        self._objects = AtomObjects(self.document(), image_of, self)
        self._count_timer = QTimer(self, singleShot=True)
        self._count_timer.timeout.connect(self._count)
        self.document().contentsChange.connect(self._contents_changed)
        theme.watcher().changed.connect(self._follow_theme)
        self._follow_theme()
        self.set_document(Document())

    # -- the document

    def set_document(self, document: Document) -> None:
        """Show *document* as a fresh beginning, without an undo step."""
        self.show_prepared(document_io.prepare(document))

    def show_prepared(self, prepared: document_io.Prepared) -> None:
        """What `set_document` does, for a document that was prepared elsewhere."""
        self.turns.drop()
        self._loading = True
        with self._letters.looking_at(()):
            # Qt's own way in puts the cursor at the beginning before anything is laid out.
            self.setPlainText(prepared.text)
        with self._letters.looking_at({number for number, _line in prepared.special}):
            document_io.dress(self.document(), prepared, room_below=_ROOM_BELOW)
        self._loading = False
        self._count_timer.start(_COUNT_PAUSE)

    def read_document(self) -> Document:
        return Document(document_io.blocks_of(self._tracked.parts()))

    def read_parts(self) -> tuple[document_io.Part, ...]:
        """What the text says, for another thread to put together (`document_io.blocks_of`)."""
        return self._tracked.parts()

    def counts(self) -> Counts:
        """How long the text is."""
        return self._tracked.counts()

    def is_blank(self) -> bool:
        return self.document().isEmpty()

    def photo_arrived(self, photo: str) -> None:
        """The picture of *photo* is there: lay out anew the blocks that show it."""
        block = self.document().begin()
        while block.isValid():
            atom = atom_at(block)
            if isinstance(atom, PhotoBlock) and atom.photo == photo:
                self._loading = True  # laying out is no edit
                self.document().markContentsDirty(block.position(), block.length())
                self._loading = False
            block = block.next()

    def insert_photos(self, photos: Sequence[PhotoBlock], at: QTextCursor) -> None:
        """Put *photos* into the text in place of what *at* has selected, in one undo step."""
        self.turns.finish()
        follows = self._is_caret(at)
        commands.insert_atom(at, *photos)
        if follows:
            self.setTextCursor(at)

    def insert_lines(self, lines: Iterable[document_io.Line], at: QTextCursor) -> None:
        """Put *lines* in place of what *at* has selected, in one undo step; many of them take several turns."""
        follows = self._is_caret(at)

        def through() -> None:
            if follows:
                self.setTextCursor(at)
                self.ensureCursorVisible()

        if follows:
            # The caret waits where it is: to follow every line would scroll and paint the page as many times.
            caret = self.textCursor()
            caret.setKeepPositionOnInsert(True)
            self.setTextCursor(caret)
        self.turns.begin(at, commands.inserting(at, lines), through)

    def _is_caret(self, place: QTextCursor) -> bool:
        caret = self.textCursor()
        return (caret.selectionStart(), caret.selectionEnd()) == (place.selectionStart(), place.selectionEnd())

    def setReadOnly(self, read_only: bool) -> None:
        """Besides, nobody types while a long change is under way."""
        self._read_only = read_only
        super().setReadOnly(read_only or self.turns.under_way)

    def undo(self) -> None:
        if not self.isReadOnly():
            super().undo()

    def redo(self) -> None:
        if not self.isReadOnly():
            super().redo()

    def _contents_changed(self, _position: int, _removed: int, _added: int) -> None:
        if not self._loading:
            self._count_timer.start(_COUNT_PAUSE)
            self.edited.emit()

    def _count(self) -> None:
        if self._tracked.catch_up(_SLICE):
            counted = self._tracked.counts()
            self.counted.emit(counted.words, counted.characters)
        else:
            self._count_timer.start(0)

    def _follow_theme(self) -> None:
        self.setFont(theme.ui_font(theme.tokens().article))
        self.document().setDefaultFont(self.font())
        # The highlighter lays out blocks anew, which is no edit.
        self._loading = True
        self._letters.follow_theme()
        self._loading = False

    # -- commands

    def toggle_heading(self, level: int) -> None:
        self._command(lambda cursor: commands.toggle_kind(cursor, Style(Kind.HEADING, level)))

    def toggle_list(self, *, ordered: bool) -> None:
        kind = Kind.NUMBER if ordered else Kind.BULLET
        self._command(lambda cursor: commands.toggle_kind(cursor, Style(kind)))

    def toggle_quote(self) -> None:
        self._command(lambda cursor: commands.toggle_kind(cursor, Style(Kind.QUOTE)))

    def toggle_speaker(self) -> None:
        """The line that names whose words the quote above is."""
        self._command(lambda cursor: commands.toggle_kind(cursor, Style(Kind.SPEAKER)))

    def insert_rule(self) -> None:
        self._command(lambda cursor: commands.insert_atom(cursor, Rule()))

    def toggle_bold(self) -> None:
        if self.isReadOnly():
            return
        made = QTextCharFormat()
        bold = self.currentCharFormat().fontWeight() >= QFont.Weight.Bold
        made.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)
        self.mergeCurrentCharFormat(made)

    def toggle_italic(self) -> None:
        if self.isReadOnly():
            return
        made = QTextCharFormat()
        made.setFontItalic(not self.currentCharFormat().fontItalic())
        self.mergeCurrentCharFormat(made)

    def edit_link(self) -> None:
        """Ask for the address of the selection, or of the link or word at the cursor."""
        if self.isReadOnly():
            return
        cursor = link_place(self.textCursor())
        dialog = LinkDialog(cursor.charFormat().anchorHref(), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.set_link(cursor, "" if dialog.removed else dialog.address)
        self.setFocus()

    def set_link(self, cursor: QTextCursor, address: str) -> None:
        """Let what *cursor* has selected lead to *address*; where nothing is selected, the address is written there."""
        selected = cursor.hasSelection()
        link_to(cursor, address)
        if selected:
            self.setTextCursor(cursor)

    def _command(self, run: Callable[[QTextCursor], Any]) -> bool:
        if self.isReadOnly():
            return False
        cursor = self.textCursor()
        done = run(cursor)
        self.setTextCursor(cursor)
        self.setFocus()
        return bool(done)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() or not self._own_key(event):
            if not self.isReadOnly() and _types(event):
                self._before_typing()
            super().keyPressEvent(event)
            if not self.isReadOnly():
                self._after_key(event)

    def _after_key(self, event: QKeyEvent) -> None:
        self._settle()
        if event.text() == " ":
            self._command_quietly(commands.take_shortcut)

    def _settle(self) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection() and settle_after_key(cursor):
            self.setTextCursor(cursor)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if key not in _OWN_KEYS:
            return False
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        plain = not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            return self._enter(shift=shift)
        if key == Qt.Key.Key_Backspace and (plain or self._no_word_to_delete(held, back=True)):
            return self._command_quietly(commands.backspace)
        if key == Qt.Key.Key_Delete and ((plain and not shift) or self._no_word_to_delete(held, back=False)):
            return self._command_quietly(commands.delete)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and plain:
            by = -1 if key == Qt.Key.Key_Backtab else 1
            self._command_quietly(lambda cursor: commands.change_level(cursor, by))
            return True
        if key == Qt.Key.Key_V and held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier:
            self.paste_plain()
            return True
        if key == Qt.Key.Key_K and held == Qt.KeyboardModifier.ControlModifier:
            # Qt would delete to the end of the line on some systems.
            self.edit_link()
            return True
        if key == Qt.Key.Key_Up and not held and self._on_first_line():
            self.left_up.emit()
            return True
        return False

    def _no_word_to_delete(self, held: Qt.KeyboardModifier, *, back: bool) -> bool:
        """Whether Ctrl asks for a word where the cursor has none on that side of it in its block."""
        cursor = self.textCursor()
        edge = cursor.atBlockStart() if back else cursor.atBlockEnd()
        return held == Qt.KeyboardModifier.ControlModifier and (edge or atom_at(cursor.block()) is not None)

    def _enter(self, *, shift: bool) -> bool:
        cursor = self.textCursor()
        commands.break_line(cursor) if shift else commands.break_block(cursor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _command_quietly(self, run: Callable[[QTextCursor], bool]) -> bool:
        cursor = self.textCursor()
        done = run(cursor)
        if done:
            self.setTextCursor(cursor)
        return done

    def _before_typing(self) -> None:
        """Typing goes beside objects, not into them, and does not lengthen a link that has ended."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return
        if commands.leave_object(cursor):
            self.setTextCursor(cursor)
        letters = self.currentCharFormat()
        if letters.isAnchor():
            ahead = QTextCursor(cursor)
            more = not cursor.atBlockEnd() and ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
            if not more or ahead.charFormat().anchorHref() != letters.anchorHref():
                self.setCurrentCharFormat(commands.without_link(letters))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self.isReadOnly() and (event.commitString() or event.preeditString()):
            self._before_typing()
        super().inputMethodEvent(event)
        if event.commitString():
            self._settle()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # In a list Tab is a key of the text.
        if not self.isReadOnly() and any(style_of(b).kind.in_list for b in commands.selected_blocks(self.textCursor())):
            return False
        return super().focusNextPrevChild(forward)

    # -- clipboard and drops

    def cut(self) -> None:
        super().cut()
        self._settle()

    def dropEvent(self, event: QDropEvent) -> None:
        left = QTextCursor(self.textCursor())
        super().dropEvent(event)
        # Words that were dragged elsewhere in the text leave their two ends in one block.
        settle_after_key(left)

    def createMimeDataFromSelection(self) -> QMimeData:
        return clipboard.BlockData(self.textCursor())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (
            source.hasFormat(clipboard.MIME)
            or source.hasText()
            or source.hasHtml()
            or clipboard.has_picture(source)
            or bool(clipboard.local_files(source))
        )

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not self.isReadOnly():
            pasting.paste(self, source)

    def paste_plain(self) -> None:
        """Paste the clipboard's words only."""
        if not self.isReadOnly():
            pasting.paste_text(self, QApplication.clipboard().text())

    def paste_lines(self, lines: Iterable[document_io.Line], *, inline: bool) -> None:
        """Put *lines* in place of the selection; *inline* ones go into the cursor's block."""
        if inline:
            self._command(lambda cursor: commands.insert_lines(cursor, lines, inline=True))
            self.ensureCursorVisible()
        else:
            self.setFocus()
            self.insert_lines(lines, self.textCursor())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only photos of the newsroom, from memory; nothing is ever opened or fetched."""
        address = name.toString() if isinstance(name, QUrl) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and address.startswith("photo:"):
            return self._image_of(PhotoId(address.removeprefix("photo:"))) or QImage()
        return QImage()

    def _on_first_line(self) -> bool:
        cursor = self.textCursor()
        return not cursor.block().previous().isValid() and not cursor.movePosition(QTextCursor.MoveOperation.Up)

    # -- mouse and menu

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheel_turned.emit(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        above = -round(event.position().y())
        if above > 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged_above.emit(above)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if held and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            open_address(self.anchorAt(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        block = self.cursorForPosition(event.position().toPoint()).block()
        atom = atom_at(block)
        if isinstance(atom, PhotoBlock) and not self.isReadOnly():
            self.edit_photo(block)
        elif isinstance(atom, Raw):
            RawDialog(atom, self).exec()
        else:
            super().mouseDoubleClickEvent(event)

    def edit_photo(self, block: QTextBlock) -> None:
        """Ask for the words of the photo in *block*."""
        atom = atom_at(block)
        if isinstance(atom, PhotoBlock):
            dialog = PhotoDialog(atom, self)
            if dialog.exec() == QDialog.DialogCode.Accepted and dialog.photo != atom:
                commands.replace_atom(block, dialog.photo)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.make_menu(event.pos()).exec(event.globalPos())

    def make_menu(self, at: QPoint) -> QMenu:
        """The context menu for the place *at* of the viewport, with what others put into it."""
        menu = body_menu(self, at)
        self.menu_made.emit(menu, at)
        return menu

    # -- painting

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cover_what_is_below()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._cover_what_is_below()

    def _cover_what_is_below(self) -> None:
        """Else the page below is painted with each letter, only to be painted over; a style sheet takes it back."""
        self.viewport().setAutoFillBackground(True)

    def paint_marks(self, painter: QPainter, shown: Sequence[Shown]) -> None:
        super().paint_marks(painter, shown)
        above = shown[0].block.previous() if shown else QTextBlock()
        if style_of(above).kind is Kind.QUOTE:
            # Its bar passes the gap below it.
            shown = [Shown(above, self.document().documentLayout().blockBoundingRect(above)), *shown]
        for block, rect in shown:
            if style_of(block).kind is not Kind.PARAGRAPH:
                paint_marks(painter, block, rect)


def _types(event: QKeyEvent) -> bool:
    """Whether Qt will take the key for text: no-break spaces and joiners are text, control characters are not."""
    return bool(event.text()) and unicodedata.category(event.text()[0]) != "Cc"
