"""HTML from outside the program as the editor's document: structure stays, fonts and colours go.

What word processors, browsers and messengers put on the clipboard or into files is read the same way:

* headings become H2 and H3, everything paragraph-like a paragraph; an item of several paragraphs keeps them as lines;
* lists that Word writes as paragraphs with marks are lists again;
* a table of plain rows stays a table (a raw block); one that only arranges a page gives up what is in its cells;
* links keep to pages and mailboxes, without tracking (`newsroom.text.addresses`);
* nothing is fetched: a picture stays only where whoever asks has it; one that stands for an emoji is that emoji.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from newsroom.domain.ids import PhotoId
from newsroom.text.addresses import link_address
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
from newsroom.text.fragments import one_line
from newsroom.text.html_flow import PLAIN, Flow, Style, WordItem
from newsroom.text.html_source import tamed, text_of
from newsroom.text.normal_form import MAX_LIST_DEPTH, normal_form, settle, split_title

PhotoOf = Callable[[str], PhotoId | None]
"""Given the ``src`` of a picture as the source has it, the photo that stands for it, or None to leave it out.

An empty id leaves its words in its place: the text that the picture's maker gave for those who cannot see it.
"""

_EMOJI_SIGN = "\N{COMBINING ENCLOSING KEYCAP}"
_LONGEST_EMOJI = 16

_VOID = frozenset(("br", "hr", "img"))
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*\S+\s+level([1-9])", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:(\d{1,9})|[a-zа-яё]{1,6})[.)]", re.IGNORECASE)
_BULLET = re.compile("([·•∙▪◦§o–-]|\\(?(?:\\d{1,9}|[a-zа-яё])[.)])[ \t]*[\u00a0\t][ \u00a0\t]*", re.IGNORECASE)
_DASH = re.compile("[—–-][ \u00a0]+")


def document_from_html(html: str, photo_of: PhotoOf | None = None) -> Document:
    """What *html* shows, in normal form; empty where it shows nothing.

    *photo_of* is asked for each picture; without it all are left out. Raises what `newsroom.text.html_source.tamed`
    raises, and whatever *photo_of* raises.
    """
    source = tamed(html)
    builder = _TreeBuilder()
    builder.feed(source.html)
    builder.close()
    return normal_form(Document(tuple(_Reader(source.addresses, photo_of).blocks(builder.root))))


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Node | str"] = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.attributes.get("style", "")

    def nodes(self, *tags: str) -> Iterator["_Node"]:
        """The nodes of *tags* below this one that are not within each other, in order."""
        for child in self.children:
            if isinstance(child, _Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.nodes(*tags)


class _TreeBuilder(HTMLParser):
    """Trees out of the sanitiser's output, in which everything is closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(text_of(data))


