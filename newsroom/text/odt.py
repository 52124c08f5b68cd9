"""OpenDocument texts (.odt) as HTML for `newsroom.text.html_import`."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from newsroom.text.archives import Archive, damaged
from newsroom.text.docx import PICTURE, OfficeText

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
}
#: Gone with everything in them: deleted text, remarks, numbering, forms.
_SILENT = frozenset(
    (
        "text:tracked-changes",
        "office:annotation",
        "office:annotation-end",
        "office:forms",
        "text:sequence-decls",
        "text:variable-decls",
        "text:table-of-content",
        "text:note-citation",
        "svg:title",
        "svg:desc",
        "draw:object",
    )
)
#: Parents of a style that are followed.
_MAX_PARENTS = 20
_MAX_BLANKS = 200


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style of the document says."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool = False
    #: Its name and those of its parents.
    names: tuple[str, ...] = ()


def read_odt(archive: Archive) -> OfficeText:
    """The text of an OpenDocument text; raises `InvalidInput` for a damaged or hostile one.

    Deleted text, remarks, headers and footers are left out; footnotes stand behind the paragraph they belong to.
    """
    content = archive.xml("content.xml")
    body = None if content is None else _child(_child(content, "office:body"), "office:text")
    if content is None or body is None:
        raise damaged()
    return _Writer(archive, content).write(body)


class _Writer:
    def __init__(self, archive: Archive, content: Element) -> None:
        self._archive = archive
        self._pictures: list[tuple[str, bytes]] = []
        self._out: list[str] = []
        self._notes: list[Element] = []
        self._styles: dict[str, Element] = {}
        #: Levels at which a list style counts.
        self._numbered: dict[str, dict[int, int]] = {}
        styles = archive.xml("styles.xml")
        for root in (styles, content):
            for holder in root if root is not None else ():
                for style in holder:
                    match _name(style):
                        case "style:style":
                            self._styles[_attribute(style, "style:name")] = style
                        case "text:list-style":
                            self._numbered[_attribute(style, "style:name")] = dict(_numbered_levels(style))
        self._resolved: dict[str, _Style] = {}

    def write(self, body: Element) -> OfficeText:
        self._inside(body)
        # Paragraphs of a quotation stand one by one; next to each other they are one quote.
        whole = "".join(self._out).replace("</blockquote><blockquote>", "")
        return OfficeText(whole, tuple(self._pictures))

    def _inside(self, element: Element, *, texts: bool = False, lists: tuple[str, int] = ("", 0)) -> None:
        """Everything in *element*; its own *texts* only where it is a paragraph or a part of one."""
        if texts and element.text:
            self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, lists)
            if texts and child.tail:
                self._text(child.tail)

    def _text(self, text: str) -> None:
        self._out.append(html.escape(text))

    def _tagged(self, tag: str, element: Element, *, texts: bool = False, attributes: str = "") -> None:
        self._out.append(f"<{tag}{attributes}>")
        self._inside(element, texts=texts)
        self._out.append(f"</{tag}>")

    def _element(self, element: Element, lists: tuple[str, int]) -> None:
        name = _name(element)
        match name:
            case _ if name in _SILENT:
                return
            case "text:p" | "text:h":
                self._paragraph(element, name)
            case "text:span":
                self._span(element)
            case "text:a":
                href = html.escape(_attribute(element, "xlink:href"))
                self._tagged("a", element, texts=True, attributes=f' href="{href}"')
            case "text:line-break":
                self._out.append("<br>")
            case "text:s":
                count = _attribute(element, "text:c")
                self._out.append(" " * min(int(count) if count.isascii() and count.isdigit() else 1, _MAX_BLANKS))
            case "text:tab":
                self._out.append(" ")
            case "text:list":
                self._list(element, lists)
            case "text:list-item" | "text:list-header":
                self._out.append("<li>")
                self._inside(element, lists=lists)
                self._out.append("</li>")
            case "table:table":
                self._tagged("table", element)
            case "table:table-row":
                self._tagged("tr", element)
            case "table:table-cell":
                spans = "".join(
                    f' {key}="{html.escape(value)}"'
                    for key, value in (
                        ("colspan", _attribute(element, "table:number-columns-spanned")),
                        ("rowspan", _attribute(element, "table:number-rows-spanned")),
                    )
                    if value
                )
                self._tagged("td", element, attributes=spans)
            case "draw:image":
                self._picture(element, "")
            case "draw:frame":
                self._frame(element)
            case "text:note":
                self._out.append(f"[{len(self._notes) + 1}]")
                self._notes.append(element)
            case _:
                self._inside(element, texts=name.startswith("text:") and not list(element), lists=lists)

    def _paragraph(self, element: Element, name: str) -> None:
        style = self._style(_attribute(element, "text:style-name"))
        if style.hidden:
            return
        level = _attribute(element, "text:outline-level")
        if "Title" in style.names:
            tag = "h1"
        elif name == "text:h":
            tag = f"h{level}" if level in ("1", "2", "3", "4", "5", "6") else "h6"
        else:
            tag = "figcaption" if "Caption" in style.names else "p"
        if "Horizontal_20_Line" in style.names:
            self._out.append("<hr>")
        before = len(self._notes)
        quoted = "Quotations" in style.names
        self._out.append("<blockquote>" if quoted else "")
        css = _css(style)
        self._out.append(f"<{tag}{css}>")
        self._inside(element, texts=True)
        self._out.append(f"</{tag}>" + ("</blockquote>" if quoted else ""))
        for number, note in enumerate(self._notes[before:], before + 1):
            for body in note:
                if _name(body) == "text:note-body":
                    self._out.append(f"<p>[{number}] ")
                    for paragraph in body.iter():
                        if _name(paragraph) == "text:p":
                            self._inside(paragraph, texts=True)
                            self._out.append(" ")
                    self._out.append("</p>")

    def _span(self, element: Element) -> None:
        style = self._style(_attribute(element, "text:style-name"))
        if not style.hidden:
            self._tagged("span", element, texts=True, attributes=_css(style))

    def _list(self, element: Element, lists: tuple[str, int]) -> None:
        name, level = _attribute(element, "text:style-name") or lists[0], lists[1] + 1
        start = self._numbered.get(name, {}).get(level)
        items = [child for child in element if _name(child) in ("text:list-item", "text:list-header")]
        # A heading may stand in a list for the sake of its number alone.
        if items and all(_name(one) == "text:h" for item in items for one in item):
            for item in items:
                self._inside(item)
            return
        tag = "ul" if start is None else "ol"
        self._out.append(f"<{tag}>" if start in (None, 1) else f'<{tag} start="{start}">')
        self._inside(element, lists=(name, level))
        self._out.append(f"</{tag}>")

    def _frame(self, element: Element) -> None:
        """The first picture of a frame, which holds one in several formats; text boxes are text."""
        words = [" ".join(child.itertext()).strip() for child in element if _name(child) in ("svg:desc", "svg:title")]
        images = [child for child in element if _name(child) == "draw:image"]
        if images:
            usable = [one for one in images if self._archive.is_picture(_attribute(one, "xlink:href"))]
            self._picture((usable or images)[0], next(filter(None, words), ""))
        for child in element:
            if _name(child) == "draw:text-box":
                self._tagged("div", child)

    def _picture(self, element: Element, alt: str) -> None:
        name = _attribute(element, "xlink:href")
        data = self._archive.read(name) if self._archive.is_picture(name) else b""
        self._out.append(f'<img src="{PICTURE}{len(self._pictures)}" alt="{html.escape(alt)}">')
        self._pictures.append((f"{len(self._pictures) + 1}", data))

    def _style(self, name: str) -> _Style:
        """The style *name* with what it takes from its parents."""
        if name in self._resolved:
            return self._resolved[name]
        bold = italic = None
        hidden = False
        names: list[str] = []
        current = name
        while current and current not in names and len(names) < _MAX_PARENTS:
            names.append(current)
            style = self._styles.get(current)
            if style is None:
                break
            for properties in style:
                if _name(properties) == "style:text-properties":
                    weight = _attribute(properties, "fo:font-weight")
                    slant = _attribute(properties, "fo:font-style")
                    if bold is None and weight:
                        bold = weight == "bold" or (weight.isascii() and weight.isdigit() and int(weight) >= 600)
                    if italic is None and slant:
                        italic = slant in ("italic", "oblique")
                    hidden = hidden or _attribute(properties, "text:display") == "none"
            current = _attribute(style, "style:parent-style-name")
        self._resolved[name] = _Style(bold, italic, hidden, tuple(names))
        return self._resolved[name]


def _numbered_levels(style: Element) -> Iterator[tuple[int, int]]:
    """The levels of a list style that count, and where each begins."""
    for level in style:
        depth = _attribute(level, "text:level")
        if _name(level) == "text:list-level-style-number" and depth.isascii() and depth.isdigit():
            start = _attribute(level, "text:start-value")
            yield int(depth[:3]), int(start[:9]) if start.isascii() and start.isdigit() else 1


def _css(style: _Style) -> str:
    said = []
    if style.bold is not None:
        said.append(f"font-weight:{'bold' if style.bold else 'normal'}")
    if style.italic is not None:
        said.append(f"font-style:{'italic' if style.italic else 'normal'}")
    return f' style="{";".join(said)}"' if said else ""


def _name(element: Element) -> str:
    space, _end, local = element.tag[1:].partition("}") if element.tag.startswith("{") else ("", "", element.tag)
    return f"{_SPACES.get(space, '')}:{local}"


def _attribute(element: Element, name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return element.get(f"{{{_URIS[prefix]}}}{local}", "")


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next((child for child in element if _name(child) == name), None)


_URIS = {prefix: uri for uri, prefix in _SPACES.items()}
