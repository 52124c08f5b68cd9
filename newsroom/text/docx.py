"""Word documents (.docx) as HTML for `newsroom.text.html_import`."""

from dataclasses import dataclass
from typing import Any

from newsroom.domain.errors import InvalidInput
from newsroom.text.archives import Archive, damaged

#: Source of a picture in the HTML: this and its number.
PICTURE = "picture:"

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
"""


@dataclass(frozen=True, slots=True)
class OfficeText:
    """A word processor's document: its HTML, whose pictures have the sources ``picture:0``, ``picture:1`` …"""

    html: str
    #: Name and bytes of each picture; no bytes where the file only names one that lies elsewhere.
    pictures: tuple[tuple[str, bytes], ...]


def read_docx(archive: Archive) -> OfficeText:
    """The text of a Word document; raises `InvalidInput` for a damaged or hostile one.

    Deleted text, comments, headers and footers are left out. Nothing outside the file is opened.
    """
    import mammoth

    pictures: list[tuple[str, bytes]] = []

    def picture(image: Any) -> dict[str, str]:
        try:
            with image.open() as opened:
                data = opened.read()
        except (ValueError, KeyError, OSError):  # lies elsewhere, or in a format that did not pass
            data = b""
        pictures.append((f"{len(pictures) + 1}", data))
        return {"src": f"{PICTURE}{len(pictures) - 1}"}

    checked = archive.checked()
    try:
        html = mammoth.convert_to_html(
            checked,
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(picture),
        ).value
    except InvalidInput:
        raise
    except Exception as error:  # it trusts the file's numbers, names and references, and fails in as many ways
        raise damaged() from error
    return OfficeText(html, tuple(pictures))
