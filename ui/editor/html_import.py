"""HTML from outside the program, as lines of the editor (`newsroom.text.html_import` reads it)."""

from __future__ import annotations

from dataclasses import replace

from newsroom.domain.errors import InvalidInput
from ui.editor.blocks import DEEPEST_LEVEL
from ui.editor.document_io import Line, lines_of

#: Longer pastes are cut: parsing runs on the GUI thread.
LONGEST = 4_000_000


def lines_from_html(html: str) -> list[Line]:
    """The lines that *html* holds, without pictures; none where it shows no text or is no article at all."""
    from newsroom.text.html_import import document_from_html

    try:
        document = document_from_html(html[:LONGEST])
    except InvalidInput:
        return []  # the plain text beside it is taken instead
    return [_shallow(line) for line in lines_of(document.blocks)]


def _shallow(line: Line) -> Line:
    if isinstance(line, tuple) and line[0].kind.in_list and line[0].level > DEEPEST_LEVEL:
        return replace(line[0], level=DEEPEST_LEVEL), line[1]
    return line
