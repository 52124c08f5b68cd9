"""What comes after deliveries, in a thread of its own: public pages are read, feed files renewed.

It follows the record of activity, so that delivering neither knows of it nor waits for it.
"""

import logging
import threading
import time
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, Protocol

from newsroom.domain.changes import Activity
from newsroom.domain.errors import DatabaseLockedOut, EnvironmentFault, SchemaNewer
from newsroom.publishing.events import note
from newsroom.storage.database import Database

#: Seconds between looks at the record.
_PERIOD: Final = 1.0
#: How many of the newest lines are looked through at the start, for what an earlier publisher has left.
_BACK: Final = 5000


class Aftermath(Protocol):
    """One kind of work that follows deliveries."""

    #: Of the lines that it wants to hear of.
    kinds: Collection[str]

    def hear(self, lines: Sequence[Activity], now: datetime) -> None:
        """Lines of `kinds` that are new since the last call, by the database's clock *now*."""
        ...

    def step(self, now: datetime) -> bool:
        """Do one piece of what is due; False where nothing is. Raises `DatabaseUnavailable`, `SchemaNewer`."""
        ...

    def give_up(self) -> None:
        """Called by another thread: end what is under way soon."""
        ...


class Follower:
    """Takes turns between the *works*, one step each."""

    def __init__(self, database: Database, works: Sequence[Aftermath]) -> None:
        self._database = database
        self._works = works
        self._newest: int | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def once(self, seconds: float) -> None:
        """Hear what has happened and do what is due now, beginning nothing after so many *seconds*.

        Raises `DatabaseUnavailable`, `SchemaNewer`.
        """
        now, end = self._listen(), time.monotonic() + seconds
        while self._step(now) and time.monotonic() < end:
            pass

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="after-deliveries", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give up what is under way and end the thread."""
        self._stop.set()
        for work in self._works:
            work.give_up()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        # A database that cannot be had is told of, and waited for, by the publisher itself.
        while not self._stop.is_set():
            busy = False
            try:
                now = self._listen()
                busy = self._step(now)
            except (SchemaNewer, DatabaseLockedOut):
                return
            except EnvironmentFault:
                pass
            except Exception as error:
                note("failed", level=logging.ERROR, error=error)
            if not busy:
                self._stop.wait(_PERIOD)

    def _step(self, now: datetime) -> bool:
        """One step of each; whether any had something to do."""
        done = [work.step(now) for work in self._works]
        return any(done)

    def _listen(self) -> datetime:
        kinds = {kind for work in self._works for kind in work.kinds}
        with self._database.read() as work:
            now, newest = work.now, work.activity.newest()
            after = max(newest - _BACK, 0) if self._newest is None else self._newest
            lines = work.activity.between(after, newest, kinds)
        for one in self._works:
            one.hear([line for line in lines if line.what in one.kinds], now)
        self._newest = newest
        return now
