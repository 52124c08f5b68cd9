"""The publish queue: when, now, not yet, again, away. Items under way have to finish first (`NotNow`)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from newsroom.desk.case import Case, use_case
from newsroom.desk.checking import newly_found
from newsroom.desk.queueing import cancel, enqueue, look_at, own_sites
from newsroom.desk.review import refuse_blocked
from newsroom.desk.session import Desk
from newsroom.desk.writing import refuse_killed
from newsroom.domain.article import Article
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput, NotNow, Unsettled
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.people import Action
from newsroom.domain.queue import QueueItem
from newsroom.domain.states import WAITING_QUEUE_STATES, LiveState, Operation, QueueState, ReviewState
from newsroom.words import _

#: A planned time this far in the past is a slip of the pen; less is somebody who typed slowly.
_PAST = timedelta(minutes=5)


def schedule(
    desk: Desk,
    article: ArticleId,
    due: datetime,
    *,
    site: SiteName | None = None,
    warnings_seen: Collection[str] = (),
) -> Done[None]:
    """Let the approved revision go out at *due* (aware), on all sites or one; also moves an earlier time.

    An approved article whose items are gone (withdrawn, cancelled) is queued anew. Raises `InvalidInput` for a time
    that is past, `NotNow` for an article that is not approved, is under way, or is live as it stands, `Blocked`, and
    `Unsettled` for warnings that the lists give since the approval and whose keys are not among *warnings_seen*.
    """
    with use_case(desk, Action.SCHEDULE) as case:
        if due < case.now - _PAST:
            raise InvalidInput(_("Это время уже прошло; чтобы выпустить сейчас, есть «Опубликовать сейчас»."))
        _release(desk, case, article, due, site, "schedule", warnings_seen)
        case.work.articles.set_planned(article, due)
        return case.done(None)


def publish_now(
    desk: Desk, article: ArticleId, *, site: SiteName | None = None, warnings_seen: Collection[str] = ()
) -> Done[None]:
    """Let the approved revision go out at once. Restores a withdrawn article too. Raises as `schedule` does."""
    with use_case(desk, Action.PUBLISH_NOW) as case:
        _release(desk, case, article, case.now, site, "publish", warnings_seen)
        return case.done(None)


def _release(
    desk: Desk,
    case: Case,
    article: ArticleId,
    due: datetime,
    site: SiteName | None,
    what: str,
    warnings_seen: Collection[str],
) -> None:
    current = case.work.articles.get(article, lock=True)
    refuse_killed(current)
    if current.review is not ReviewState.APPROVED:
        raise NotNow(
            _("Сначала статью одобряет главный редактор; сейчас она {state}.").format(state=current.review.words)
        )
    refuse_blocked(desk, case, current, due)
    # What the lists said at the approval was asked about then.
    new = newly_found(case.work, current.content, article, case.work.articles.approved_at(article))
    if any(one.key not in warnings_seen for one in new):
        raise Unsettled(warnings=new)
    items = [item for item in _items(case, article, site) if item.operation is Operation.PUBLISH]
    waiting = _waiting(items)
    for item in waiting:
        case.work.queue.set_state(
            item.id,
            QueueState.SCHEDULED,
            due=due,
            reason="",
            problem="",
            look_at=look_at(case, item),
        )
        case.note(what, article=article, queue_item=item.id)
    if waiting:
        return
    leaving = {item.site for item in _items(case, article, site) if item.operation is Operation.WITHDRAW}
    absent = _sites_without_revision(case, current, site, leaving)
    if not absent:
        raise NotNow(_("Эта версия уже на сайте; новой одобренной нет."))
    enqueue(case, current, Operation.PUBLISH, absent, due)
    case.note(what, article=article)


def hold(desk: Desk, article: ArticleId, reason: str = "", *, site: SiteName | None = None) -> Done[None]:
    """Keep waiting publications back until somebody schedules or publishes them; a withdrawal or kill never waits."""
    with use_case(desk, Action.HOLD) as case:
        case.work.articles.get(article, lock=True)
        publications = [item for item in _items(case, article, site) if item.operation is Operation.PUBLISH]
        waiting = [item for item in _waiting(publications) if item.state is not QueueState.HELD]
        if not waiting:
            raise NotNow(_("В очереди нет ничего, что можно придержать."))
        for item in waiting:
            case.work.queue.set_state(
                item.id, QueueState.HELD, reason=reason.strip(), problem="", look_at=look_at(case, item)
            )
            case.note("hold", article=article, queue_item=item.id, detail=reason.strip())
        return case.done(None)


def retry(desk: Desk, article: ArticleId, *, site: SiteName | None = None) -> Done[None]:
    """Try again now what failed or waits for its next attempt; `NotNow` where nothing does.

    Whatever voids an approval cancels what rested on it, so what is open may go out: also the correction of what
    readers see beside a newer text that nobody has approved yet.
    """
    with use_case(desk, Action.RETRY) as case:
        case.work.articles.get(article, lock=True)
        failed = [
            item for item in _items(case, article, site) if item.state in (QueueState.NEEDS_PERSON, QueueState.RETRYING)
        ]
        if not failed:
            raise NotNow(_("В очереди нет неудачных доставок этой статьи."))
        for item in failed:
            case.work.queue.set_state(item.id, QueueState.SCHEDULED, problem="")
            case.note("retry", article=article, queue_item=item.id)
        return case.done(None)


def withdraw(desk: Desk, article: ArticleId, reason: str) -> Done[None]:
    """Take the article off every site that shows it or may show it, silently; it can return.

    Everything else on its way is cancelled.
    """
    with use_case(desk, Action.WITHDRAW) as case:
        current = case.work.articles.get(article, lock=True)
        refuse_killed(current)
        live = {place.site for place in current.live if place.state is LiveState.LIVE}
        shown = live | case.work.queue.sites_in_doubt(article)
        sites = [config.name for config in case.work.records.sites() if config.name in shown]
        if not sites:
            raise NotNow(_("Статьи нет на сайте, снимать нечего."))
        cancel(case, article)
        enqueue(case, current, Operation.WITHDRAW, sites, case.now, reason.strip())
        case.note("withdraw", article=article, detail=reason.strip())
        return case.done(None)


def kill(desk: Desk, article: ArticleId, reason: str) -> Done[None]:
    """Take the article away for good: schedule cleared, sites get a tombstone, no approval any more. Needs a reason."""
    with use_case(desk, Action.KILL) as case:
        if not reason.strip():
            raise InvalidInput(_("Аннулирование требует причины."))
        current = case.work.articles.get(article, lock=True)
        refuse_killed(current)
        touched = case.work.queue.sites_in_doubt(article) | {place.site for place in current.live}
        cancel(case, article)
        sites = [config.name for config in case.work.records.sites() if config.name in touched]
        case.work.articles.set_killed(article)
        enqueue(case, current, Operation.KILL, sites, case.now, reason.strip())
        case.note("kill", article=article, detail=reason.strip())
        return case.done(None)


def _items(case: Case, article: ArticleId, site: SiteName | None) -> list[QueueItem]:
    items = case.work.queue.open_items(article)
    return [item for item in items if site is None or item.site == site]


def _waiting(items: list[QueueItem]) -> list[QueueItem]:
    """Those that may be decided over; `NotNow` where all of *items* are under way."""
    waiting = [item for item in items if item.state in WAITING_QUEUE_STATES]
    if items and not waiting:
        raise NotNow(_("Статья как раз доставляется на сайт; подождите несколько секунд."))
    return waiting


def _sites_without_revision(
    case: Case, article: Article, site: SiteName | None, leaving: Collection[SiteName]
) -> list[SiteName]:
    """Sites that do not show the newest revision, or from which it is being withdrawn."""
    shown = {
        place.site
        for place in article.live
        if place.state is LiveState.LIVE and place.revision == article.revision and place.site not in leaving
    }
    named = [config.name for config in case.work.records.sites() if config.name == site]
    names = own_sites(case, article) if site is None else named
    return [name for name in names if name not in shown]
