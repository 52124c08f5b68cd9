"""HTML from outside the program, as lines of the editor's vocabulary: structure stays, fonts and colours go.

Nothing is fetched: pictures, frames, styles and scripts are left out, of links only those to pages and mailboxes stay.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from newsroom.text.document import HardBreak, Inline, Rule, Run
from ui.editor.blocks import DEEPEST_LEVEL, Kind, Style, new_group
from ui.editor.document_io import Line, trimmed

_SILENT = frozenset(
    (
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
    )
)
_BLOCKS = frozenset(
    "p div section article header footer main aside nav figure figcaption table tbody thead tr ul ol dl dt dd pre "  # noqa: SIM905 -- read as one list
    "address form fieldset center body html".split()
)
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_VOID = frozenset("br hr img input meta link col wbr area base embed source track param".split())  # noqa: SIM905
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[1-9]00|normal)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://[^\s]|mailto:[^\s])", re.IGNORECASE)
#: Longer pastes are cut: parsing runs on the GUI thread.
LONGEST = 4_000_000


def lines_from_html(html: str) -> list[Line]:
    """The lines that *html* holds; empty where it shows no text."""
    reader = _Reader()
    reader.feed(html[:LONGEST])
    reader.close()
    reader.end_line()
    return reader.lines


def is_address(text: str) -> bool:
    """Whether *text* is one address that may become a link."""
    return len(text) <= 2_000 and bool(_LINK.match(text)) and not re.search(r"\s", text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._inlines: list[Inline] = []
        self._silent = 0
        #: Open inline and structure tags with what they set: (tag, bold, italic, link).
        self._open: list[tuple[str, bool, bool, str]] = []
        self._lists: list[Kind] = []
        self._quotes: list[int] = []
        self._heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            return
        if tag == "br":
            if self._inlines and isinstance(self._inlines[-1], HardBreak):
                self.end_line()
            else:
                self._inlines.append(HardBreak())
        elif tag == "hr":
            self.end_line()
            self.lines.append(Rule())
        elif tag in ("td", "th"):
            self._text(" ")
        elif tag not in _VOID:
            self._begin(tag, dict(attrs))

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _HEADINGS:
            self.end_line()
            self._heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.end_line()
            self._lists.append(Kind.NUMBER if tag == "ol" else Kind.BULLET)
        elif tag == "li":
            self.end_line()
        elif tag == "blockquote":
            self.end_line()
            self._quotes.append(new_group())
        elif tag in _BLOCKS:
            self.end_line()
        _tag, bold, italic, link = self._open[-1] if self._open else ("", False, False, "")
        style = attributes.get("style") or ""
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        bold = bold or tag in ("b", "strong")
        italic = italic or tag in ("i", "em", "cite")
        if weight:
            value = weight[1].lower()
            bold = value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600)
        if slant:
            italic = slant[1].lower() != "normal"
        if tag == "a":
            href = (attributes.get("href") or "").strip()
            link = href if is_address(href) else ""
        self._open.append((tag, bold, italic, link))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        if self._silent:
            return
        if tag in _HEADINGS or tag in ("li", "blockquote", "ul", "ol") or tag in _BLOCKS:
            self.end_line()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote" and self._quotes:
            self._quotes.pop()
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number:]
                break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text(data)

    def _text(self, data: str) -> None:
        text = _BLANKS.sub(" ", data)
        if not self._inlines or isinstance(self._inlines[-1], HardBreak):
            text = text.lstrip(" ")
        elif isinstance(self._inlines[-1], Run) and self._inlines[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            _tag, bold, italic, link = self._open[-1] if self._open else ("", False, False, "")
            self._inlines.append(Run(text, bold and not self._heading, italic, link))

    def end_line(self) -> None:
        """Close the paragraph, item or heading that is being read, where it has any text."""
        inlines = trimmed(tuple(self._inlines))
        self._inlines = []
        if not inlines:
            return
        if self._heading:
            style = Style(Kind.HEADING, self._heading)
        elif self._lists:
            style = Style(self._lists[-1], min(len(self._lists) - 1, DEEPEST_LEVEL))
        elif self._quotes:
            style = Style(Kind.QUOTE, group=self._quotes[-1])
        else:
            style = Style()
        self.lines.append((style, inlines))
