"""What the body editor does to blocks: each function is one undo step on the cursor it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from ui.editor.blocks import (
    DEEPEST_LEVEL,
    OBJECT,
    Atom,
    Kind,
    Style,
    atom_at,
    atom_block_format,
    atom_format,
    block_format,
    new_group,
    style_of,
)
from ui.editor.document_io import HARD_BREAK, Line, manageable, write_inlines, write_line
from ui.editor.settling import fitting, one_step, remove_selection, settle, settle_between

#: What typed at the beginning of a paragraph, before a space, makes it another kind of block.
_SHORTCUTS = {
    "##": Style(Kind.HEADING, 2),
    "###": Style(Kind.HEADING, 3),
    "-": Style(Kind.BULLET),
    "*": Style(Kind.BULLET),
    "1.": Style(Kind.NUMBER),
    "1)": Style(Kind.NUMBER),
    ">": Style(Kind.QUOTE),
}


def selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The text blocks that the selection touches, or the cursor's own; objects are left out."""
    block = cursor.document().findBlock(cursor.selectionStart())
    last = cursor.document().findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - cursor.hasSelection()))
    found = []
    while block.isValid() and block.position() <= last.position():
        if atom_at(block) is None:
            found.append(block)
        block = block.next()
    return found


def restyle(cursor: QTextCursor, change: Callable[[Style], Style]) -> None:
    """Give every text block of the selection the style that *change* makes of its own, as far as it can stand there."""
    blocks = selected_blocks(cursor)
    with one_step(cursor):
        for block in blocks:
            before = style_of(block)
            after = fitting(change(before), style_of(block.previous()))
            if after != before:
                QTextCursor(block).setBlockFormat(block_format(after))
        settle_between(blocks[0], blocks[-1])


def toggle_kind(cursor: QTextCursor, wanted: Style) -> None:
    """Make the selected blocks *wanted*, or paragraphs where all of them are that already."""
    blocks = selected_blocks(cursor)
    if not blocks:
        return
    if all(_same_kind(style_of(block), wanted) for block in blocks):
        restyle(cursor, lambda _before: Style())
        return
    wanted = _in_surroundings(blocks, wanted)
    restyle(cursor, lambda before: replace(wanted, level=before.level) if _relist(before, wanted) else wanted)


def _same_kind(style: Style, wanted: Style) -> bool:
    return style.kind is wanted.kind and (style.kind is not Kind.HEADING or style.level == wanted.level)


def _relist(before: Style, wanted: Style) -> bool:
    return before.kind.in_list and wanted.kind.in_list


def _in_surroundings(blocks: Sequence[QTextBlock], wanted: Style) -> Style:
    """*wanted* as a part of the quote that it would stand in or beside."""
    if not wanted.kind.in_quote:
        return wanted
    own, above = style_of(blocks[0]), style_of(blocks[0].previous())
    if own.kind.in_quote:
        return replace(wanted, group=own.group)
    below = style_of(blocks[-1].next())
    if above.kind is Kind.QUOTE:
        return replace(wanted, group=above.group)
    if below.kind.in_quote and wanted.kind is Kind.QUOTE:
        return replace(wanted, group=below.group)
    return replace(wanted, group=new_group())


