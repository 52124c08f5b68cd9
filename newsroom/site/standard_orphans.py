"""Photos of the standard site that no article shows: rows alone, since their bytes lie in them."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, select

from newsroom.site.orphans import CONTENT_NAME, DIGITS, Orphan
from newsroom.site.standard_schema import article_photos, articles, photos
from newsroom.site.standard_statements import LOCK_PHOTOS

#: By its text, too: an article of other hands need not list its photos.
_UNUSED = (
    photos.c.added_at < bindparam("before"),
    ~exists().where(article_photos.c.photo_id == photos.c.id),
    ~exists().where(articles.c.lead_photo == photos.c.id),
    ~exists().where(articles.c.body_html.contains(photos.c.file_name)),
)
_ORPHANS = (
    select(photos.c.id, photos.c.file_name, func.length(photos.c.data).label("size"), photos.c.added_at)
    .where(*_UNUSED)
    .order_by(photos.c.file_name)
)
_REMOVE = delete(photos).where(photos.c.id == bindparam("key"), *_UNUSED)


def orphans(connection: Connection, before: datetime) -> list[Orphan]:
    """Photos added *before* that no article lists, leads with or shows in its text."""
    return [
        Orphan(row.file_name, row.size, row.added_at, row.id)
        for row in connection.execute(_ORPHANS, {"before": before})
        if CONTENT_NAME.fullmatch(row.file_name) and row.file_name[:DIGITS] == row.id[:DIGITS]
    ]


def remove(connection: Connection, orphan: Orphan, before: datetime) -> bool:
    """Remove it, unless an article has come to use it meanwhile; whether it was removed. Nothing is committed here."""
    # A delivery that is about to show it holds the row until it has committed.
    connection.execute(LOCK_PHOTOS, {"ids": [orphan.key]}).all()
    return connection.execute(_REMOVE, {"key": orphan.key, "before": before}).rowcount > 0
