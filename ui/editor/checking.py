"""What still keeps the open article from publication: looked for a moment after the last change, shown beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from newsroom.domain.findings import Finding
from ui.context import Context
from ui.editor.saving import Draft, Saver

if TYPE_CHECKING:
    from newsroom.desk.session import Desk

_PAUSE = 700


class Checking(QObject):
    """Gives *show* the blockers of what *take_draft* takes, one check at a time."""

    def __init__(
        self,
        ctx: Context,
        saver: Saver,
        take_draft: Callable[[], Draft],
        show: Callable[[list[Finding]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._saver, self._take_draft, self._show = ctx, saver, take_draft, show
        self._running = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.now)

    @property
    def busy(self) -> bool:
        """Whether a check is under way or will begin by itself."""
        return self._running or self._timer.isActive()

    def soon(self) -> None:
        """Check once nothing has changed for a moment."""
        self._timer.start()

    def now(self) -> None:
        if self._running:
            self._timer.start()
            return
        draft, sitting = self._take_draft(), self._saver.sitting

        def done(found: list[Finding]) -> None:
            self._running = False
            if sitting == self._saver.sitting:
                self._show(found)

        def failed(_error: Exception) -> None:
            self._running = False

        def work(desk: Desk) -> list[Finding]:
            from newsroom.desk.review import blockers_of

            return blockers_of(desk, draft.whole())

        self._running = self._ctx.desk is not None
        self._ctx.read(work, done, failed)
