"""An article's text as WordPress keeps it: blocks made from the delivered HTML and the site's template.

Nothing here may set WordPress to work: square brackets could be shortcodes and lone addresses would be embedded, so
both are written as character references, which readers do not notice.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from newsroom.domain.ids import PhotoId
from newsroom.site.port import SiteArticle, SitePhoto
from newsroom.site.wordpress_settings import PLACEHOLDER

_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
#: Alone in a paragraph or on a line: what WordPress would fetch and embed.
_LONE_ADDRESS = re.compile(
    r"(<p[^>]*>\s*https?)(:)(//[^\s<>\"]+\s*</p>)|^(\s*https?)(:)(//[^\s<>\"]+\s*)$", re.MULTILINE | re.IGNORECASE
)
_CREDIT = "Фото:"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of one article with what is said of it there."""

    photo: SitePhoto
    alt: str
    #: Caption and credit in one; plain text.
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a photo is on the site."""

    #: ID of the attachment.
    id: int
    url: str


def plain(text: str) -> str:
    """*text* for a title or an excerpt, which WordPress takes for HTML."""
    return html.escape(text, quote=False)


def photo_words(caption: str, credit: str) -> str:
    """Caption and credit as readers get them: «Набережная утром. Фото: Пётр Заречный»."""
    caption = caption.strip()
    if not credit.strip():
        return caption
    if caption and caption[-1] not in ".!?…":
        caption += "."
    return f"{caption} {_CREDIT} {credit.strip()}".strip()


def pictures_of(article: SiteArticle) -> list[Picture]:
    """Every photo of *article* with its words: the lead photo's own, the others' from where the text shows them."""
    said = {part.image: part for part in _parts(article.body_html) if part.image}
    pictures = []
    for photo in article.photos:
        if photo.id == article.lead_photo:
            words = photo_words(article.photo_caption, article.photo_credit)
            pictures.append(Picture(photo, article.photo_alt, words))
        else:
            part = said.get(f"/photos/{photo.file_name}")
            pictures.append(Picture(photo, part.alt if part else "", part.words if part else ""))
    return pictures


def content_of(article: SiteArticle, template: str, placed: Mapping[PhotoId, Placed]) -> str:
    """The whole text in blocks."""
    values = {
        "age": html.escape(article.age),
        "body": article.body_html,
        "byline": html.escape(article.byline),
        "caption": html.escape(article.photo_caption),
        "credit": html.escape(article.photo_credit),
        "lead": html.escape(article.lead),
        "note": html.escape(article.note),
        "photo": _lead_figure(article),
        "photo_words": html.escape(photo_words(article.photo_caption, article.photo_credit)),
    }
    by_source = {f"/photos/{photo.file_name}": placed[photo.id] for photo in article.photos}
    parts = []
    for line in template.splitlines():
        names = PLACEHOLDER.findall(line)
        if line.strip() and all(values[name].strip() for name in names):
            filled = PLACEHOLDER.sub(lambda found: values[found[1]], line)
            parts += [_block(part, by_source) for part in _parts(filled)]
    return _inert("\n\n".join(parts))


def _lead_figure(article: SiteArticle) -> str:
    photo = next((photo for photo in article.photos if photo.id == article.lead_photo), None)
    if photo is None:
        return ""
    words = html.escape(photo_words(article.photo_caption, article.photo_credit))
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return (
        f'<figure class="photo"><img src="/photos/{photo.file_name}" alt="{html.escape(article.photo_alt)}">'
        f"{caption}</figure>"
    )


def _inert(content: str) -> str:
    content = content.replace("[", "&#91;").replace("]", "&#93;")
    return _LONE_ADDRESS.sub(lambda found: f"{found[1] or found[4]}&#58;{found[3] or found[6]}", content)


# --- Blocks ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    """One element at the top of a text, or stray words between two (with an empty tag)."""

    tag: str
    class_: str
    source: str
    #: Of a figure: address and description of its image, its caption as HTML and as plain text.
    image: str = ""
    alt: str = ""
    caption: str = ""
    words: str = ""


def _block(part: _Part, placed: Mapping[str, Placed]) -> str:
    """One block as WordPress' editor would write it; what it has no block for is a block of HTML."""
    match part.tag:
        case "p":
            return _wrapped("paragraph", part.source, {"className": part.class_} if part.class_ else {})
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if not part.class_:
            level = int(part.tag[1])
            return _wrapped("heading", part.source, {"level": level} if level != 2 else {})
        case "ul" if not part.class_:
            return _wrapped("list", part.source)
        case "ol" if not part.class_ and part.source.startswith("<ol>"):
            return _wrapped("list", part.source, {"ordered": True})
        case "blockquote" if not part.class_:
            quoted = part.source.replace("<blockquote", '<blockquote class="wp-block-quote"', 1)
            return _wrapped("quote", re.sub(r"<footer>(.*?)</footer>", r"<cite>\1</cite>", quoted, flags=re.DOTALL))
        case "hr":
            return _wrapped("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')
        case "figure" if place := placed.get(part.image):
            caption = f'<figcaption class="wp-element-caption">{part.caption}</figcaption>' if part.caption else ""
            image = f'<img src="{html.escape(place.url)}" alt="{html.escape(part.alt)}" class="wp-image-{place.id}"/>'
            return _wrapped(
                "image",
                f'<figure class="wp-block-image size-full">{image}{caption}</figure>',
                {"id": place.id, "sizeSlug": "full", "linkDestination": "none"},
            )
    return _wrapped("html", part.source)


def _wrapped(name: str, inner: str, attributes: dict[str, object] | None = None) -> str:
    said = ""
    if attributes:
        said = json.dumps(attributes, ensure_ascii=False, separators=(",", ":")) + " "
        for sign, escape in (("--", "\\u002d\\u002d"), ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
            said = said.replace(sign, escape)
    return f"<!-- wp:{name} {said}-->\n{inner}\n<!-- /wp:{name} -->"


def _parts(source: str) -> list[_Part]:
    splitter = _Splitter(source)
    splitter.feed(source)
    splitter.close()
    return splitter.parts()


class _Splitter(HTMLParser):
    """Finds where the elements at the top of a text begin and end."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        # HTMLParser counts lines by "\n" alone.
        self._lines = [0]
        for line in source.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: list[str] = []
        self._found: list[_Part] = []
        self._begin = 0
        self._caption_from = -1

    def parts(self) -> list[_Part]:
        """Everything found, stray words included."""
        self._stray(len(self._source))
        return self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here, end = self._here(), self._here() + len(self.get_starttag_text() or "")
        given = {name: value or "" for name, value in attrs}
        if not self._open:
            self._stray(here)
            self._found.append(_Part(tag, given.get("class", ""), ""))
        part = self._found[-1]
        if tag == "img" and part.tag == "figure":
            part.image, part.alt = given.get("src", ""), given.get("alt", "")
        if tag == "figcaption":
            self._caption_from = end
        if tag not in _VOID:
            self._open.append(tag)
        elif not self._open:
            self._finish(end)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        here = self._here()
        end = self._source.index(">", here) + 1
        while self._open.pop() != tag:
            pass
        if tag == "figcaption" and self._caption_from >= 0:
            part = self._found[-1]
            part.caption = self._source[self._caption_from : here]
            part.words = " ".join(html.unescape(re.sub(r"<[^>]*>", "", part.caption)).split())
            self._caption_from = -1
        if not self._open:
            self._finish(end)

    def _finish(self, end: int) -> None:
        self._found[-1].source = self._source[self._begin : end]
        self._begin = end

    def _stray(self, until: int) -> None:
        """Words between two elements, and an element that was never closed."""
        rest = self._source[self._begin : until]
        if self._open:
            self._found[-1].source = rest
        elif rest.strip():
            self._found.append(_Part("", "", rest.strip("\n")))
        self._begin = until

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
