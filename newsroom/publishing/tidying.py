"""Collecting photos that the newsroom put on a site and nothing there uses: what a killed publisher left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from newsroom.domain.errors import InvalidInput, NotFound
from newsroom.domain.ids import PhotoId
from newsroom.photos.store import PhotoStore
from newsroom.publishing.delivery import photos_of, site_photo
from newsroom.site.orphans import DIGITS, Orphan
from newsroom.site.port import Site
from newsroom.storage.database import Database
from newsroom.text.markdown import parse


@dataclass(frozen=True, slots=True)
class Tidied:
    #: What was found, by file name.
    orphans: tuple[Orphan, ...]
    #: Those of them that are gone now.
    removed: tuple[Orphan, ...] = ()


def tidy(database: Database, store: PhotoStore, site: Site, age: timedelta, *, delete: bool) -> Tidied:
    """The orphans of *site* that are at least *age* old, and with *delete* their removal, one at a time.

    A photo that a waiting delivery will use, to whatever site, is none. Raises what the site raises; what was removed
    until then stays removed.
    """
    found = site.orphans(age)
    if found:
        # After the look at the site: what is delivered between the two is used there by then, and looked at again.
        awaited = set(_awaited(database, store))
        found = [orphan for orphan in found if orphan.photo not in awaited]
    removed = [orphan for orphan in found if delete and site.remove_orphan(orphan, age)]
    return Tidied(tuple(found), tuple(removed))


def _awaited(database: Database, store: PhotoStore) -> Iterator[str]:
    """How the names of photos begin that open items of the queue will bring to a site."""
    with database.read() as work:
        contents = work.queue.awaited()
    photos: set[PhotoId] = set()
    for content in contents:
        photos.update(photos_of(content, parse(content.body)))
    for photo in photos:
        try:
            yield site_photo(photo, store).id[:DIGITS]
        except (NotFound, InvalidInput):
            # Without its original nothing is delivered; once that is back, the photo is sent anew.
            continue
