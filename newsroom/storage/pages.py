"""Public pages of what was delivered: what they should show, and what was found there, from the record of activity."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, Row, and_, select

from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.pages import ExpectedPage, PageSeen, PageState
from newsroom.domain.queue import QueueItem, payload_from_dict
from newsroom.domain.states import Operation
from newsroom.storage.tables import activity, live, payloads, queue, sites

_STATES: Final = [state.value for state in PageState]
#: Items asked for in one statement.
_AT_ONCE: Final = 500


class Pages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def expected(self, item: QueueItemId) -> ExpectedPage | None:
        """What the page of *item* should show.

        None where the site has moved on since, has no public address, or it is not known where the article stood.
        """
        row = self._connection.execute(
            select(queue)
            .join(
                live,
                and_(
                    live.c.article == queue.c.article,
                    live.c.site == queue.c.site,
                    live.c.sequence == queue.c.sequence,
                ),
            )
            .join(sites, sites.c.name == queue.c.site)
            .where(queue.c.id == item, queue.c.delivered_at.is_not(None), sites.c.public_url != "")
        ).one_or_none()
        if row is None:
            return None
        delivered = self._publications(row)
        if not delivered or not delivered[0][0]:
            return None
        published = row.operation == Operation.PUBLISH.value
        return ExpectedPage(
            item=item,
            article=ArticleId(row.article),
            site=SiteName(row.site),
            operation=Operation(row.operation),
            url=delivered[0][0],
            content=delivered[0][1],
            before=delivered[1][1] if published and len(delivered) > 1 else None,
        )

    def _publications(self, row: Row[tuple[object, ...]]) -> list[tuple[str, Content]]:
        """Addresses and contents of the newest two publications up to the item in *row*, the newest first."""
        query = (
            select(queue.c.url, payloads.c.body)
            .join(payloads, and_(payloads.c.article == queue.c.article, payloads.c.sequence == queue.c.sequence))
            .where(
                queue.c.article == row.article,
                queue.c.site == row.site,
                queue.c.sequence <= row.sequence,
                queue.c.operation == Operation.PUBLISH.value,
                queue.c.delivered_at.is_not(None),
            )
            .order_by(queue.c.sequence.desc())
            .limit(2)
        )
        found = []
        for url, body in self._connection.execute(query):
            content = payload_from_dict(json.loads(body)).content
            assert content is not None
            found.append((url, content))
        return found

    def seen(self, item: QueueItemId, article: ArticleId) -> PageSeen | None:
        """What was found last."""
        return self._seen([item], [article]).get(item)

    def with_pages(self, items: Sequence[QueueItem]) -> list[QueueItem]:
        """*items* with what was found of their pages."""
        found: dict[QueueItemId, PageSeen] = {}
        delivered = [item for item in items if item.delivered_at]
        for start in range(0, len(delivered), _AT_ONCE):
            some = delivered[start : start + _AT_ONCE]
            found |= self._seen([item.id for item in some], {item.article for item in some})
        return [replace(item, page=found[item.id]) if item.id in found else item for item in items]

    def _seen(self, items: Collection[QueueItemId], numbers: Collection[ArticleId]) -> dict[QueueItemId, PageSeen]:
        query = (
            select(activity.c.queue_item, activity.c.what, activity.c.detail, activity.c.at)
            .where(activity.c.article.in_(numbers), activity.c.queue_item.in_(items), activity.c.what.in_(_STATES))
            .order_by(activity.c.id)
        )
        return {
            QueueItemId(row.queue_item): PageSeen(PageState(row.what), row.detail, row.at)
            for row in self._connection.execute(query)
        }
