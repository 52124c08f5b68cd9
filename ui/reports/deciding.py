"""What is done with the selected mistake: one key each, the next one at once, and every decision can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from newsroom.domain.errors import EnvironmentFault
from newsroom.domain.reports import ReportState
from newsroom.words import _
from ui.sweep.met import Met

if TYPE_CHECKING:
    from newsroom.domain.triage import Decision, Mistake, Spot
    from ui.context import Context

#: Milliseconds after which a decision is tried again that the newsroom's database could not take.
_WAITS = (1_000, 3_000, 10_000)


def met_of(spot: Spot, new: str) -> Met:
    """The mistake at *spot*, which is to be *new*, with its sentence."""
    return Met(spot.words, new, f"{spot.before}{spot.words}{spot.after}")


class Deciding(QObject):
    """Decides in the store lane and remembers what was decided. A decision waits for a database that is away or locked.

    Signals:
        decided(): a decision was written.
        refused(): one was not; its mistake waits still.
        undo_changed(): whether there is something to take back.
        corrected(Met): a mistake was mended, and may stand elsewhere; None where that was taken back.
    """

    decided = Signal()
    refused = Signal()
    undo_changed = Signal()
    corrected = Signal(object)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._decisions: list[Decision] = []
        ctx.signed_in.connect(self._forget)

    @property
    def can_undo(self) -> bool:
        return bool(self._decisions)

    def accept(self, mistake: Mistake, spot: Spot, new: str) -> None:
        """Write *new* in the place of *spot*."""

        def use(desk: Any) -> Any:
            from newsroom.desk import triage

            return triage.accept(desk, mistake.ref, spot.place, new)

        def told(decision: Decision) -> str:
            self.corrected.emit(met_of(spot, new))
            if decision.goes_out:
                return _("«{old}» → «{new}»: исправление идёт на сайт.").format(old=spot.words, new=new)
            return _("«{old}» → «{new}»: исправлено в тексте; на сайт — с его следующим выходом.").format(
                old=spot.words, new=new
            )

        self._decide(use, told)

    def close(self, mistake: Mistake, state: ReportState, reason: str = "") -> None:
        """Close without touching the text."""

        def use(desk: Any) -> Any:
            from newsroom.desk import triage

            return triage.close(desk, mistake.ref, state, reason)

        words = {
            ReportState.REJECTED: _("Сообщение отклонено."),
            ReportState.DUPLICATE: _("Отмечено: повтор."),
            ReportState.ALREADY_FIXED: _("Отмечено: уже исправлено."),
        }
        self._decide(use, lambda _decision: words[state])

    def undo(self) -> None:
        """Take back what was decided last."""
        if self._decisions:
            self._take_back(self._decisions[-1])

    def _take_back(self, decision: Decision) -> None:
        if decision not in self._decisions:
            return
        self._decisions.remove(decision)
        self.undo_changed.emit()

        def use(desk: Any) -> Any:
            from newsroom.desk import triage

            return triage.take_back(desk, decision)

        def done(_value: object) -> None:
            self._ctx.message.emit(_("Решение отменено, сообщение снова открыто."), None)
            self.corrected.emit(None)
            self.decided.emit()

        self._ctx.act(use, self, done, self._failed)

    def _decide(self, use: Callable[[Any], Any], told: Callable[[Decision], str]) -> None:
        def done(decision: Decision) -> None:
            self._decisions.append(decision)
            self._ctx.message.emit(told(decision), lambda: self._take_back(decision))
            self.undo_changed.emit()
            self.decided.emit()

        waits, desk = iter(_WAITS), self._ctx.desk

        def failed(error: Exception) -> None:
            wait = next(waits, _WAITS[-1])
            if not isinstance(error, EnvironmentFault) or self._ctx.desk is not desk:
                self._failed(error)
                return
            self._ctx.message.emit(
                _("Решение запишется, как только база ответит. {problem}").format(problem=error), None
            )
            QTimer.singleShot(wait, self, lambda: decide() if self._ctx.desk is desk else self._failed(error))

        def decide() -> None:
            self._ctx.act(use, self, done, failed)

        decide()

    def _failed(self, error: Exception) -> None:
        self._ctx.tasks.failed.emit(error)
        self.refused.emit()

    def _forget(self) -> None:
        """Somebody else sits here: what was decided before is not theirs to take back."""
        self._decisions.clear()
        self.undo_changed.emit()
