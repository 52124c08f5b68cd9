"""Foreign HTML made harmless and cheap before anything looks at it.

A linear scan writes the source anew: known tags in a few plain forms, nested only so deep, addresses as numbers into a
list, styles reduced to what the vocabulary asks for. Scripts, styles, frames, forms and comments go, with what is in
them. Only then a real HTML parser (`nh3`) mends what is left open or crossed, and lets the allowlist through.
On the source as it comes the parser could be made to take minutes and gigabytes by a few megabytes of crossed tags.
"""

import html
import re
from dataclasses import dataclass, field

import nh3

from newsroom.domain.errors import InvalidInput
from newsroom.text.fragments import MAX_CHARACTERS, too_long
from newsroom.words import _

#: Characters of source, pictures in it included.
MAX_SOURCE = 80_000_000
#: A long article from a word processor has some thousands.
MAX_TAGS = 250_000
#: Tags within tags; what is deeper loses its tags and keeps its text.
MAX_DEPTH = 60

_MAX_STYLE = 4_000


def _words(text: str) -> list[str]:
    return text.split()


#: What each known tag is written as. Paragraph-like ones are all one.
_NAMES = {
    **dict.fromkeys(_words("div section article header main aside nav address center fieldset form legend"), "div"),
    **dict.fromkeys(_words("dl dt dd details summary hgroup search body multicol"), "div"),
    **dict.fromkeys(_words("h1 h2"), "h2"),
    **dict.fromkeys(_words("h3 h4 h5 h6"), "h3"),
    **dict.fromkeys(_words("b strong"), "b"),
    **dict.fromkeys(_words("i em var dfn"), "i"),
    **dict.fromkeys(_words("ul menu dir"), "ul"),
    **dict.fromkeys(_words("pre listing"), "pre"),
    **dict.fromkeys(_words("font u s small big tt code strike nobr label q kbd samp ins sub sup mark abbr"), "span"),
    **{name: name for name in _words("p span a ol li blockquote footer cite hr br img figure figcaption")},
    **{name: name for name in _words("table caption thead tbody tfoot tr td th")},
}
_VOID = frozenset(("br", "hr", "img"))
#: Closed by whatever follows them, so that leaving them open nests nothing.
_SELF_CLOSING = frozenset(_words("p li td th tr thead tbody tfoot"))
#: Gone with everything in them.
_SILENT = frozenset(
    _words(
        "script style title textarea iframe noscript noembed noframes xmp svg math object applet select template xml "
        "audio video canvas map button datalist"
    )
)

