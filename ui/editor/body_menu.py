"""The context menu of the text, in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from newsroom.text.document import PhotoBlock
from newsroom.words import _
from ui.editor.blocks import atom_at
from ui.editor.links import open_address
from ui.widgets import plain_tooltip

if TYPE_CHECKING:
    from ui.editor.body_editor import BodyEditor


def body_menu(body: BodyEditor, at: QPoint) -> QMenu:
    """The menu of *body* for the place *at* of its viewport; deleted when it is closed."""
    menu = QMenu(body)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    writable = not body.isReadOnly()
    block = body.cursorForPosition(at).block()
    if writable and isinstance(atom_at(block), PhotoBlock):
        menu.addAction(_("Подпись и автор фото…"), lambda: body.edit_photo(block))
        menu.addSeparator()
    if address := body.anchorAt(at):
        menu.addAction(_("Открыть ссылку"), lambda: open_address(address)).setToolTip(plain_tooltip(address))
        menu.setToolTipsVisible(True)
        menu.addSeparator()
    _add_editing(menu, body, writable=writable)
    return menu


def _add_editing(menu: QMenu, body: BodyEditor, *, writable: bool) -> None:
    selected, document, key = body.textCursor().hasSelection(), body.document(), QKeySequence.StandardKey
    pastes = writable and body.canPaste()
    for line in (
        (_("Отменить"), key.Undo, body.undo, writable and document.isUndoAvailable()),
        (_("Вернуть"), key.Redo, body.redo, writable and document.isRedoAvailable()),
        None,
        (_("Вырезать"), key.Cut, body.cut, writable and selected),
        (_("Копировать"), key.Copy, body.copy, selected),
        (_("Вставить"), key.Paste, body.paste, pastes),
        (_("Вставить без оформления"), "Ctrl+Shift+V", body.paste_plain, pastes),
        None,
        (_("Ссылка…"), "Ctrl+K", body.edit_link, writable),
        (_("Комментарий…"), "Ctrl+Alt+M", body.comment_wanted.emit, selected),
        (_("Выделить всё"), key.SelectAll, body.selectAll, not body.is_blank()),
    ):
        if line is None:
            menu.addSeparator()
            continue
        words, shortcut, run, enabled = line
        action = menu.addAction(words, run)
        action.setShortcut(QKeySequence(shortcut))
        action.setEnabled(enabled)
