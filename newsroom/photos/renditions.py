"""Smaller copies of stored originals, for sites and for lists. Equal input gives equal bytes, so a repeated delivery is
equal to the first."""

import io
from dataclasses import dataclass, field

from PIL import Image, ImageCms, ImageFile

from newsroom.photos.containers import JPEG, PNG
from newsroom.photos.opening import open_picture

#: Pixels; the width of a text column on a wide screen, twice over for dense ones.
SITE_WIDTH = 1200
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Rendition:
    data: bytes = field(repr=False)
    #: ``image/jpeg`` or ``image/png``.
    mime: str
    #: Pixels.
    width: int
    height: int


def render(data: bytes, width: int, mime: str = JPEG) -> Rendition:
    """A copy of a stored original, at most *width* pixels wide and never enlarged, in sRGB, without metadata.

    *mime* is ``image/jpeg``, where transparency becomes white, or ``image/png``, where it stays.
    """
    with open_picture(data) as source:
        scale = min(1.0, width / source.width)
        size = (round(source.width * scale), max(1, round(source.height * scale)))
        return _render(source, size, mime)


def thumbnail(data: bytes, size: int) -> Rendition:
    """A JPEG copy of a stored original that fits into a square of *size* pixels; never enlarged."""
    with open_picture(data) as source:
        scale = min(1.0, size / max(source.size))
        return _render(source, (max(1, round(source.width * scale)), max(1, round(source.height * scale))), JPEG)


def site_rendition(data: bytes) -> Rendition:
    """The copy that goes to sites, at most `SITE_WIDTH` pixels wide.

    PNG for pictures with transparency and for drawings with a palette, whose edges JPEG would blur; JPEG for the rest.
    """
    with open_picture(data) as source:
        is_drawing = source.mode == "P" or source.has_transparency_data
    return render(data, SITE_WIDTH, PNG if is_drawing else JPEG)


def _render(source: ImageFile.ImageFile, size: tuple[int, int], mime: str) -> Rendition:
    # JPEG decoders can scale by 1/2, 1/4, 1/8 on the way, which saves most of the time and memory.
    source.draft("RGB", size)
    profile = source.info.get("icc_profile")
    image: Image.Image = source
    if image.mode in ("1", "P", "LA", "PA", "I", "I;16"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    image = _in_srgb(image, profile)
    if mime == JPEG:
        image = _flattened(image)
    out = io.BytesIO()
    if mime == JPEG:
        image.save(out, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    else:
        image.save(out, "PNG", optimize=True)
    return Rendition(out.getvalue(), mime, *size)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """*image* in RGB, RGBA or grey for screens; a profile that cannot be used is left out of account."""
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=wanted)
            if converted is not None:
                converted.info.pop("icc_profile", None)
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass
    image.info.pop("icc_profile", None)
    return image if image.mode in ("RGB", "RGBA", "L") else image.convert("RGB")


def _flattened(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
