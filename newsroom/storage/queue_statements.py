"""What a publisher asks of the queue for each delivery, built once: to put a statement together takes Python longer
than it takes the database to carry it out.
"""

from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, exists, func, or_, select, update

from newsroom.domain.states import OPEN_QUEUE_STATES, Operation, QueueState
from newsroom.storage.tables import adoptions, articles, live, payloads, queue, sites

_other = queue.alias("other")
_now: BindParameter[datetime] = bindparam("now")

_in_turn = or_(queue.c.next_attempt_at.is_(None), queue.c.next_attempt_at <= _now)
_stranded = and_(queue.c.state == QueueState.DELIVERING.value, queue.c.lease_until <= _now)
_due_states = [QueueState.SCHEDULED.value, QueueState.RETRYING.value]
_ready = and_(
    # Follows from what is below; said apart, it lets the index leave out everything that is finished.
    queue.c.state.in_([*_due_states, QueueState.DELIVERING.value]),
    queue.c.due_at <= _now,
    or_(and_(queue.c.state.in_(_due_states), _in_turn), _stranded),
)
_held_by_other = exists().where(
    _other.c.site == queue.c.site,
    _other.c.article == queue.c.article,
    _other.c.id != queue.c.id,
    _other.c.state == QueueState.DELIVERING.value,
    _other.c.lease_until > _now,
)
_same_place = and_(queue.c.site == bindparam("site"), queue.c.article == bindparam("article"))

#: The place of the item that is due the longest, kills first; its article is locked.
FIRST_READY = (
    select(queue.c.article, queue.c.site)
    .join(articles, articles.c.id == queue.c.article)
    # As an expression: SQLite would look for the site by its index, and so go through everything ever delivered there.
    .where(_ready, ~_held_by_other, queue.c.site.concat("").in_(bindparam("sites", expanding=True)))
    .order_by((queue.c.operation == Operation.KILL.value).desc(), queue.c.due_at, queue.c.id)
    .limit(1)
    .with_for_update(of=articles, key_share=True, skip_locked=True)
)
#: The items of a place that are due, the newest first.
READY = select(queue.c.id, queue.c.state).where(_same_place, _ready, ~_held_by_other).order_by(queue.c.sequence.desc())
TAKE = (
    update(queue)
    .where(queue.c.id == bindparam("item"))
    .values(
        state=QueueState.DELIVERING.value,
        claimed_by=bindparam("publisher"),
        epoch=queue.c.epoch + 1,
        attempts=queue.c.attempts + 1,
        dated_at=func.coalesce(queue.c.dated_at, queue.c.due_at),
        lease_until=bindparam("until"),
    )
)
CLAIM = (
    select(
        queue,
        payloads.c.body,
        payloads.c.hash,
        live.c.first_published_at,
        adoptions.c.site_pk,
        adoptions.c.state.label("adopted_state"),
        adoptions.c.sequence.label("adopted_after"),
        adoptions.c.slug.label("adopted_slug"),
        sites.c.public_url,
    )
    .join(payloads, and_(payloads.c.article == queue.c.article, payloads.c.sequence == queue.c.sequence))
    .outerjoin(live, and_(live.c.article == queue.c.article, live.c.site == queue.c.site))
    .outerjoin(adoptions, and_(adoptions.c.article == queue.c.article, adoptions.c.site == queue.c.site))
    .outerjoin(sites, sites.c.name == queue.c.site)
    .where(queue.c.id == bindparam("item"))
)
IS_HELD = select(
    exists().where(
        queue.c.id == bindparam("item"),
        queue.c.epoch == bindparam("held_epoch"),
        queue.c.state == QueueState.DELIVERING.value,
    )
)
#: Further values are given with the parameters.
SETTLE = update(queue).where(
    queue.c.id == bindparam("item"),
    queue.c.epoch == bindparam("held_epoch"),
    queue.c.state.in_([QueueState.DELIVERING.value, QueueState.DELIVERED.value]),
)
LIVE = select(live.c.sequence, live.c.first_published_at).where(
    live.c.article == bindparam("article"), live.c.site == bindparam("site")
)
#: What waits for a place with a lower sequence.
OLDER = select(queue.c.id).where(
    _same_place,
    queue.c.sequence < bindparam("sequence"),
    queue.c.state.in_([state.value for state in OPEN_QUEUE_STATES]),
)
