"""What people bring along as files: Word and OpenDocument texts, web pages, Markdown, plain text.

Each becomes a headline, where it has one a lead, and the document of the body. How it is told apart:

* the headline is the first heading or paragraph, where that is not too long for one; else the file's name;
* the lead is the paragraph after it, where it is short, all in one style, without links, and more text follows;
* a picture that stands before all other text is the main photo; the others stay in their places;
* a picture that the newsroom does not take is left out and named in the notes.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from newsroom.desk.brought_pictures import BroughtPictures, data_of, is_data
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.photos.examine import CleanPhoto
from newsroom.text.archives import MAX_PICTURE, Archive
from newsroom.text.document import Block, Document, HardBreak, Heading, Inline, Inlines, Paragraph, PhotoBlock, Raw, Run
from newsroom.text.docx import PICTURE, OfficeText, read_docx
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.text.fragments import clean, one_line
from newsroom.text.front_matter import MAX_BYTES
from newsroom.text.html_import import document_from_html
from newsroom.text.markdown import parse
from newsroom.text.odt import read_odt
from newsroom.text.writer import write
from newsroom.words import _

_MAX_HTML = 80_000_000
_LONGEST_HEADLINE = 200
_LONGEST_LEAD = 350
#: Lines of about this many characters were broken by a program, not by a person.
_WRAPPED = range(55, 100)

_HTML_START = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|p|div|h1)[\s>]", re.I | re.S)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_DECLARABLE = frozenset(
    ("utf-8", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "cp1252", "iso8859-1", "mac-cyrillic")
)
_OTHER_HEADING = re.compile(r"(#|#{4,6})[ \t]+(\S.*)")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file holds; nothing of it is in the newsroom yet."""

    #: Without the main photo.
    content: Content
    lead_photo: LeadPhoto | None
    #: Everything that the body and the main photo show.
    photos: tuple[CleanPhoto, ...]
    #: What was left out, in words.
    notes: tuple[str, ...]


