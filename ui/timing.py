"""Giving an article the time at which it goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label, ReviewState

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done


def let_out_at(article: ArticleId, when: datetime | None) -> Callable[[Desk], Done[None]]:
    """A use case: *article* goes out at *when* (aware) by the queue where it is approved, else it is noted as the plan.

    Without a time, what waits in the queue is held. Whether it is approved is read when the use case runs: the window
    may still show the article as it was before somebody approved it.
    """

    def use(desk: Desk) -> Done[None]:
        from newsroom.desk import reading, scheduling, writing

        now = reading.read_article(desk, article)
        if when is not None and now.review is ReviewState.APPROVED:
            return scheduling.schedule(desk, article, when)
        if when is None and now.label is Label.SCHEDULED:
            return scheduling.hold(desk, article)
        return writing.plan_article(desk, article, when)

    return use
