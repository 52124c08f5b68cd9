"""What holds in the text wherever it was changed: objects are alone in their blocks, and nothing is nested impossibly.

Qt joins blocks without knowing what they are; each change is settled here, in the same undo step.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from ui.editor.blocks import OBJECT, Kind, Style, atom_at, atom_block_format, block_format, style_of

_OBJECT_FORMAT = atom_block_format()
#: Where these can stand depends on what is above.
_DEPENDENT = (Kind.BULLET, Kind.NUMBER, Kind.SPEAKER)


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[QTextCursor]:
    """Everything done with *cursor* inside is undone at once."""
    cursor.beginEditBlock()
    try:
        yield cursor
    finally:
        cursor.endEditBlock()


def fitting(style: Style, above: Style) -> Style:
    """*style* as it can stand below *above*: items one level deeper at most, a speaker below the words of a quote."""
    if style.kind.in_list:
        deepest = above.level + 1 if above.kind.in_list else 0
        return replace(style, level=deepest) if style.level > deepest else style
    if style.kind is Kind.SPEAKER:
        return replace(style, group=above.group) if above.kind is Kind.QUOTE else Style()
    return style


def remove_selection(cursor: QTextCursor) -> None:
    """Delete what *cursor* selects; its two ends meet in one block."""
    if cursor.hasSelection():
        with one_step(cursor):
            cursor.removeSelectedText()
            settle(cursor)


def settle_after_key(cursor: QTextCursor) -> bool:
    """Settle what Qt did itself at *cursor*, as a part of the step that Qt made of it; whether there was anything."""
    block = cursor.block()
    if not _is_unsettled(block) and _fits(block.next()):
        return False
    worker = QTextCursor(cursor)
    worker.joinPreviousEditBlock()
    settle(cursor)
    worker.endEditBlock()
    return True


def settle(cursor: QTextCursor) -> None:
    """Settle the block of *cursor*, inside an undo step of the caller; a cursor by an object stays with the text."""
    first = QTextCursor(cursor.block())
    first.setKeepPositionOnInsert(True)
    _part_objects(cursor)
    settle_between(first.block(), cursor.block())


def settle_between(first: QTextBlock, last: QTextBlock) -> None:
    """Put the blocks from *first* to *last* in order, and those below whose order hangs on theirs."""
    end = last.position()
    while first.isValid():
        changed = _set_in_order(first)
        if first.position() > end and not changed:
            return
        first = first.next()


def _is_unsettled(block: QTextBlock) -> bool:
    if OBJECT in block.text():
        return block.length() > 2 or style_of(block).kind is not Kind.PARAGRAPH
    return block.blockFormat() == _OBJECT_FORMAT or not _fits(block)


def _fits(block: QTextBlock) -> bool:
    style = style_of(block)
    return style.kind not in _DEPENDENT or fitting(style, style_of(block.previous())) == style


def _set_in_order(block: QTextBlock) -> bool:
    """Give *block* the format that it may have below the block above; whether it had another one."""
    if atom_at(block) is not None:
        wanted = _OBJECT_FORMAT
    else:
        style = style_of(block)
        fits = fitting(style, style_of(block.previous()))
        if fits == style and (style.kind is not Kind.PARAGRAPH or block.blockFormat() != _OBJECT_FORMAT):
            return False
        wanted = block_format(fits)
    if block.blockFormat() == wanted:
        return False
    QTextCursor(block).setBlockFormat(wanted)
    return True


def _part_objects(cursor: QTextCursor) -> None:
    """An object beside text gets a block of its own; the text before it keeps its kind, the text after it has none."""
    block = cursor.block()
    text = block.text()
    if OBJECT not in text or block.length() == 2:
        return
    worker = QTextCursor(block)
    start = block.position()
    place = start + block.length() - 1
    for before, after in reversed(list(pairwise(text))):
        place -= 2 if ord(after) > 0xFFFF else 1
        if OBJECT not in (before, after):
            continue
        at_cut = cursor.position() == place and before != OBJECT
        worker.setPosition(place)
        worker.insertBlock(_OBJECT_FORMAT if after == OBJECT else block_format(Style()), QTextCharFormat())
        if at_cut:
            cursor.setPosition(place)
