"""Photos brought into the newsroom."""

from collections.abc import Sequence
from pathlib import Path

from newsroom.desk.case import use_case
from newsroom.desk.session import Desk
from newsroom.domain.changes import Changes, Done
from newsroom.domain.errors import InvalidInput
from newsroom.domain.people import Action
from newsroom.domain.photos import Photo
from newsroom.photos.examine import MAX_BYTES, CleanPhoto, examine
from newsroom.words import _, system_words


def add_photo(desk: Desk, source: Path | bytes, name: str = "") -> Done[Photo]:
    """Check, clean and keep a photo; the same file twice is one photo. Raises what `check_photo` raises."""
    return keep_photo(desk, check_photo(source, name))


def check_photo(source: Path | bytes, name: str = "") -> CleanPhoto:
    """The photo in *source* as it would be kept; nothing is written.

    Raises `InvalidInput` for what is no picture, is broken, too large or a decompression bomb, or cannot be read.
    """
    if isinstance(source, Path):
        name = name or source.name or str(source)
        try:
            with source.open("rb") as file:
                source = file.read(MAX_BYTES + 1)  # a film may have been dropped
        except OSError as error:
            raise InvalidInput(
                _("Файл «{name}» не читается: {words}.").format(name=name, words=system_words(error))
            ) from error
    return examine(source, name)


def keep_photo(desk: Desk, clean: CleanPhoto) -> Done[Photo]:
    """Put a checked photo into the store and the newsroom; the same one again is fine."""
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


def keep_photos(desk: Desk, photos: Sequence[CleanPhoto]) -> Done[tuple[Photo, ...]]:
    """Put checked photos into the store and the newsroom, each by itself."""
    kept = [keep_photo(desk, photo) for photo in photos]
    changes = Changes()
    for done in kept:
        changes |= done.changes
    return Done(tuple(done.value for done in kept), changes)
