"""Values of the domain for tests of the queue page."""

from datetime import UTC, datetime
from typing import Any

from newsroom.domain.article import Article, ArticleRow, Content, LiveOnSite
from newsroom.domain.ids import ArticleId, ArticleUid, PersonId, QueueItemId, RevisionId, SiteName
from newsroom.domain.queue import QueueItem
from newsroom.domain.states import Label, LiveState, Operation, QueueState, ReviewState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_row(number: int = 1, **changes: Any) -> ArticleRow:
    values: dict[str, Any] = {
        "id": ArticleId(number),
        "headline": f"Статья {number}",
        "rubric": "Общество",
        "label": Label.SUBMITTED,
        "author": "Ирина Ветрова",
        "updated_at": NOON,
        "when": None,
        "age": None,
        "has_photo": False,
        "pinned": False,
        "comments": 0,
    }
    return ArticleRow(**(values | changes))


def make_item(number: int = 1, state: QueueState = QueueState.SCHEDULED, **changes: Any) -> QueueItem:
    values: dict[str, Any] = {
        "id": QueueItemId(number),
        "article": ArticleId(100 + number),
        "headline": f"Статья {100 + number}",
        "rubric": "Общество",
        "site": SiteName("main"),
        "operation": Operation.PUBLISH,
        "sequence": 1,
        "revision": 1,
        "state": state,
        "due_at": NOON,
        "attempts": 0,
        "next_attempt_at": None,
        "problem": "",
        "reason": "",
        "requested_by": "chief",
        "created_at": NOON,
        "delivered_at": None,
        "verified_at": None,
        "url": "",
    }
    return QueueItem(**(values | changes))


def make_article(review: ReviewState = ReviewState.SUBMITTED, *, live: bool = False, **changes: Any) -> Article:
    place = LiveOnSite(SiteName("main"), LiveState.LIVE, 1, 1, NOON, NOON)
    values: dict[str, Any] = {
        "id": ArticleId(1),
        "uid": ArticleUid("00000000-0000-0000-0000-000000000001"),
        "content": Content(headline="Заголовок"),
        "slug": "zagolovok",
        "revision": 1,
        "revision_id": RevisionId(1),
        "hash": "0" * 64,
        "review": review,
        "return_reason": "",
        "approved_revision": 1 if review is ReviewState.APPROVED else None,
        "planned_at": None,
        "label": Label.SUBMITTED,
        "live": (place,) if live else (),
        "killed": False,
        "created_at": NOON,
        "created_by": PersonId(1),
        "updated_at": NOON,
        "updated_by": "Ирина Ветрова",
    }
    return Article(**(values | changes))
