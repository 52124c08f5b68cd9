"""Documents that are archives of XML, opened within limits: nothing is unpacked to disk, no entity, no bomb.

`xml.etree` and whoever else reads the XML later gets only what has passed here.
"""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from newsroom.domain.errors import InvalidInput
from newsroom.words import _

#: Bytes of a file.
MAX_FILE = 100_000_000
#: Bytes of XML in it, unpacked; a book of 500 pages has about a tenth.
MAX_XML = 24_000_000
#: Bytes of one picture in it.
MAX_PICTURE = 60_000_000
#: Bytes of everything in it, unpacked.
MAX_UNPACKED = 400_000_000
MAX_ENTRIES = 5_000
#: Elements within elements; documents of people stay below 50.
MAX_DEPTH = 90
MAX_ELEMENTS = 400_000

_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")


class Archive:
    """A document file: its entries by name."""

    def __init__(self, data: bytes) -> None:
        """Raises `InvalidInput` for what is no archive, is damaged, encrypted, or beyond the limits."""
        if len(data) > MAX_FILE:
            raise InvalidInput(_("Файл больше {limit} МБ — это не статья.").format(limit=MAX_FILE // 1_000_000))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise damaged() from None
        if any(entry.flag_bits & 1 for entry in entries):
            raise InvalidInput(_("Файл защищён паролем. Сохраните его без пароля и повторите."))
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise InvalidInput(_("Внутри файла слишком много всего — это не статья."))
        self._entries = {entry.filename: entry for entry in entries}
        self._xml = 0

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def read(self, name: str, limit: int = MAX_PICTURE) -> bytes:
        """The entry *name*; empty where there is none. Raises `InvalidInput` for a damaged one or more than *limit*."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.file_size > limit:
            raise InvalidInput(_("Часть файла «{name}» слишком велика.").format(name=entry.filename[-60:]))
        try:
            # The archive's own word for the size bounds what is unpacked.
            return self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
            raise damaged() from None

    def xml(self, name: str) -> Element | None:
        """The entry *name* as a tree; None where there is none. Raises as `read` does, and for hostile XML."""
        data = self._xml_bytes(name)
        return parse_xml(data) if data else None

    def is_picture(self, name: str) -> bool:
        """Whether the entry begins as a picture of the usual kinds does, so that nobody can read XML out of it."""
        entry = self._entries.get(name)
        if entry is None or entry.file_size > MAX_PICTURE:
            return False
        try:
            with self._zip.open(entry) as file:
                return file.read(12).startswith(_PICTURE_STARTS)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
            return False

    def checked(self) -> io.BytesIO:
        """The archive anew with nothing but XML that has been checked, and pictures."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as copy:
            for name in self._entries:
                if name.endswith((".xml", ".rels")):
                    data = self._xml_bytes(name)
                    parse_xml(data, keep=False)
                    copy.writestr(name, data)
                elif self.is_picture(name):
                    copy.writestr(name, self.read(name))
        made.seek(0)
        return made

    def _xml_bytes(self, name: str) -> bytes:
        data = self.read(name, MAX_XML)
        self._xml += len(data)
        if self._xml > MAX_XML:
            raise InvalidInput(_("Внутри файла слишком много всего — это не статья."))
        return data


def damaged() -> InvalidInput:
    """What to raise for a file that cannot be read to its end."""
    return InvalidInput(_("Файл повреждён или загружен не до конца. Откройте его в редакторе и сохраните ещё раз."))


class _Bounded(TreeBuilder):
    """Refuses trees that are too deep or too large; keeps them only where asked to."""

    def __init__(self, keep: bool) -> None:
        super().__init__()
        self._keep, self._depth, self._count = keep, 0, 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise InvalidInput(_("Файл устроен слишком сложно — это не статья."))
        return super().start(tag, attrs) if self._keep else Element(tag)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag) if self._keep else Element(tag)

    def data(self, data: str, /) -> None:
        if self._keep:
            super().data(data)

    def close(self) -> Element:
        return super().close() if self._keep else Element("none")


def parse_xml(data: bytes, *, keep: bool = True) -> Element:
    """The tree of *data*, or, without *keep*, only the checks.

    Raises `InvalidInput` for broken XML, any DTD or entity, and trees deeper than `MAX_DEPTH`.
    """
    parser = DefusedXMLParser(target=_Bounded(keep), forbid_dtd=True)
    try:
        parser.feed(data)
        tree: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise damaged() from None
    return tree
