"""Photos as the newsroom knows them; the files are in the photo store."""

from dataclasses import dataclass
from datetime import datetime

from newsroom.domain.ids import PhotoId


@dataclass(frozen=True, slots=True)
class Photo:
    id: PhotoId
    #: ``image/jpeg``, ``image/png`` or ``image/webp``.
    mime: str
    #: Pixels, after the camera's rotation is applied.
    width: int
    height: int
    #: Bytes of the stored original.
    size: int
    #: File name it came with, for people only.
    name: str
    #: What its own metadata says; empty where silent.
    credit: str
    caption: str
    added_at: datetime
