"""After a backup was restored: a site that is behind gets everything again, one that is ahead is taken as it is."""

from collections.abc import Collection, Sequence

from newsroom.desk.case import use_case
from newsroom.desk.queueing import cancel
from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.people import Action
from newsroom.domain.restored import Ahead
from newsroom.domain.states import Operation, QueueState


def replay(desk: Desk, site: SiteName, articles: Collection[ArticleId]) -> Done[int]:
    """Send what was delivered last of *articles* to *site* again, at once; how many could be queued.

    The others came to the site by no queue of this newsroom: their next approved revision goes out as usual.
    """
    with use_case(desk, Action.MANAGE_SITES) as case:
        queued = 0
        for article in sorted(articles):
            case.work.articles.lock(article)
            item = case.work.ledger.delivering_item(site, article)
            if item is not None:
                case.work.queue.set_state(item, QueueState.SCHEDULED, problem="")
                case.note("replay", article=article, queue_item=item)
                queued += 1
        return case.done(queued)


def accept(desk: Desk, site: SiteName, ahead: Sequence[Ahead]) -> Done[None]:
    """Take for known what *site* shows and this newsroom has forgotten: its next changes go on from there.

    An article that was killed there is killed here too.
    """
    with use_case(desk, Action.MANAGE_SITES) as case:
        for change in sorted(ahead, key=lambda change: change.article or 0):
            if change.article is not None:
                case.work.articles.lock(change.article)
                case.work.articles.raise_sequence(change.article, change.sequence)
                if change.operation is Operation.KILL:
                    cancel(case, change.article)
                    case.work.articles.set_killed(change.article)
            case.work.ledger.accept(site, change, case.now)
            case.note("accept", article=change.article, detail=f"{site} {change.uid} {change.sequence}")
        return case.done(None)
