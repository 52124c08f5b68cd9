"""Reads the public page of everything that was verified, a few times with growing pauses, and records what it shows.

That an item is verified means its row on the site; the page is a second fact, and a wrong one is told to people without
touching the item: it comes from the site's own cache or template, which no delivery can mend.
"""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from newsroom.domain.changes import Activity
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.pages import ExpectedPage, PageSeen, PageState
from newsroom.publishing.events import note
from newsroom.publishing.page_content import judge
from newsroom.publishing.page_fetch import Fetched, Fetcher
from newsroom.storage.database import Database

#: How long after it was verified an item's page is looked at, until it is right. Caches mostly keep minutes.
LOOKS: Final = tuple(timedelta(seconds=seconds) for seconds in (0, 3, 10, 30, 90, 300, 900, 3600))
#: A page that is wrong at this age is told to people.
TOLD_AFTER: Final = timedelta(seconds=90)
#: What another publisher verified, and nobody has said anything about for so long, was left by one that has ended.
ABANDONED_AFTER: Final = timedelta(minutes=3)
#: Pages remembered; the rest of a flood is not looked at.
_MOST: Final = 5000
#: For so long all pages of a server that gave no answer share that.
_SILENCE_SECONDS: Final = 15.0


@dataclass(slots=True)
class _Watched:
    item: QueueItemId
    article: ArticleId
    verified_at: datetime
    due_at: datetime


class PageReader:
    """Reads the pages of what *publisher* has verified on *sites*, and of what an ended one has left."""

    kinds: Collection[str] = frozenset({"verified", *(state.value for state in PageState)})

    def __init__(
        self,
        database: Database,
        publisher: str,
        sites: Collection[SiteName],
        fetcher: Fetcher | None = None,
        told: Callable[[ExpectedPage, PageSeen], None] = lambda _expected, _seen: None,
    ) -> None:
        """*told* hears what each look has found, also what is not yet recorded."""
        self._database = database
        self._publisher = publisher
        self._sites = frozenset(sites)
        self._fetcher = fetcher or Fetcher()
        self._told = told
        self._watched: dict[QueueItemId, _Watched] = {}
        self._silent: dict[str, tuple[float, Fetched]] = {}
        self._given_up = False

    def hear(self, lines: Sequence[Activity], now: datetime) -> None:
        for line in lines:
            if line.queue_item is None or line.article is None:
                continue
            own = line.who == self._publisher
            if line.what != "verified":
                if not own:
                    self._watched.pop(line.queue_item, None)
            elif now - line.at <= LOOKS[-1] and len(self._watched) < _MOST:
                due_at = line.at if own else line.at + ABANDONED_AFTER
                self._watched[line.queue_item] = _Watched(line.queue_item, line.article, line.at, due_at)

    def step(self, now: datetime) -> bool:
        """Look at the page that is due the longest."""
        due = [one for one in self._watched.values() if one.due_at <= now]
        if not due or self._given_up:
            return False
        watched = min(due, key=lambda one: one.due_at)
        with self._database.read() as work:
            expected = work.pages.expected(watched.item)
        if expected is None or expected.site not in self._sites:
            del self._watched[watched.item]
            return True
        seen = judge(expected, self._fetch(expected.url))
        if self._given_up:
            return False
        self._told(expected, seen)
        self._conclude(watched, expected, seen, now)
        return True

    def give_up(self) -> None:
        self._given_up = True
        self._fetcher.give_up()

    def _fetch(self, url: str) -> Fetched:
        """The page, or the silence of its server a moment ago: each silent page costs seconds."""
        server = urlsplit(url).netloc
        until, silence = self._silent.get(server, (0.0, Fetched()))
        if time.monotonic() < until:
            return silence
        fetched = self._fetcher.get(url)
        if fetched.problem:
            self._silent[server] = (time.monotonic() + _SILENCE_SECONDS, fetched)
        else:
            self._silent.pop(server, None)
        return fetched

    def _conclude(self, watched: _Watched, expected: ExpectedPage, seen: PageSeen, now: datetime) -> None:
        age = now - watched.verified_at
        if seen.state is PageState.CHECKED or age >= TOLD_AFTER:
            self._record(expected, seen)
        later = next((look for look in LOOKS if look > age), None)
        if seen.state is PageState.CHECKED or later is None:
            del self._watched[watched.item]
        else:
            watched.due_at = watched.verified_at + later

    def _record(self, expected: ExpectedPage, seen: PageSeen) -> None:
        with self._database.write() as work:
            known = work.pages.seen(expected.item, expected.article)
            if known is not None and (known.state, known.problem) == (seen.state, seen.problem):
                return
            work.activity.add(
                work.now,
                self._publisher,
                seen.state.value,
                article=expected.article,
                queue_item=expected.item,
                detail=seen.problem,
            )
        note(
            seen.state.value,
            level=logging.INFO if seen.state is PageState.CHECKED else logging.WARNING,
            site=expected.site,
            article=expected.article,
            item=expected.item,
            operation=expected.operation.value,
            url=expected.url,
            problem=seen.problem,
        )
