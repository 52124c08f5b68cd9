"""The editor's clipboard: blocks as JSON inside the program, structure out of foreign HTML, or plain lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextCursor

from newsroom.domain.ids import PhotoId
from newsroom.text.addresses import is_link, link_address
from newsroom.text.document import HardBreak, Inlines, PhotoBlock, Raw, Rule, Run
from ui.editor.blocks import DEEPEST_LEVEL, Kind, Style
from ui.editor.document_io import Line, lines_in_block
from ui.editor.html_import import lines_from_html

MIME = "application/x-newsroom-blocks"
_PICTURES = frozenset((".jpg", ".jpeg", ".jpe", ".png", ".webp"))


class BlockData(QMimeData):
    """What was copied out of the text; `leave_clipboard` knows it again by its class."""


def leave_clipboard() -> None:
    """Leave what was copied here as plain text: Qt deletes the data after Python is gone, and would crash on ours."""
    clipboard = QGuiApplication.clipboard()
    if isinstance(clipboard.mimeData(), BlockData):
        clipboard.setText(clipboard.text())


def selection_to_mime(cursor: QTextCursor) -> QMimeData:
    """The selection for the clipboard: exact for this program, plain text for all others."""
    inline, lines = selected_lines(cursor)
    mime = BlockData()
    packed = {"inline": inline, "lines": [_pack(line) for line in lines]}
    mime.setData(MIME, json.dumps(packed, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    mime.setText(lines_to_text(lines))
    return mime


def selected_lines(cursor: QTextCursor) -> tuple[bool, list[Line]]:
    """Whether the selection lies inside one block of text, and what it holds."""
    begin, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(begin)
    lines: list[Line] = []
    blocks = 0
    while block.isValid() and block.position() <= end:
        first = max(begin - block.position(), 0)
        last = min(end - block.position(), block.length() - 1)
        lines.extend(lines_in_block(block, first, last))
        blocks += 1
        block = block.next()
    return blocks == 1 and len(lines) == 1 and isinstance(lines[0], tuple), lines


def lines_from_mime(mime: QMimeData) -> tuple[bool, list[Line]]:
    """What to insert for *mime*: whether it goes into a running line, and the lines; no lines where it has no text."""
    if mime.hasFormat(MIME):
        try:
            packed = json.loads(mime.data(MIME).data().decode("utf-8", "surrogatepass"))
            return bool(packed["inline"]), [_unpack(line) for line in packed["lines"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # another program wrote it; its plain text is next
    if mime.hasHtml():
        lines = lines_from_html(mime.html())
        if lines:
            return len(lines) == 1 and isinstance(lines[0], tuple) and lines[0][0].kind is Kind.PARAGRAPH, lines
    return lines_from_text(mime.text()) if mime.hasText() else (False, [])


def lines_from_text(text: str) -> tuple[bool, list[Line]]:
    """Plain text: every line that is not blank is a paragraph; a single one goes into the running line."""
    parts = text.replace("\N{LINE SEPARATOR}", "\n").replace("\N{PARAGRAPH SEPARATOR}", "\n").splitlines()
    if len(parts) == 1:
        return True, [(Style(), (Run(parts[0]),))]
    kept: list[Line] = [(Style(), (Run(part.strip()),)) for part in parts if part.strip()]
    return False, kept


def address_in(mime: QMimeData) -> str:
    """The one web address that *mime* holds, without tracking, or nothing."""
    text = mime.text().strip() if mime.hasText() else ""
    return link_address(text) if is_link(text) else ""


def picture_files(mime: QMimeData) -> list[Path]:
    """Local picture files that *mime* names."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in _PICTURES]


def lines_to_text(lines: list[Line]) -> str:
    """*lines* for programs that know plain text only."""
    return "\n".join(_line_to_text(line) for line in lines)


def _line_to_text(line: Line) -> str:
    match line:
        case PhotoBlock(caption=caption):
            return caption
        case Raw(source):
            return source
        case Rule():
            return "* * *"
        case (style, inlines):
            text = "".join("\n" if isinstance(inline, HardBreak) else inline.text for inline in inlines)
            return f"{'  ' * style.level}• {text}" if style.kind.in_list else text


def _pack(line: Line) -> dict[str, Any]:
    match line:
        case PhotoBlock(photo, caption, credit, alt):
            return {"photo": photo, "caption": caption, "credit": credit, "alt": alt}
        case Raw(source):
            return {"raw": source}
        case Rule():
            return {"rule": True}
        case (style, inlines):
            runs = [
                None if isinstance(run, HardBreak) else [run.text, run.bold, run.italic, run.link] for run in inlines
            ]
            return {"style": [style.kind.value, style.level, style.start, style.group], "runs": runs}


def _unpack(plain: dict[str, Any]) -> Line:
    if "photo" in plain:
        return PhotoBlock(PhotoId(str(plain["photo"])), *(str(plain[key]) for key in ("caption", "credit", "alt")))
    if "raw" in plain:
        return Raw(str(plain["raw"]))
    if "rule" in plain:
        return Rule()
    kind, level, start, group = (int(value) for value in plain["style"])
    style = Style(Kind(kind), min(max(level, 0), DEEPEST_LEVEL), start, group)
    return style, _unpack_runs(plain["runs"])


def _unpack_runs(plain: list[Any]) -> Inlines:
    return tuple(
        HardBreak() if run is None else Run(str(run[0]), bool(run[1]), bool(run[2]), str(run[3])) for run in plain
    )
