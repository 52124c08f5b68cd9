"""What is pasted or dropped into the text: the best of the forms in which it is offered.

Local files of a file manager come first, then an address over selected words, blocks of this program, HTML, pictures,
an address alone, and plain words. What needs other lanes is offered further by the signals of `BodyEditor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from newsroom.domain.errors import InvalidInput
from newsroom.text.addresses import is_link
from ui.editor import clipboard, commands
from ui.editor.blocks import Kind
from ui.editor.html_import import lines_from_html, not_taken, only_a_picture, takes_time

if TYPE_CHECKING:
    from ui.editor.body_editor import BodyEditor


def paste(body: BodyEditor, source: QMimeData) -> None:
    """Put what *source* holds in place of the selection of *body*."""
    body.turns.finish()
    cursor = body.textCursor()
    if files := clipboard.local_files(source):
        body.photos_offered.emit(files, cursor)
        return
    over_words = cursor.hasSelection() and len(commands.selected_blocks(cursor)) == 1
    if over_words and (address := clipboard.address_in(source)):
        body.set_link(cursor, address)
    elif own := clipboard.own_lines(source):
        inline, lines = own
        body.paste_lines(lines, inline=inline)
    elif not source.hasHtml() or not _paste_html(body, source, source.html()):
        _paste_rest(body, source)


def paste_text(body: BodyEditor, text: str) -> None:
    """Put the lines of *text* in place of the selection of *body*."""
    body.turns.finish()
    try:
        inline, lines = clipboard.lines_from_text(text)
    except InvalidInput as error:
        body.told.emit(str(error))
    else:
        body.paste_lines(lines, inline=inline)


def _paste_html(body: BodyEditor, source: QMimeData, html: str) -> bool:
    """False where *html* shows nothing that is not better taken from another form."""
    if clipboard.has_picture(source) and only_a_picture(html):
        return False
    if takes_time(html):
        body.html_offered.emit(html, source.text(), body.textCursor())
        return True
    lines, elsewhere = lines_from_html(html)
    if elsewhere:
        body.told.emit(not_taken(elsewhere))
    if lines:
        inline = len(lines) == 1 and isinstance(lines[0], tuple) and lines[0][0].kind is Kind.PARAGRAPH
        body.paste_lines(lines, inline=inline)
    return bool(lines) or elsewhere > 0


def _paste_rest(body: BodyEditor, source: QMimeData) -> None:
    text = source.text()
    picture = clipboard.picture_in(source) if not text.strip() or is_link(text.strip()) else None
    if picture is not None:
        body.photos_offered.emit([picture], body.textCursor())
    elif (address := clipboard.address_in(source)) and not body.textCursor().hasSelection():
        body.set_link(body.textCursor(), address)
    else:
        paste_text(body, text)
