"""Taking back the last delivery: what stood on the site before it goes out again, as an ordinary change.

What was delivered before is kept for ever in the payloads, and a payload makes the same rows whenever it is delivered;
so what comes back is what stood there, column by column. A site whose row somebody else has edited since refuses it.
"""

from newsroom.desk.case import Case, use_case
from newsroom.desk.queueing import cancel
from newsroom.desk.session import Desk
from newsroom.desk.writing import refuse_killed
from newsroom.domain.article import Article
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput, NotNow
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.people import Action
from newsroom.domain.queue import Payload
from newsroom.domain.states import Operation, QueueState, ReviewState
from newsroom.words import _

#: Nobody can tell yet what the site shows after these.
_ON_THE_WAY = (QueueState.DELIVERING, QueueState.RETRYING)


def undo_delivery(desk: Desk, article: ArticleId, reason: str, *, site: SiteName | None = None) -> Done[None]:
    """Let what stood on the sites, or on one, before the last delivery go out again at once.

    What was never there before is taken off. The text that is taken back loses its approval and returns to its author
    with *reason*; waiting items are cancelled. Raises `NotNow` where there is nothing to take back, a delivery is under
    way, the article is killed or stood there before the newsroom adopted it, and `InvalidInput` without a reason.
    """
    with use_case(desk, Action.WITHDRAW) as case:
        if not reason.strip():
            raise InvalidInput(_("Отмена доставки требует причины: её увидит автор."))
        current = case.work.articles.get(article, lock=True)
        refuse_killed(current)
        if any(item.state in _ON_THE_WAY for item in case.work.queue.open_items(article)):
            raise NotNow(_("Последняя доставка ещё не закончена: дождитесь её или отмените."))
        places = [place for place in current.live if site is None or place.site == site]
        if not places:
            raise NotNow(_("Статьи нет на сайте, отменять нечего."))
        cancel(case, article)
        queued: dict[int, Payload] = {}
        for place in places:
            name = SiteName(place.site)
            before = case.work.queue.delivered_before(article, name, place.sequence)
            if before is None and name in case.work.adoptions.origins(article):
                raise NotNow(
                    _(
                        "До этой доставки на сайте {site} стоял текст из его архива: верните его из истории статьи."
                    ).format(site=name)
                )
            key = before.sequence if before else 0
            if key not in queued:
                queued[key] = _again(case, current, before)
                case.work.queue.add_payload(article, queued[key])
            item = case.work.queue.add_item(
                article, name, queued[key], case.now, case.person.id, case.now, reason.strip()
            )
            case.note("undo", article=article, queue_item=item, detail=reason.strip())
        if current.review in (ReviewState.APPROVED, ReviewState.SUBMITTED):
            case.work.articles.void_approval(article, case.now)
            case.work.articles.set_review(article, ReviewState.RETURNED, reason.strip())
        return case.done(None)


def _again(case: Case, article: Article, before: Payload | None) -> Payload:
    """The payload that brings back *before*; without it, one that takes the article off."""
    return Payload(
        article_uid=article.uid,
        operation=before.operation if before else Operation.WITHDRAW,
        sequence=case.work.articles.next_sequence(article.id),
        revision=before.revision if before else article.revision,
        slug=before.slug if before else article.slug,
        content=before.content if before else None,
        rubric_title=before.rubric_title if before else "",
    )
