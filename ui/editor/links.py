"""Links in the text: where one stands, giving an address to words, and going to where it leads."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QTextCharFormat, QTextCursor

from newsroom.text.addresses import is_link
from ui.editor.commands import leave_object
from ui.editor.settling import one_step


def link_place(at: QTextCursor) -> QTextCursor:
    """What a link is about to be made of, selected forwards: what *at* has selected, or the link or word there."""
    cursor = QTextCursor(at)
    if cursor.hasSelection():
        if cursor.position() < cursor.anchor():
            begin, end = cursor.selectionStart(), cursor.selectionEnd()
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor
    address = cursor.charFormat().anchorHref()
    if not address:
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        return cursor
    block = cursor.block()
    for part in block.textFormats():
        inside = part.start < cursor.positionInBlock() <= part.start + part.length
        if inside and part.format.anchorHref() == address:
            cursor.setPosition(block.position() + part.start)
            cursor.setPosition(block.position() + part.start + part.length, QTextCursor.MoveMode.KeepAnchor)
            break
    return cursor


def link_to(cursor: QTextCursor, address: str) -> None:
    """Let what *cursor* has selected lead to *address*, or nowhere where that is empty, in one undo step.

    Where nothing is selected, the address is written there. *cursor* stands behind the link then.
    """
    made = QTextCharFormat()
    made.setAnchor(bool(address))
    made.setAnchorHref(address)
    with one_step(cursor):
        if not cursor.hasSelection():
            leave_object(cursor)
            cursor.insertText(address.removeprefix("mailto:"), made)
            return
        cursor.mergeCharFormat(made)
    cursor.setPosition(cursor.selectionEnd())


def open_address(address: str) -> None:
    """Show what a link leads to, in the person's own browser; nothing but pages and mail is ever opened."""
    if is_link(address):
        QDesktopServices.openUrl(QUrl(address))
