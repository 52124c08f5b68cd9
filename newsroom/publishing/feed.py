"""The feed of a site for aggregators: the newest articles that are live there, with full text and photos."""

import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from newsroom.domain.ages import AgeRating
from newsroom.domain.errors import EnvironmentFault, InvalidInput, NotFound
from newsroom.domain.feed import LiveArticle
from newsroom.domain.ids import PhotoId, SiteName
from newsroom.photos.store import PhotoStore
from newsroom.publishing.delivery import site_photo
from newsroom.site.port import Site, SitePhoto
from newsroom.storage.database import Database
from newsroom.text.counts import plain_text
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from newsroom.text.rss import Enclosure, FeedItem, write_rss
from newsroom.words import _, system_words

#: Photos remembered.
_PHOTOS: Final = 5000


class ReadyPhotos:
    """What a feed tells of photos: as sites get them, but without their bytes. Each is made ready once."""

    def __init__(self, store: PhotoStore) -> None:
        self._store = store
        self._known: dict[PhotoId, tuple[SitePhoto, int]] = {}

    def of(self, photo: PhotoId) -> tuple[SitePhoto, int]:
        """The photo and its size in bytes. Raises as `site_photo`."""
        if photo not in self._known:
            if len(self._known) >= _PHOTOS:
                self._known.clear()
            ready = site_photo(photo, self._store)
            self._known[photo] = replace(ready, data=b""), len(ready.data)
        return self._known[photo]


def make_feed(
    database: Database, photos: ReadyPhotos, name: SiteName, site: Site, *, limit: int, days: int | None = None
) -> bytes:
    """The newest *limit* articles live on the site, those first published in the last *days* where that is given.

    What came from the site's own archive and was not delivered since is left to the site's own feeds. Raises `NotFound`
    for an unknown site, `InvalidInput` for one without a public address, and what the site raises.
    """
    with database.read() as work:
        config = next((config for config in work.records.sites() if config.name == name), None)
        if config is None:
            raise NotFound(_("Сайта «{name}» в редакции нет.").format(name=name))
        if not config.public_url:
            raise InvalidInput(
                _("У сайта «{name}» нет адреса для читателей; его задаёт: newsroom site address {name} URL").format(
                    name=name
                )
            )
        since = work.now - timedelta(days=days) if days is not None else None
        house, live = work.records.house(), work.queue.live_articles(name, since, limit)
    keys = {
        receipt.article_uid: receipt.site_pk for receipt in site.receipts_of([one.payload.article_uid for one in live])
    }
    items = [
        _item(one, _enclosures(one, photos, site, keys.get(one.payload.article_uid, ""), config.public_url))
        for one in live
    ]
    return write_rss(house.name, config.public_url, house.name, items)


def write_file(data: bytes, file: Path) -> None:
    """Put *data* in the place of *file* in one step. Raises `EnvironmentFault`."""
    try:
        handle, fresh = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(fresh).chmod(0o644)
            Path(fresh).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(fresh).unlink()
            raise
    except OSError as error:
        raise EnvironmentFault(
            _("Лента не записана: {file} ({words}).").format(file=file, words=system_words(error))
        ) from error


def _item(one: LiveArticle, enclosures: tuple[Enclosure, ...]) -> FeedItem:
    content = one.payload.content
    assert content is not None
    return FeedItem(
        guid=one.payload.article_uid,
        title=content.headline.strip(),
        link=one.url,
        lead=content.lead.strip(),
        full_text=plain_text(parse(content.body)),
        author=content.byline,
        category=one.payload.rubric_title,
        published_at=_published(one),
        adult=content.age is AgeRating.EIGHTEEN,
        enclosures=enclosures,
    )


def _published(one: LiveArticle) -> datetime:
    content = one.payload.content
    return (content.date if content else None) or one.first_published_at


def _enclosures(one: LiveArticle, photos: ReadyPhotos, site: Site, key: str, public_url: str) -> tuple[Enclosure, ...]:
    """Photos whose address on the site is known."""
    content = one.payload.content
    assert content is not None
    wanted = dict.fromkeys([*([content.photo.photo] if content.photo else []), *photos_in(parse(content.body))])
    found = []
    for photo in wanted:
        ready, size = photos.of(photo)
        address = site.photo_address(ready, key)
        if address:
            url = address if "://" in address else f"{public_url}{address}"
            found.append(Enclosure(url, size, ready.mime))
    return tuple(found)
