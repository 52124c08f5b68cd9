"""Two lanes for everything that may wait: one worker for the newsroom database, a pool for the rest.

A task is a function without Qt in it. Its value comes back to the GUI thread by a signal; its error is told to the
caller's `on_error` or, where there is none, shown by `TaskRunner.failed`. An answer to a widget that has been deleted
since, as a dialog that was closed, is dropped. Nothing here blocks the GUI thread.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class _Reply(QObject):
    """Carries one answer from a worker to the GUI thread."""

    arrived = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], reply: _Reply) -> None:
        super().__init__()
        self._work, self._reply = work, reply

    def run(self) -> None:
        value, error = None, None
        try:
            value = self._work()
        except Exception as caught:  # every error crosses to the GUI thread, where it is told to the person
            error = caught
        with suppress(RuntimeError):  # the window is gone; nobody waits for this answer
            self._reply.arrived.emit(value, error)


class TaskRunner(QObject):
    """Signals:

    failed(Exception): a task failed and its caller gave no `on_error`.
    busy_changed(bool): whether anything runs in the store lane.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QThreadPool(self)
        self._store.setMaxThreadCount(1)
        self._store.setExpiryTimeout(-1)  # database connections belong to the one worker
        self._background = QThreadPool(self)
        self._background.setMaxThreadCount(2)
        self._pending: set[_Reply] = set()
        self._in_store = 0

    def store(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run *work* after all earlier work of the store lane; hand its value to *on_done* on the GUI thread."""
        self._in_store += 1
        if self._in_store == 1:
            self.busy_changed.emit(True)
        self._start(self._store, work, on_done, on_error, in_store=True)

    def background(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run *work* beside everything else: pictures, files, network."""
        self._start(self._background, work, on_done, on_error, in_store=False)

    @property
    def idle(self) -> bool:
        """Whether every answer has been delivered."""
        return not self._pending

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait for both lanes at the end of the program; False where the time ran out."""
        return self._store.waitForDone(milliseconds) and self._background.waitForDone(milliseconds)

    def _start(
        self,
        pool: QThreadPool,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[Exception], None] | None,
        *,
        in_store: bool,
    ) -> None:
        reply = _Reply(self)
        self._pending.add(reply)

        @Slot(object, object)
        def deliver(value: T, error: Exception | None) -> None:
            self._pending.discard(reply)
            reply.deleteLater()
            if in_store:
                self._in_store -= 1
                if self._in_store == 0:
                    self.busy_changed.emit(False)
            if error is not None:
                if on_error is None:
                    self.failed.emit(error)
                elif not is_orphan(on_error):
                    on_error(error)
            elif on_done is not None and not is_orphan(on_done):
                on_done(value)

        reply.arrived.connect(deliver, Qt.ConnectionType.QueuedConnection)
        pool.start(_Job(work, reply))


def is_orphan(callback: Callable[..., object]) -> bool:
    """Whether an object of Qt that *callback* is a method of, or that it holds, has been deleted."""
    held = [getattr(callback, "__self__", None)]
    for cell in getattr(callback, "__closure__", None) or ():
        with suppress(ValueError):  # a name that was never given its value
            held.append(cell.cell_contents)
    return any(isinstance(one, QObject) and not isValid(one) for one in held)
