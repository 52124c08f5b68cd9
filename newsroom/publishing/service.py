"""The loops around the publisher: for the desktop threads of its own, for a server a process in the foreground.

Each site has a thread, so that one that hangs until the time-outs holds up no other; one more gives the sign of life.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from newsroom.domain.errors import DatabaseLockedOut, EnvironmentFault, SchemaNewer
from newsroom.publishing.events import note
from newsroom.publishing.following import Follower
from newsroom.publishing.publisher import Outcome, Publisher

#: Seconds between looks at the queue: bounds how late a planned item can be.
PERIOD = 1.0


def run_forever(publisher: Publisher, stop: threading.Event, follower: Follower | None = None) -> None:
    """Pass over the queue until *stop* is set, which an end by itself sets too, with *follower* beside it.

    Faults of the database are waited out. Raises `SchemaNewer` where a newer program has changed the newsroom database
    meanwhile, and `DatabaseLockedOut` where that does not let us in any more: a start anew reads the password anew.
    """
    if follower is None:
        _Service(publisher, stop).run()
        return
    follower.start()
    try:
        _Service(publisher, stop).run()
    finally:
        follower.stop()


def run_once(publisher: Publisher) -> list[Outcome]:
    """One pass over the queue, every site in a thread of its own; Ctrl+C lets what is under way finish.

    Raises `DatabaseUnavailable`, `SchemaNewer`.
    """
    stop = threading.Event()
    workers = list(publisher.for_each_site().values())
    with ThreadPoolExecutor(max(len(workers), 1), "publisher") as threads:
        try:
            passes = [threads.submit(worker.run_once, lambda: not stop.is_set()) for worker in workers]
            return [outcome for one in passes for outcome in one.result()]
        finally:
            stop.set()
            threads.shutdown()
            for worker in workers:
                worker.close()


class _Service:
    def __init__(self, publisher: Publisher, stop: threading.Event) -> None:
        self._publisher = publisher
        self._stop = stop
        self._lock = threading.Lock()
        #: Threads that did not reach the newsroom database the last time.
        self._cut_off: set[int] = set()
        self._fatal: SchemaNewer | DatabaseLockedOut | None = None

    def run(self) -> None:
        note("started", publisher=self._publisher.name)
        threads = [
            threading.Thread(target=self._work, args=(worker,), name=f"publisher-{site}")
            for site, worker in self._publisher.for_each_site().items()
        ]
        try:
            for thread in threads:
                thread.start()
            self._go_round(self._publisher.alive.show)
            for thread in threads:
                thread.join()
            if self._fatal is not None:
                raise self._fatal
            with suppress(EnvironmentFault):
                self._publisher.alive.end()
        finally:
            note("stopped", publisher=self._publisher.name)

    def _work(self, worker: Publisher) -> None:
        try:
            self._go_round(lambda: worker.run_once(lambda: not self._stop.is_set()))
        finally:
            worker.close()

    def _go_round(self, once: Callable[[], object]) -> None:
        """Do *once* again and again until the end."""
        while not self._stop.is_set():
            try:
                once()
                self._reached()
            except (SchemaNewer, DatabaseLockedOut) as fault:
                self._give_up(fault)
            except EnvironmentFault as fault:
                self._not_reached(fault)
            except Exception as error:
                # A bug in one pass must not end the service: the queue is the newsroom's only way out.
                note("failed", level=logging.ERROR, publisher=self._publisher.name, error=error)
            self._stop.wait(PERIOD)

    def _reached(self) -> None:
        """This thread reached the database; told when none is cut off any more."""
        with self._lock:
            if self._cut_off:
                self._cut_off.discard(threading.get_ident())
                if not self._cut_off:
                    note("database-back", publisher=self._publisher.name)

    def _not_reached(self, fault: EnvironmentFault) -> None:
        """This thread did not; told once for all of them."""
        with self._lock:
            if not self._cut_off:
                note("database-unavailable", level=logging.WARNING, publisher=self._publisher.name, problem=fault)
            self._cut_off.add(threading.get_ident())

    def _give_up(self, fault: SchemaNewer | DatabaseLockedOut) -> None:
        with self._lock:
            if self._fatal is None:
                self._fatal = fault
                event = "schema-newer" if isinstance(fault, SchemaNewer) else "locked-out"
                note(event, level=logging.ERROR, publisher=self._publisher.name, problem=fault)
        self._stop.set()


class PublisherThread:
    """The publisher inside the desktop program, for a newsroom that lives on one machine."""

    def __init__(self, publisher: Publisher, follower: Follower) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(publisher, follower), name="publisher")
        self._thread.start()

    def stop(self) -> None:
        """Finish the deliveries under way and end."""
        self._stop.set()
        self._thread.join()

    def _run(self, publisher: Publisher, follower: Follower) -> None:
        with suppress(SchemaNewer, DatabaseLockedOut):  # the log and the window's own work on the database say so too
            run_forever(publisher, self._stop, follower)