class _Reader:
    def __init__(self, addresses: list[str], photo_of: PhotoOf | None) -> None:
        self._addresses, self._photo_of = addresses, photo_of
        #: Figures around the present place; a picture in one is no sign in a line.
        self._figures = 0

    def blocks(self, node: _Node, style: Style = PLAIN) -> list[Block]:
        """The blocks that the children of *node* make."""
        flow = Flow()
        self._fill(flow, node, style)
        return flow.close()

    def _fill(self, flow: Flow, node: _Node, style: Style) -> None:
        for child in node.children:
            if isinstance(child, str):
                flow.text(child, style)
            elif not _HIDDEN.search(child.style):
                self._element(flow, child, style)

    def _element(self, flow: Flow, node: _Node, style: Style) -> None:
        match node.tag:
            case "br":
                flow.line_end()
            case "hr":
                flow.block(Rule())
            case "img":
                self._picture(flow, node, style)
            case "span" if node.children == ["\u00a0"] and not node.style:
                # So some browsers copy an ordinary blank at the edge of a tag.
                flow.text(" ", style)
            case "b" | "i" | "span" | "cite":
                if not _WORD_MARK.search(node.style):
                    self._fill(flow, node, style.within(node.tag, node.style))
            case "a":
                self._fill(flow, node, replace(style.within(node.tag, node.style), link=self._link(node) or style.link))
            case "h2" | "h3":
                flow.blocks(self._heading(node, style))
            case "ul" | "ol":
                flow.blocks(self._list(node, style, 1))
            case "blockquote":
                flow.blocks(self._quote(node, style))
            case "table":
                flow.blocks(self._table(node, style))
            case "figure":
                flow.blocks(self._figure(node, style))
            case "figcaption":
                self._caption(flow, node, style)
            case "p" if "MsoCaption" in node.attributes.get("class", ""):
                self._caption(flow, node, style)
            case "p" if "Mso" in node.attributes.get("class", "") or _WORD_LIST.search(node.style):
                flow.word(*self._word_paragraph(node, style))
            case _:
                flow.end()
                self._fill(flow, node, style.within(node.tag, node.style))
                flow.end()

    def _link(self, node: _Node) -> str:
        return link_address(self._address(node, "href"))

    def _address(self, node: _Node, key: str) -> str:
        number = node.attributes.get(key, "").removeprefix("#")
        return self._addresses[int(number)] if number.isascii() and number.isdigit() else ""

    def _picture(self, flow: Flow, node: _Node, style: Style) -> None:
        words = one_line(node.attributes.get("alt", ""))
        if not self._figures and _is_emoji(words):
            flow.text(words, style)
            return
        address = self._address(node, "src")
        photo = self._photo_of(address) if self._photo_of and address else None
        if photo:
            flow.block(PhotoBlock(photo, alt=words))
        elif photo is not None and words:
            flow.block(Paragraph((Run(words),)))

    def _heading(self, node: _Node, style: Style) -> Iterator[Block]:
        level = int(node.tag[1])
        for block in self.blocks(node, style.within(node.tag, node.style)):
            if isinstance(block, Paragraph):
                yield Heading(level, _not_all_bold(block.inlines))
            else:
                yield block

    def _quote(self, node: _Node, style: Style) -> Iterator[Block]:
        """Paragraphs as the quote, its speaker from the tag for it or from a last line after a dash; the rest below."""
        named = next(iter(node.nodes("footer", "cite")), None)
        speaker = ""
        if named is not None and _text_after(node, named) == "":
            speaker = _DASH.sub("", _plain(self.blocks(named, style)), count=1)
        if speaker and named is not None:
            named.children.clear()
        paragraphs: list[Inlines] = []
        others: list[Block] = []
        for block in self.blocks(node, style.within(node.tag, node.style)):
            match block:
                case Paragraph(inlines) | Heading(_, inlines):
                    paragraphs.append(inlines)
                case Quote(inner, who):
                    paragraphs += [*inner, *([(Run(f"— {who}"),)] if who else [])]
                case List():
                    paragraphs += [item.inlines for item in _items(block)]
                case _:
                    others.append(block)
        last = _text(paragraphs[-1]) if len(paragraphs) > 1 else ""
        if not speaker and _DASH.match(last) and not _DASH.match(_text(paragraphs[-2])):
            speaker = _DASH.sub("", last, count=1)
            paragraphs.pop()
        yield Quote(tuple(paragraphs), speaker)
        yield from others

    def _figure(self, node: _Node, style: Style) -> Iterator[Block]:
        captions = list(node.nodes("figcaption"))
        words = " ".join(filter(None, (_plain(self.blocks(caption, style)) for caption in captions)))
        for caption in captions:
            caption.children.clear()
        self._figures += 1
        blocks = self.blocks(node, style.within(node.tag, node.style))
        self._figures -= 1
        photos = [number for number, block in enumerate(blocks) if isinstance(block, PhotoBlock)]
        if photos and isinstance(last := blocks[photos[-1]], PhotoBlock):
            caption_text, credit = split_title(words)
            blocks[photos[-1]] = replace(last, caption=caption_text, credit=credit)
        elif words:
            blocks.append(Paragraph((Run(words),)))
        yield from blocks

    def _caption(self, flow: Flow, node: _Node, style: Style) -> None:
        """What word processors write below a picture, which may stand in the same paragraph."""
        blocks = self.blocks(node, style.within(node.tag, node.style))
        flow.blocks(block for block in blocks if not isinstance(block, Paragraph | Heading))
        flow.caption(_plain(blocks))

    # Lists

    def _list(self, node: _Node, style: Style, depth: int) -> Iterator[Block]:
        """The list, then what cannot stand in one."""
        below: list[Block] = []
        items: list[Item] = []
        for child in node.children:
            if isinstance(child, str) or _HIDDEN.search(child.style):
                continue
            if child.tag in ("ul", "ol"):
                # A list between the items belongs to the one before it.
                nested = list(self._list(child, style, depth + 1))
                lists = tuple(block for block in nested if isinstance(block, List))
                below += [block for block in nested if not isinstance(block, List)]
                if not items or depth >= MAX_LIST_DEPTH:
                    items += [item for block in lists for item in block.items]
                else:
                    items[-1] = replace(items[-1], children=items[-1].children + lists)
            else:
                items += self._item(child, style, depth, below)
        if items:
            start = node.attributes.get("start", "1")
            yield List(tuple(items), node.tag == "ol", int(start))
        yield from below

    def _item(self, node: _Node, style: Style, depth: int, below: list[Block]) -> list[Item]:
        flow = Flow()
        style = style.within(node.tag, node.style)
        inlines: list[Inline] = []
        children: list[List] = []
        for block in self._item_blocks(flow, node, style, depth):
            match block:
                case Paragraph(words) | Heading(_, words):
                    inlines += [HardBreak(), *words] if inlines else words
                case Quote(paragraphs, speaker):
                    for words in (*paragraphs, *([(Run(f"— {speaker}"),)] if speaker else [])):
                        inlines += [HardBreak(), *words] if inlines else words
                case List():
                    children.append(block)
                case _:
                    below.append(block)
        words = settle(tuple(inlines))
        if not words and not children:
            return []
        if depth >= MAX_LIST_DEPTH:
            return [Item(words), *(Item(item.inlines) for child in children for item in _items(child))]
        return [Item(words, tuple(children))]

    def _item_blocks(self, flow: Flow, node: _Node, style: Style, depth: int) -> list[Block]:
        for child in node.children:
            if isinstance(child, _Node) and child.tag in ("ul", "ol") and not _HIDDEN.search(child.style):
                flow.blocks(self._list(child, style, depth + 1))
            elif isinstance(child, str):
                flow.text(child, style)
            elif not _HIDDEN.search(child.style):
                self._element(flow, child, style)
        return flow.close()

    def _word_paragraph(self, node: _Node, style: Style) -> tuple[list[Block], WordItem | None]:
        """What Word writes for a title, a paragraph, or an item: the blocks, or the item."""
        blocks = self.blocks(node, style.within(node.tag, node.style))
        if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
            return blocks, None
        inlines = settle(blocks[0].inlines)
        word_class = node.attributes.get("class", "")
        if "MsoTitle" in word_class:
            return [Heading(2, _not_all_bold(inlines))], None
        mark = "".join(_texts(child) for child in node.nodes("span") if _WORD_MARK.search(child.style)) or "".join(
            _texts(inner)
            for child in node.nodes("b", "i", "span")
            for inner in child.nodes("span")
            if _WORD_MARK.search(inner.style)
        )
        level = _WORD_LIST.search(node.style)
        if not mark and inlines and isinstance(inlines[0], Run) and (level or "List" in word_class):
            match = _BULLET.match(inlines[0].text)
            if match:
                mark = match[1]
                inlines = (replace(inlines[0], text=inlines[0].text[match.end() :]), *inlines[1:])
        if not mark:
            return blocks, None
        number = _NUMBER.match(mark.strip(" \u00a0\t\n"))
        start = int(number[1]) if number and number[1] else 1
        return [], WordItem(int(level[1]) if level else 1, number is not None, start, inlines)

    # Tables

    def _table(self, node: _Node, style: Style) -> Iterator[Block]:
        rows = [
            [cell for cell in row.children if isinstance(cell, _Node) and cell.tag in ("td", "th")]
            for row in node.nodes("tr")
        ]
        cells = [[self.blocks(cell, style.within(cell.tag, cell.style)) for cell in row] for row in rows]
        for caption in node.nodes("caption"):
            yield from self.blocks(caption, style)
        spans = any(
            cell.attributes.get(key, "1") != "1" for row in rows for cell in row for key in ("colspan", "rowspan")
        )
        plain = all(len(cell) < 2 and all(isinstance(one, Paragraph) for one in cell) for row in cells for cell in row)
        if len(cells) > 1 and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1 and plain and not spans:
            yield Raw(_markdown_table(cells))
        else:
            for row in cells:
                for cell in row:
                    yield from cell


