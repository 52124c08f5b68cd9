"""Pictures made for tests: plain, turned, marked with metadata, hostile."""

import io
import struct
import zlib

from PIL import Image, ImageDraw, TiffImagePlugin


def picture(width: int = 640, height: int = 400, mode: str = "RGB") -> Image.Image:
    """A gradient whose left upper quarter is red, so that turning and cutting show."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    red = {"RGB": (220, 20, 20), "RGBA": (220, 20, 20, 255), "CMYK": (0, 240, 240, 20)}.get(mode, 90)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill=red)
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def camera_exif(orientation: int = 1) -> Image.Exif:
    """What a camera writes: place, serial number, author in UTF-8 bytes, orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretMaker"
    exif[0x013B] = "Пётр Громов".encode()
    exif.get_ifd(0x8769)[0xA431] = "SERIAL-778899"
    gps = exif.get_ifd(0x8825)
    gps[1] = "N"
    gps[2] = tuple(TiffImagePlugin.IFDRational(part) for part in (48, 47, 33))
    gps[29] = "2001:02:03"
    return exif


def with_iptc(jpeg: bytes, fields: dict[tuple[int, int], bytes]) -> bytes:
    """*jpeg* with an IPTC block, as picture editors of agencies write it."""
    records = b"".join(
        struct.pack(">BBBH", 0x1C, record, dataset, len(text)) + text for (record, dataset), text in fields.items()
    )
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(records)) + records + b"\x00" * (len(records) % 2)
    content = b"Photoshop 3.0\x00" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def png_bomb(width: int, height: int) -> bytes:
    """A valid PNG header that promises more pixels than any newsroom needs."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(b"\x00" * 1000)),
            (b"IEND", b""),
        )
    )


def webp_bomb() -> bytes:
    """An extended WebP header with a canvas of 16 million by 16 million pixels."""
    header = b"\x00" * 4 + (0xFFFFFE).to_bytes(3, "little") * 2
    body = b"WEBPVP8X" + struct.pack("<I", len(header)) + header
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_bomb() -> bytes:
    """A JPEG whose frame header was made to promise 65,000 by 65,000 pixels."""
    data = bytearray(encoded(picture(64, 64)))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 65000, 65000)
    return bytes(data)
