"""The loop around the publisher: for the desktop a thread of its own, for a server a process in the foreground."""

import logging
import threading
from collections.abc import Callable

from newsroom.domain.errors import EnvironmentFault
from newsroom.publishing.publisher import Outcome, Publisher

log = logging.getLogger(__name__)

#: Seconds between looks at the queue: bounds how late a planned item can be.
PERIOD = 1.0


def run_forever(publisher: Publisher, stop: threading.Event, told: Callable[[Outcome], None] | None = None) -> None:
    """Pass over the queue until *stop* is set; *told* hears of every outcome. Faults of the database are waited out."""
    try:
        while not stop.is_set():
            try:
                for outcome in publisher.run_once(lambda: not stop.is_set()):
                    if told is not None:
                        told(outcome)
            except EnvironmentFault as fault:
                log.warning("publisher %s: %s", publisher.name, fault)
            except Exception:
                # A bug in one pass must not end the service: the queue is the newsroom's only way out.
                log.exception("publisher %s", publisher.name)
            stop.wait(PERIOD)
    finally:
        publisher.close()


class PublisherThread:
    """The publisher inside the desktop program, for a newsroom that lives on one machine."""

    def __init__(self, publisher: Publisher) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=run_forever, args=(publisher, self._stop), name="publisher")
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery under way and end."""
        self._stop.set()
        self._thread.join()
