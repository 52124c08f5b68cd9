"""The editor's document: a closed vocabulary of blocks and inline runs, as frozen values.

Body text is stored as Markdown; this is what that Markdown means. `newsroom.text.markdown` reads it,
`newsroom.text.writer` writes it, and ``parse(write(document)) == document`` holds for every normalised document.
A document is normalised when neighbouring runs of equal style are joined, no run is empty, no paragraph is empty or
begins or ends with blanks, and neighbouring lists of one kind are one list.
"""

from dataclasses import dataclass

from newsroom.domain.ids import PhotoId


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style, without line breaks."""

    text: str
    bold: bool = False
    italic: bool = False
    #: Address of a link, or empty.
    link: str = ""


@dataclass(frozen=True, slots=True)
class HardBreak:
    """A line break inside a paragraph."""


Inline = Run | HardBreak
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    #: 2 or 3; the headline of the article is the only first level.
    level: int
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with the lists below it."""

    inlines: Inlines
    children: tuple["List", ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[Item, ...]
    ordered: bool = False
    #: First number of an ordered list.
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words; in Markdown a block quote whose last paragraph, beginning with «— », names the speaker."""

    paragraphs: tuple[Inlines, ...]
    #: Plain text; empty where nobody is named.
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A photo between paragraphs: ``![alt](photo:ID "caption Фото: credit")`` alone in its paragraph."""

    photo: PhotoId
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """Markdown that the vocabulary cannot express, verbatim, without a trailing line end. Read-only in the editor."""

    source: str


Block = Paragraph | Heading | List | Quote | Rule | PhotoBlock | Raw


@dataclass(frozen=True, slots=True)
class Document:
    blocks: tuple[Block, ...] = ()


def photos_in(document: Document) -> list[PhotoId]:
    """Photos between the paragraphs, in order, each once."""
    return list(dict.fromkeys(block.photo for block in document.blocks if isinstance(block, PhotoBlock)))
