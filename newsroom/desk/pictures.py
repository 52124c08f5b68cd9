"""Photos brought into the newsroom."""

from pathlib import Path

from newsroom.desk.case import use_case
from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput
from newsroom.domain.people import Action
from newsroom.domain.photos import Photo
from newsroom.photos.examine import examine
from newsroom.words import _


def add_photo(desk: Desk, source: Path | bytes, name: str = "") -> Done[Photo]:
    """Check, clean and keep a photo; the same file twice is one photo.

    Raises `InvalidInput` for what is no picture, is broken, too large or a decompression bomb, or cannot be read.
    """
    if isinstance(source, Path):
        name = name or source.name
        try:
            source = source.read_bytes()
        except OSError as error:
            raise InvalidInput(
                _("Файл «{name}» не читается: {words}.").format(name=name, words=error.strerror)
            ) from error
    clean = examine(source, name)
    desk.photos.put(clean)
    with use_case(desk, Action.WRITE) as case:
        case.work.records.add_photo(
            Photo(
                id=clean.id,
                mime=clean.mime,
                width=clean.width,
                height=clean.height,
                size=len(clean.data),
                name=clean.name[:255],
                credit=clean.credit,
                caption=clean.caption,
                added_at=case.now,
            )
        )
        case.note("photo", detail=clean.name)
        return case.done(case.work.records.photo(clean.id))
