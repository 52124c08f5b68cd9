"""Photos brought into the newsroom."""

from pathlib import Path

from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.photos import Photo


def add_photo(desk: Desk, source: Path | bytes, name: str = "") -> Done[Photo]:
    """Check, clean and keep a photo; the same file twice is one photo.

    Raises `InvalidInput` for what is no picture, is broken, too large or a decompression bomb.
    """
    raise NotImplementedError
