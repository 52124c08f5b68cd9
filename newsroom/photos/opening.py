"""The one place where Pillow opens a file: only the three accepted formats, under our own limit of pixels."""

import io

from PIL import Image, ImageFile, WebPImagePlugin

MAX_PIXELS = 100_000_000
#: Pillow's guard only warns between one and two times its limit. `examine` compares sizes with this limit before Pillow
#: sees a file, so that the guard is a second door and never a warning.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
#: Imported so that it registers itself: without it Pillow would load every plugin it has to find WebP.
_FORMATS = ("JPEG", "PNG", WebPImagePlugin.WebPImageFile.format)


def open_picture(data: bytes) -> ImageFile.ImageFile:
    """The picture in *data*, opened but not decoded. Raises whatever Pillow raises on bytes that are none."""
    return Image.open(io.BytesIO(data), formats=_FORMATS)
