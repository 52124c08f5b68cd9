"""The archive looked through in the store lane, a few hundredths of a second at a time: others come in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from newsroom.desk.archive import Sought, SweptPlace
    from newsroom.desk.session import Desk
    from newsroom.domain.ids import ArticleId
    from ui.context import Context

#: Seconds in the store lane at a time, and articles that are handed over for it. Python beside the window keeps it
#: waiting, so each turn is shorter than a pause that is felt.
_TURN: Final = 0.04
_AT_ONCE: Final = 300
#: Milliseconds between two turns, in which the window paints what was found.
_REST: Final = 10
#: Places that are held; whoever has decided about these looks again.
MOST: Final = 2_000


class Searching(QObject):
    """One search at a time; ``looked`` of ``total`` articles are looked through, ``found`` places are told.

    Signals:
        places(list): more of them.
        advanced(): another part of the archive is looked through.
        ended(): all of it is, `MOST` places are found, or somebody has stopped it.
        failed(Exception): it cannot go on.
    """

    places = Signal(list)
    advanced = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, ctx: Context, parent: QObject, most: int = MOST) -> None:
        super().__init__(parent)
        self._ctx, self._most = ctx, most
        self._asked = 0
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._go_on)
        self._sought: Sought | None = None
        self._articles: list[ArticleId] = []
        self.looked = self.found = 0
        self.running = False

    @property
    def total(self) -> int:
        return len(self._articles)

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing left to be looked through."""
        return self.looked >= self.total

    @property
    def _is_done(self) -> bool:
        return self.is_whole or self.found >= self._most

    def begin(self, sought: Sought) -> None:
        """Look for *sought* from the beginning; an earlier search ends."""
        self._sought, self._articles = sought, []
        self.looked = self.found = 0
        self.running = True
        self._rest.stop()
        self._asked += 1
        asked = self._asked

        def take(articles: list[ArticleId]) -> None:
            if asked == self._asked:
                self._articles = articles
                self._go_on()

        from newsroom.desk.archive import read_swept

        self._ctx.read(read_swept, take, lambda error: self._fail(asked, error))

    def stop(self) -> None:
        """Look no further; what was found stays."""
        if self.running:
            self._rest.stop()
            self._asked += 1
            self._end()

    def _go_on(self) -> None:
        sought, asked = self._sought, self._asked
        if sought is None or self._is_done:
            self._end()
            return
        part = self._articles[self.looked : self.looked + _AT_ONCE]

        def work(desk: Desk) -> tuple[list[SweptPlace], int]:
            from newsroom.desk.archive import look

            return look(desk, sought, part, _TURN)

        def take(answer: tuple[list[SweptPlace], int]) -> None:
            if asked != self._asked:
                return
            places, looked = answer
            self.looked += looked
            places = places[: self._most - self.found]
            self.found += len(places)
            if places:
                self.places.emit(places)
            self.advanced.emit()
            if self._is_done:
                self._end()
            else:
                self._rest.start()

        self._ctx.read(work, take, lambda error: self._fail(asked, error))

    def _end(self) -> None:
        self.running = False
        self.ended.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self.running = False
            self.failed.emit(error)
