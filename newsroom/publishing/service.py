"""The loop around the publisher: for the desktop a thread of its own, for a server a process in the foreground."""

import logging
import threading
from contextlib import suppress

from newsroom.domain.errors import DatabaseLockedOut, EnvironmentFault, SchemaNewer
from newsroom.publishing.events import note
from newsroom.publishing.publisher import Publisher

#: Seconds between looks at the queue: bounds how late a planned item can be.
PERIOD = 1.0


def run_forever(publisher: Publisher, stop: threading.Event) -> None:
    """Pass over the queue until *stop* is set. Faults of the database are waited out.

    Raises `SchemaNewer` where a newer program has changed the newsroom database meanwhile, and `DatabaseLockedOut`
    where that does not let us in any more: a start anew reads the password anew.
    """
    note("started", publisher=publisher.name)
    unavailable = False
    try:
        while not stop.is_set():
            try:
                publisher.run_once(lambda: not stop.is_set())
                if unavailable:
                    note("database-back", publisher=publisher.name)
                unavailable = False
            except (SchemaNewer, DatabaseLockedOut) as fault:
                event = "schema-newer" if isinstance(fault, SchemaNewer) else "locked-out"
                note(event, level=logging.ERROR, publisher=publisher.name, problem=fault)
                raise
            except EnvironmentFault as fault:
                if not unavailable:
                    note("database-unavailable", level=logging.WARNING, publisher=publisher.name, problem=fault)
                unavailable = True
            except Exception as error:
                # A bug in one pass must not end the service: the queue is the newsroom's only way out.
                note("failed", level=logging.ERROR, publisher=publisher.name, error=error)
            stop.wait(PERIOD)
        with suppress(EnvironmentFault):
            publisher.say_goodbye()
    finally:
        publisher.close()
        note("stopped", publisher=publisher.name)


class PublisherThread:
    """The publisher inside the desktop program, for a newsroom that lives on one machine."""

    def __init__(self, publisher: Publisher) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(publisher,), name="publisher")
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery under way and end."""
        self._stop.set()
        self._thread.join()

    def _run(self, publisher: Publisher) -> None:
        with suppress(SchemaNewer, DatabaseLockedOut):  # the log and the window's own work on the database say so too
            run_forever(publisher, self._stop)
