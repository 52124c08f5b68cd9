"""What can be done with an article now: the one prominent action of the moment, and the others with their reasons."""

from __future__ import annotations

from dataclasses import dataclass

from newsroom.domain.article import Article
from newsroom.domain.people import Action, Role, refusal
from newsroom.domain.states import Label, LiveState, ReviewState
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Move:
    action: Action
    words: str
    icon: str
    #: Why it cannot be done now, a sentence; empty where it can.
    refusal: str = ""
    #: Whether it takes something away from readers.
    grave: bool = False


def moves_for(article: Article | None, role: Role) -> tuple[Move | None, list[Move]]:
    """The prominent move, None where there is nothing to do, and all moves in the order of the work."""
    moves = {move.action: move for move in _moves(article, role)}
    return moves.get(_next_action(article)), list(moves.values())


def _next_action(article: Article | None) -> Action | None:
    if article is None:
        return Action.SUBMIT
    if article.killed:
        return None
    if article.label is Label.NEEDS_PERSON:
        return Action.RETRY
    match article.review:
        case ReviewState.DRAFT | ReviewState.RETURNED:
            return Action.SUBMIT
        case ReviewState.SUBMITTED:
            return Action.APPROVE
        case ReviewState.APPROVED:
            return None if article.label in (Label.LIVE, Label.UNDER_WAY) else Action.PUBLISH_NOW


def _moves(article: Article | None, role: Role) -> list[Move]:
    back = article is not None and article.label is Label.WITHDRAWN
    publish = _("Вернуть на сайт") if back else _("Опубликовать сейчас")
    names = (
        (Action.SUBMIT, _("Отправить на проверку"), "paper-plane-tilt", _no_submit),
        (Action.APPROVE, _("Одобрить"), "check", _no_approve),
        (Action.RETURN, _("Вернуть на доработку…"), "arrow-u-up-left", _no_return),
        (Action.SCHEDULE, _("Запланировать…"), "clock", _no_schedule),
        (Action.PUBLISH_NOW, publish, "globe-simple", _no_publish),
        (Action.HOLD, _("Придержать"), "pause", _no_hold),
        (Action.RETRY, _("Повторить доставку"), "arrow-clockwise", _no_retry),
        (Action.WITHDRAW, _("Снять с сайта…"), "eye-slash", _no_withdraw),
        (Action.KILL, _("Аннулировать…"), "prohibit", _no_kill),
    )
    return [
        Move(
            action,
            words,
            icon,
            refusal(role, action) or (_("Статья ещё не сохранена.") if _unsaved(article, action) else why(article)),
            grave=action in (Action.WITHDRAW, Action.KILL),
        )
        for action, words, icon, why in names
    ]


def _unsaved(article: Article | None, action: Action) -> bool:
    return article is None and action is not Action.SUBMIT


def _no_submit(article: Article | None) -> str:
    if article is None:
        return ""
    if article.killed:
        return _killed()
    if article.review is ReviewState.SUBMITTED:
        return _("Статья уже на проверке.")
    return _("Статья уже одобрена.") if article.review is ReviewState.APPROVED else ""


def _no_approve(article: Article) -> str:
    if article.killed:
        return _killed()
    if article.review is ReviewState.APPROVED:
        return _("Статья уже одобрена.")
    return "" if article.review is ReviewState.SUBMITTED else _("Сначала статью отправляют на проверку.")


def _no_return(article: Article) -> str:
    if article.killed:
        return _killed()
    if article.review in (ReviewState.SUBMITTED, ReviewState.APPROVED):
        return ""
    return _("Вернуть можно то, что на проверке или одобрено.")


def _no_schedule(article: Article) -> str:
    return _killed() if article.killed else _under_way(article)


def _no_publish(article: Article) -> str:
    if article.killed:
        return _killed()
    if article.review is not ReviewState.APPROVED:
        return _("Опубликовать можно одобренную статью.")
    return _("Эта версия уже на сайте.") if article.label is Label.LIVE else _under_way(article)


def _no_hold(article: Article) -> str:
    if article.label in (Label.SCHEDULED, Label.NEEDS_PERSON):
        return ""
    return _under_way(article) or _("Придержать можно то, что ждёт выхода.")


def _no_retry(article: Article) -> str:
    if article.label in (Label.NEEDS_PERSON, Label.UNDER_WAY):
        return ""
    return _("Доставка не срывалась.")


def _no_withdraw(article: Article) -> str:
    if any(place.state is LiveState.LIVE for place in article.live):
        return ""
    return _("Статьи нет на сайте.")


def _no_kill(article: Article) -> str:
    return _killed() if article.killed else ""


def _under_way(article: Article) -> str:
    return _("Статья в пути на сайт: дождитесь конца доставки.") if article.label is Label.UNDER_WAY else ""


def _killed() -> str:
    return _("Статья аннулирована.")
