"""What stands on a site beside what the newsroom has: brought together from both, for a person to merge."""

from datetime import datetime

from newsroom.desk.merging import Merge, read_merge
from newsroom.desk.session import Desk
from newsroom.domain.article import Article
from newsroom.domain.errors import NotFound
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.queue import Claim
from newsroom.domain.states import Operation
from newsroom.publishing.delivery import delivery_of
from newsroom.site.archive import Archive
from newsroom.site.port import Delivery
from newsroom.words import _


def merge_with_site(desk: Desk, article: ArticleId, site: SiteName, archive: Archive) -> Merge:
    """Raises `NotFound` where the article never was on the site or is gone from it, and what *archive* raises."""
    with desk.database.read() as work:
        current, adopted = work.articles.get(article), work.adoptions.of(article, site)
        payload = work.queue.last_published(article, site)
        imported = site in work.adoptions.origins(article)
        base = work.articles.revision(article, 1).content if payload is None and imported else None
        now = work.now
    if payload is not None and payload.content is not None:
        claim = Claim(
            item=QueueItemId(0),
            article=article,
            site=site,
            payload=payload,
            payload_hash=payload.hash,
            epoch=1,
            lease_until=now,
            due_at=now,
            dated_at=now,
            attempts=0,
            first_published_at=_first(current, site),
            adopted=adopted,
        )
        delivery = delivery_of(claim, desk.photos)
        base = payload.content
    elif base is not None:
        delivery = Delivery(current.uid, Operation.PUBLISH, 0, 1, "", 1, None, adopted)
    else:
        raise NotFound(_("На сайте «{site}» этой статьи ещё не было.").format(site=site))
    found = archive.found(delivery, adopted.site_pk if adopted else "")
    if found is None:
        raise NotFound(_("На сайте «{site}» этой статьи больше нет: сливать не с чем.").format(site=site))
    return read_merge(desk, article, site, base, delivery.article, found, archive.photo)


def _first(article: Article, site: SiteName) -> datetime | None:
    return next((place.first_published_at for place in article.live if place.site == site), None)
