"""Carrying out what the person chose to do with the open article: asks what must be asked, then calls the desk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from newsroom.domain.article import Article
from newsroom.domain.errors import UnresolvedComments
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.domain.people import Action
from newsroom.words import _, later
from ui.context import Context
from ui.dialogs.instant import ask_instant
from ui.dialogs.reason import ask_reason
from ui.timing import let_out_at

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done

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
    """

    carried_out = Signal(int)
    refused = Signal(object)

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
            self._approve(article_id, revision, (), window)
        else:
            self._run(action, article_id, _use_case(action, article_id, reason))

    def plan(self, article: Article, when: datetime | None) -> None:
        """Let *article* go out at *when*, or hold it without a time."""
        self._run(Action.SCHEDULE, article.id, let_out_at(article.id, when))

    def _schedule(self, article: Article | None, window: QWidget) -> None:
        if article is None:
            return
        house = self._ctx.settings.house if self._ctx.settings is not None else House()
        when = ask_instant(window, house, article.planned_at)
        if when is not None:
            self.plan(article, when)

    def _approve(
        self, article: ArticleId, revision: int, comments_seen: Collection[CommentId], window: QWidget
    ) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, UnresolvedComments):
                self.refused.emit(error)
                return
            from ui.dialogs.unresolved import ask_despite

            seen = [comment.id for comment in error.comments]
            ask_despite(window, error.comments, self._ctx.zone, lambda: self._approve(article, revision, seen, window))

        def work(desk: Desk) -> Done[Any]:
            from newsroom.desk import review

            return review.approve(desk, article, revision=revision, comments_seen=comments_seen)

        self._run(Action.APPROVE, article, work, failed)

    def _run(
        self,
        action: Action,
        article: ArticleId,
        work: Callable[[Desk], Done[Any]],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def done(_value: object) -> None:
            self._ctx.message.emit(_(_DONE[action]), None)
            self.carried_out.emit(int(article))

        self._ctx.act(work, self, done, failed or self.refused.emit)


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


def _use_case(action: Action, article: ArticleId, reason: str) -> Callable[[Desk], Done[Any]]:
    def work(desk: Desk) -> Done[Any]:
        from newsroom.desk import review, scheduling

        match action:
            case Action.SUBMIT:
                return review.submit(desk, article)
            case Action.RETURN:
                return review.return_article(desk, article, reason)
            case Action.PUBLISH_NOW:
                return scheduling.publish_now(desk, article)
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
