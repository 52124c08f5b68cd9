"""The editor's clipboard: blocks as JSON inside the program, structure out of foreign HTML, or plain lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor, QTextDocument

from newsroom.domain.ids import PhotoId
from newsroom.text.addresses import is_link, link_address
from newsroom.text.document import HardBreak, Inlines, Paragraph, PhotoBlock, Raw, Rule, Run
from newsroom.text.fragments import MAX_CHARACTERS, too_long
from ui.editor.blocks import DEEPEST_LEVEL, Kind, Style
from ui.editor.document_io import Line, blocks_of, lines_in
from ui.photos.adding import Picture

MIME = "application/x-newsroom-blocks"
_HTML, _TEXT = "text/html", "text/plain"
#: Kinds of pictures that the newsroom takes as they are, the best first: a JPEG made of a PNG would lose.
_ENCODED = ("image/jpeg", "image/webp", "image/png")
_PICTURES = frozenset((".jpg", ".jpeg", ".jpe", ".png", ".webp"))


class BlockData(QMimeData):
    """What was copied out of the text: a snapshot, from which a form is made when somebody asks for it.

    ``leave_clipboard`` knows it again by its class.
    """

    def __init__(self, cursor: QTextCursor) -> None:
        super().__init__()
        first = cursor.document().findBlock(cursor.selectionStart())
        # Qt copies the text and its formats, but not the format of the block in which the selection begins.
        self._fragment = cursor.selection()
        self._first_format = first.blockFormat()
        self._in_one_block = cursor.selectionEnd() < first.position() + first.length()
        self._made: dict[str, QByteArray | str] = {}
        self._snapshot: QTextDocument | None = None

    def lines(self) -> Iterator[Line]:
        """The lines of the selection, made one by one."""
        if self._snapshot is None:
            self._snapshot = QTextDocument()
            QTextCursor(self._snapshot).insertFragment(self._fragment)
            QTextCursor(self._snapshot.begin()).setBlockFormat(self._first_format)
        return lines_in(self._snapshot)

    def inline_line(self) -> Line | None:
        """The one line of text that lies inside one block; None where there is more."""
        if not self._in_one_block:
            return None
        lines = list(self.lines())
        return lines[0] if len(lines) == 1 and isinstance(lines[0], tuple) else None

    def formats(self) -> list[str]:
        return [MIME, _HTML, _TEXT]

    def hasFormat(self, mime: str) -> bool:
        return mime in self.formats()

    def retrieveData(self, mime: str, _wanted: object) -> QByteArray | str | None:
        if mime not in self.formats():
            return None
        if mime not in self._made:
            self._made[mime] = self._make(mime)
        return self._made[mime]

    def _make(self, mime: str) -> QByteArray | str:
        line = self.inline_line()
        lines = [line] if line is not None else list(self.lines())
        if mime == MIME:
            packed = {"inline": line is not None, "lines": [_pack(one) for one in lines]}
            return QByteArray(json.dumps(packed, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if mime == _HTML:
            return html_from_lines(lines, inline=line is not None)
        return lines_to_text(lines)


def leave_clipboard() -> None:
    """Leave what was copied here as plain text: Qt deletes the data after Python is gone, and would crash on ours."""
    clipboard = QGuiApplication.clipboard()
    if isinstance(clipboard.mimeData(), BlockData):
        clipboard.setText(clipboard.text())


def html_from_lines(lines: Sequence[Line], *, inline: bool) -> str:
    """*lines* for programs that know structure."""
    from newsroom.text.render import render_fragment

    first = lines[0] if lines else None
    # Words out of a heading or an item go into whatever line they are pasted into.
    blocks = (Paragraph(first[1]),) if inline and isinstance(first, tuple) else blocks_of(lines)
    # Without the declaration some programs take the bytes for Latin letters.
    return f'<meta charset="utf-8">{render_fragment(blocks, inline=inline)}'


def own_lines(mime: QMimeData) -> tuple[bool, Iterable[Line]] | None:
    """What was copied out of a text of this program: whether it goes into a running line, and its lines."""
    if isinstance(mime, BlockData):
        line = mime.inline_line()
        return line is not None, mime.lines() if line is None else [line]
    if not mime.hasFormat(MIME):
        return None
    try:
        packed = json.loads(mime.data(MIME).data().decode("utf-8", "surrogatepass"))
        return bool(packed["inline"]), [_unpack(line) for line in packed["lines"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # another program wrote it; its plain text is next


def lines_from_text(text: str) -> tuple[bool, list[Line]]:
    """Plain text: every line that is not blank is a paragraph; a single one goes into the running line.

    Raises `InvalidInput` for more than an article may have.
    """
    if len(text) > MAX_CHARACTERS:
        raise too_long(len(text))
    parts = text.replace("\N{LINE SEPARATOR}", "\n").replace("\N{PARAGRAPH SEPARATOR}", "\n").splitlines()
    if len(parts) == 1:
        return True, [(Style(), (Run(parts[0]),))]
    kept: list[Line] = [(Style(), (Run(part.strip()),)) for part in parts if part.strip()]
    return False, kept


def address_in(mime: QMimeData) -> str:
    """The one web address that *mime* holds, without tracking, or nothing."""
    if isinstance(mime, BlockData) and mime.inline_line() is None:
        return ""
    text = mime.text().strip() if mime.hasText() else ""
    return link_address(text) if is_link(text) else ""


def local_files(mime: QMimeData) -> list[Path]:
    """The files of this machine that a file manager has copied or drags.

    What names files beside HTML comes from a page or a document, and may name any file it likes: none of them is taken.
    """
    return [] if mime.hasHtml() else [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def picture_files(mime: QMimeData) -> list[Path]:
    """Local picture files that *mime* names."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in _PICTURES]


def has_picture(mime: QMimeData) -> bool:
    """Whether *mime* holds a picture itself."""
    return mime.hasImage() or any(map(mime.hasFormat, _ENCODED))


def picture_in(mime: QMimeData) -> Picture | None:
    """The picture that *mime* holds, as it was encoded where that can be had: so nothing of it is lost."""
    for kind in _ENCODED:
        if mime.hasFormat(kind) and (data := mime.data(kind).data()):
            return data
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return None if image.isNull() else image


def lines_to_text(lines: Sequence[Line]) -> str:
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