def take_shortcut(cursor: QTextCursor) -> bool:
    """Where the block begins with ``## ``, ``- ``, ``1. `` or ``> `` just typed, make it that kind of block."""
    block = cursor.block()
    column = cursor.positionInBlock()
    if column > 4 or style_of(block).kind is not Kind.PARAGRAPH:
        return False
    typed = block.text()[:column]
    wanted = _SHORTCUTS.get(typed[:-1]) if typed.endswith(" ") else None
    if wanted is None:
        return False
    with one_step(cursor):
        cursor.setPosition(block.position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(block_format(_in_surroundings([block], wanted)))
        settle(cursor)
    return True


def break_block(cursor: QTextCursor) -> None:
    """Enter: an empty item or quote ends its list or quote; after a heading or a speaker comes a paragraph."""
    with one_step(cursor):
        remove_selection(cursor)
        if leave_object(cursor):
            return
        start = cursor.block().position()
        _split(cursor)
        settle_between(cursor.document().findBlock(start), cursor.block())


def break_line(cursor: QTextCursor) -> None:
    """Shift+Enter: a line end inside the block, or Enter where a block is one line."""
    with one_step(cursor):
        remove_selection(cursor)
        block = cursor.block()
        if atom_at(block) is None and style_of(block).kind not in (Kind.HEADING, Kind.SPEAKER):
            cursor.insertText(HARD_BREAK)
        else:
            break_block(cursor)


def _split(cursor: QTextCursor) -> None:
    block, style = cursor.block(), style_of(cursor.block())
    if block.length() == 1 and style.kind is not Kind.PARAGRAPH:
        cursor.setBlockFormat(block_format(_lifted(style)))
        return
    letters = without_link(cursor.charFormat())
    if style.kind in (Kind.HEADING, Kind.SPEAKER):
        if cursor.atBlockStart():
            cursor.insertBlock(block_format(style), QTextCharFormat())
            QTextCursor(cursor.block().previous()).setBlockFormat(block_format(Style()))
            return
        if cursor.atBlockEnd():
            style, letters = Style(), QTextCharFormat()
    cursor.insertBlock(block_format(style), letters)


def _lifted(style: Style) -> Style:
    """One step towards an ordinary paragraph."""
    if style.kind.in_list and style.level:
        return replace(style, level=style.level - 1)
    if style.kind is Kind.SPEAKER:
        return replace(style, kind=Kind.QUOTE)
    return Style()


def backspace(cursor: QTextCursor) -> bool:
    """Backspace where it is more than a letter: at the beginning of a block first lose its kind, then meet the block
    above; an object above is selected first, so that nothing vanishes unseen. False: do the usual."""
    block, above = cursor.block(), cursor.block().previous()
    atom = atom_at(block)
    if cursor.hasSelection():
        remove_selection(cursor)
    elif not cursor.atBlockStart():
        if atom is None:
            return False
        _delete_character(cursor, cursor.deletePreviousChar)
    elif atom is None and style_of(block).kind is not Kind.PARAGRAPH:
        with one_step(cursor):
            cursor.setBlockFormat(block_format(_lifted(style_of(block))))
            settle(cursor)
    elif not above.isValid():
        return True
    elif atom_at(above) is not None and block.length() > 1:
        select_object(cursor, above)
    elif atom is not None and above.length() > 1:
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    else:
        _delete_character(cursor, cursor.deletePreviousChar)
    return True


def delete(cursor: QTextCursor) -> bool:
    """Delete where it is more than a letter; an object below is selected first. False: do the usual."""
    block, below = cursor.block(), cursor.block().next()
    atom = atom_at(block)
    if cursor.hasSelection():
        remove_selection(cursor)
    elif not cursor.atBlockEnd():
        if atom is None:
            return False
        _delete_character(cursor, cursor.deleteChar)
    elif not below.isValid():
        return True
    elif atom_at(below) is not None and block.length() > 1:
        select_object(cursor, below)
    elif atom is not None and below.length() > 1:
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    else:
        _delete_character(cursor, cursor.deleteChar)
    return True


def _delete_character(cursor: QTextCursor, delete_one: Callable[[], None]) -> None:
    with one_step(cursor):
        delete_one()
        settle(cursor)


def select_object(cursor: QTextCursor, block: QTextBlock) -> None:
    cursor.setPosition(block.position())
    cursor.setPosition(block.position() + 1, QTextCursor.MoveMode.KeepAnchor)


def leave_object(cursor: QTextCursor) -> bool:
    """Before typing: where the cursor stands at an object, go to a new paragraph on that side of it."""
    block = cursor.block()
    if cursor.hasSelection() or atom_at(block) is None:
        return False
    with one_step(cursor):
        before = cursor.atBlockStart()
        cursor.insertBlock(atom_block_format() if before else block_format(Style()), QTextCharFormat())
        if before:
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.setBlockFormat(block_format(Style()))
    return True


def change_level(cursor: QTextCursor, by: int) -> bool:
    """Tab and Shift+Tab in lists; False where no list item is selected."""
    if not any(style_of(block).kind.in_list for block in selected_blocks(cursor)):
        return False
    above = style_of(selected_blocks(cursor)[0].previous())
    deepest = min(above.level + 1 if above.kind.in_list else 0, DEEPEST_LEVEL)

    def moved(style: Style) -> Style:
        if not style.kind.in_list:
            return style
        return replace(style, level=min(max(style.level + by, 0), max(deepest, style.level)))

    restyle(cursor, moved)
    return True


def insert_atom(cursor: QTextCursor, *atoms: Atom) -> None:
    """Put *atoms* in blocks of their own at the cursor, with a paragraph after them to go on in."""
    with one_step(cursor):
        insert_lines(cursor, atoms)
        if not cursor.block().next().isValid():
            cursor.insertBlock(block_format(Style()), QTextCharFormat())
        else:
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)


