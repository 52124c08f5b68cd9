"""A document as people read it in a comparison: the signs one types in the editor, links and photos in words.

It is not Markdown: nothing is escaped, and it is never parsed back.
"""

from newsroom.text.document import (
    Block,
    Document,
    HardBreak,
    Heading,
    Inlines,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
)
from newsroom.words import _

#: Digits of a photo's name that tell it from others.
PHOTO_DIGITS = 8


def readable(document: Document) -> str:
    """The blocks of *document* in words, with blank lines between them."""
    return "\n\n".join(_block(block) for block in document.blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph(inlines):
            return _line(inlines)
        case Heading(level, inlines):
            return f"{'#' * level} {_line(inlines)}"
        case List():
            return "\n".join(_list(block, 0))
        case Quote(paragraphs, speaker):
            lines = [_line(inlines) for inlines in paragraphs] + ([f"— {speaker}"] if speaker else [])
            return "\n".join(f"> {line}" for text in lines for line in text.split("\n"))
        case PhotoBlock():
            return _photo(block)
        case Rule():
            return "⁂"
        case Raw(source):
            return source


def _list(block: List, depth: int) -> list[str]:
    lines = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}." if block.ordered else "•"
        lines.append(f"{'    ' * depth}{mark} {_line(item.inlines)}")
        for child in item.children:
            lines += _list(child, depth + 1)
    return lines


def _photo(block: PhotoBlock) -> str:
    parts = [_("Фото {name}").format(name=block.photo[:PHOTO_DIGITS])]
    if block.caption:
        parts.append(_("подпись: {caption}").format(caption=block.caption))
    if block.credit:
        parts.append(_("автор: {credit}").format(credit=block.credit))
    if block.alt:
        parts.append(_("описание: {alt}").format(alt=block.alt))
    return f"[{'; '.join(parts)}]"


def _line(inlines: Inlines) -> str:
    parts = []
    for inline in inlines:
        if isinstance(inline, HardBreak):
            parts.append("\n")
            continue
        mark = "*" * (2 * inline.bold + inline.italic)
        text = f"{mark}{inline.text}{mark}"
        parts.append(f"{text} ({inline.link})" if inline.link else text)
    return "".join(parts)
