"""The door through which photos come in: only whole, sane pictures pass, without their secrets and the right way up.

Cleaning is lossless: the file is rewrapped without its metadata and the pixels stay bit for bit. Only a photo that its
camera marked as turned is encoded anew, with the quantization of the original, because JPEG pixels cannot be turned
in place with Pillow. Animations are refused rather than silently cut down to their first frame; the extra pictures
that phones hide behind a JPEG (depth, gain map, motion) are dropped.
"""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from PIL import Image, ImageFile, JpegImagePlugin

from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.photos.containers import (
    PNG,
    Animated,
    Damaged,
    foreign_kind,
    mime_of,
    pixel_size,
    rewrap,
)
from newsroom.photos.metadata import Metadata, clean_text, kept_xmp, read_metadata
from newsroom.photos.opening import MAX_PIXELS, open_picture
from newsroom.words import _

MAX_BYTES = 60_000_000
#: EXIF orientation → what sets the picture upright (CIPA DC-008, tag 274).
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A photo fit for the store: whole, upright, without private metadata."""

    #: SHA-256 of ``data``.
    id: PhotoId
    data: bytes = field(repr=False)
    #: ``image/jpeg``, ``image/png`` or ``image/webp``.
    mime: str
    #: Pixels.
    width: int
    height: int
    #: Who made or gave it, and what it shows, as its own metadata says; empty where silent.
    credit: str
    caption: str
    #: File name it came with, without folders, for people only.
    name: str


def examine(data: bytes, name: str) -> CleanPhoto:
    """Check and clean a photo file of any origin; *name* is what people call it.

    Raises `InvalidInput`, naming the file, for anything but a whole JPEG, PNG or WebP picture of one frame within
    `MAX_BYTES` and `MAX_PIXELS`; both limits are checked before anything is decoded.
    """
    name = clean_text(PurePosixPath(name.replace("\\", "/")).name, 200) or _("фото")
    mime = _accepted_mime(data, name)
    try:
        width, height = pixel_size(data, mime)
        if width * height > MAX_PIXELS:
            raise InvalidInput(
                _("«{name}»: {width}×{height} точек — слишком много, принимается до {limit} млн.").format(
                    name=name, width=width, height=height, limit=MAX_PIXELS // 1_000_000
                )
            )
        metadata = _metadata_of(data)
        xmp = kept_xmp(metadata)
        clean = rewrap(data, mime, xmp)
        with _decoded(clean) as image:
            width, height = image.size
            if metadata.orientation != 1:
                upright = image.transpose(_UPRIGHT[metadata.orientation])
                width, height = upright.size
                clean = rewrap(_encoded_like(upright, image, mime), mime, xmp)
    except Damaged:
        raise InvalidInput(
            _("«{name}» повреждён или загружен не до конца: снимок не читается целиком.").format(name=name)
        ) from None
    except Animated:
        raise InvalidInput(
            _("«{name}» — анимация. Сохраните нужный кадр отдельным снимком и добавьте его.").format(name=name)
        ) from None
    return CleanPhoto(
        id=PhotoId(hashlib.sha256(clean).hexdigest()),
        data=clean,
        mime=mime,
        width=width,
        height=height,
        credit=metadata.credit,
        caption=metadata.caption,
        name=name,
    )


def _accepted_mime(data: bytes, name: str) -> str:
    if not data:
        raise InvalidInput(_("«{name}» пуст.").format(name=name))
    if len(data) > MAX_BYTES:
        raise InvalidInput(
            _("«{name}» занимает {size} МБ, принимается до {limit} МБ.").format(
                name=name, size=-(-len(data) // 1_000_000), limit=MAX_BYTES // 1_000_000
            )
        )
    mime = mime_of(data)
    if mime:
        return mime
    kind = foreign_kind(data)
    if kind:
        raise InvalidInput(
            _("«{name}» — это {kind}. Принимаются JPEG, PNG и WebP: сохраните снимок в JPEG.").format(
                name=name, kind=kind
            )
        )
    raise InvalidInput(_("«{name}» — не снимок. Принимаются JPEG, PNG и WebP.").format(name=name))


def _metadata_of(data: bytes) -> Metadata:
    try:
        with open_picture(data) as image:
            return read_metadata(image)
    except Exception:  # Whether the picture is whole is judged on the cleaned file; this one may only lack metadata.
        return Metadata()


def _decoded(data: bytes) -> ImageFile.ImageFile:
    try:
        image = open_picture(data)
        image.load()
    except Exception as error:  # Decoders raise almost anything on hostile bytes; whatever it was, no picture came out.
        raise Damaged from error
    return image


def _encoded_like(image: Image.Image, original: ImageFile.ImageFile, mime: str) -> bytes:
    """*image* in the format and, as nearly as can be, the quality of *original*."""
    out = io.BytesIO()
    profile = original.info.get("icc_profile")
    if isinstance(original, JpegImagePlugin.JpegImageFile):
        image.save(
            out,
            "JPEG",
            qtables=original.quantization,
            subsampling=JpegImagePlugin.get_sampling(original),
            progressive="progressive" in original.info,
            optimize=True,
            icc_profile=profile,
        )
    elif mime == PNG:
        image.save(out, "PNG", icc_profile=profile)
    else:
        image.save(out, "WEBP", quality=92, exact=True, icc_profile=profile)
    return out.getvalue()
