"""Rehearsals: an article, or an example of one, is carried to a site as if it were due, and nothing of it is kept."""

import hashlib
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from newsroom.domain.adoption import Adopted
from newsroom.domain.article import Article
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import ArticleUid, PhotoId, QueueItemId, RubricSlug, SiteName
from newsroom.domain.queue import Claim, Payload
from newsroom.domain.rehearsal import Rehearsal
from newsroom.domain.states import Operation
from newsroom.site.kinds import open_site
from newsroom.site.port import Delivery, SiteArticle, SitePhoto
from newsroom.site.rehearsal import Rehearsing
from newsroom.words import _

#: A picture of one pixel.
_PIXEL: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def rehearse(kind: str, address: str, delivery: Delivery, options: Mapping[str, str]) -> Rehearsal:
    """What *delivery* would change. Raises `InvalidInput` where the kind cannot tell, and what the site raises."""
    site = open_site(kind, address, options)
    try:
        if not isinstance(site, Rehearsing):
            raise InvalidInput(_("Сайт вида «{kind}» показать изменения заранее не умеет.").format(kind=kind))
        return site.rehearse(delivery)
    finally:
        site.close()


def trial_claim(
    article: Article,
    site: SiteName,
    rubric_titles: Mapping[RubricSlug, str],
    now: datetime,
    adopted: Adopted | None = None,
) -> Claim:
    """A claim of the newest revision, as if it had been approved and were due at *now*; no queue knows of it."""
    live = [place for place in article.live if place.site == site]
    payload = Payload(
        article_uid=article.uid,
        operation=Operation.PUBLISH,
        sequence=max((place.sequence for place in article.live), default=0) + 1,
        revision=article.revision,
        slug=article.slug,
        content=article.content,
        rubric_title=rubric_titles.get(article.content.rubric, "") if article.content.rubric else "",
    )
    return Claim(
        item=QueueItemId(0),
        article=article.id,
        site=site,
        payload=payload,
        payload_hash=payload.hash,
        epoch=1,
        lease_until=now,
        due_at=now,
        dated_at=now,
        attempts=0,
        first_published_at=live[0].first_published_at if live else None,
        adopted=adopted,
    )


def example(rubric_slug: str = "", rubric_title: str = "") -> Delivery:
    """The publication of a small article with a photo and tags."""
    body = _("Текст пробной статьи.")
    digest = hashlib.sha256(_PIXEL).hexdigest()
    photo = SitePhoto(PhotoId(digest), "image/png", 1, 1, f"{digest[:32]}.png", _PIXEL)
    article = SiteArticle(
        headline=_("Проба: статья, которой не будет"),
        lead=_("Лид пробной статьи."),
        body_html=f"<p>{body}</p>",
        rubric_slug=rubric_slug or "obshchestvo",
        rubric_title=rubric_title or rubric_slug or _("Общество"),
        tags=(_("проба"),),
        byline=_("Редакция"),
        slug="newsroom-proba-statya",
        age="6+",
        lead_photo=photo.id,
        photo_caption=_("Подпись"),
        photo_credit=_("Автор фото"),
        photo_alt=_("Описание фото"),
        note="",
        published_at=datetime.now(UTC),
        pinned_until=None,
        photos=(photo,),
    )
    return Delivery(
        article_uid=ArticleUid("00000000-0000-4000-8000-00000000da7a"),
        operation=Operation.PUBLISH,
        sequence=1,
        revision=1,
        hash=digest,
        epoch=1,
        article=article,
    )