def replace_atom(block: QTextBlock, atom: Atom) -> None:
    """Let the object in *block* stand for *atom* from now on."""
    cursor = QTextCursor(block)
    with one_step(cursor):
        select_object(cursor, block)
        cursor.insertText(OBJECT, atom_format(atom))


def insert_lines(cursor: QTextCursor, lines: Iterable[Line], *, inline: bool = False) -> None:
    """Put *lines* in place of the selection, in one step; *inline* ones go into the cursor's block as they are."""
    with one_step(cursor):
        for _written in inserting(cursor, lines, inline=inline):
            pass


def inserting(cursor: QTextCursor, lines: Iterable[Line], *, inline: bool = False) -> Iterator[None]:
    """Do what `insert_lines` does, a line at a time; the undo step is the caller's, who lets nobody else write."""
    rest = map(manageable, lines)
    last = line = next(rest, None)
    if line is None:
        return
    remove_selection(cursor)
    if inline and isinstance(line, tuple):
        leave_object(cursor)
        write_inlines(cursor, line[1])
        return
    tail = _part_for_insertion(cursor)
    head = cursor.block()
    if head.length() == 1:
        write_line(cursor, line, first=True)
    elif _is_paragraph(line) and atom_at(head) is None:
        assert isinstance(line, tuple)
        write_inlines(cursor, line[1])
    else:
        write_line(cursor, line, first=False)
    yield
    for last in rest:
        write_line(cursor, last, first=False)
        yield
    if tail and _is_paragraph(last) and atom_at(cursor.block().next()) is None:
        end = cursor.position()
        cursor.deleteChar()
        cursor.setPosition(end)
    settle_between(head, cursor.block())


def _part_for_insertion(cursor: QTextCursor) -> bool:
    """Split the block at the cursor where it stands before text, and stay in the first part; whether it was split."""
    if cursor.atBlockEnd():
        return False
    alone = atom_at(cursor.block()) is not None
    cursor.insertBlock()
    cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    if alone:
        cursor.setBlockFormat(block_format(Style()))
    return True


def _is_paragraph(line: Line) -> bool:
    return isinstance(line, tuple) and line[0].kind is Kind.PARAGRAPH


def without_link(of: QTextCharFormat) -> QTextCharFormat:
    """The letters of *of* as they go on after a link."""
    made = QTextCharFormat()
    if of.fontWeight() != QTextCharFormat().fontWeight():
        made.setFontWeight(of.fontWeight())
    if of.fontItalic():
        made.setFontItalic(True)
    return made
