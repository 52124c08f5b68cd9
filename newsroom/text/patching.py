"""Replacing a few letters of a document where readers see them, and nothing else of it."""

from dataclasses import replace
from typing import Final

from newsroom.domain.errors import InvalidInput
from newsroom.text.counts import plain_text
from newsroom.text.document import (
    Block,
    Document,
    Heading,
    Inline,
    Inlines,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Run,
)
from newsroom.text.writer import normalise
from newsroom.words import _

_BLOCKS_APART: Final = len("\n\n")


def patched(document: Document, begin: int, end: int, new: str) -> Document:
    """*document* with *new* instead of the characters from *begin* to *end* of its `plain_text`, in their style.

    Raises `InvalidInput` where they are not text of one block of the article: in a block that is kept as it is, or in
    two paragraphs.
    """
    plain = plain_text(document)
    if not 0 <= begin < end <= len(plain):
        raise ValueError(f"no fragment between {begin} and {end}")
    blocks: list[Block] = []
    at = 0
    for block in document.blocks:
        length = len(plain_text(Document((block,))))
        if at <= begin and end <= at + length:
            blocks.append(_Patch(begin - at, end - at, new).block(block))
        else:
            blocks.append(block)
        at += length + _BLOCKS_APART if length else 0
    mended = normalise(Document(tuple(blocks)))
    if plain_text(mended) != plain[:begin] + new + plain[end:]:
        raise InvalidInput(_("Это место правится только в самой статье: здесь вставка или граница абзацев."))
    return mended


class _Patch:
    """One replacement; ``_at`` is the place that the walk through a block has reached."""

    def __init__(self, begin: int, end: int, new: str) -> None:
        self._begin, self._end, self._new = begin, end, new
        self._at = 0
        self._put = False

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                return replace(block, inlines=self._inlines(inlines))
            case List():
                return self._list(block)
            case Quote(paragraphs, speaker):
                lines = tuple(map(self._line, paragraphs))
                self._at += len("— ")
                return replace(block, paragraphs=lines, speaker=self._plain(speaker))
            case PhotoBlock(_, caption, credit):
                caption = self._plain(caption)
                self._at += 1 if block.caption else 0
                return replace(block, caption=caption, credit=self._plain(credit))
            case _:
                return block

    def _plain(self, text: str) -> str:
        """`_inlines` of a text without markup."""
        return "".join(inline.text for inline in self._inlines((Run(text),)) if isinstance(inline, Run))

    def _line(self, inlines: Inlines) -> Inlines:
        """`_inlines` of a line that a line end follows."""
        made = self._inlines(inlines)
        self._at += 1
        return made

    def _list(self, block: List) -> List:
        return replace(block, items=tuple(self._item(item) for item in block.items))

    def _item(self, item: Item) -> Item:
        inlines = self._line(item.inlines)
        return replace(item, inlines=inlines, children=tuple(self._list(child) for child in item.children))

    def _inlines(self, inlines: Inlines) -> Inlines:
        made: list[Inline] = []
        for inline in inlines:
            length = len(inline.text) if isinstance(inline, Run) else 1
            first, last = max(self._begin - self._at, 0), min(self._end - self._at, length)
            if isinstance(inline, Run) and first < last:
                # The first run that has some of it gets the new words, the others only lose theirs.
                new = "" if self._put else self._new
                self._put = True
                inline = replace(inline, text=inline.text[:first] + new + inline.text[last:])  # noqa: PLW2901
            self._at += length
            made.append(inline)
        return tuple(inline for inline in made if not isinstance(inline, Run) or inline.text)
