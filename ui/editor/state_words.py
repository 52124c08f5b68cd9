"""The sentences about the state of the open article: whether it is saved, and what its editor should know first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from newsroom.domain.article import Article
from newsroom.domain.house import House
from newsroom.domain.queue import QueueItem
from newsroom.domain.states import Label, ReviewState
from newsroom.words import _
from ui.editor.saving import SaveState
from ui.times import clock, exact_time


def saved_words(state: SaveState, problem: str, article: Article | None, house: House) -> str:
    """Whether the text is saved and when it was, or the *problem* for which it is not."""
    words = {
        SaveState.EMPTY: _("Новая статья"),
        SaveState.EDITED: _("Правится…"),
        SaveState.SAVING: _("Сохраняется…"),
        SaveState.STALE: _("Не сохранено: статью изменили с другой стороны"),
        SaveState.FAILED: _("Не сохранено: {problem}").format(problem=problem),
    }.get(state)
    if words is None:
        at = article.updated_at if article is not None else _now()
        words = _("Сохранено в {time}").format(time=clock(at, house.tz))
    return words


def warning_words(article: Article | None, items: Sequence[QueueItem], house: House) -> tuple[str, bool]:
    """What whoever writes on should know of *article* and its open queue *items*, and whether it is a warning."""
    if article is None:
        return "", False
    if article.killed:
        return _("Статья аннулирована: её можно только читать."), True
    if article.review is ReviewState.RETURNED:
        return _("Возвращена на доработку: {reason}").format(reason=article.return_reason), True
    if article.review is ReviewState.APPROVED and article.label is not Label.LIVE:
        due = next((item.due_at for item in items if item.due_at), None)
        if due is None:
            return _("Статья одобрена. Правка снимет одобрение."), False
        return _("Правка снимет одобрение и выход: {when}.").format(when=_moment(due, house)), False
    return "", False


def _now() -> datetime:
    return datetime.now(UTC)


def _moment(instant: datetime, house: House) -> str:
    today = _now().astimezone(house.tz).date()
    local = instant.astimezone(house.tz)
    return clock(instant, house.tz) if local.date() == today else exact_time(instant, house.tz)
