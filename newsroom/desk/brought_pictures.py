"""Pictures that a text brings along, from a file or the clipboard: checked, counted, named where they are not taken.

Only what the text itself holds or what whoever asks hands over is looked at; nothing is fetched or opened here.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, unquote_to_bytes

from newsroom.desk.pictures import check_photo
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.photos.examine import CleanPhoto
from newsroom.text.archives import MAX_PICTURE
from newsroom.text.document import PhotoBlock
from newsroom.words import _

#: Pictures of one text; those after them are left out.
MAX_PICTURES = 300


@dataclass(slots=True, kw_only=True)
class BroughtPictures:
    """Checks the pictures of one text, each once, and remembers which were left out."""

    photos: dict[PhotoId, CleanPhoto] = field(default_factory=dict)
    #: What was left out and why, in words.
    notes: list[str] = field(default_factory=list)
    _asked: dict[str, PhotoId | None] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many different pictures were asked for."""
        return len(self._asked)

    def once(self, key: str, read: Callable[[], tuple[str, bytes]]) -> PhotoId | None:
        """The photo that *read* gives the name and the bytes of; None where it is not taken, which is noted."""
        if key not in self._asked:
            self._asked[key] = self._add(*read()) if len(self._asked) < MAX_PICTURES else None
        return self._asked[key]

    def worded(self, block: PhotoBlock) -> PhotoBlock:
        """*block*, which shows one of the photos, with the words of its file where the text says nothing."""
        photo = self.photos[block.photo]
        return replace(block, caption=block.caption or photo.caption, credit=block.credit or photo.credit)

    def _add(self, name: str, data: bytes) -> PhotoId | None:
        if not data:
            self.notes.append(_("Картинка «{name}» не взята: её нет в файле или её вид не подходит.").format(name=name))
            return None
        try:
            photo = check_photo(data, name)
        except InvalidInput as error:
            self.notes.append(_("Картинка не взята: {reason}").format(reason=error))
            return None
        self.photos[photo.id] = photo
        return photo.id


def is_data(source: str) -> bool:
    """Whether a picture's address holds the picture itself."""
    return source[:5].lower() == "data:"


def data_of(source: str) -> bytes:
    """The bytes in a ``data:`` address; empty where they cannot be read or are more than a picture may have."""
    head, _comma, body = source.partition(",")
    if len(body) > 3 * MAX_PICTURE:
        return b""
    try:
        data = base64.b64decode(unquote(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return b""
    return data if len(data) <= MAX_PICTURE else b""
