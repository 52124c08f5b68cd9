"""The sign of life of a publisher, told apart from its work: a site that hangs does not silence it."""

import threading
from collections.abc import Collection
from time import monotonic
from typing import Final

from newsroom.domain.ids import SiteName
from newsroom.storage.database import Database

#: Seconds between two signs of life.
SIGN_OF_LIFE: Final = 5.0


class SignOfLife:
    """Tells the newsroom that the publisher *name* is at work for *sites*. Shared by its threads.

    Attributes:
        at_least_once: those of its sites that may get a change more than once, as far as it has met them.
    """

    def __init__(self, database: Database, name: str, sites: Collection[SiteName]) -> None:
        self._database = database
        self._name = name
        self._sites = list(sites)
        self._lock = threading.Lock()
        self._said_at: float | None = None
        self._told: set[SiteName] = set()
        self.at_least_once: set[SiteName] = set()

    def show(self) -> None:
        """Say it where it, or anything new, was not said lately. Raises `DatabaseUnavailable`, `SchemaNewer`."""
        with self._lock:
            at_least_once = set(self.at_least_once)
            now = monotonic()
            if self._said_at is None or now - self._said_at >= SIGN_OF_LIFE or at_least_once != self._told:
                with self._database.write() as work:
                    if self._said_at is None:
                        work.health.stopped(self._name, work.now)  # one of the same name may have died
                    work.health.seen(self._name, work.now, self._sites, at_least_once)
                self._said_at, self._told = now, at_least_once

    def end(self) -> None:
        """Tell everybody that this publisher stops now. Raises `DatabaseUnavailable`, `SchemaNewer`."""
        with self._lock:
            with self._database.write() as work:
                work.health.stopped(self._name, work.now)
            self._said_at = None