_TOKEN = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <[!?][^>]*+(?:>|\Z)
    | <(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)
      (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|[^\s>]*+))?+""")
_DECLARATION = re.compile(
    r"(?<![\w-])(?:font-weight|font-style|white-space(?:-collapse)?|display|visibility|mso-hide|mso-list)\s*+:[^;]*+",
    re.IGNORECASE,
)
_OVERRIDE = re.compile(r"font-(?:weight|style)", re.IGNORECASE)
_WORD_CLASS = re.compile(r"\bMso(?:Title|Caption|ListParagraph)\w*", re.IGNORECASE)
_DAMAGED = re.compile("[\x00\ud800-\udfff]")

#: What would be markup in text goes past the parser as non-characters, which no text may hold: it takes quadratic time
#: over long rows of references.
_HIDDEN_SIGNS = str.maketrans({"<": "\ufdd0", "&": "\ufdd1", "\ufdd0": "", "\ufdd1": ""})
_SHOWN_SIGNS = str.maketrans({"\ufdd0": "<", "\ufdd1": "&"})

_ATTRIBUTES = {
    "*": {"style", "class"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


@dataclass(slots=True)
class Source:
    """HTML that a tree can be made from: balanced, shallow, of known tags only."""

    html: str
    #: What the numbers in ``href`` and ``src`` stand for, as the source had it.
    addresses: list[str]


def tamed(source: str) -> Source:
    """*source*, whatever it is, as safe HTML.

    Raises `InvalidInput` for more than `MAX_SOURCE` characters, `MAX_TAGS` tags or `MAX_CHARACTERS` of text.
    """
    if len(source) > MAX_SOURCE:
        raise too_long(len(source), MAX_SOURCE)
    scan = _Scan(_DAMAGED.sub("\ufffd", source))
    scan.run()
    cleaned = nh3.clean(
        "".join(scan.out),
        tags=set(_NAMES.values()),
        attributes=_ATTRIBUTES,
        clean_content_tags=set(),
        link_rel=None,
        strip_comments=True,
    )
    return Source(cleaned, scan.addresses)


def text_of(data: str) -> str:
    """A text from the HTML of a `Source` as it reads."""
    return data.translate(_SHOWN_SIGNS) if "\ufdd0" in data or "\ufdd1" in data else data


@dataclass(slots=True)
class _Scan:
    source: str
    out: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    _tags: int = 0
    _text: int = 0
    _depth: int = 0
    #: Tags that are open: for each name of the source what it was written as, or nothing.
    _open: dict[str, list[str]] = field(default_factory=dict)
    #: Silent tags that are never closed from here on.
    _unclosed: set[str] = field(default_factory=set)

    def run(self) -> None:
        source, place = self.source, 0
        while match := _TOKEN.search(source, place):
            self._add_text(source[place : match.start()])
            place = match.end()
            if match["name"] is None:
                continue
            self._tags += 1
            if self._tags > MAX_TAGS:
                raise InvalidInput(_("В тексте слишком много разметки — это не статья."))
            name = match["name"].lower()
            if name in _SILENT:
                place = self._after_silent(name, place) if not match["end"] else place
            elif match["end"]:
                self._end(name)
            else:
                self._begin(name, match["attributes"])
        self._add_text(source[place:])

    def _add_text(self, text: str) -> None:
        self._text += len(text)
        if self._text > MAX_CHARACTERS:
            raise too_long(self._text, MAX_CHARACTERS)
        if "&" in text:
            text = html.unescape(text)
        self.out.append(text.translate(_HIDDEN_SIGNS))

    def _after_silent(self, name: str, place: int) -> int:
        if name in self._unclosed:
            return place
        end = re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE).search(self.source, place)
        if end is None:
            self._unclosed.add(name)
            # Browsers take all the rest for a script or a title.
            return len(self.source) if name in ("script", "style", "textarea", "title") else place
        return end.end()

    def _begin(self, name: str, source: str) -> None:
        written = _NAMES.get(name)
        if written is None:
            return
        attributes: dict[str, str] = {}
        for key, value in _ATTRIBUTE.findall(source):
            attributes.setdefault(key.lower(), value)
        style, shown = self._style(name, attributes)
        if written in ("b", "i") and _OVERRIDE.search(style):
            written = "span"
        if written not in _VOID:
            deep = written not in _SELF_CLOSING
            if deep and self._depth >= MAX_DEPTH:
                written = ""
            self._open.setdefault(name, []).append(written)
            if not written:
                return
            self._depth += deep
        self.out.append(f"<{written}{shown if written not in ('b', 'i') else ''}>")

    def _end(self, name: str) -> None:
        stack = self._open.get(name)
        if not stack:
            return
        written = stack.pop()
        if written:
            self._depth -= written not in _SELF_CLOSING
            self.out.append(f"</{written}>")

    def _style(self, name: str, attributes: dict[str, str]) -> tuple[str, str]:
        """The declarations that matter, and all attributes as they are written."""
        shown = []
        style = ";".join(_DECLARATION.findall(_value(attributes.get("style", ""))[:_MAX_STYLE]))
        if style:
            shown.append(f' style="{html.escape(style)}"')
        if word := _WORD_CLASS.search(_value(attributes.get("class", ""))[:_MAX_STYLE]):
            shown.append(f' class="{word.group()}"')
        for key, owner in (("href", "a"), ("src", "img")):
            if name == owner and key in attributes:
                shown.append(f' {key}="#{len(self.addresses)}"')
                self.addresses.append(_value(attributes[key]).strip())
        if name == "img":
            shown.append(f' alt="{html.escape(_value(attributes.get("alt", ""))[:_MAX_STYLE])}"')
        for key in ("start", "colspan", "rowspan"):
            value = _value(attributes.get(key, ""))[:12].strip()
            if value.isascii() and value.isdigit():
                shown.append(f' {key}="{value}"')
        return style, "".join(shown)


def _value(text: str) -> str:
    """An attribute's value without its quotes, references resolved."""
    if text[:1] in ("'", '"'):
        text = text[1:].removesuffix(text[0])
    return html.unescape(text) if "&" in text else text
