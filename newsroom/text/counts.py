"""How long a text is, as newsrooms count: characters with and without blanks, and words."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from newsroom.text.document import (
    Block,
    Document,
    Heading,
    Inlines,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Run,
)

#: Words a minute. Adults read standard Russian texts at 184 ± 32: Trauzettel-Klosinski & Dietz, «Standardized
#: Assessment of Reading Performance: the International Reading Speed Texts IReST», IOVS 53, 2012.
READING_SPEED: Final = 180


@dataclass(frozen=True, slots=True)
class Counts:
    """Lengths in composed (NFC) code points; line ends are not counted."""

    characters: int = 0
    #: Without blanks of any kind.
    letters: int = 0
    words: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.characters + other.characters, self.letters + other.letters, self.words + other.words)

    @property
    def reading_seconds(self) -> int:
        """How long a reader takes, at `READING_SPEED`."""
        return round(self.words * 60 / READING_SPEED)


def count(text: str | Document) -> Counts:
    """The counts of plain text, or of what a reader of the document sees (`plain_text`)."""
    plain = plain_text(text) if isinstance(text, Document) else text
    composed = unicodedata.normalize("NFC", plain)
    characters = len(composed) - sum(map(composed.count, "\n\r\u2028\u2029"))
    chunks = composed.split()
    return Counts(characters, sum(map(len, chunks)), sum(map(_is_word, chunks)))


def _is_word(chunk: str) -> bool:
    """What stands between blanks and holds a letter or digit: «Tele2», «12+», «из-за», but not a lone dash."""
    return chunk.isalnum() or any(map(str.isalnum, chunk))


def plain_text(document: Document) -> str:
    """What a reader sees, without markup: blocks apart by a blank line, hard breaks and items on lines of their own.

    Photos give their captions and credits; raw blocks their source.
    """
    return "\n\n".join(filter(None, map(_block, document.blocks)))


def _block(block: Block) -> str:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return _inlines(inlines)
        case List():
            return "\n".join(_items(block))
        case Quote(paragraphs, speaker):
            return "\n".join([*map(_inlines, paragraphs), *([f"— {speaker}"] if speaker else [])])
        case PhotoBlock(_, caption, credit):
            return "\n".join(filter(None, (caption, credit)))
        case Raw(source):
            return source
        case _:
            return ""


def _items(block: List) -> Iterator[str]:
    for item in block.items:
        yield _inlines(item.inlines)
        for child in item.children:
            yield from _items(child)


def _inlines(inlines: Inlines) -> str:
    return "".join(inline.text if isinstance(inline, Run) else "\n" for inline in inlines)
