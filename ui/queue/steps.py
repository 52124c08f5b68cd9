"""What the chief can do with a line of the queue, and why not where it cannot be done.

The desk enforces all of this again; here it is only said beforehand, so that a button can be disabled with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from newsroom.domain.people import Action, Role, refusal
from newsroom.domain.states import WAITING_QUEUE_STATES, LiveState, Operation, QueueState, ReviewState
from newsroom.words import _, later

if TYPE_CHECKING:
    from newsroom.domain.article import Article
    from newsroom.domain.findings import Finding
    from newsroom.domain.queue import QueueItem


class Step(StrEnum):
    """The buttons of the page, in the order of the menu."""

    APPROVE = "approve"
    RETURN = "return"
    TIME = "time"
    NOW = "now"
    HOLD = "hold"
    RETRY = "retry"
    MERGE = "merge"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    KILL = "kill"

    @property
    def words(self) -> str:
        return _(_STEP_TITLES[self])

    @property
    def action(self) -> Action:
        """The line of `newsroom.domain.people.PERMISSIONS` that allows it."""
        return _STEP_ACTIONS[self]


_STEP_TITLES = {
    Step.APPROVE: later("Одобрить"),
    Step.RETURN: later("Вернуть…"),
    Step.TIME: later("Время…"),
    Step.NOW: later("Сейчас"),
    Step.HOLD: later("Придержать"),
    Step.RETRY: later("Доставить снова"),
    Step.MERGE: later("Слить с правкой на сайте…"),
    Step.UNDO: later("Отменить доставку…"),
    Step.WITHDRAW: later("Снять с сайта…"),
    Step.KILL: later("Аннулировать…"),
}

_STEP_ACTIONS = {
    Step.APPROVE: Action.APPROVE,
    Step.RETURN: Action.RETURN,
    Step.TIME: Action.SCHEDULE,
    Step.NOW: Action.PUBLISH_NOW,
    Step.HOLD: Action.HOLD,
    Step.RETRY: Action.RETRY,
    Step.MERGE: Action.WRITE,
    Step.UNDO: Action.WITHDRAW,
    Step.WITHDRAW: Action.WITHDRAW,
    Step.KILL: Action.KILL,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides: the article as it is now, the queue item (None for a waiting article), what blocks publication."""

    article: Article
    item: QueueItem | None = None
    blockers: tuple[Finding, ...] = ()


def hindrance(step: Step, facts: Facts, role: Role) -> str:
    """Why *role* cannot do *step* now, in a sentence; empty where it can."""
    return refusal(role, step.action) or _HINDRANCES[step](facts)


def _approve(facts: Facts) -> str:
    if facts.article.killed:
        return _killed()
    if facts.article.review is ReviewState.APPROVED:
        return _("Статья уже одобрена.")
    if facts.article.review is not ReviewState.SUBMITTED:
        return _("Статья ещё не отправлена на проверку.")
    blocking = [blocker.message for blocker in facts.blockers if blocker.blocks]
    return "\n".join(blocking)


def _return(facts: Facts) -> str:
    if _under_way(facts):
        return _moving()
    if facts.article.review not in (ReviewState.SUBMITTED, ReviewState.APPROVED):
        return _("Возвращать нечего: статья сейчас {state}.").format(state=facts.article.review.words)
    return ""


def _time(facts: Facts) -> str:
    if facts.article.killed:
        return _killed()
    if facts.item is None:
        return ""
    return _publication_may_move(facts)


def _now(facts: Facts) -> str:
    if facts.item is None:
        return _("Сначала одобрите статью.")
    return _publication_may_move(facts)


def _hold(facts: Facts) -> str:
    if facts.item is None:
        return _("Сначала одобрите статью.")
    if facts.item.state is QueueState.HELD:
        return _("Уже придержано.")
    if facts.item.state is QueueState.DELIVERING:
        return _moving()
    if facts.item.state not in WAITING_QUEUE_STATES:
        return _("Придерживать нечего: {state}.").format(state=facts.item.state.words)
    return ""


def _retry(facts: Facts) -> str:
    if facts.item is None or facts.item.state not in (QueueState.RETRYING, QueueState.NEEDS_PERSON):
        return _("Повторять нечего: доставка не срывалась.")
    return ""


def _merge(facts: Facts) -> str:
    item = facts.item
    if item is None or item.state is not QueueState.NEEDS_PERSON or item.operation is not Operation.PUBLISH:
        return _("Сливать нечего: доставка не остановлена.")
    if all(place.site != item.site for place in facts.article.live):
        return _("Сливать не с чем: на этом сайте статьи ещё не было.")
    return ""


def _undo(facts: Facts) -> str:
    if facts.article.killed:
        return _killed()
    if facts.item is not None and facts.item.state is QueueState.DELIVERING:
        return _moving()
    if not facts.article.live:
        return _("На сайты эта статья ещё не доставлялась.")
    return ""


def _withdraw(facts: Facts) -> str:
    if facts.article.killed:
        return _killed()
    if not _under_way(facts) and not _live_revisions(facts):
        return _("Статьи сейчас нет на сайте.")
    return ""


def _kill(facts: Facts) -> str:
    return _killed() if facts.article.killed else ""


def _publication_may_move(facts: Facts) -> str:
    assert facts.item is not None
    if facts.article.killed:
        return _killed()
    if facts.item.state is QueueState.DELIVERING:
        return _moving()
    if facts.item.operation is not Operation.PUBLISH and facts.item.state.is_open:
        return _("Снятие с сайта идёт сразу, без назначенного времени.")
    if facts.article.review is not ReviewState.APPROVED:
        return _("У статьи нет одобренного текста: сначала одобрите её.")
    if not facts.item.state.is_open and facts.article.approved_revision in _live_revisions(facts):
        return _("Эта версия уже на сайте.")
    return ""


def _live_revisions(facts: Facts) -> set[int | None]:
    return {place.revision for place in facts.article.live if place.state is LiveState.LIVE}


def _under_way(facts: Facts) -> bool:
    item = facts.item
    return item is not None and item.state is QueueState.DELIVERING and item.operation is Operation.PUBLISH


def _moving() -> str:
    return _("Сейчас доставляется: дождитесь конца.")


def _killed() -> str:
    return _("Статья аннулирована.")


_HINDRANCES = {
    Step.APPROVE: _approve,
    Step.RETURN: _return,
    Step.TIME: _time,
    Step.NOW: _now,
    Step.HOLD: _hold,
    Step.RETRY: _retry,
    Step.MERGE: _merge,
    Step.UNDO: _undo,
    Step.WITHDRAW: _withdraw,
    Step.KILL: _kill,
}
