"""The HTML of a site's own articles as the editor's document, in which nothing is lost.

It is read as what is pasted is read (`newsroom.text.html_import`). What the vocabulary has no word for, which a paste
leaves out, stays as a raw block: frames, films and sound, forms, scripts, tables with joined cells, pictures whose
files are not there, and whatever the site's adapter has set apart as ``<x-kept name="…">``.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from newsroom.domain.ids import PhotoId
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
    Raw,
    Run,
)
from newsroom.text.html_import import document_from_html
from newsroom.text.normal_form import photo_title
from newsroom.text.raw_html import keep_html

_FOREIGN = re.compile(
    r"<(iframe|object|video|audio|form|canvas|svg|math|applet|script|select|button|x-kept|table)\b([^>]*)>|<embed\b[^>]*>",
    re.IGNORECASE,
)
_JOINED_CELLS = re.compile(r"<t[dh]\b[^>]*\b(?:col|row)span\s*=\s*[\"']?(?!1\b)\d", re.IGNORECASE)
_NAME = re.compile(r'\bname="([^"]*)"')
_MARK = re.compile("\ue000(\\d{1,6})\ue001")
_MARK_SIGNS = re.compile("[\ue000\ue001]")
#: Begins the id of a picture that is not there; no hash does.
_ABSENT = "absent-"


@dataclass(frozen=True, slots=True)
class SiteText:
    document: Document
    #: What is kept as raw blocks, by the names of tags, each once.
    kept: tuple[str, ...]
    #: Addresses of the pictures whose files are not there.
    absent: tuple[str, ...]


def document_from_site(source: str, photo_of: Callable[[str], PhotoId | None]) -> SiteText:
    """What *source* shows. *photo_of* gives the photo at an address, or None where there is none.

    Raises what `newsroom.text.html_import.document_from_html` raises.
    """
    reader = _Reader(photo_of)
    marked = reader.mark(_MARK_SIGNS.sub("", source))
    document = document_from_html(marked, reader.photo_of)
    blocks = [made for block in document.blocks for made in reader.blocks(block)]
    return SiteText(Document(tuple(blocks)), tuple(dict.fromkeys(reader.names)), tuple(reader.absent))


class _Reader:
    def __init__(self, photo_of: Callable[[str], PhotoId | None]) -> None:
        self._photo_of = photo_of
        self._kept: list[str] = []
        self.names: list[str] = []
        self.absent: list[str] = []

    def mark(self, source: str) -> str:
        """*source* with a mark, in a paragraph of its own, in the place of everything that is kept."""
        lowered, parts, place = source.lower(), [], 0
        unclosed: set[str] = set()
        while match := _FOREIGN.search(source, place):
            name = (match[1] or "embed").lower()
            parts.append(source[place : match.start()])
            end = match.end()
            if match[1] and name not in unclosed:
                closing = lowered.find(f"</{name}", end)
                if closing < 0:
                    unclosed.add(name)
                else:
                    end = source.find(">", closing) + 1 or len(source)
            whole = source[match.start() : end]
            if (name == "table" and not _JOINED_CELLS.search(whole)) or name in unclosed:
                end = match.end()
                parts.append(source[match.start() : end])
            else:
                parts.append(f"<p>{self._keep(name, whole)}</p>")
            place = end
        return "".join([*parts, source[place:]])

    def _keep(self, name: str, source: str) -> str:
        if name == "x-kept":
            head, _end, rest = source.partition(">")
            found = _NAME.search(head)
            name = html.unescape(found[1]) if found else name
            source = rest[: rest.lower().rfind("</x-kept")]
        self.names.append(name)
        self._kept.append(source)
        return f"\ue000{len(self._kept) - 1}\ue001"

    def photo_of(self, address: str) -> PhotoId | None:
        photo = self._photo_of(address)
        if photo is None:
            self.absent.append(address)
            photo = PhotoId(f"{_ABSENT}{len(self.absent) - 1}")
        return photo

    def blocks(self, block: Block) -> Iterator[Block]:
        """*block* without marks, and what they stand for below it."""
        if isinstance(block, PhotoBlock) and block.photo.startswith(_ABSENT):
            yield keep_html(self._picture(block))
            return
        numbers: list[int] = []
        rest = _unmarked(block, numbers)
        if rest is not None:
            yield rest
        for number in numbers:
            yield keep_html(self._kept[number])

    def _picture(self, block: PhotoBlock) -> str:
        address = self.absent[int(block.photo.removeprefix(_ABSENT))]
        words = html.escape(photo_title(block.caption, block.credit), quote=False)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        return f'<figure><img src="{html.escape(address)}" alt="{html.escape(block.alt)}">{caption}</figure>'


def _unmarked(block: Block, numbers: list[int]) -> Block | None:
    """*block* without marks, whose numbers are added; None where nothing else is in it."""
    match block:
        case Paragraph(inlines):
            kept = _without(inlines, numbers)
            return Paragraph(kept) if any(isinstance(one, Run) and one.text.strip() for one in kept) else None
        case Heading(level, inlines):
            return Heading(level, _without(inlines, numbers))
        case List():
            return _list(block, numbers)
        case Quote(paragraphs, speaker):
            quoted = tuple(kept for inlines in paragraphs if (kept := _without(inlines, numbers)))
            return Quote(quoted, _MARK.sub("", speaker)) if quoted else None
        case Raw(source):
            numbers += map(int, _MARK.findall(source))
            return Raw(_MARK.sub("", source))
        case _:
            return block


def _list(block: List, numbers: list[int]) -> List:
    items = tuple(
        Item(_without(item.inlines, numbers), tuple(_list(child, numbers) for child in item.children))
        for item in block.items
    )
    return replace(block, items=items)


def _without(inlines: Inlines, numbers: list[int]) -> Inlines:
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Run) and "\ue000" in inline.text:
            numbers += map(int, _MARK.findall(inline.text))
            text = _MARK.sub("", inline.text)
            kept += [replace(inline, text=text)] if text else []
        else:
            kept.append(inline)
    return tuple(kept)
