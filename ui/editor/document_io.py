"""Between a `Document` and a QTextDocument: `load` writes one, `read` walks it. Nothing is parsed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from newsroom.text.document import (
    Block,
    Document,
    HardBreak,
    Heading,
    Inline,
    Inlines,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
    Run,
)
from newsroom.text.fragments import BLANKS
from ui.editor.blocks import (
    HARD_BREAK,
    OBJECT,
    Atom,
    Kind,
    Style,
    atom_block_format,
    atom_format,
    atom_of,
    block_format,
    new_group,
    style_of,
)

#: What Qt takes for the end of a block or for part of a frame; a run never holds them, foreign text might.
_NOT_TEXT = str.maketrans(
    {"\n": " ", "\r": " ", "\N{PARAGRAPH SEPARATOR}": " ", HARD_BREAK: " "}
    | dict.fromkeys((OBJECT, "\x00", "\ufdd0", "\ufdd1"), "")
)
#: Looked for first: translating every run takes as long as writing it.
_NEEDS_CARE = re.compile(f"[{''.join(map(chr, _NOT_TEXT))}]")
_PARAGRAPH = Style()

#: Qt lays out a paragraph as one, and one that it cannot wrap at blanks in the square of its length.
_LONGEST_LINE = 200_000
_LONGEST_WORD = 20_000

Line = tuple[Style, Inlines] | Atom
"""One QTextBlock: a text block, or an object alone in its block."""

Part = Line | Paragraph | Heading
"""A line, or the block that it makes whatever stands beside it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document on its way into an editor; made on any thread, so that little is left to do in the window."""

    #: Its lines as plain text, which Qt reads many times quicker than blocks.
    text: str
    #: What is more than an ordinary paragraph, with the number of its line.
    special: tuple[tuple[int, Line], ...]


def prepare(document: Document) -> Prepared:
    texts: list[str] = []
    special: list[tuple[int, Line]] = []
    for block in document.blocks:
        match block:
            case Paragraph((Run(text, False, False, ""),)) if len(text) <= _LONGEST_WORD:
                # Nearly all of a long text, and no line of it need be made.
                texts.append(_shown(text))
            case _:
                for line in lines_of((block,)):
                    if not _is_plain(line):
                        special.append((len(texts), line))
                    texts.append(_plain_line(line))
    return Prepared("\n".join(texts), tuple(special))


def load(document: Document, qdoc: QTextDocument) -> None:
    """Replace everything in *qdoc* with *document*, as a fresh beginning: there is nothing to undo afterwards."""
    prepared = prepare(document)
    qdoc.setPlainText(prepared.text)
    dress(qdoc, prepared)


def _plain_line(line: Line) -> str:
    if not isinstance(line, tuple):
        return OBJECT
    return "".join(HARD_BREAK if isinstance(inline, HardBreak) else _shown(inline.text) for inline in line[1])


def _shown(text: str) -> str:
    return text.translate(_NOT_TEXT) if _NEEDS_CARE.search(text) else text


def dress(qdoc: QTextDocument, prepared: Prepared, *, room_below: float = 0.0) -> None:
    """Give *qdoc*, which holds the text of *prepared*, its formats, and so much room below the last line.

    Nothing of it can be undone.
    """
    enabled = qdoc.isUndoRedoEnabled()
    qdoc.setUndoRedoEnabled(False)
    cursor = QTextCursor(qdoc)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(block_format(_PARAGRAPH))
    cursor.setBlockCharFormat(QTextCharFormat())
    cursor.setCharFormat(QTextCharFormat())
    for number, line in prepared.special:
        cursor.setPosition(qdoc.findBlockByNumber(number).position())
        _dress_block(cursor, line)
    frame = qdoc.rootFrame().frameFormat()
    frame.setBottomMargin(room_below)
    qdoc.rootFrame().setFrameFormat(frame)
    cursor.endEditBlock()
    qdoc.setUndoRedoEnabled(enabled)
    qdoc.setModified(False)


def _is_plain(line: Line) -> bool:
    """Whether *line* is a paragraph without any style."""
    if not isinstance(line, tuple) or line[0] != _PARAGRAPH:
        return False
    return not any(isinstance(run, Run) and (run.bold or run.italic or run.link) for run in line[1])


def _dress_block(cursor: QTextCursor, line: Line) -> None:
    keep = QTextCursor.MoveMode.KeepAnchor
    if not isinstance(line, tuple):
        cursor.setBlockFormat(atom_block_format())
        cursor.setPosition(cursor.position() + 1, keep)
        cursor.setCharFormat(atom_format(line))
        return
    cursor.setBlockFormat(block_format(line[0]))
    place = cursor.position()
    for inline in line[1]:
        end = place + (1 if isinstance(inline, HardBreak) else utf16_length(_shown(inline.text)))
        if isinstance(inline, Run) and (inline.bold or inline.italic or inline.link):
            cursor.setPosition(place)
            cursor.setPosition(end, keep)
            cursor.setCharFormat(char_format(inline))
        place = end


def utf16_length(text: str) -> int:
    """How many positions of a QTextDocument *text* takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read(qdoc: QTextDocument) -> Document:
    """What *qdoc* says; empty paragraphs and blanks at the ends of paragraphs are left out."""
    return Document(blocks_of(lines_in(qdoc)))


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """The lines that *blocks* take in an editor; a block that Qt cannot lay out in time is shown as its Markdown."""
    for block in blocks:
        lines = list(_lines_of_block(block))
        yield from [_verbatim(block)] if any(map(_is_unwieldy, lines)) else lines


