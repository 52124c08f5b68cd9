"""How an approved change gets into the queue and out of it again, in the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from newsroom.desk.case import Case
from newsroom.domain.article import Article
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.queue import Payload, QueueItem
from newsroom.domain.states import Operation, QueueState


def enqueue(
    case: Case,
    article: Article,
    operation: Operation,
    sites: Sequence[SiteName],
    due: datetime | None,
    reason: str = "",
) -> None:
    """Write the payload of *operation* on *article* under its next sequence, and an item for each of *sites*."""
    if not sites:
        return
    publishes = operation is Operation.PUBLISH
    titles = {rubric.slug: rubric.title for rubric in case.work.records.rubrics()}
    payload = Payload(
        article_uid=article.uid,
        operation=operation,
        sequence=case.work.articles.next_sequence(article.id),
        revision=article.revision,
        slug=article.slug,
        content=article.content if publishes else None,
        rubric_title=titles.get(article.content.rubric, "") if publishes and article.content.rubric else "",
    )
    case.work.queue.add_payload(article.id, payload)
    for site in sites:
        item = case.work.queue.add_item(article.id, site, payload, due, case.person.id, case.now, reason)
        case.note("queue", article=article.id, queue_item=item, detail=operation.value)


def own_sites(case: Case, article: Article) -> list[SiteName]:
    """Sites that a change of *article* goes to: all of them, but for one that came from the archive of a site.

    Such an article belongs to that site, and to those that it was sent to since: an old article does not appear on a
    second site because a letter of it was mended.
    """
    names = [config.name for config in case.work.records.sites()]
    origins = case.work.adoptions.origins(article.id)
    own = origins | {place.site for place in article.live}
    return [name for name in names if not origins or name in own]


def cancel(
    case: Case,
    article: ArticleId,
    operations: Collection[Operation] = tuple(Operation),
    but: Collection[QueueItemId] = (),
) -> None:
    """Cancel the open *operations* on *article*, *but* not these items.

    A publisher that has taken one up stops before it commits.
    """
    for item in case.work.queue.open_items(article):
        if item.operation in operations and item.id not in but:
            case.work.queue.set_state(
                item.id, QueueState.CANCELLED, closed_at=case.now, look_at=look_at(case, item), problem=""
            )
            case.note("cancelled", article=article, queue_item=item.id)


def look_at(case: Case, item: QueueItem) -> datetime | None:
    """From when the site is to be asked whether *item* came through: it is decided over in the midst of a delivery."""
    under_way = item.state in (QueueState.DELIVERING, QueueState.RETRYING)
    return case.now if under_way else item.next_attempt_at
