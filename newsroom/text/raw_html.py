"""HTML that the vocabulary has no word for, kept verbatim in a raw block: a code fence whose language is ``html``.

So it stands in the Markdown of articles that came from a site. Readers get it back through the gate of
`newsroom.text.render`; the editor shows it and leaves it alone.
"""

import html
import re

from newsroom.text.document import Raw

_FENCE = re.compile(r"(`{3,})html\n(.*)\n\1[ \t]*", re.DOTALL)
_TICKS = re.compile(r"`{3,}")
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def keep_html(source: str) -> Raw:
    """The raw block that keeps *source*."""
    fence = max([*_TICKS.findall(source), "``"], key=len) + "`"
    return Raw(f"{fence}html\n{source.strip()}\n{fence}")


def kept_html(block: Raw) -> str | None:
    """The HTML that *block* keeps; None where it is a raw block of another kind."""
    match = _FENCE.fullmatch(block.source)
    return match[2] if match else None


def addresses_in(source: str) -> set[str]:
    """Addresses of pictures and frames in kept HTML that a site may show: by https or http, or its own."""
    found = (html.unescape(double or single).strip() for double, single in _SOURCE.findall(source))
    return {address for address in found if re.match(r"https?://|/", address)}
