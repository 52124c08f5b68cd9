"""The page as the checks look at it, and places that they name found on it again.

Places in the text are told in positions of its document: block and character, so nothing has to be counted from the
beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QTextEdit

from newsroom.domain.article import Content
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.style import HouseStyle
from newsroom.text.checks.material import BodyPhoto, Piece, PieceKind, piece_of, pieces_of_fields
from newsroom.text.document import PhotoBlock
from newsroom.text.typography.setting import edits, in_words
from ui.editor.blocks import Kind
from ui.editor.document_io import lines_in_block

_KINDS = {
    Kind.PARAGRAPH: PieceKind.PARAGRAPH,
    Kind.HEADING: PieceKind.HEADING,
    Kind.BULLET: PieceKind.ITEM,
    Kind.NUMBER: PieceKind.ITEM,
    Kind.QUOTE: PieceKind.QUOTE,
    Kind.SPEAKER: PieceKind.SPEAKER,
}


@dataclass(slots=True)
class Sheet:
    """Filled by `steps`."""

    content: Content
    fields: Mapping[Field, QTextEdit]
    pieces: list[Piece] = field(default_factory=list)
    photos: list[BodyPhoto] = field(default_factory=list)

    def steps(self) -> Iterator[None]:
        """Reads one block of the text at each step."""
        head, foot = pieces_of_fields(self.content)
        self.pieces += head
        block = self.fields[Field.BODY].document().begin()
        while block.isValid():
            self._read(block)
            yield
            block = block.next()
        self.pieces += foot

    def _read(self, block: QTextBlock) -> None:
        for line in lines_in_block(block):
            if isinstance(line, tuple):
                style, inlines = line
                if inlines:
                    self.pieces.append(piece_of(_KINDS[style.kind], inlines, block.position()))
            elif isinstance(line, PhotoBlock):
                self.photos.append(BodyPhoto(line, block.position()))
                if line.caption:
                    self.pieces.append(Piece(Field.BODY, PieceKind.CAPTION, line.caption, block.position()))


def read_sheet(content: Content, fields: Mapping[Field, QTextEdit]) -> Sheet:
    return Sheet(content, fields)


def typeset_changes(sheet: Sheet, style: HouseStyle) -> list[Finding]:
    """What *style* would set otherwise on the page, each change shown in its words."""
    return [
        piece.finding(
            "typography",
            Severity.NOTE,
            edit.begin,
            edit.end,
            "{} → {}".format(*(part.replace("\n", " ").strip(" ") for part in in_words(piece.text, edit))),
            fix=edit.text,
        )
        for piece in sheet.pieces
        if piece.kind is not PieceKind.CAPTION or piece.field is not Field.BODY
        for edit in edits(piece.text, style)
    ]


def cursor_over(finding: Finding, fields: Mapping[Field, QTextEdit]) -> QTextCursor | None:
    """A selection of the place of *finding* in its field; None where other words stand there now."""
    edit = fields.get(finding.field)
    if edit is None or finding.begin is None or finding.end is None:
        return None
    document = edit.document()
    start = document.findBlock(finding.begin).position() if finding.field is Field.BODY else 0
    block = document.findBlock(finding.begin)
    if not block.isValid():
        return None
    text = block.text()
    begin, end = finding.begin - start, finding.end - start
    # Checks count characters, Qt halves of pairs.
    begin_at, end_at = (_utf16(text, offset) for offset in (begin, end))
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    cursor.setPosition(min(start + begin_at, last))
    cursor.setPosition(min(start + end_at, last), QTextCursor.MoveMode.KeepAnchor)
    found = cursor.selectedText().replace("\N{LINE SEPARATOR}", "\n")
    return cursor if found == finding.words else None


def _utf16(text: str, characters: int) -> int:
    """How many UTF-16 units the first so many *characters* of *text* take."""
    return characters + sum(letter > "\uffff" for letter in text[:characters])
