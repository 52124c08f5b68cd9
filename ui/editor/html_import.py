"""HTML from outside the program, as lines of the editor (`newsroom.text.html_import` reads it)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.text.document import Block
from newsroom.words import _, n_
from ui.editor.blocks import DEEPEST_LEVEL
from ui.editor.document_io import Line, lines_of

#: Characters of HTML that are read at once; what is longer would be felt as a pause.
SHORT = 30_000


def takes_time(html: str) -> bool:
    """Whether *html* must not be read by the GUI thread: it is long, or pictures are written into it."""
    return len(html) > SHORT or "data:image" in html


def only_a_picture(html: str) -> bool:
    """Whether *html* is what browsers put beside a copied picture: its tag and no words."""
    return len(re.findall(r"<img\b", html, re.IGNORECASE)) == 1 and not re.sub(r"<[^>]*+>", "", html).strip()


def lines_from_html(html: str) -> tuple[list[Line], int]:
    """The lines that *html* holds, and how many pictures it only names; no lines where it shows no text."""
    from newsroom.text.html_import import document_from_html

    elsewhere: set[str] = set()

    def photo_of(source: str) -> PhotoId | None:
        elsewhere.add(source)
        return None

    try:
        document = document_from_html(html, photo_of)
    except InvalidInput:
        return [], 0  # the plain text beside it is taken instead
    return shallow_lines(document.blocks), len(elsewhere)


def shallow_lines(blocks: Sequence[Block]) -> list[Line]:
    """The lines that *blocks* take, lists no deeper than the editor has them."""
    return [_shallow(line) for line in lines_of(blocks)]


def not_taken(pictures: int) -> str:
    """What to say of so many pictures of which only the address is known."""
    left = n_("Не взята {n} картинка", "Не взято {n} картинок", pictures)
    return _("{left}: в буфере обмена только адрес. Скопируйте или перетащите сам снимок.").format(left=left)


def _shallow(line: Line) -> Line:
    if isinstance(line, tuple) and line[0].kind.in_list and line[0].level > DEEPEST_LEVEL:
        return replace(line[0], level=DEEPEST_LEVEL), line[1]
    return line
