"""The append-only record of who did what: audit, history of an article, and what other desks refresh by."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from newsroom.domain.changes import Activity, Changes
from newsroom.domain.ids import ArticleId, QueueItemId, ReportId
from newsroom.storage.tables import activity, queue

#: Any number that no other program is likely to lock.
_ORDER_LOCK = 0x6E657773


class ActivityLog:
    """Lines added in a transaction are written at its end, so that the one lock they need is its last and shortest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: list[dict[str, object]] = []

    def add(
        self,
        at: datetime,
        who: str,
        what: str,
        *,
        article: ArticleId | None = None,
        queue_item: QueueItemId | None = None,
        report: ReportId | None = None,
        detail: str = "",
    ) -> None:
        self._added.append(
            {
                "at": at,
                "who": who,
                "what": what,
                "article": article,
                "queue_item": queue_item,
                "report": report,
                "detail": detail,
            }
        )

    def write(self) -> None:
        """Put the added lines into the table. Ends every transaction; `Database` calls it."""
        if not self._added:
            return
        if self._connection.dialect.name == "postgresql":
            # Ids must become visible in order, or a desk that polls for newer ones would miss the one that was late.
            self._connection.execute(select(func.pg_advisory_xact_lock(_ORDER_LOCK)))
        self._connection.execute(insert(activity), self._added)
        self._added = []

    def newest(self) -> int:
        """Id of the newest line; 0 where there is none."""
        newest: int = self._connection.execute(select(func.coalesce(func.max(activity.c.id), 0))).scalar_one()
        return newest

    def lines(self, article: ArticleId | None, limit: int) -> list[Activity]:
        query = (
            select(activity, queue.c.site)
            .outerjoin(queue, queue.c.id == activity.c.queue_item)
            .order_by(activity.c.id.desc())
            .limit(limit)
        )
        if article is not None:
            query = query.where(activity.c.article == article)
        return [Activity(**row) for row in self._connection.execute(query).mappings()]

    def between(self, after: int, upto: int, kinds: Collection[str]) -> list[Activity]:
        """Lines of these *kinds* whose ids are above *after* and not above *upto*, oldest first."""
        query = (
            select(activity)
            .where(activity.c.id > after, activity.c.id <= upto, activity.c.what.in_(kinds))
            .order_by(activity.c.id)
        )
        return [Activity(**row) for row in self._connection.execute(query).mappings()]

    def changes_after(self, activity_id: int) -> tuple[int, Changes]:
        """The newest id, and everything touched by the lines after *activity_id*."""
        rows = self._connection.execute(select(activity).where(activity.c.id > activity_id)).all()
        if not rows:
            return activity_id, Changes()
        return max(row.id for row in rows), Changes(
            articles=frozenset(ArticleId(row.article) for row in rows if row.article is not None),
            queue=frozenset(QueueItemId(row.queue_item) for row in rows if row.queue_item is not None),
            reports=frozenset(ReportId(row.report) for row in rows if row.report is not None),
            settings=any(row.what == "settings" for row in rows),
            photos=any(row.what == "photo" for row in rows),
            words=any(row.what == "words" for row in rows),
        )
