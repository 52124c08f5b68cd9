"""What is to be said about the open article: looked for a moment after the last change, shown beside it.

What needs the newsroom's database is asked in the store lane. The texts are looked at in the GUI thread, a few
milliseconds a turn: Python in a thread beside it would make every key slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTextEdit

from newsroom.domain.findings import Field, Finding
from ui.context import Context
from ui.editor.saving import Draft, Saver

if TYPE_CHECKING:
    from newsroom.desk.checking import Frame, PassedOver
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Changes
    from newsroom.domain.ids import ArticleId
    from newsroom.text.checks.checker import Checker

_PAUSE = 700
#: Seconds of one turn of looking.
_TURN: Final = 0.004


@dataclass(frozen=True, slots=True)
class _Known:
    """What the newsroom says; the texts of the article are not in it."""

    blockers: list[Finding]
    passed_over: PassedOver
    #: None where the one before still holds.
    frame: Frame | None


class Checking(QObject):
    """Gives *show* the findings of what *take_draft* takes, one check at a time; *fields* hold the texts."""

    def __init__(
        self,
        ctx: Context,
        saver: Saver,
        take_draft: Callable[[], Draft],
        fields: Mapping[Field, QTextEdit],
        show: Callable[[list[Finding]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._saver, self._take_draft, self._show = ctx, saver, take_draft, show
        self._fields = fields
        self._running = self._warming = self._warm = self._ended = False
        self._frame: Frame | None = None
        self._checker: Checker | None = None
        self._found: list[Finding] = []
        self._steps: Iterator[Iterable[Finding]] = iter(())
        self._passed_over: PassedOver | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.now)
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._turn)
        ctx.changed.connect(self._changed)
        fields[Field.BODY].destroyed.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether a check is under way or will begin by itself."""
        return self._running or self._timer.isActive() or self._turns.isActive()

    def soon(self) -> None:
        """Check once nothing has changed for a moment."""
        self._turns.stop()
        self._timer.start()

    def now(self) -> None:
        self._turns.stop()
        if self._running:
            self._timer.start()
            return
        draft, sitting, article = self._take_draft(), self._saver.sitting, self._saver.article
        wanted = self._warm and self._frame is None

        def done(known: _Known) -> None:
            self._running = False
            if sitting == self._saver.sitting and not self._timer.isActive() and not self._ended:
                self._look(draft, article, known)

        def failed(_error: Exception) -> None:
            self._running = False

        def work(desk: Desk) -> _Known:
            from newsroom.desk.checking import read_frame, read_passed_over
            from newsroom.desk.review import blockers_of

            return _Known(
                blockers_of(desk, draft.whole()), read_passed_over(desk, article), read_frame(desk) if wanted else None
            )

        self._running = self._ctx.desk is not None
        self._ctx.read(work, done, failed)

    def _end(self) -> None:
        """The page is gone, and whatever is answered comes too late."""
        self._ended = True
        self._timer.stop()
        self._turns.stop()

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if (changes.words or changes.settings) and not self._ended:
            self._frame = self._checker = None
            self.soon()

    def _look(self, draft: Draft, article: ArticleId | None, known: _Known) -> None:
        if known.frame is not None:
            from newsroom.desk.checking import checker_for

            self._frame, self._checker = known.frame, checker_for(known.frame)
        if self._frame is None or self._checker is None:
            # What blocks is told at once; the dictionaries that the rest needs are loaded behind the window.
            self._show(known.passed_over.rest_of(known.blockers))
            self._load()
            return
        self._found, self._passed_over = known.passed_over.rest_of(known.blockers), known.passed_over
        self._steps = self._looking(draft, article)
        self._turns.start()

    def _load(self) -> None:
        def done(_nothing: None) -> None:
            self._warm, self._warming = True, False
            if not self._ended:
                self.soon()

        if not self._warming and not self._warm:
            self._warming = True
            self._ctx.tasks.background(_load_dictionaries, done)
        elif self._warm:
            self.soon()

    def _looking(self, draft: Draft, article: ArticleId | None) -> Iterator[Iterable[Finding]]:
        """The check bit by bit; it begins with reading the page."""
        from newsroom.text.checks.material import Material
        from ui.editor.sheet import read_sheet

        assert self._frame is not None
        assert self._checker is not None
        sheet = read_sheet(draft.content, self._fields)
        for _block in sheet.steps():
            yield ()
        material = Material(draft.content, tuple(sheet.pieces), tuple(sheet.photos), article)
        yield from self._checker.steps(material, self._frame.around)

    def _turn(self) -> None:
        assert self._passed_over is not None
        deadline = perf_counter() + _TURN
        for found in self._steps:
            self._found += self._passed_over.rest_of(found)
            if perf_counter() > deadline:
                return
        self._turns.stop()
        self._show(self._found)


def _load_dictionaries() -> None:
    """Runs in the background lane, once: the first word asked of pymorphy3 takes some 0.2 s."""
    from newsroom.text.addresses import tracking
    from newsroom.text.checks import checker
    from newsroom.text.checks.advertising import promotion
    from newsroom.text.morphology import analyzer

    assert checker
    analyzer()
    promotion()
    tracking()
