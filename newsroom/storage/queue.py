"""The publish queue: payloads, items, claims with lease and epoch, and what is live.

What changes here changes under the lock of the article (`Articles.lock`); only a reading back is settled without it.
Only the holder of the newest epoch of an item may settle it; every settling call says whether it still was.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, insert, or_, select, update

from newsroom.domain.adoption import Adopted
from newsroom.domain.article import Content, canonical_json, text_hash
from newsroom.domain.feed import LiveArticle
from newsroom.domain.ids import ArticleId, ArticleUid, PersonId, QueueItemId, SiteName
from newsroom.domain.queue import Claim, Payload, QueueItem, payload_from_dict, payload_to_dict
from newsroom.domain.states import OPEN_QUEUE_STATES, LiveState, Operation, QueueState
from newsroom.storage import queue_statements as statements
from newsroom.storage.tables import articles, live, payloads, people, queue, rubrics

_OPEN_STATES = [state.value for state in OPEN_QUEUE_STATES]
#: What the desk, or a newer change, makes of an item that may be under way.
_DECIDED_STATES = [
    QueueState.SCHEDULED.value,
    QueueState.HELD.value,
    QueueState.CANCELLED.value,
    QueueState.SUPERSEDED.value,
]


class Queue:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # What the desk does

    def add_payload(self, article: ArticleId, payload: Payload) -> None:
        self._connection.execute(
            insert(payloads).values(
                article=article,
                sequence=payload.sequence,
                revision=payload.revision,
                operation=payload.operation.value,
                body=canonical_json(payload_to_dict(payload)),
                hash=payload.hash,
            )
        )

    def add_item(
        self,
        article: ArticleId,
        site: SiteName,
        payload: Payload,
        due: datetime | None,
        by: PersonId,
        at: datetime,
        reason: str = "",
    ) -> QueueItemId:
        """One item for one site: scheduled for *due*, or held while nobody has named a time."""
        state = QueueState.SCHEDULED if due else QueueState.HELD
        added = self._connection.execute(
            insert(queue)
            .values(
                article=article,
                site=site,
                sequence=payload.sequence,
                operation=payload.operation.value,
                revision=payload.revision,
                state=state.value,
                due_at=due,
                requested_by=by,
                created_at=at,
                reason=reason,
            )
            .returning(queue.c.id)
        )
        return QueueItemId(added.scalar_one())

    def open_items(self, article: ArticleId) -> list[QueueItem]:
        """Items of *article* that may still change a site."""
        query = _ITEM.where(queue.c.article == article, queue.c.state.in_(_OPEN_STATES)).order_by(queue.c.id)
        return [_item(row) for row in self._connection.execute(query)]

    def awaited(self) -> list[Content]:
        """Contents that open items will publish, on any site."""
        query = (
            select(payloads.c.body)
            .join(queue, and_(queue.c.article == payloads.c.article, queue.c.sequence == payloads.c.sequence))
            .where(queue.c.state.in_(_OPEN_STATES), queue.c.operation == Operation.PUBLISH.value)
            .distinct()
        )
        read = (payload_from_dict(json.loads(body)) for body in self._connection.scalars(query))
        return [payload.content for payload in read if payload.content]

    def live_articles(self, site: SiteName, since: datetime | None, limit: int) -> list[LiveArticle]:
        """What readers of *site* see, the newest *limit* by first publication, not before *since*."""
        query = (
            select(payloads.c.body, live.c.url, live.c.first_published_at)
            .join(payloads, and_(payloads.c.article == live.c.article, payloads.c.sequence == live.c.sequence))
            .where(
                live.c.site == site,
                live.c.state == LiveState.LIVE.value,
                live.c.first_published_at.is_not(None),
                live.c.url != "",
            )
            .order_by(live.c.first_published_at.desc(), live.c.article.desc())
            .limit(limit)
        )
        if since is not None:
            query = query.where(live.c.first_published_at >= since)
        return [
            LiveArticle(payload_from_dict(json.loads(row.body)), row.url, row.first_published_at)
            for row in self._connection.execute(query)
        ]

    def delivered_before(self, article: ArticleId, site: SiteName, sequence: int) -> Payload | None:
        """What *site* got last before the change number *sequence*; None where it had got nothing."""
        query = (
            select(payloads.c.body)
            .join(queue, and_(queue.c.article == payloads.c.article, queue.c.sequence == payloads.c.sequence))
            .where(
                queue.c.article == article,
                queue.c.site == site,
                queue.c.sequence < sequence,
                queue.c.delivered_at.is_not(None),
            )
            .order_by(queue.c.sequence.desc())
            .limit(1)
        )
        body = self._connection.execute(query).scalar_one_or_none()
        return payload_from_dict(json.loads(body)) if body else None

    def sites_in_doubt(self, article: ArticleId) -> set[SiteName]:
        """Sites to which a publication newer than what is known to be live was carried, and may have come through.

        A site that was lost in the midst of it cannot say; even one that is cancelled by now may stand there.
        """
        query = (
            select(queue.c.site)
            .outerjoin(live, and_(live.c.article == queue.c.article, live.c.site == queue.c.site))
            .where(
                queue.c.article == article,
                queue.c.operation == Operation.PUBLISH.value,
                queue.c.attempts > 0,
                queue.c.sequence > func.coalesce(live.c.sequence, 0),
            )
        )
        return {SiteName(site) for site in self._connection.scalars(query)}

    def set_state(
        self,
        item: QueueItemId,
        state: QueueState,
        *,
        due: datetime | None = None,
        reason: str | None = None,
        problem: str | None = None,
        closed_at: datetime | None = None,
        look_at: datetime | None = None,
    ) -> None:
        """Decide over an item: its epoch grows, so that a publisher which still holds it can settle nothing.

        With *look_at* the item is in doubt from then on: somebody may have got it through, and the site is to be asked.
        """
        values: dict[str, object] = {
            "state": state.value,
            "epoch": queue.c.epoch + 1,
            "lease_until": None,
            "next_attempt_at": look_at,
            "closed_at": closed_at,
        }
        if due is not None:
            values["due_at"] = due
        if reason is not None:
            values["reason"] = reason
        if problem is not None:
            values["problem"] = problem
        self._connection.execute(update(queue).where(queue.c.id == item).values(values))

    def items(self, done_limit: int) -> list[QueueItem]:
        """All open items by due time, undated first, then the newest *done_limit* others."""
        open_query = _ITEM.where(queue.c.state.in_(_OPEN_STATES)).order_by(queue.c.due_at, queue.c.id)
        done_query = (
            _ITEM.where(queue.c.state.not_in(_OPEN_STATES))
            .order_by(func.coalesce(queue.c.closed_at, queue.c.created_at).desc(), queue.c.id.desc())
            .limit(done_limit)
        )
        opened = sorted(
            (_item(row) for row in self._connection.execute(open_query)), key=lambda item: item.due_at is not None
        )
        return opened + [_item(row) for row in self._connection.execute(done_query)]

    def count(self, state: QueueState) -> int:
        return self._connection.execute(
            select(func.count()).select_from(queue).where(queue.c.state == state.value)
        ).scalar_one()

    # What a publisher does

    def claim(self, publisher: str, now: datetime, lease: timedelta, sites: Collection[SiteName]) -> Claim | None:
        """Take the item that is due the longest, kills first; None where nothing is due.

        Where several of one article are due on one site, the newest is taken; older ones close when it is delivered.
        An article that somebody is deciding over at this moment is left to the next look.
        """
        ready: Sequence[Any] = ()
        while not ready:
            first = self._connection.execute(statements.FIRST_READY, {"now": now, "sites": list(sites)}).one_or_none()
            if first is None:
                return None
            # Now that the article is locked, its queue stands still. What was found may be outdated by a moment: where
            # nothing is ready any more, another publisher was faster, and the next look sees what it has taken.
            place = {"now": now, "site": first.site, "article": first.article}
            ready = self._connection.execute(statements.READY, place).all()
        newest, *older = ready
        for one in older:
            if one.state == QueueState.DELIVERING.value:  # its publisher has not come back
                self.set_state(QueueItemId(one.id), QueueState.SUPERSEDED, closed_at=now, look_at=now)
        self._connection.execute(statements.TAKE, {"item": newest.id, "publisher": publisher, "until": now + lease})
        return self._claim_of(QueueItemId(newest.id))

    def unverified(self, now: datetime, sites: Collection[SiteName]) -> list[Claim]:
        """Items that were delivered but not read back yet, because a publisher died or the site went away."""
        delivered = queue.c.state == QueueState.DELIVERED.value
        return self._claims_of(and_(delivered, _reached(queue.c.next_attempt_at, now)), sites)

    def in_doubt(self, now: datetime, sites: Collection[SiteName]) -> list[Claim]:
        """Items over which the desk decided while they were under way, so that they may have come through all the same.

        Nobody may deliver them: they are only asked about.
        """
        decided = queue.c.state.in_(_DECIDED_STATES)
        return self._claims_of(and_(decided, queue.c.next_attempt_at <= now), sites)

    def _claims_of(self, condition: ColumnElement[bool], sites: Collection[SiteName]) -> list[Claim]:
        # As an expression, for the reason that `queue_statements.FIRST_READY` tells.
        here = queue.c.site.concat("").in_(sites)
        query = select(queue.c.id).where(condition, here).order_by(queue.c.id).limit(100)
        return [self._claim_of(QueueItemId(item)) for item in self._connection.scalars(query).all()]

    def _claim_of(self, item: QueueItemId) -> Claim:
        row = self._connection.execute(statements.CLAIM, {"item": item}).one()
        adopted = None
        if row.site_pk is not None:
            adopted = Adopted(row.site_pk, row.adopted_state, row.adopted_after, row.adopted_slug)
        intact = text_hash(row.body) == row.hash
        return Claim(
            item=item,
            article=ArticleId(row.article),
            site=SiteName(row.site),
            payload=payload_from_dict(json.loads(row.body)) if intact else _numbers_of(row),
            payload_hash=row.hash,
            epoch=row.epoch,
            lease_until=row.lease_until,
            due_at=row.due_at,
            dated_at=row.dated_at or row.due_at,
            attempts=row.attempts,
            first_published_at=row.first_published_at,
            adopted=adopted,
            public_url=row.public_url or "",
            intact=intact,
        )

    def is_held(self, claim: Claim) -> bool:
        """Whether *claim* is still the newest of its item, and nobody has decided otherwise since."""
        held = {"item": claim.item, "held_epoch": claim.epoch}
        return self._connection.scalar(statements.IS_HELD, held) or False

    def state_of(self, item: QueueItemId) -> QueueState:
        return QueueState(self._connection.execute(select(queue.c.state).where(queue.c.id == item)).scalar_one())

    def settle_doubt(
        self, claim: Claim, now: datetime, *, came_through: bool, problem: str = "", url: str = ""
    ) -> bool:
        """Note whether an item in doubt is on the site; False where it is in doubt no more.

        That it is there is a fact, whatever was decided since; that it was not counts only for this decision.
        """
        doubtful = and_(
            queue.c.id == claim.item, queue.c.state.in_(_DECIDED_STATES), queue.c.next_attempt_at.is_not(None)
        )
        if not came_through:
            asked = (
                update(queue).where(doubtful, queue.c.epoch == claim.epoch).values(next_attempt_at=None, dated_at=None)
            )
            return self._connection.execute(asked).rowcount == 1
        found = (
            update(queue)
            .where(doubtful)
            .values(
                state=QueueState.DELIVERED.value,
                epoch=claim.epoch,
                next_attempt_at=None,
                delivered_at=now,
                closed_at=now,
                problem=problem,
                url=url,
            )
        )
        return self._connection.execute(found).rowcount == 1

    def settle(self, claim: Claim, state: QueueState, now: datetime, **values: object) -> bool:
        """Leave *claim* in *state*; False where the claim is no longer the newest, and then nothing was changed."""
        closed = now if not state.is_open else None
        settled = self._connection.execute(
            statements.SETTLE,
            {
                "item": claim.item,
                "held_epoch": claim.epoch,
                "state": state.value,
                "lease_until": None,
                "closed_at": closed,
                **values,
            },
        )
        return settled.rowcount == 1

    def record_live(self, claim: Claim, now: datetime, published_at: datetime | None, url: str) -> None:
        """Note what the site shows after *claim* was delivered, unless a newer change is noted already."""
        state = {
            Operation.PUBLISH: LiveState.LIVE,
            Operation.WITHDRAW: LiveState.WITHDRAWN,
            Operation.KILL: LiveState.KILLED,
        }[claim.payload.operation]
        place = and_(live.c.article == claim.article, live.c.site == claim.site)
        values: dict[str, object] = {
            "state": state.value,
            "revision": claim.payload.revision if state is LiveState.LIVE else None,
            "sequence": claim.payload.sequence,
            "since": now,
            "url": url,
        }
        known = self._connection.execute(statements.LIVE, {"article": claim.article, "site": claim.site}).one_or_none()
        if known is None:
            self._connection.execute(
                insert(live).values(article=claim.article, site=claim.site, first_published_at=published_at, **values)
            )
        elif known.sequence < claim.payload.sequence:
            values["first_published_at"] = known.first_published_at or published_at
            self._connection.execute(update(live).where(place).values(values))

    def last_published(self, article: ArticleId, site: SiteName) -> Payload | None:
        """The newest publication of the article that was delivered to the site; None where none was."""
        body = self._connection.execute(
            select(payloads.c.body)
            .join(queue, and_(queue.c.article == payloads.c.article, queue.c.sequence == payloads.c.sequence))
            .where(
                queue.c.article == article,
                queue.c.site == site,
                queue.c.operation == Operation.PUBLISH.value,
                queue.c.delivered_at.is_not(None),
            )
            .order_by(queue.c.sequence.desc())
            .limit(1)
        ).scalar()
        return None if body is None else payload_from_dict(json.loads(body))

    def knows_of(self, claim: Claim, operation: Operation, sequence: int) -> bool:
        """Whether this newsroom itself ever queued a change that explains a receipt of *operation* and *sequence*."""
        own = and_(queue.c.article == claim.article, queue.c.site == claim.site)
        explains = (
            queue.c.operation == Operation.KILL.value if operation is Operation.KILL else queue.c.sequence >= sequence
        )
        return self._connection.scalar(select(exists().where(own, explains))) or False

    def supersede_older(self, claim: Claim, now: datetime) -> list[QueueItemId]:
        """Close what waits for the same site with a lower sequence: the site will never go back to it."""
        waiting = {"site": claim.site, "article": claim.article, "sequence": claim.payload.sequence}
        older = self._connection.scalars(statements.OLDER, waiting).all()
        for item in older:
            self.set_state(QueueItemId(item), QueueState.SUPERSEDED, closed_at=now)
        return [QueueItemId(item) for item in older]


def _numbers_of(row: Row[Any]) -> Payload:
    """What the item itself tells of a payload that cannot be trusted."""
    return Payload(ArticleUid(""), Operation(row.operation), row.sequence, row.revision, "", None)


def _reached(column: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    return or_(column.is_(None), column <= now)


_ITEM = (
    select(
        queue,
        articles.c.headline,
        func.coalesce(rubrics.c.title, "").label("rubric"),
        people.c.name.label("requester"),
    )
    .join(articles, articles.c.id == queue.c.article)
    .join(people, people.c.id == queue.c.requested_by)
    .outerjoin(rubrics, rubrics.c.slug == articles.c.rubric)
)


def _item(row: Row[tuple[object, ...]]) -> QueueItem:
    return QueueItem(
        id=QueueItemId(row.id),
        article=ArticleId(row.article),
        headline=row.headline,
        rubric=row.rubric,
        site=SiteName(row.site),
        operation=Operation(row.operation),
        sequence=row.sequence,
        revision=row.revision,
        state=QueueState(row.state),
        due_at=row.due_at,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        problem=row.problem,
        reason=row.reason,
        requested_by=row.requester,
        created_at=row.created_at,
        delivered_at=row.delivered_at,
        verified_at=row.verified_at,
        url=row.url,
    )