def _lines_of_block(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(inlines):
            yield Style(), inlines
        case Heading(level, inlines):
            yield Style(Kind.HEADING, level), inlines
        case List():
            yield from _list_lines(block, 0)
        case Quote(paragraphs, speaker):
            group = new_group()
            for inlines in paragraphs:
                yield Style(Kind.QUOTE, group=group), inlines
            if speaker:
                yield Style(Kind.SPEAKER, group=group), (Run(speaker),)
        case PhotoBlock() | Raw() | Rule():
            yield block


def manageable(line: Line) -> Line:
    """*line*, or its Markdown where Qt cannot lay it out in time."""
    return _verbatim(Paragraph(line[1])) if _is_unwieldy(line) and isinstance(line, tuple) else line


def _is_unwieldy(line: Line) -> bool:
    if not isinstance(line, tuple):
        return False
    texts = [inline.text if isinstance(inline, Run) else " " for inline in line[1]]
    length = sum(map(len, texts))
    if length <= _LONGEST_WORD:
        return False
    return length > _LONGEST_LINE or max(map(len, "".join(texts).split()), default=0) > _LONGEST_WORD


def _verbatim(block: Block) -> Raw:
    from newsroom.text.writer import write

    return Raw(write(Document((block,))))


def _list_lines(block: List, level: int) -> Iterator[Line]:
    kind = Kind.NUMBER if block.ordered else Kind.BULLET
    for item in block.items:
        yield Style(kind, level, block.start), item.inlines
        for child in item.children:
            yield from _list_lines(child, level + 1)


def write_line(cursor: QTextCursor, line: Line, *, first: bool) -> None:
    """Write *line* as a block of its own after the cursor's block, or into it where *first* is true."""
    shape = block_format(line[0]) if isinstance(line, tuple) else atom_block_format()
    if first:
        cursor.setBlockFormat(shape)
        cursor.setBlockCharFormat(QTextCharFormat())
    else:
        cursor.insertBlock(shape, QTextCharFormat())
    if isinstance(line, tuple):
        write_inlines(cursor, line[1])
    else:
        cursor.insertText(OBJECT, atom_format(line))
        cursor.setCharFormat(QTextCharFormat())


def write_inlines(cursor: QTextCursor, inlines: Inlines) -> None:
    for inline in inlines:
        if isinstance(inline, HardBreak):
            cursor.insertText(HARD_BREAK, QTextCharFormat())
        else:
            cursor.insertText(_shown(inline.text), char_format(inline))


def char_format(run: Run) -> QTextCharFormat:
    """The char format of *run*; its text is not looked at."""
    made = QTextCharFormat()
    if run.bold:
        made.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        made.setFontItalic(True)
    if run.link:
        made.setAnchor(True)
        made.setAnchorHref(run.link)
    return made


def run_of(text: str, of: QTextCharFormat) -> Run:
    return Run(text, of.fontWeight() >= QFont.Weight.Bold, of.fontItalic(), of.anchorHref() if of.isAnchor() else "")


def lines_in(qdoc: QTextDocument) -> Iterator[Line]:
    """All lines of *qdoc*, empty ones included."""
    block = qdoc.begin()
    while block.isValid():
        yield from lines_in_block(block)
        block = block.next()


def lines_in_block(block: QTextBlock, begin: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines that *block* holds between *begin* and *end*, UTF-16 positions within it; objects come out alone."""
    style = style_of(block)
    inlines: list[Inline] = []
    first, last = block.position() + begin, block.position() + (block.length() - 1 if end is None else end)
    objects = False
    for fragment, char in _fragments(block, first, last):
        atom = atom_of(char)
        if atom is None:
            _split_breaks(inlines, fragment, char)
            continue
        objects = True
        if inlines:
            yield style, tuple(inlines)
            inlines = []
        for _each in fragment:
            yield atom
    if inlines or not objects:
        yield style, tuple(inlines)


def _fragments(block: QTextBlock, first: int, last: int) -> Iterator[tuple[str, QTextCharFormat]]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        begin, end = fragment.position(), fragment.position() + fragment.length()
        if begin >= first and end <= last:
            yield fragment.text(), fragment.charFormat()
        elif begin < last and end > first:
            units = fragment.text().encode("utf-16-le", "surrogatepass")
            cut = units[2 * (max(begin, first) - begin) : 2 * (min(end, last) - begin)]
            yield cut.decode("utf-16-le", "surrogatepass"), fragment.charFormat()
        iterator += 1


def _split_breaks(inlines: list[Inline], text: str, char: QTextCharFormat) -> None:
    for number, part in enumerate(text.split(HARD_BREAK)):
        if number:
            inlines.append(HardBreak())
        cleaned = part.replace(OBJECT, "")
        if cleaned:
            inlines.append(run_of(cleaned, char))


@dataclass(slots=True)
class _OpenList:
    """A list being gathered."""

    kind: Kind
    start: int
    items: list[tuple[Inlines, list[_OpenList]]] = field(default_factory=list)

    def close(self) -> List:
        items = tuple(Item(inlines, tuple(child.close() for child in children)) for inlines, children in self.items)
        return List(items, self.kind is Kind.NUMBER, self.start if self.kind is Kind.NUMBER else 1)


def settled(line: Line) -> Part:
    """*line* as far as it can be put together by itself."""
    if not isinstance(line, tuple):
        return line
    style, inlines = line[0], trimmed(line[1])
    if inlines and style.kind is Kind.PARAGRAPH:
        return Paragraph(inlines)
    if inlines and style.kind is Kind.HEADING:
        return Heading(style.level, inlines)
    return style, inlines


def blocks_of(parts: Iterable[Part]) -> tuple[Block, ...]:
    """Put *parts* together into blocks: items into lists by depth, quote lines into quotes by group."""
    blocks: list[Block] = []
    lists: list[_OpenList] = []
    quote: list[Inlines] = []
    group = 0
    for line in parts:
        style, inlines = (line[0], trimmed(line[1])) if isinstance(line, tuple) else (None, ())
        if quote and (style is None or not style.kind.in_quote or style.group != group):
            blocks.append(Quote(tuple(quote)))
            quote = []
        if lists and (style is None or not style.kind.in_list):
            blocks.append(lists[0].close())
            lists = []
        if style is None:
            assert not isinstance(line, tuple)
            blocks.append(line)
        elif style.kind.in_list:
            lists = _add_item(blocks, lists, style, inlines)
        elif not inlines:
            continue
        elif style.kind is Kind.HEADING:
            blocks.append(Heading(style.level, inlines))
        elif style.kind is Kind.QUOTE:
            quote.append(inlines)
            group = style.group
        elif style.kind is Kind.SPEAKER:
            text = "".join(" " if isinstance(inline, HardBreak) else inline.text for inline in inlines)
            blocks.append(Quote(tuple(quote), text) if quote else Paragraph(inlines))
            quote = []
        else:
            blocks.append(Paragraph(inlines))
    if quote:
        blocks.append(Quote(tuple(quote)))
    if lists:
        blocks.append(lists[0].close())
    return tuple(blocks)


def _add_item(blocks: list[Block], lists: list[_OpenList], style: Style, inlines: Inlines) -> list[_OpenList]:
    """Add an item at its depth, at most one deeper than the one before; returns the lists open now, outermost first."""
    lists = lists[: style.level + 1]
    depth = min(style.level, len(lists))
    if depth < len(lists) and lists[depth].kind is not style.kind:
        if depth == 0:
            blocks.append(lists[0].close())
        lists = lists[:depth]
    if depth == len(lists):
        opened = _OpenList(style.kind, style.start)
        if lists:
            lists[-1].items[-1][1].append(opened)
        lists = [*lists, opened]
    lists[-1].items.append((inlines, []))
    return lists


def trimmed(inlines: Inlines) -> Inlines:
    """*inlines* with neighbours of one style joined, and without blanks or breaks at either end."""
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Run) and isinstance(last, Run) and _alike(last, inline):
            joined[-1] = Run(last.text + inline.text, last.bold, last.italic, last.link)
        else:
            joined.append(inline)
    while joined:
        first = joined[0]
        if isinstance(first, Run):
            text = first.text.lstrip(BLANKS)
            if text:
                joined[0] = Run(text, first.bold, first.italic, first.link)
                break
        del joined[0]
    while joined:
        last = joined[-1]
        if isinstance(last, Run):
            text = last.text.rstrip(BLANKS)
            if text:
                joined[-1] = Run(text, last.bold, last.italic, last.link)
                break
        del joined[-1]
    return tuple(joined)


def _alike(one: Run, other: Run) -> bool:
    return (one.bold, one.italic, one.link) == (other.bold, other.italic, other.link)
