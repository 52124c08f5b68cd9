"""Keeps feed files as new as the sites: written at the start, after deliveries, and once an hour for what grows old."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from newsroom.domain.changes import Activity
from newsroom.domain.errors import NewsroomError
from newsroom.domain.feed import FeedFile
from newsroom.domain.ids import SiteName
from newsroom.photos.store import PhotoStore
from newsroom.publishing.events import note
from newsroom.publishing.feed import ReadyPhotos, make_feed, write_file
from newsroom.site.port import Site
from newsroom.storage.database import Database

#: Deliveries that follow each other so soon share one writing.
TOGETHER: Final = timedelta(seconds=2)
#: A file is not written more often than this, however many deliveries there are.
SELDOM: Final = timedelta(seconds=15)
#: And not more seldom, so that articles leave a feed of the last days.
OFTEN: Final = timedelta(hours=1)
_FIRST_PAUSE: Final = timedelta(seconds=5)
_LONGEST_PAUSE: Final = timedelta(minutes=5)


@dataclass(slots=True)
class _Kept:
    file: FeedFile
    #: None for at once.
    due_at: datetime | None = None
    not_before: datetime | None = None
    failures: int = 0
    problem: str = ""


class FeedKeeper:
    """Renews the files of *feeds*. A file that cannot be written is tried again and named in the log."""

    kinds: Collection[str] = frozenset({"delivered"})

    def __init__(
        self,
        database: Database,
        photos: PhotoStore,
        connect: Callable[[SiteName], Site],
        feeds: Mapping[SiteName, FeedFile],
    ) -> None:
        self._database = database
        self._photos = ReadyPhotos(photos)
        self._connect = connect
        self._kept = {site: _Kept(feed) for site, feed in feeds.items()}
        self._given_up = False

    def hear(self, lines: Sequence[Activity], now: datetime) -> None:
        if not lines:
            return
        for kept in self._kept.values():
            if kept.due_at is not None:
                kept.due_at = min(kept.due_at, max(now + TOGETHER, kept.not_before or now))

    def step(self, now: datetime) -> bool:
        for site, kept in self._kept.items():
            if (kept.due_at is None or kept.due_at <= now) and not self._given_up:
                self._renew(site, kept, now)
                return True
        return False

    def give_up(self) -> None:
        self._given_up = True

    def _renew(self, site: SiteName, kept: _Kept, now: datetime) -> None:
        try:
            connected = self._connect(site)
            try:
                data = make_feed(
                    self._database, self._photos, site, connected, limit=kept.file.limit, days=kept.file.days
                )
            finally:
                connected.close()
            write_file(data, Path(kept.file.path))
        except Exception as error:  # a feed must not keep pages from being read, nor other feeds from being written
            self._failed(site, kept, now, error)
            return
        kept.failures, kept.problem = 0, ""
        kept.not_before, kept.due_at = now + SELDOM, now + OFTEN
        note("feed-written", site=site, file=kept.file.path, bytes=len(data))

    def _failed(self, site: SiteName, kept: _Kept, now: datetime, error: Exception) -> None:
        pause = min(_FIRST_PAUSE * 2 ** min(kept.failures, 16), _LONGEST_PAUSE)
        kept.failures += 1
        kept.not_before = kept.due_at = now + pause
        if str(error) != kept.problem:
            kept.problem = str(error)
            unexpected = None if isinstance(error, NewsroomError) else error
            note(
                "feed-failed",
                level=logging.WARNING,
                error=unexpected,
                site=site,
                file=kept.file.path,
                problem=error,
            )
