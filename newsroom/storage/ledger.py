"""What the newsroom has recorded of its deliveries, article by article, to be held against a site's receipts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, insert, select, update

from newsroom.domain.ids import ArticleId, ArticleUid, QueueItemId, SiteName
from newsroom.domain.restored import Ahead, Known
from newsroom.domain.states import LiveState, Operation, QueueState
from newsroom.storage.tables import accepted_receipts, articles, live, queue

_LIVE_STATES = {
    Operation.PUBLISH: LiveState.LIVE,
    Operation.WITHDRAW: LiveState.WITHDRAWN,
    Operation.KILL: LiveState.KILLED,
}
#: States of an item that is on its way, or that a person already knows of.
_MOVING = [
    state.value for state in (QueueState.SCHEDULED, QueueState.RETRYING, QueueState.DELIVERING, QueueState.NEEDS_PERSON)
]


class Ledger:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, site: SiteName, uids: Collection[str], now: datetime) -> dict[ArticleUid, Known]:
        """By uid; articles that this newsroom does not have are left out, unless the site was accepted with them."""
        queued = (
            select(func.coalesce(func.max(queue.c.sequence), 0))
            .where(queue.c.article == articles.c.id, queue.c.site == site)
            .scalar_subquery()
        )
        on_its_way = exists().where(
            queue.c.article == articles.c.id,
            queue.c.site == site,
            queue.c.sequence >= live.c.sequence,
            queue.c.state.in_(_MOVING),
            queue.c.due_at <= now,
        )
        query = (
            select(
                articles.c.uid,
                articles.c.id,
                articles.c.headline,
                articles.c.killed,
                live.c.sequence,
                queued.label("queued"),
                on_its_way.label("on_its_way"),
            )
            .outerjoin(live, and_(live.c.article == articles.c.id, live.c.site == site))
            .where(articles.c.uid.in_(uids))
        )
        found = {
            ArticleUid(row.uid): Known(
                article=ArticleId(row.id),
                headline=row.headline,
                # What came from the site's archive was not delivered: there is no receipt of it.
                delivered=row.sequence or None,
                queued=row.queued,
                killed=row.killed,
                on_its_way=bool(row.on_its_way),
            )
            for row in self._connection.execute(query)
        }
        accepted = select(accepted_receipts).where(
            accepted_receipts.c.site == site, accepted_receipts.c.article_uid.in_(uids)
        )
        for row in self._connection.execute(accepted):
            foreign = Known(ArticleId(0), "", None, row.sequence, killed=True, on_its_way=False)
            found.setdefault(ArticleUid(row.article_uid), foreign)
        return found

    def count(self, site: SiteName) -> int:
        """How many articles are recorded as delivered to the site."""
        return self._connection.execute(
            select(func.count()).select_from(live).where(live.c.site == site, live.c.sequence > 0)
        ).scalar_one()

    def delivered_after(self, site: SiteName, article: int, limit: int) -> list[tuple[int, ArticleUid]]:
        """Number and uid of what was delivered to the site, by number."""
        query = (
            select(live.c.article, articles.c.uid)
            .join(articles, articles.c.id == live.c.article)
            .where(live.c.site == site, live.c.article > article, live.c.sequence > 0)
            .order_by(live.c.article)
            .limit(limit)
        )
        return [(row.article, ArticleUid(row.uid)) for row in self._connection.execute(query)]

    def delivering_item(self, site: SiteName, article: ArticleId) -> QueueItemId | None:
        """The item by which the site got what it is recorded to show; None where no queue ever held it."""
        query = (
            select(queue.c.id)
            .join(live, and_(live.c.article == queue.c.article, live.c.site == queue.c.site))
            .where(queue.c.site == site, queue.c.article == article, queue.c.sequence == live.c.sequence)
        )
        item = self._connection.execute(query).scalar_one_or_none()
        return None if item is None else QueueItemId(item)

    def accept(self, site: SiteName, change: Ahead, now: datetime) -> None:
        """Record that the site shows *change*, whatever it was."""
        if change.article is None:
            place = and_(accepted_receipts.c.site == site, accepted_receipts.c.article_uid == change.uid)
            values = {"sequence": change.sequence}
            if self._connection.execute(update(accepted_receipts).where(place).values(values)).rowcount == 0:
                self._connection.execute(insert(accepted_receipts).values(site=site, article_uid=change.uid, **values))
            return
        state = _LIVE_STATES[change.operation].value
        shown = {"state": state, "revision": None, "sequence": change.sequence, "since": now}
        place = and_(live.c.article == change.article, live.c.site == site)
        if self._connection.execute(update(live).where(place).values(shown)).rowcount == 0:
            self._connection.execute(insert(live).values(article=change.article, site=site, url="", **shown))
