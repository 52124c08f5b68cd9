"""Publishers' signs of life and what they have found wrong with sites; numbers of what waits, from the queue."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, case, delete, func, insert, select, update

from newsroom.domain.health import GONE_AFTER, LATE_AFTER, Health, PublisherHealth, SiteHealth, SiteTrouble
from newsroom.domain.ids import SiteName
from newsroom.domain.states import OPEN_QUEUE_STATES, QueueState
from newsroom.storage import tables as t

#: A publisher that has been silent for so long is not coming back: each run has a name of its own.
_FORGOTTEN = timedelta(days=7)
#: Among how many of the newest items the last delivery of a site is looked for.
_RECENT = 1000
_MOVING = [state.value for state in (QueueState.SCHEDULED, QueueState.RETRYING, QueueState.DELIVERING)]


class HealthBook:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # What publishers write

    def seen(
        self, publisher: str, at: datetime, sites: Collection[SiteName], at_least_once: Collection[SiteName] = ()
    ) -> None:
        """The publisher is at work, for *sites*; those *at_least_once* may get a change more than once."""
        served = {str(site): site in at_least_once for site in sorted(sites)}
        values = {"seen_at": at, "stopped_at": None, "sites": json.dumps(served)}
        changed = self._connection.execute(update(t.publishers).where(t.publishers.c.name == publisher).values(values))
        if changed.rowcount == 0:
            old = select(t.publishers.c.name).where(t.publishers.c.seen_at < at - _FORGOTTEN)
            self._connection.execute(delete(t.site_troubles).where(t.site_troubles.c.publisher.in_(old)))
            self._connection.execute(delete(t.publishers).where(t.publishers.c.seen_at < at - _FORGOTTEN))
            self._connection.execute(insert(t.publishers).values(name=publisher, **values))

    def stopped(self, publisher: str, at: datetime) -> None:
        """The publisher says goodbye; what it had found wrong is looked for anew by the next."""
        self._connection.execute(delete(t.site_troubles).where(t.site_troubles.c.publisher == publisher))
        self._connection.execute(
            update(t.publishers).where(t.publishers.c.name == publisher).values(seen_at=at, stopped_at=at)
        )

    def trouble(self, trouble: SiteTrouble) -> None:
        """Note why a site is left alone; ``since`` of trouble that lasts is kept."""
        place = _place(trouble.site, trouble.publisher)
        values = {"problem": trouble.problem, "next_attempt_at": trouble.next_attempt_at}
        changed = self._connection.execute(update(t.site_troubles).where(place).values(values))
        if changed.rowcount == 0:
            self._connection.execute(
                insert(t.site_troubles).values(
                    site=trouble.site, publisher=trouble.publisher, since=trouble.since, **values
                )
            )

    def well(self, site: SiteName, publisher: str) -> None:
        self._connection.execute(delete(t.site_troubles).where(_place(site, publisher)))

    # What people and monitors read

    def read(self, now: datetime) -> Health:
        publishers = self._publishers(now)
        alive = {one.name for one in publishers if one.alive}
        troubles = self._troubles(alive)
        served = {site for one in publishers if one.alive for site in one.sites}
        unsure = {site for one in publishers if one.alive for site in one.at_least_once}
        counts, delivered = self._counts(now), self._last_delivered()
        sites = []
        for row in self._connection.execute(select(t.sites.c.name, t.sites.c.kind).order_by(t.sites.c.name)):
            name = SiteName(row.name)
            sites.append(
                SiteHealth(
                    site=name,
                    kind=row.kind,
                    **counts.get(name, _NOTHING),
                    last_delivered_at=delivered.get(name),
                    trouble=troubles.get(name),
                    served=name in served,
                    at_least_once=name in unsure,
                )
            )
        return Health(now, tuple(publishers), tuple(sites))

    def _publishers(self, now: datetime) -> list[PublisherHealth]:
        held = and_(t.queue.c.state == QueueState.DELIVERING.value, t.queue.c.lease_until > now)
        holding = select(t.queue.c.claimed_by, func.count().label("number")).where(held).group_by(t.queue.c.claimed_by)
        under_way: dict[str, int] = {row.claimed_by: row.number for row in self._connection.execute(holding)}
        rows = self._connection.execute(
            select(t.publishers).order_by(t.publishers.c.seen_at.desc(), t.publishers.c.name)
        )
        found = []
        for row in rows:
            named = json.loads(row.sites)
            served: dict[str, bool] = named if isinstance(named, dict) else dict.fromkeys(named, False)
            one = PublisherHealth(
                name=row.name,
                seen_at=row.seen_at,
                stopped_at=row.stopped_at,
                sites=tuple(SiteName(name) for name in served),
                at_least_once=tuple(SiteName(name) for name, unsure in served.items() if unsure),
                under_way=under_way.get(row.name, 0),
                alive=row.stopped_at is None and (now - row.seen_at <= GONE_AFTER or row.name in under_way),
            )
            found.append(one)
        return found

    def _troubles(self, publishers: Collection[str]) -> dict[SiteName, SiteTrouble]:
        """The newest of each site, as *publishers* have found them."""
        query = select(t.site_troubles).order_by(t.site_troubles.c.next_attempt_at)
        rows = self._connection.execute(query.where(t.site_troubles.c.publisher.in_(publishers))).mappings()
        return {row["site"]: SiteTrouble(**row) for row in rows}

    def _counts(self, now: datetime) -> dict[SiteName, dict[str, Any]]:
        queue = t.queue.c
        moving = queue.state.in_(_MOVING)
        due = and_(moving, queue.due_at <= now)
        late = and_(moving, queue.due_at <= now - LATE_AFTER)

        def number(condition: Any) -> Any:
            return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

        states = [state.value for state in (*OPEN_QUEUE_STATES, QueueState.DELIVERED)]
        query = (
            select(
                queue.site,
                number(and_(queue.state.in_([*_MOVING, QueueState.HELD.value]), ~due)).label("waiting"),
                number(due).label("due"),
                number(late).label("late"),
                func.min(case((due, queue.due_at))).label("oldest_due_at"),
                number(queue.state == QueueState.NEEDS_PERSON.value).label("needs_person"),
                number(queue.state == QueueState.DELIVERED.value).label("unverified"),
            )
            .where(queue.state.in_(states))
            .group_by(queue.site)
        )
        found = {}
        for row in self._connection.execute(query).mappings():
            values = dict(row)
            found[SiteName(values.pop("site"))] = values
        return found

    def _last_delivered(self) -> dict[SiteName, datetime]:
        recent = select(t.queue.c.site, t.queue.c.delivered_at).order_by(t.queue.c.id.desc()).limit(_RECENT).subquery()
        query = select(recent.c.site, func.max(recent.c.delivered_at)).group_by(recent.c.site)
        return {SiteName(site): at for site, at in self._connection.execute(query) if at is not None}


def _place(site: SiteName, publisher: str) -> Any:
    return and_(t.site_troubles.c.site == site, t.site_troubles.c.publisher == publisher)


_NOTHING: dict[str, Any] = {
    "waiting": 0,
    "due": 0,
    "late": 0,
    "oldest_due_at": None,
    "needs_person": 0,
    "unverified": 0,
}
