"""Shows a document as HTML for a site: a closed set of tags, and a sanitiser as the last gate.

The HTML is made from the document's own vocabulary. Only raw blocks pass through the Markdown renderer, with HTML off.
Whatever comes of either goes through `nh3` with an allowlist, so that a mistake here cannot become a script there.
"""

import html
import re
from collections.abc import Callable, Sequence

import nh3
from markdown_it.token import Token

from newsroom.domain.ids import PhotoId
from newsroom.text.document import (
    Block,
    Document,
    HardBreak,
    Heading,
    Inlines,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
)
from newsroom.text.markdown import reader
from newsroom.text.normal_form import CREDIT_WORD, photo_title
from newsroom.text.raw_html import addresses_in, kept_html
from newsroom.text.writer import normalise

PhotoSource = Callable[[PhotoId], str]

_SCHEMES = {"http", "https", "mailto", "tel"}
_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "strong", "em", "a", "ul", "ol", "li", "hr", "br", "blockquote", "footer"),
    *("figure", "figcaption", "img", "span", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "s"),
}
#: What only kept HTML (`newsroom.text.raw_html`) brings; Markdown has no way to write these.
_KEPT_TAGS = {"iframe", "video", "audio", "source", "caption", "sub", "sup"}
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "img": {"src", "alt", "loading"},
    "iframe": {"src", "width", "height", "title", "allowfullscreen"},
    "video": {"src", "width", "height", "controls", "poster"},
    "audio": {"src", "controls"},
    "source": {"src", "type"},
}
_CELL = {"style", "colspan", "rowspan"}
#: Whole values only: nothing may bring a style or a class of its own.
_CLASSES = {"figure": {"photo"}, "span": {"credit"}}
#: Column alignment of tables is the only style.
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")

_NUMBER = re.compile(r"\d{1,4}%?")

_DAMAGED = re.compile("[\x00\ud800-\udfff]")


def render_html(document: Document, photo_source: PhotoSource) -> str:
    """*document* as sanitised HTML, one block a line.

    *photo_source* gives the address (absolute or relative) at which readers find a photo; no other image is shown but
    those in kept HTML, which came with the article from a site. Links keep to http, https, mailto, tel and relative
    addresses. Raises what `newsroom.text.writer.normalise` raises.
    """
    addresses: set[str] = set()

    def source(photo: PhotoId) -> str:
        address = photo_source(photo)
        addresses.add(address)
        return address

    blocks = normalise(document).blocks
    for block in blocks:
        if isinstance(block, Raw) and (kept := kept_html(block)) is not None:
            addresses |= addresses_in(kept)
    raw_html = "\n".join(_block(block, source) for block in blocks)
    return _sanitised(raw_html, addresses)


def render_fragment(blocks: Sequence[Block], *, inline: bool = False) -> str:
    """*blocks* as sanitised HTML for other programs, which have none of our photos: their words stand for them.

    They need not be normalised; what cannot be written as UTF-8 is shown as a replacement character. *inline* asks for
    the words of the one paragraph without the paragraph around them.
    """
    if inline and len(blocks) == 1 and isinstance(paragraph := blocks[0], Paragraph):
        raw_html = _inlines(paragraph.inlines)
    else:
        raw_html = "\n".join(
            _worded(block) if isinstance(block, PhotoBlock) else _block(block, str) for block in blocks
        )
    return _sanitised(_DAMAGED.sub("\ufffd", raw_html), set())


def _worded(photo: PhotoBlock) -> str:
    title = photo_title(photo.caption, photo.credit) or photo.alt
    return f"<p>{html.escape(title, quote=False)}</p>" if title else ""


def _sanitised(raw_html: str, images: set[str]) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in ("src", "poster"):
            foreign_frame = tag == "iframe" and not value.startswith("https://")
            return value if value in images and not foreign_frame else None
        if name in ("colspan", "rowspan", "width", "height"):
            return value if _NUMBER.fullmatch(value) else None
        if name == "style":
            return value if _ALIGNMENT.fullmatch(value) else None
        return value

    return nh3.clean(
        raw_html,
        tags=_TAGS | _KEPT_TAGS,
        attributes={**_ATTRIBUTES, "th": _CELL, "td": _CELL},
        allowed_classes=_CLASSES,
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )


# --- Blocks ----------------------------------------------------------------------------------------------------------


def _block(block: Block, source: PhotoSource) -> str:
    match block:
        case Paragraph(inlines):
            return f"<p>{_inlines(inlines)}</p>"
        case Heading(level, inlines):
            return f"<h{level}>{_inlines(inlines)}</h{level}>"
        case List():
            return _list(block)
        case Quote(paragraphs, speaker):
            words = "".join(f"<p>{_inlines(inlines)}</p>" for inlines in paragraphs)
            footer = f"<footer>— {html.escape(speaker)}</footer>" if speaker else ""
            return f"<blockquote>{words}{footer}</blockquote>"
        case Rule():
            return "<hr>"
        case PhotoBlock():
            return _figure(block, source(block.photo))
        case Raw(markdown):
            kept = kept_html(block)
            return _raw(markdown) if kept is None else kept


def _list(block: List) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    return f"<{tag}{start}>{''.join(map(_item, block.items))}</{tag}>"


def _item(item: Item) -> str:
    return f"<li>{_inlines(item.inlines)}{''.join(map(_list, item.children))}</li>"


def _figure(block: PhotoBlock, address: str) -> str:
    image = f'<img src="{html.escape(address)}" alt="{html.escape(block.alt)}" loading="lazy">'
    words = [html.escape(block.caption)] if block.caption else []
    if block.credit:
        words.append(f'<span class="credit">{CREDIT_WORD} {html.escape(block.credit)}</span>')
    caption = f"<figcaption>{' '.join(words)}</figcaption>" if words else ""
    return f'<figure class="photo">{image}{caption}</figure>'


def _raw(markdown: str) -> str:
    """A raw block through the Markdown renderer; its images, which come from nowhere we know, become their texts."""
    parser = reader()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
        if token.children:
            token.children = [_without_image(child) for child in token.children]
    return str(parser.renderer.render(tokens, parser.options, {})).rstrip("\n")


def _without_image(token: Token) -> Token:
    if token.type != "image":
        return token
    text = Token("text", "", 0)
    text.content = token.content
    return text


# --- Inline runs -----------------------------------------------------------------------------------------------------


def _inlines(inlines: Inlines) -> str:
    """Runs as HTML: one link for neighbours of one address, then bold, then italic."""
    parts: list[str] = []
    link = ""
    for inline in inlines:
        if isinstance(inline, HardBreak):
            parts.append("<br>")
            continue
        if inline.link != link:
            parts.append("</a>" if link else "")
            parts.append(f'<a href="{html.escape(inline.link)}">' if inline.link else "")
            link = inline.link
        text = html.escape(inline.text, quote=False)
        if inline.italic:
            text = f"<em>{text}</em>"
        if inline.bold:
            text = f"<strong>{text}</strong>"
        parts.append(text)
    return "".join(parts) + ("</a>" if link else "")
