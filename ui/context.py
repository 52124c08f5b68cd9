"""What every page of the window is given: the lanes, the signed-in desk, and the news of what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskRunner, is_orphan

if TYPE_CHECKING:
    from newsroom.app import Newsroom
    from newsroom.desk.reading import Settings
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Changes, Done

T = TypeVar("T")


class Context(QObject):
    """One per window. ``newsroom``, ``desk`` and ``settings`` are None until the store lane has opened them.

    Signals:
        changed(Changes, object): something was committed, here or at another desk; the second value is the object
            that asked for it (a view ignores its own edits by it), None where another desk did it.
        signed_in(): ``desk`` is somebody else's now; actions and buttons follow the new role.
        settings_changed(): ``settings`` was read anew.
        message(str, object): a sentence for the status line with an optional undo callable.
        open_article(int): show this article on the articles page.
    """

    changed = Signal(object, object)
    signed_in = Signal()
    settings_changed = Signal()
    message = Signal(str, object)
    open_article = Signal(int)

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.newsroom: Newsroom | None = None
        self.desk: Desk | None = None
        self.settings: Settings | None = None

    @property
    def zone(self) -> tzinfo:
        """The newsroom's zone; this machine's own until the settings are known."""
        if self.settings is not None:
            return self.settings.house.tz
        return datetime.now().astimezone().tzinfo or UTC

    def read(
        self,
        query: Callable[[Desk], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask something of `newsroom.desk.reading` in the store lane; nothing happens while nobody is signed in."""
        desk = self.desk
        if desk is not None:
            self.tasks.store(lambda: query(desk), on_done, on_error)

    def act(
        self,
        use_case: Callable[[Desk], Done[T]],
        initiator: object,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a use case in the store lane; afterwards tell everyone what changed, then *on_done* its value.

        An error is shown by the window where whoever would have told it has been closed since.
        """
        desk = self.desk
        if desk is None:
            return

        def finished(done: Done[T]) -> None:
            changes: Changes = done.changes
            if changes:
                self.changed.emit(changes, initiator)
            if on_done is not None and not is_orphan(on_done):
                on_done(done.value)

        def failed(error: Exception) -> None:
            if on_error is None or is_orphan(on_error):
                self.tasks.failed.emit(error)
            else:
                on_error(error)

        self.tasks.store(lambda: use_case(desk), finished, failed)
