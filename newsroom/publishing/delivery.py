"""From an approved payload to what a site gets: Markdown becomes sanitised HTML, photos are named by content."""

import hashlib

from newsroom.domain.article import Content
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.domain.queue import Claim
from newsroom.photos.renditions import site_rendition
from newsroom.photos.store import PhotoStore
from newsroom.site.port import Delivery, SiteArticle, SitePhoto
from newsroom.text.document import Document, photos_in
from newsroom.text.markdown import parse
from newsroom.text.render import render_html
from newsroom.words import _

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def delivery_of(claim: Claim, photos: PhotoStore) -> Delivery:
    """What *claim* asks of its site. Equal claims give equal deliveries, however often they are made.

    Raises `InvalidInput` for a payload that is not what was approved, `NotFound` or `InvalidInput` for a photo that is
    missing or changed on disk.
    """
    payload = claim.payload
    if not claim.intact:
        raise InvalidInput(
            _(
                "Одобренный текст в базе редакции повреждён или изменён в обход программы: на сайт он не пойдёт. "
                "Проверьте статью и одобрите её заново."
            )
        )
    return Delivery(
        article_uid=payload.article_uid,
        operation=payload.operation,
        sequence=payload.sequence,
        revision=payload.revision,
        hash=claim.payload_hash,
        epoch=claim.epoch,
        article=_article(claim, payload.content, photos) if payload.content else None,
        adopted=claim.adopted,
    )


def _article(claim: Claim, content: Content, store: PhotoStore) -> SiteArticle:
    document = parse(content.body)
    prepared = {photo: site_photo(photo, store) for photo in photos_of(content, document)}
    return SiteArticle(
        headline=content.headline.strip(),
        lead=content.lead.strip(),
        body_html=render_html(document, lambda photo: f"/photos/{prepared[photo].file_name}"),
        rubric_slug=content.rubric or "",
        rubric_title=claim.payload.rubric_title,
        tags=content.tags,
        byline=content.byline,
        # What came from the site keeps the address that readers know.
        slug=(claim.adopted.slug if claim.adopted else "") or claim.payload.slug,
        age=content.age.value if content.age else "",
        lead_photo=prepared[content.photo.photo].id if content.photo else None,
        photo_caption=content.photo.caption if content.photo else "",
        photo_credit=content.photo.credit if content.photo else "",
        photo_alt=content.photo.alt if content.photo else "",
        note=content.note,
        published_at=content.date or claim.first_published_at or claim.dated_at,
        pinned_until=content.pinned_until,
        photos=tuple(prepared.values()),
    )


def photos_of(content: Content, document: Document) -> tuple[PhotoId, ...]:
    """The lead photo, then those of the body, which is *document*; each once."""
    lead = [content.photo.photo] if content.photo else []
    return tuple(dict.fromkeys([*lead, *photos_in(document)]))


def site_photo(photo: PhotoId, store: PhotoStore) -> SitePhoto:
    """The photo as sites get it. Raises `NotFound` or `InvalidInput` as `delivery_of`."""
    rendition = site_rendition(store.read(photo))
    # The site names a photo by what it got, so that another rendition of the same original is another file.
    digest = hashlib.sha256(rendition.data).hexdigest()
    return SitePhoto(
        id=PhotoId(digest),
        mime=rendition.mime,
        width=rendition.width,
        height=rendition.height,
        file_name=f"{digest[:32]}.{_ENDINGS[rendition.mime]}",
        data=rendition.data,
    )
