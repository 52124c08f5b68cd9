"""What a photo says about itself: who made it and what it shows, from XMP, IPTC and EXIF, and the little that is kept.

All of it is a stranger's: texts are cleaned of control characters and cut to a sane length, XML with a document type is
not read at all, and damaged metadata counts as none, because a good picture should not be refused for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml
from xml.sax.saxutils import escape

from PIL import ExifTags, ImageFile, IptcImagePlugin

#: Characters of one text; longer ones are cut.
_TEXT_LIMIT = 2000
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
#: Record and dataset numbers of IPTC IIM 4.
_CHARSET, _BYLINE, _CREDIT, _SOURCE, _COPYRIGHT, _CAPTION = (1, 90), (2, 80), (2, 110), (2, 115), (2, 116), (2, 120)
_UTF8 = b"\x1b%G"
#: What cameras write as a description by themselves.
_CAMERA_NOISE = {"olympus digital camera", "sony dsc", "samsung", "dcim", "default", "untitled", "picture"}
_PHOTO_WORD = re.compile(r"^\s*(фото|photo)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Texts from a photo's own metadata, each empty where it is silent."""

    creator: str = ""
    agency: str = ""
    copyright: str = ""
    caption: str = ""
    #: IPTC's address for how the picture came to be (camera, composite, trained algorithm …).
    source_type: str = ""
    #: EXIF orientation, 1 to 8.
    orientation: int = 1

    @property
    def credit(self) -> str:
        """«автор/агентство», or the one of the two that is known, without the word «Фото:»."""
        parts = [part for part in (self.creator, self.agency) if part]
        if len(parts) == 2 and parts[0].casefold() == parts[1].casefold():
            parts.pop()
        return _PHOTO_WORD.sub("", "/".join(parts))


def read_metadata(image: ImageFile.ImageFile) -> Metadata:
    """What *image*, opened and not yet decoded, says about itself. XMP goes before IPTC, because IPTC cuts names to 32
    bytes, and both go before EXIF."""
    xmp, iptc, exif = _guarded(_read_xmp, image), _guarded(_read_iptc, image), _guarded(_read_exif, image)

    def first(key: str) -> str:
        return next((text for text in (xmp.get(key), iptc.get(key), exif.get(key)) if text), "")

    orientation = exif.get("orientation", "1")
    return Metadata(
        creator=first("creator"),
        agency=first("agency"),
        copyright=first("copyright"),
        caption=first("caption"),
        source_type=xmp.get("source_type", ""),
        orientation=int(orientation) if orientation in set("12345678") else 1,
    )


def kept_xmp(metadata: Metadata) -> bytes:
    """An XMP packet with credit, copyright and digital source type; empty bytes where all three are silent."""
    lines = []
    if metadata.creator:
        lines.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(metadata.creator)}</rdf:li></rdf:Seq></dc:creator>")
    if metadata.agency:
        lines.append(f"<photoshop:Credit>{escape(metadata.agency)}</photoshop:Credit>")
    if metadata.copyright:
        rights = f'<rdf:li xml:lang="x-default">{escape(metadata.copyright)}</rdf:li>'
        lines.append(f"<dc:rights><rdf:Alt>{rights}</rdf:Alt></dc:rights>")
    if metadata.source_type:
        address = escape(metadata.source_type)
        lines.append(f"<Iptc4xmpExt:DigitalSourceType>{address}</Iptc4xmpExt:DigitalSourceType>")
    if not lines:
        return b""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{_RDF[1:-1]}"><rdf:Description rdf:about="" xmlns:dc="{_DC[1:-1]}" '
        f'xmlns:photoshop="{_PHOTOSHOP[1:-1]}" xmlns:Iptc4xmpExt="{_IPTC_EXT[1:-1]}">'
        f'{"".join(lines)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def clean_text(text: str, limit: int = _TEXT_LIMIT) -> str:
    """*text* on one line, without control characters and lone surrogates, at most *limit* characters."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:limit]


def _guarded(read: Callable[[ImageFile.ImageFile], dict[str, str]], image: ImageFile.ImageFile) -> dict[str, str]:
    try:
        return {key: clean_text(text) for key, text in read(image).items()}
    except Exception:  # Pillow and expat raise almost anything on damaged metadata; then there is none.
        return {}


def _read_xmp(image: ImageFile.ImageFile) -> dict[str, str]:
    packet = image.info.get("xmp", b"")
    text = packet.decode("utf-8") if isinstance(packet, bytes) else str(packet)
    text = text.strip("\x00 \r\n\t")
    if not text or "<!DOCTYPE" in text:
        return {}
    tree = Xml.fromstring(text)  # noqa: S314 -- decoded to text and without a document type: no entities to expand

    def find(name: str) -> str:
        for description in tree.iter(f"{_RDF}Description"):
            if name in description.attrib:
                return description.attrib[name]
            element = description.find(name)
            if element is not None:
                entries = [entry.text or "" for entry in element.iter(f"{_RDF}li")]
                return ", ".join(entries) if name == f"{_DC}creator" else (entries or [element.text or ""])[0]
        return ""

    return {
        "creator": find(f"{_DC}creator"),
        "agency": find(f"{_PHOTOSHOP}Credit") or find(f"{_PHOTOSHOP}Source"),
        "copyright": find(f"{_DC}rights"),
        "caption": find(f"{_DC}description"),
        "source_type": find(f"{_IPTC_EXT}DigitalSourceType"),
    }


def _read_iptc(image: ImageFile.ImageFile) -> dict[str, str]:
    found = IptcImagePlugin.getiptcinfo(image) or {}
    declared = found.get(_CHARSET) == _UTF8

    def text(dataset: tuple[int, int]) -> str:
        value = found.get(dataset, b"")
        entries = value if isinstance(value, list) else [value]
        return ", ".join(_decode(entry, utf8=declared) for entry in entries if entry)

    return {
        "creator": text(_BYLINE),
        "agency": text(_CREDIT) or text(_SOURCE),
        "copyright": text(_COPYRIGHT),
        "caption": text(_CAPTION),
    }


def _read_exif(image: ImageFile.ImageFile) -> dict[str, str]:
    exif = image.getexif()

    def text(tag: ExifTags.Base) -> str:
        value = exif.get(tag, "")
        # ASCII by the standard; Pillow reads the bytes as Latin-1, programs write UTF-8 or Windows-1251.
        return _decode(value.encode("latin-1", "ignore") if isinstance(value, str) else bytes(value), utf8=False)

    caption = text(ExifTags.Base.ImageDescription)
    return {
        "creator": text(ExifTags.Base.Artist),
        "copyright": text(ExifTags.Base.Copyright),
        "caption": "" if caption.strip().casefold() in _CAMERA_NOISE else caption,
        "orientation": str(exif.get(ExifTags.Base.Orientation, 1)),
    }


def _decode(data: bytes, *, utf8: bool) -> str:
    """Text of declared UTF-8, else of UTF-8 if it can be that, else of Windows-1251, as Russian desks wrote it."""
    data = data.rstrip(b"\x00")
    if utf8:
        # A field of 32 bytes may end inside a letter.
        return data.decode("utf-8", "ignore")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", "ignore")
