"""An article as the checks look at it: its texts in pieces of one paragraph, with their places, links and photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from newsroom.domain.article import Content
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId
from newsroom.text.document import Block, Heading, Inlines, List, Paragraph, PhotoBlock, Quote, Raw, Run

#: Paragraphs of which is remembered what was found in them: as many as a text of 300,000 characters may have.
REMEMBERED: Final = 20_000


class PieceKind(StrEnum):
    PARAGRAPH = "paragraph"
    #: The headline of the article, or one within its text.
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    #: Name and office of somebody quoted.
    SPEAKER = "speaker"
    #: Caption, description or credit of a photo.
    CAPTION = "caption"
    #: Advertising label or source at the foot.
    NOTE = "note"

    @property
    def is_prose(self) -> bool:
        """Whether it is told in sentences of the article's own."""
        return self in (PieceKind.PARAGRAPH, PieceKind.ITEM, PieceKind.QUOTE)


@dataclass(frozen=True, slots=True)
class Link:
    """Begin and end in characters of its piece."""

    begin: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph."""

    field: Field
    kind: PieceKind
    text: str
    #: Where it begins in the text of its field as readers see it.
    begin: int = 0
    links: tuple[Link, ...] = ()

    def finding(
        self,
        code: str,
        severity: Severity,
        begin: int,
        end: int,
        message: str,
        *,
        reason: str = "",
        source: str = "",
        fix: str | None = None,
        link_fix: str = "",
    ) -> Finding:
        """A finding about the characters from *begin* to *end* of this piece, told in places of its field."""
        return Finding(
            self.field, severity, code, message, self.begin + begin, self.begin + end,
            self.text[begin:end], reason, source, fix, link_fix,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyPhoto:
    """A photo between the paragraphs."""

    photo: PhotoBlock
    #: Where its words begin in the text of the body.
    begin: int


@dataclass(frozen=True, slots=True)
class Material:
    """One article. ``content`` need not hold the body, which the pieces say."""

    content: Content
    pieces: tuple[Piece, ...]
    photos: tuple[BodyPhoto, ...] = ()
    #: None for one that is not in the newsroom.
    article: ArticleId | None = None

    def prose(self) -> Iterator[Piece]:
        """Lead and body in the order of reading, without headings, captions and speakers."""
        return (piece for piece in self.pieces if piece.field in (Field.LEAD, Field.BODY) and piece.kind.is_prose)

    def told(self) -> Iterator[Piece]:
        """Headline, lead and body in the order of reading."""
        return (piece for piece in self.pieces if piece.field in (Field.HEADLINE, Field.LEAD, Field.BODY))


@dataclass(frozen=True, slots=True)
class Recent:
    """A headline that readers have seen lately, or will soon."""

    article: ArticleId
    headline: str


@dataclass(frozen=True, slots=True)
class Around:
    """What an article is looked at with: the house, today, and what else is in the feed."""

    house: House
    #: Aware.
    now: datetime
    recent: tuple[Recent, ...] = ()

    #: Whether the article is to go out (again) today, so that marks are due by today's date and not by its own.
    goes_out: bool = True

    def marks_day(self, content: Content) -> date:
        """The day by which marks are due."""
        return (self.now if self.goes_out else content.date or self.now).astimezone(self.house.tz).date()

    def date_of(self, content: Content) -> datetime:
        """The day that *content* speaks from."""
        return (content.date or self.now).astimezone(self.house.tz)


def material_of(content: Content, blocks: Iterable[Block], article: ArticleId | None = None) -> Material:
    """*content* with the *blocks* of its body."""
    pieces, foot = pieces_of_fields(content)
    photos: list[BodyPhoto] = []
    for block, begin in _with_places(blocks):
        if isinstance(block, PhotoBlock):
            photos.append(BodyPhoto(block, begin))
        pieces += _pieces(block, begin)
    pieces += foot
    return Material(content, tuple(pieces), tuple(photos), article)


def pieces_of_fields(content: Content) -> tuple[list[Piece], list[Piece]]:
    """What stands before the body, and what behind it."""
    return list(_head(content)), list(_foot(content))


def _head(content: Content) -> Iterator[Piece]:
    if content.headline.strip():
        yield Piece(Field.HEADLINE, PieceKind.HEADING, content.headline)
    if content.lead.strip():
        yield Piece(Field.LEAD, PieceKind.PARAGRAPH, content.lead)


def _foot(content: Content) -> Iterator[Piece]:
    if content.photo is not None:
        for field, text in ((Field.CAPTION, content.photo.caption), (Field.ALT, content.photo.alt)):
            if text.strip():
                yield Piece(field, PieceKind.CAPTION, text)
    if content.note.strip():
        yield Piece(Field.NOTE, PieceKind.NOTE, content.note)


def _with_places(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Each block with where it begins in `newsroom.text.counts.plain_text`."""
    at = 0
    for block in blocks:
        length = _length(block)
        yield block, at
        if length:
            at += length + 2


def _length(block: Block) -> int:
    if isinstance(block, Raw):
        return len(block.source)
    pieces = list(_pieces(block, 0))
    return pieces[-1].begin + len(pieces[-1].text) if pieces else 0


def _pieces(block: Block, begin: int) -> Iterator[Piece]:
    """The texts of *block*, which begins at *begin*; raw Markdown is nobody's language."""
    match block:
        case Paragraph(inlines):
            yield piece_of(PieceKind.PARAGRAPH, inlines, begin)
        case Heading(_, inlines):
            yield piece_of(PieceKind.HEADING, inlines, begin)
        case List():
            for inlines in _items(block):
                yield piece_of(PieceKind.ITEM, inlines, begin)
                begin += _count(inlines) + 1
        case Quote(paragraphs, speaker):
            for inlines in paragraphs:
                yield piece_of(PieceKind.QUOTE, inlines, begin)
                begin += _count(inlines) + 1
            if speaker:
                yield Piece(Field.BODY, PieceKind.SPEAKER, speaker, begin + len("— "))
        case PhotoBlock(_, caption, credit):
            for text in filter(None, (caption, credit)):
                yield Piece(Field.BODY, PieceKind.CAPTION, text, begin)
                begin += len(text) + 1


def _items(block: List) -> Iterator[Inlines]:
    for item in block.items:
        yield item.inlines
        for child in item.children:
            yield from _items(child)


def _count(inlines: Inlines) -> int:
    return sum(len(inline.text) if isinstance(inline, Run) else 1 for inline in inlines)


def piece_of(kind: PieceKind, inlines: Inlines, begin: int) -> Piece:
    """The piece of the body that *inlines* make, from the place *begin* on."""
    links: list[Link] = []
    parts: list[str] = []
    at = 0
    for inline in inlines:
        text = inline.text if isinstance(inline, Run) else "\n"
        address = inline.link if isinstance(inline, Run) else ""
        if address and links and links[-1].end == at and links[-1].address == address:
            links[-1] = Link(links[-1].begin, at + len(text), address)
        elif address:
            links.append(Link(at, at + len(text), address))
        parts.append(text)
        at += len(text)
    return Piece(Field.BODY, kind, "".join(parts), begin, tuple(links))
