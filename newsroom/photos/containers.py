"""The wrapping of JPEG, PNG and WebP files: size before decoding, and rewriting without anything but the picture.

Pixels are never touched here, so cleaning loses no quality. What stays: image data, colour profile, and one small XMP
packet of our own (JPEG and PNG; a plain WebP file has no place for one). Everything else goes: EXIF with its GPS,
serial numbers and thumbnail, foreign XMP, IPTC, comments, and whatever lies behind the end of the picture.
"""

import re
import struct
import zlib
from collections.abc import Iterator

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_PREFIX = b"http://ns.adobe.com/xap/1.0/\x00"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"pHYs", b"cICP"}
_WEBP_KEPT = {b"ICCP", b"ALPH", b"VP8 ", b"VP8L"}
#: Bits of the VP8X header (WebP container specification, "Extended File Format").
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
#: Frame headers of JPEG: C0–CF without DHT (C4), JPG (C8) and DAC (CC).
_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: The next marker inside compressed data: FF that is neither stuffed (00), a restart (D0–D7) nor a fill byte (FF).
_JPEG_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

#: First bytes of other kinds of file, to name them in a refusal; (offset, bytes, name).
_FOREIGN = (
    (0, b"GIF8", "GIF"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "PSD"),
    (0, b"<svg", "SVG"),
    (0, b"\xff\x0a", "JPEG XL"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
)


class Damaged(ValueError):
    """The file ends early or its structure is broken."""


class Animated(ValueError):
    """The file holds several frames."""


def mime_of(data: bytes) -> str:
    """``image/jpeg``, ``image/png``, ``image/webp`` by the first bytes, or empty for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(_PNG_SIGNATURE):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return ""


def foreign_kind(data: bytes) -> str:
    """Name of a known kind of file that is not accepted, or empty."""
    return next((name for offset, sign, name in _FOREIGN if data.startswith(sign, offset)), "")


def pixel_size(data: bytes, mime: str) -> tuple[int, int]:
    """Width and height from the header, nothing decoded. Raises `Damaged`."""
    if mime == JPEG:
        frames = [segment for marker, segment in _jpeg_segments(data) if marker in _JPEG_FRAMES]
        if len(frames) != 1 or len(frames[0]) < 9:
            raise Damaged
        height, width = struct.unpack(">HH", frames[0][5:9])
    elif mime == PNG:
        name, header = next(_png_chunks(data))
        if name != b"IHDR" or len(header) != 25:
            raise Damaged
        width, height = struct.unpack(">II", header[8:16])
    else:
        width, height = _webp_size(data)
    if not width or not height:
        raise Damaged
    return width, height


def rewrap(data: bytes, mime: str, xmp: bytes = b"") -> bytes:
    """The same picture, its pixels bit for bit, with *xmp* as its only metadata. Raises `Damaged`, `Animated`."""
    if mime == JPEG:
        return _rewrap_jpeg(data, xmp)
    if mime == PNG:
        return _rewrap_png(data, xmp)
    return _rewrap_webp(data)


# JPEG: markers with segments, then compressed scans, until the end marker (ITU-T T.81, annex B).


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each (marker, segment with its marker and length), a start of scan with the compressed data behind it."""
    position = 2
    while True:
        if data[position : position + 1] != b"\xff":
            raise Damaged
        while data[position + 1 : position + 2] == b"\xff":
            position += 1
        if position + 1 >= len(data):
            raise Damaged
        marker = data[position + 1]
        if marker == 0xD9:
            return
        if position + 4 > len(data):
            raise Damaged
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if marker == 0xDA:
            found = _JPEG_NEXT_MARKER.search(data, end)
            if found is None:
                raise Damaged
            end = found.start()
        if end > len(data) or end < position + 4:
            raise Damaged
        yield marker, data[position:end]
        position = end


def _rewrap_jpeg(data: bytes, xmp: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    ours = _XMP_PREFIX + xmp
    packet = b"\xff\xe1" + struct.pack(">H", len(ours) + 2) + ours if xmp else b""
    for marker, segment in _jpeg_segments(data):
        content = segment[4:]
        is_application = 0xE0 <= marker <= 0xEF
        wanted = (
            (marker == 0xE0 and content.startswith(b"JFIF\x00"))
            or (marker == 0xE2 and content.startswith(b"ICC_PROFILE\x00"))
            or (marker == 0xEE and content.startswith(b"Adobe"))
        )
        if packet and marker != 0xE0:
            kept.append(packet)
            packet = b""
        if wanted or not (is_application or marker == 0xFE):
            kept.append(segment)
    kept.append(b"\xff\xd9")
    return b"".join(kept)


# PNG: chunks of length, name, content, checksum.


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each (name, whole chunk) up to and including IEND."""
    position = len(_PNG_SIGNATURE)
    while True:
        name = data[position + 4 : position + 8]
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        if len(name) < 4 or end > len(data):
            raise Damaged
        yield name, data[position:end]
        if name == b"IEND":
            return
        position = end


def _rewrap_png(data: bytes, xmp: bytes) -> bytes:
    kept = [_PNG_SIGNATURE]
    for name, chunk in _png_chunks(data):
        if name == b"acTL":
            raise Animated
        if name in _PNG_KEPT:
            kept.append(chunk)
        if name == b"IHDR" and xmp:
            # Keyword, no compression, no language, no translated keyword (PNG specification, 11.3.3.4).
            content = b"iTXt" + b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + xmp
            kept.append(struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content)))
    return b"".join(kept)


# WebP: RIFF chunks of name, length (little endian), content, padded to even.


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each (name, content)."""
    end_of_file = 8 + int.from_bytes(data[4:8], "little")
    if end_of_file > len(data):
        raise Damaged
    position = 12
    while position + 8 <= end_of_file:
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + length
        if end > end_of_file:
            raise Damaged
        yield data[position : position + 4], data[position + 8 : end]
        position = end + length % 2


def _webp_size(data: bytes) -> tuple[int, int]:
    name, content = next(_webp_chunks(data), (b"", b""))
    if len(content) < 10:
        raise Damaged
    if name == b"VP8X":
        return int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1
    if name == b"VP8 ":
        return (int.from_bytes(content[6:8], "little") & 0x3FFF, int.from_bytes(content[8:10], "little") & 0x3FFF)
    if name == b"VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise Damaged


def _rewrap_webp(data: bytes) -> bytes:
    kept = []
    for name, content in _webp_chunks(data):
        if name in (b"ANIM", b"ANMF"):
            raise Animated
        if name == b"VP8X":
            if len(content) != 10:
                raise Damaged
            flags = content[0] & ~(_WEBP_EXIF | _WEBP_XMP)
            kept.append(name + struct.pack("<IB", len(content), flags) + content[1:])
        elif name in _WEBP_KEPT:
            kept.append(name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