def is_front_matter(data: bytes) -> bool:
    """Whether the file is Markdown that begins with a line ``---``: then its fields must be right."""
    start = data[:400].removeprefix(codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = data[:400].decode("utf-16", "ignore").encode()
    return start.lstrip(b" \t\r\n").startswith(b"---")


def read_manuscript(data: bytes, file: Path) -> Manuscript:
    """What *data*, the bytes of *file*, says.

    Raises `InvalidInput` for what is not text or cannot be read within the limits.
    """
    pictures = _Pictures(file)
    try:
        document = _document(data, file, pictures)
    except (UnknownEncoding, InvalidInput) as error:
        told = str(error)
        raise InvalidInput(told[:1].upper() + told[1:]) from None
    stem = one_line(clean(file.stem.encode("utf-8", "replace").decode()))
    content, lead_photo = _content(document, stem, pictures)
    return Manuscript(content, lead_photo, tuple(pictures.photos.values()), tuple(pictures.notes))


def _document(data: bytes, file: Path, pictures: "_Pictures") -> Document:
    if not data.strip():
        raise InvalidInput(_("файл пуст."))
    suffix = file.suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        return _office(Archive(data), pictures)
    if refusal := _refusal(data, suffix):
        raise InvalidInput(refusal)
    if suffix in (".html", ".htm", ".xhtml") or _looks_like_html(data):
        if len(data) > _MAX_HTML:
            raise InvalidInput(_("файл больше {limit} МБ — это не статья.").format(limit=_MAX_HTML // 1_000_000))
        return document_from_html(_html_text(data), pictures.from_web_page)
    if len(data) > MAX_BYTES:
        raise InvalidInput(_("файл больше {limit} МБ — это не статья.").format(limit=MAX_BYTES // 1024**2))
    text = clean(decoded(data))
    return _from_markdown(text) if suffix in (".md", ".markdown") else _from_text(text)


def _refusal(data: bytes, suffix: str) -> str:
    """Why this kind of file cannot be read, and what to do; empty where it can be."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _("это документ старого Word или документ с паролем. Сохраните его как .docx без пароля.")
    if data.lstrip().startswith(b"{\\rtf"):
        return _("это документ RTF. Откройте его в редакторе и сохраните как .docx или .odt.")
    if data.startswith(b"%PDF"):
        return _("это PDF: в нём нет абзацев. Попросите исходный документ или вставьте текст из него через буфер.")
    if suffix in (".mht", ".mhtml") or data[:200].lower().startswith((b"mime-version:", b"from: <saved by")):
        return _("это веб-архив. Сохраните страницу как «веб-страница, только HTML».")
    if suffix == ".fodt":
        return _("это плоский OpenDocument. Сохраните его как .odt.")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")):
        return _("это картинка. Добавьте её на странице «Фото».")
    return ""


# --- The kinds of files ----------------------------------------------------------------------------------------------


def _office(archive: Archive, pictures: "_Pictures") -> Document:
    kind = archive.read("mimetype", 200)
    text: OfficeText
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        text = read_odt(archive)
    elif "[Content_Types].xml" in archive.names and any(name.startswith("word/") for name in archive.names):
        text = read_docx(archive)
    else:
        raise InvalidInput(_("это не текст: внутри нет документа Word или OpenDocument. Подходят .docx и .odt."))
    pictures.inside = text.pictures
    return document_from_html(text.html, pictures.from_office)


def _looks_like_html(data: bytes) -> bool:
    return _HTML_START.match(data[:2_000].removeprefix(codecs.BOM_UTF8).decode("latin-1")) is not None


def _html_text(data: bytes) -> str:
    """The text of a web page: as UTF-8 where it is that, else as it declares itself."""
    try:
        return decoded(data)
    except UnknownEncoding:
        declared = _DECLARED.search(data[:10_000])
        try:
            name = codecs.lookup(declared[1].decode()).name if declared else ""
        except LookupError:
            name = ""
        if name not in _DECLARABLE or name == "utf-8":
            raise
        return data.decode(name, "replace")


def _from_markdown(text: str) -> Document:
    """Markdown without fields; headings of other levels become the nearest ones that articles have."""
    blocks: list[Block] = []
    for block in parse(text).blocks:
        match = _OTHER_HEADING.fullmatch(block.source) if isinstance(block, Raw) else None
        inner = parse(match[2].rstrip("# \t")).blocks if match else ()
        if match and len(inner) == 1 and isinstance(inner[0], Paragraph):
            blocks.append(Heading(2 if match[1] == "#" else 3, inner[0].inlines))
        else:
            blocks.append(block)
    return Document(tuple(blocks))


def _from_text(text: str) -> Document:
    """Plain text: the first line, then what blank lines part, or, where there are none, every line."""
    lines = text.strip("\n").split("\n")
    first = next(number for number, line in enumerate([*lines, "."]) if line.strip())
    head, rest = lines[first : first + 1], lines[first + 1 :]
    groups: list[list[str]] = [head]
    if any(not line.strip() for line in rest[_leading_blank(rest) :]):
        groups.append([])
        for line in rest:
            if line.strip():
                groups[-1].append(line.strip())
            elif groups[-1]:
                groups.append([])
    else:
        groups += [[line.strip()] for line in rest]
    return Document(tuple(Paragraph(_lines(group)) for group in groups if group))


def _leading_blank(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def _lines(lines: list[str]) -> Inlines:
    """A paragraph of *lines*: running text where a program has broken it, else each line stays one."""
    wrapped = len(lines) > 1 and all(len(line) in _WRAPPED for line in lines[:-1])
    inlines: list[Inline] = []
    for line in lines:
        if inlines:
            inlines.append(Run(" ") if wrapped else HardBreak())
        inlines.append(Run(line))
    return tuple(inlines)


# --- Pictures --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Pictures(BroughtPictures):
    """The pictures of one file."""

    file: Path
    inside: tuple[tuple[str, bytes], ...] = ()

    def from_office(self, source: str) -> PhotoId | None:
        """A picture inside of a document."""
        number = source.removeprefix(PICTURE)
        if not source.startswith(PICTURE) or not number.isdigit() or int(number) >= len(self.inside):
            return None
        name, data = self.inside[int(number)]
        return self.once(source, lambda: (f"{self.file.stem} {name}", data))

    def from_web_page(self, source: str) -> PhotoId | None:
        """A picture written into the page itself, or lying beside or below it; nothing is fetched."""
        if is_data(source):
            return self.once(source, lambda: (f"{self.file.stem} {self.asked + 1}", data_of(source)))
        path = self._beside(source)
        if path is None:
            return None
        return self.once(source, lambda: (path.name, _file_bytes(path)))

    def _beside(self, source: str) -> Path | None:
        """The file that *source* names, where it lies in the page's own folder or below it."""
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", source) or len(source) > 1_000:
            return None
        folder = self.file.parent.resolve()
        try:
            path = (folder / unquote(source.partition("?")[0])).resolve()
            return path if path.is_relative_to(folder) and path.is_file() else None
        except (OSError, ValueError):
            return None


def _file_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_PICTURE else b""
    except OSError:
        return b""


# --- Headline, lead, main photo --------------------------------------------------------------------------------------


def _content(document: Document, stem: str, pictures: _Pictures) -> tuple[Content, LeadPhoto | None]:
    blocks = list(document.blocks)
    photo: LeadPhoto | None = None
    above = blocks[:1] if blocks and isinstance(blocks[0], PhotoBlock) else []
    del blocks[: len(above)]
    headline, lead = "", ""
    if blocks and isinstance(block := blocks[0], Heading | Paragraph):
        words = one_line(_plain(block.inlines))
        if len(words) <= _LONGEST_HEADLINE:
            headline = words
            blocks.pop(0)
    if not above and blocks and isinstance(blocks[0], PhotoBlock):
        above = [blocks.pop(0)]
    if headline and len(blocks) > 1 and isinstance(block := blocks[0], Paragraph) and _is_lead(block.inlines):
        lead = one_line(_plain(block.inlines))
        blocks.pop(0)
    if not above and len(blocks) > 1 and isinstance(blocks[0], PhotoBlock):
        above = [blocks.pop(0)]
    for block in above:
        if isinstance(block, PhotoBlock):
            shown = pictures.worded(block)
            photo = LeadPhoto(shown.photo, shown.caption, shown.credit, shown.alt)
    body = Document(tuple(pictures.worded(block) if isinstance(block, PhotoBlock) else block for block in blocks))
    return Content(headline=headline or stem, lead=lead, body=write(body)), photo


def _plain(inlines: Inlines) -> str:
    return "".join(inline.text if isinstance(inline, Run) else " " for inline in inlines)


def _is_lead(inlines: Inlines) -> bool:
    """Whether a paragraph may become plain text without losing anything."""
    runs = [inline for inline in inlines if isinstance(inline, Run)]
    return (
        len(runs) == len(inlines)
        and len({(run.bold, run.italic) for run in runs if not run.text.isspace()}) == 1
        and not any(run.link for run in runs)
        and len(_plain(inlines)) <= _LONGEST_LEAD
    )
