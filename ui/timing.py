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
    from newsroom.domain.errors import Unsettled


def let_out_at(article: ArticleId, when: datetime | None) -> Callable[[Desk, Unsettled], Done[None]]:
    """A use case: *article* goes out at *when* (aware) by the queue where it is approved, else it is noted as the plan.

    Without a time, what waits in the queue is held. Whether it is approved is read when the use case runs: the window
    may still show the article as it was before somebody approved it. The use case is told what the person has seen of
    what the lists say since.
    """

    def use(desk: Desk, seen: Unsettled) -> Done[None]:
        from newsroom.desk import reading, scheduling, writing

        now = reading.read_article(desk, article)
        if when is not None and now.review is ReviewState.APPROVED:
            return scheduling.schedule(desk, article, when, warnings_seen=[one.key for one in seen.warnings])
        if when is None and now.label is Label.SCHEDULED:
            return scheduling.hold(desk, article)
        return writing.plan_article(desk, article, when)

    return use
