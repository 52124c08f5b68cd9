"""A change of a text that would be felt as a pause: made in turns of the event loop, and undone at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

#: Milliseconds of one turn; laying out what was changed in it takes about as long again.
_TURN = 14
#: So many changes are made at once however long they take: a short text never comes in pieces.
_AT_ONCE = 100


class EditInTurns(QObject):
    """Carries out one change after another; nobody else may touch the text while ``under_way``.

    Signals:
        under_way_changed(bool): a change goes on in further turns, or is through.
    """

    under_way_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.under_way = False
        self._steps: Iterator[object] = iter(())
        self._then: Callable[[], object] | None = None
        self._cursor = QTextCursor()
        self._revision = 0
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(lambda: self._turn(1))

    def begin(self, cursor: QTextCursor, steps: Iterator[object], then: Callable[[], object]) -> None:
        """Let *steps* change the document of *cursor*, the first of them now; then call *then*."""
        self.finish()
        self._steps, self._then, self._cursor = steps, then, cursor
        self._revision = cursor.document().revision()
        self._turn(_AT_ONCE)

    def finish(self) -> None:
        """Carry out at once what is left."""
        if self._then is not None:
            self._turn(None)

    def drop(self) -> None:
        """Leave undone what is left: another text takes the place of this one."""
        self._then = None
        self._steps = iter(())
        self._set(under_way=False)

    def _turn(self, least: int | None) -> None:
        """Make at least so many changes; None makes all that are left."""
        # What was changed before this turn is one undo step with what is changed in it.
        if self._cursor.document().revision() != self._revision:
            self._cursor.joinPreviousEditBlock()
        else:
            self._cursor.beginEditBlock()
        through = False
        try:
            through = self._work(least)
        except BaseException:
            through, self._then = True, None
            raise
        finally:
            self._cursor.endEditBlock()
            self._set(under_way=not through)
        then = self._then
        if through and then is not None:
            self._then = None
            then()

    def _work(self, least: int | None) -> bool:
        timer = QElapsedTimer()
        timer.start()
        return all(
            least is None or number < least or not timer.hasExpired(_TURN)
            for number, _step in enumerate(self._steps, 1)
        )

    def _set(self, *, under_way: bool) -> None:
        if under_way != self.under_way:
            self.under_way = under_way
            self._next.start() if under_way else self._next.stop()
            self.under_way_changed.emit(under_way)
