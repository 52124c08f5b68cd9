"""Carrying out what the person chose to do with the open article: asks what must be asked, then calls the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from newsroom.domain.article import Article
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId
from newsroom.domain.people import Action
from newsroom.words import _, later
from ui.context import Context
from ui.dialogs.instant import ask_instant
from ui.dialogs.reason import ask_reason
from ui.timing import let_out_at

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done
    from newsroom.domain.errors import Unsettled

_DONE = {
    Action.SUBMIT: later("Отправлено на проверку"),
    Action.APPROVE: later("Одобрено"),
    Action.RETURN: later("Возвращено на доработку"),
    Action.SCHEDULE: later("Время назначено"),
    Action.PUBLISH_NOW: later("Отправлено на сайт"),
    Action.HOLD: later("Придержано"),
    Action.RETRY: later("Доставка повторяется"),
    Action.WITHDRAW: later("Снимается с сайта"),
    Action.KILL: later("Аннулировано"),
}


class CarryingOut(QObject):
    """Signals:

    carried_out(int): something was done with this article.
    refused(Exception): it was not, and why.
    thought_better(int): the person was asked about something first, and left this article as it is.
    """

    carried_out = Signal(int)
    refused = Signal(object)
    thought_better = Signal(int)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def carry_out(
        self, action: Action, article_id: ArticleId, revision: int, article: Article | None, window: QWidget
    ) -> None:
        """Do *action* with the article whose newest text, saved and seen by the person, is *revision*."""
        reason = ""
        if action in _REASONS:
            title, words, accept = _REASONS[action]
            reason = ask_reason(window, _(title), _(words), _(accept), danger=action is Action.KILL)
            if not reason:
                return
        if action is Action.SCHEDULE:
            self._schedule(article, window)
        elif action is Action.APPROVE:
            self._let_out(action, article_id, _approval(article_id, revision), _("Одобрить всё равно"), window)
        elif action is Action.PUBLISH_NOW:
            self._let_out(action, article_id, _publication(article_id), _("Выпустить всё равно"), window)
        else:
            self._run(action, article_id, _use_case(action, article_id, reason))

    def plan(self, article: Article, when: datetime | None, window: QWidget) -> None:
        """Let *article* go out at *when*, or hold it without a time."""
        words = _("Выпустить всё равно")
        self._let_out(Action.SCHEDULE, article.id, let_out_at(article.id, when), words, window)

    def _schedule(self, article: Article | None, window: QWidget) -> None:
        if article is None:
            return
        house = self._ctx.settings.house if self._ctx.settings is not None else House()
        when = ask_instant(window, house, article.planned_at)
        if when is not None:
            self.plan(article, when, window)

    def _let_out(
        self,
        action: Action,
        article: ArticleId,
        use: Callable[[Desk, Unsettled], Done[Any]],
        button: str,
        window: QWidget,
    ) -> None:
        from ui.dialogs.unresolved import let_out

        done, back = partial(self._told, action, article), partial(self.thought_better.emit, int(article))
        let_out(self._ctx, window, use, self, button, done, self.refused.emit, back)

    def _run(self, action: Action, article: ArticleId, work: Callable[[Desk], Done[Any]]) -> None:
        self._ctx.act(work, self, partial(self._told, action, article), self.refused.emit)

    def _told(self, action: Action, article: ArticleId, _value: object) -> None:
        self._ctx.message.emit(_(_DONE[action]), None)
        self.carried_out.emit(int(article))


_REASONS = {
    Action.RETURN: (
        later("Вернуть на доработку"),
        later("Что исправить автору"),
        later("Вернуть"),
    ),
    Action.WITHDRAW: (
        later("Снять с сайта"),
        later("Читатели перестанут видеть статью; её можно будет вернуть. Почему снимаете?"),
        later("Снять с сайта"),
    ),
    Action.KILL: (
        later("Аннулировать"),
        later("Статья уйдёт с сайта навсегда, расписание снимется, одобрить её больше нельзя. Почему?"),
        later("Аннулировать"),
    ),
}


def _approval(article: ArticleId, revision: int) -> Callable[[Desk, Unsettled], Done[Any]]:
    def work(desk: Desk, seen: Unsettled) -> Done[Any]:
        from newsroom.desk import review

        comments, warnings = [one.id for one in seen.comments], [one.key for one in seen.warnings]
        return review.approve(desk, article, revision=revision, comments_seen=comments, warnings_seen=warnings)

    return work


def _publication(article: ArticleId) -> Callable[[Desk, Unsettled], Done[Any]]:
    def work(desk: Desk, seen: Unsettled) -> Done[Any]:
        from newsroom.desk import scheduling

        return scheduling.publish_now(desk, article, warnings_seen=[one.key for one in seen.warnings])

    return work


def _use_case(action: Action, article: ArticleId, reason: str) -> Callable[[Desk], Done[Any]]:
    def work(desk: Desk) -> Done[Any]:
        from newsroom.desk import review, scheduling

        match action:
            case Action.SUBMIT:
                return review.submit(desk, article)
            case Action.RETURN:
                return review.return_article(desk, article, reason)
            case Action.HOLD:
                return scheduling.hold(desk, article)
            case Action.RETRY:
                return scheduling.retry(desk, article)
            case Action.WITHDRAW:
                return scheduling.withdraw(desk, article, reason)
            case Action.KILL:
                return scheduling.kill(desk, article, reason)
            case _:
                raise ValueError(action)

    return work
