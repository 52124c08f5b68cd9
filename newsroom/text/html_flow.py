"""Running text of foreign HTML on its way to blocks: the styles around it, and where paragraphs and lists of it end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsroom.text.document import Block, HardBreak, Inline, Inlines, Item, List, Paragraph, PhotoBlock, Run
from newsroom.text.normal_form import split_title

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINE = re.compile(r"\r\n?|\n")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bolder|bold|[1-9]\d\d|normal|lighter)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_SPACE = re.compile(r"white-space(?:-collapse)?\s*:\s*(pre|break-spaces|\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What the tags around a text say of it."""

    bold: bool = False
    italic: bool = False
    link: str = ""
    #: Line ends in the source are line ends.
    lines: bool = False

    def within(self, tag: str, css: str) -> "Style":
        """The style inside a tag, whose own declarations win over its name; links are not looked at."""
        bold, italic, lines = self.bold, self.italic, self.lines or tag == "pre"
        if tag == "b":
            bold = True
        elif tag in ("i", "cite"):
            italic = True
        if css:
            if weight := _WEIGHT.search(css):
                word = weight[1].lower()
                bold = word.startswith("bold") or (word.isdigit() and int(word) >= 600)
            if slant := _SLANT.search(css):
                italic = slant[1].lower() != "normal"
            if space := _SPACE.search(css):
                lines = space[1].lower() in ("pre", "break-spaces")
        if (bold, italic, lines) == (self.bold, self.italic, self.lines):
            return self
        return replace(self, bold=bold, italic=italic, lines=lines)


PLAIN = Style()


@dataclass(slots=True)
class WordItem:
    """A paragraph that Word shows as an item of a list."""

    level: int
    ordered: bool
    start: int
    inlines: Inlines


class Flow:
    """Gathers blocks from running text."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._inlines: list[Inline] = []
        self._word_items: list[WordItem] = []

    def text(self, text: str, style: Style) -> None:
        if style.lines:
            first, *others = _LINE.split(text)
            self._words(first, style)
            for line in others:
                self.line_end()
                self._words(line, style)
        else:
            self._words(text, style)

    def _words(self, text: str, style: Style) -> None:
        text = _BLANKS.sub(" ", text)
        last = self._inlines[-1] if self._inlines else None
        if not isinstance(last, Run):
            text = text.lstrip(" ")
        elif last.text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            self._inlines.append(Run(text, style.bold, style.italic, style.link))

    def line_end(self) -> None:
        """The line ends; two ends in a row end the paragraph."""
        while self._inlines and isinstance(last := self._inlines[-1], Run) and last.text == " ":
            self._inlines.pop()
        if self._inlines and isinstance(self._inlines[-1], HardBreak):
            self.end()
        elif self._inlines:
            self._inlines.append(HardBreak())

    def end(self) -> None:
        """The paragraph ends."""
        inlines, self._inlines = self._inlines, []
        while inlines and (isinstance(last := inlines[-1], HardBreak) or last.text == " "):
            inlines.pop()
        if any(isinstance(one, Run) and not one.text.isspace() for one in inlines):
            self.block(Paragraph(tuple(inlines)))

    def block(self, block: Block) -> None:
        if self._inlines:
            self.end()
        self._end_word_list()
        self._blocks.append(block)

    def blocks(self, blocks: Iterable[Block]) -> None:
        if self._inlines:
            self.end()
        for block in blocks:
            self.block(block)

    def caption(self, words: str) -> None:
        """*words* belong to the photo before them; where there is none, they are a paragraph."""
        if self._inlines:
            self.end()
        last = self._blocks[-1] if self._blocks and not self._word_items else None
        if isinstance(last, PhotoBlock) and not last.caption and words:
            caption, credit = split_title(words)
            self._blocks[-1] = replace(last, caption=caption, credit=credit)
        elif words:
            self.block(Paragraph((Run(words),)))

    def word(self, blocks: list[Block], item: WordItem | None) -> None:
        if self._inlines:
            self.end()
        if item is not None:
            self._word_items.append(item)
        for block in blocks:
            self.block(block)

    def close(self) -> list[Block]:
        self.end()
        self._end_word_list()
        return self._blocks

    def _end_word_list(self) -> None:
        items, self._word_items = self._word_items, []
        if items:
            self._blocks += _word_lists(items)


def _word_lists(items: list[WordItem]) -> list[List]:
    """The lists that paragraphs with levels make; where a level is skipped, it is as if it were not."""
    lists: list[List] = []
    start = 0
    while start < len(items):
        first = items[start]
        made: list[Item] = []
        place = start
        while place < len(items) and (items[place].level, items[place].ordered) == (first.level, first.ordered):
            end = place + 1
            while end < len(items) and items[end].level > items[place].level:
                end += 1
            made.append(Item(items[place].inlines, tuple(_word_lists(items[place + 1 : end]))))
            place = end
        lists.append(List(tuple(made), first.ordered, first.start))
        start = place
    return lists
