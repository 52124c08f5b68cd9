"""The content of a post as the HTML of its text: paragraphs of the classic editor marked, captions resolved, what only
WordPress understands set apart, and what the newsroom's own template put around a text taken off again."""

import html
import re
from collections.abc import Mapping

from newsroom.domain.ids import PhotoId
from newsroom.site.port import SiteArticle
from newsroom.site.wordpress_text import Placed, content_of

_BLOCK_MARK = re.compile(r"<!-- /?wp:[^>]*?-->|<!--\s*(?:more|nextpage|noteaser)[^>]*-->")
_CAPTION = re.compile(r"\[caption\b[^\]]*\]((?:(?!\[caption).)*?)\[/caption\]", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)", re.IGNORECASE)
_EMBED = re.compile(
    r"<figure\b[^>]*\bwp-block-embed\b[^>]*>\s*<div\b[^>]*>\s*(https?://[^\s<>\"]+)\s*</div>.*?</figure>",
    re.DOTALL | re.IGNORECASE,
)
#: Alone on a line: ``[gallery ids="1,2"]``, ``[/vc_row]``.
_SHORTCODE = re.compile(r"^[ \t]*(?:\[/?([a-z][\w-]*)(?:[ \t][^\[\]\n]*)?\][ \t]*)+$", re.MULTILINE | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_BEGINS_BLOCK = re.compile(
    r"\s*</?(?:p|div|h[1-6]|ul|ol|li|blockquote|figure|table|thead|tbody|tr|td|th|hr|pre|form|iframe|section|article|"
    r"aside|header|footer|address|dl|dt|dd|script|style|object|video|audio|center|x-kept)\b",
    re.IGNORECASE,
)


def found_text(content: str) -> str:
    """The HTML that *content*, of either editor of WordPress, stands for.

    What only WordPress can show stands in ``<x-kept name="…">``.
    """
    content = content.replace("\r\n", "\n")
    blocks = "<!-- wp:" in content
    content = _BLOCK_MARK.sub("\n" if blocks else "", content)
    content = _CAPTION.sub(_figure, content)
    content = _EMBED.sub(lambda found: _kept("embed", f'<p><a href="{found[1]}">{found[1]}</a></p>'), content)
    content = _SHORTCODE.sub(
        lambda found: "\n\n" + _kept(f"[{found[1]}]", html.escape(found[0].strip())) + "\n\n", content
    )
    if blocks:
        return content.strip()
    return "\n".join(map(_paragraph, filter(str.strip, _BLANK_LINES.split(content))))


def _kept(name: str, source: str) -> str:
    return f'<x-kept name="{html.escape(name)}">{source}</x-kept>'


def _figure(found: re.Match[str]) -> str:
    picture = _PICTURE.match(found[1])
    if picture is None:
        return found[1]
    words = found[1][picture.end() :].strip()
    return f"<figure>{picture[1]}<figcaption>{words}</figcaption></figure>"


def _paragraph(stretch: str) -> str:
    """What the classic editor keeps between two blank lines."""
    if _BEGINS_BLOCK.match(stretch):
        return stretch
    return "<p>" + stretch.strip().replace("\n", "<br>\n") + "</p>"


def without_template(content: str, sent: SiteArticle, template: str, placed: Mapping[PhotoId, Placed]) -> str:
    """*content* without the blocks that *template* put around the text of *sent*, as far as they stand there unchanged.

    One that somebody has edited stays, lest the edit be lost.
    """
    before = True
    for line in template.splitlines():
        if "{body}" in line:
            before = False
            continue
        block = content_of(sent, line, placed)
        place = (content.find(block) if before else content.rfind(block)) if block else -1
        if place >= 0:
            content = content[:place] + content[place + len(block) :]
    return content
