"""Changes of a document at places of its text as readers see it; styles and links stay with their letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from newsroom.text.counts import plain_text
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
    Run,
)


class Change(NamedTuple):
    """Begin and end in characters of `newsroom.text.counts.plain_text`, and what stands there afterwards."""

    begin: int
    end: int
    text: str


def changed_text(text: str, changes: Iterable[Change]) -> str:
    """Plain *text* after *changes*, which do not touch one another."""
    for change in sorted(changes, reverse=True):
        text = text[: change.begin] + change.text + text[change.end :]
    return text


def changed_document(document: Document, changes: Sequence[Change]) -> Document:
    """*document* after *changes*, none of which crosses a paragraph's end; those in raw blocks are left out."""
    at = 0
    blocks: list[Block] = []
    for block in document.blocks:
        length = len(plain_text(Document((block,))))
        own = [change for change in changes if at <= change.begin and change.end <= at + length]
        blocks.append(_block(block, _moved(own, -at)) if own else block)
        at += length + 2 if length else 0
    return Document(tuple(blocks))


def _moved(changes: Iterable[Change], by: int) -> list[Change]:
    return [Change(one.begin + by, one.end + by, one.text) for one in changes]


def _block(block: Block, changes: list[Change]) -> Block:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return replace(block, inlines=_inlines(inlines, changes))
        case List():
            return _list(block, changes, 0)[0]
        case Quote(paragraphs, speaker):
            at = 0
            new = []
            for inlines in paragraphs:
                new.append(_inlines(inlines, _within(changes, at, _count(inlines))))
                at += _count(inlines) + 1
            dash = len("— ")
            return Quote(tuple(new), changed_text(speaker, _within(changes, at + dash, len(speaker))))
        case PhotoBlock(_, caption, credit):
            after = len(caption) + 1 if caption else 0
            return replace(
                block,
                caption=changed_text(caption, _within(changes, 0, len(caption))),
                credit=changed_text(credit, _within(changes, after, len(credit))),
            )
        case Raw() | _:
            return block


def _list(block: List, changes: list[Change], at: int) -> tuple[List, int]:
    items = []
    for item in block.items:
        inlines = _inlines(item.inlines, _within(changes, at, _count(item.inlines)))
        at += _count(item.inlines) + 1
        children = []
        for child in item.children:
            new, at = _list(child, changes, at)
            children.append(new)
        items.append(Item(inlines, tuple(children)))
    return replace(block, items=tuple(items)), at


def _within(changes: Iterable[Change], begin: int, length: int) -> list[Change]:
    return _moved((one for one in changes if begin <= one.begin and one.end <= begin + length), -begin)


def _count(inlines: Inlines) -> int:
    return sum(len(inline.text) if isinstance(inline, Run) else 1 for inline in inlines)


def _inlines(inlines: Inlines, changes: list[Change]) -> Inlines:
    new: Inlines = inlines
    for change in sorted(changes, reverse=True):
        new = tuple(_changed(new, change))
    return new


def _changed(inlines: Inlines, change: Change) -> Iterator[Inline]:
    """New letters are of the style of those they replace, or of those before them."""
    at = 0
    put = False
    last = len(inlines) - 1
    for number, inline in enumerate(inlines):
        length = len(inline.text) if isinstance(inline, Run) else 1
        begin, end = max(change.begin - at, 0), min(change.end - at, length)
        holds = change.begin - at < length or (number == last and change.begin - at <= length)
        if change.begin == change.end and change.begin - at == length and number < last:
            holds = isinstance(inline, Run)
        if isinstance(inline, HardBreak):
            if not (begin < end and change.begin <= at < change.end):
                yield inline
        elif holds and not put and change.begin >= at:
            put = True
            yield replace(inline, text=inline.text[:begin] + change.text + inline.text[max(end, begin) :])
        elif put and begin < end:
            yield replace(inline, text=inline.text[end:])
        else:
            yield inline
        at += length