def _is_emoji(words: str) -> bool:
    """Whether *words*, what a picture is said to show, are the sign that messengers draw by it."""
    signs = any(unicodedata.category(letter) == "So" for letter in words) or words.endswith(_EMOJI_SIGN)
    return len(words) <= _LONGEST_EMOJI and signs and not any(map(str.isalpha, words))


def _items(block: List) -> Iterator[Item]:
    """All items of *block*, those of the lists below it too."""
    for item in block.items:
        yield item
        for child in item.children:
            yield from _items(child)


def _not_all_bold(inlines: Inlines) -> Inlines:
    """*inlines*; where all are bold, which a heading is anyway, none."""
    runs = [inline for inline in inlines if isinstance(inline, Run)]
    if not all(run.bold or run.text.isspace() for run in runs):
        return inlines
    return tuple(replace(one, bold=False) if isinstance(one, Run) else one for one in inlines)


def _text(inlines: Inlines) -> str:
    return "".join(inline.text if isinstance(inline, Run) else " " for inline in inlines)


def _plain(blocks: list[Block]) -> str:
    """The words of paragraphs on one line."""
    return one_line(" ".join(_text(block.inlines) for block in blocks if isinstance(block, Paragraph | Heading)))


def _texts(node: _Node) -> str:
    return "".join(child if isinstance(child, str) else _texts(child) for child in node.children)


def _text_after(node: _Node, mark: _Node) -> str:
    """The text of *node* behind *mark*, without blanks at its ends."""
    found = False
    parts: list[str] = []

    def walk(one: _Node) -> None:
        nonlocal found
        for child in one.children:
            if child is mark:
                found = True
            elif isinstance(child, _Node):
                walk(child)
            elif found:
                parts.append(child)

    walk(node)
    return "".join(parts).strip()


def _markdown_table(rows: list[list[list[Block]]]) -> str:
    """A table as Markdown has it; the first row is its head."""
    from newsroom.text.writer import write  # brings the Markdown parser, which pastes without tables do not need

    def cell(blocks: list[Block]) -> str:
        text = write(Document((Paragraph(settle(blocks[0].inlines, breaks=False)),))) if blocks else ""  # type: ignore[union-attr]
        return re.sub(r"(\\*)\|", lambda bars: bars[0] if len(bars[1]) % 2 else rf"{bars[1]}\|", text)

    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)
