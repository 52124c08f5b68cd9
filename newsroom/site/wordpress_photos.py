"""Photos of an article as attachments of its post: rows of ``posts`` and ``postmeta``. Files are `wordpress_uploads`'s.

Every attachment belongs to one article. The hidden field ``_newsroom_photo`` tells which photo it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from newsroom.domain.ids import PhotoId
from newsroom.site import php
from newsroom.site.wordpress_options import SiteOptions
from newsroom.site.wordpress_tables import Tables
from newsroom.site.wordpress_text import Picture, Placed, plain

PHOTO, FILE, _ALT, _METADATA = (
    "_newsroom_photo",
    "_wp_attached_file",
    "_wp_attachment_image_alt",
    "_wp_attachment_metadata",
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One photo on the site."""

    id: int
    photo: PhotoId
    #: Relative to the uploads.
    file: str
    words: str
    alt: str


def attachments_of(connection: Connection, tables: Tables, post: int) -> list[Attachment]:
    """The newsroom's photos of a post, in order of their IDs."""
    posts, meta = tables.posts, tables.postmeta
    photo, file, alt = meta.alias(), meta.alias(), meta.alias()
    query = (
        select(
            tables.post_key,
            posts.c.post_excerpt,
            photo.c.meta_value.label("photo"),
            file.c.meta_value.label("file"),
            alt.c.meta_value.label("alt"),
        )
        .join_from(posts, photo, and_(photo.c.post_id == tables.post_key, photo.c.meta_key == PHOTO))
        .outerjoin(file, and_(file.c.post_id == tables.post_key, file.c.meta_key == FILE))
        .outerjoin(alt, and_(alt.c.post_id == tables.post_key, alt.c.meta_key == _ALT))
        .where(posts.c.post_parent == post, posts.c.post_type == "attachment")
        .order_by(tables.post_key)
    )
    return [
        Attachment(int(row.ID), PhotoId(row.photo), row.file or "", row.post_excerpt, row.alt or "")
        for row in connection.execute(query)
    ]


def placed(options: SiteOptions, attachment: Attachment) -> Placed:
    return Placed(attachment.id, f"{options.uploads_url}/{attachment.file}")


def insert_attachment(
    connection: Connection,
    tables: Tables,
    options: SiteOptions,
    picture: Picture,
    *,
    post: int,
    file: str,
    author: int,
    now: datetime,
) -> Attachment:
    """A new attachment of a post whose *file*, relative to the uploads, has been written."""
    photo, name = picture.photo, file.rpartition("/")[2].rpartition(".")[0]
    local, gmt = options.local(now), now.replace(tzinfo=None, microsecond=0)
    inserted = connection.execute(
        tables.posts.insert().values(
            post_author=author,
            post_date=local,
            post_date_gmt=gmt,
            post_modified=local,
            post_modified_gmt=gmt,
            post_content="",
            post_title=plain(picture.alt or picture.words or name),
            post_excerpt=plain(picture.words),
            post_status="inherit",
            comment_status="closed",
            ping_status="closed",
            post_password="",
            post_name=name,
            to_ping="",
            pinged="",
            post_content_filtered="",
            post_parent=post,
            guid=f"{options.uploads_url}/{file}"[:255],
            menu_order=0,
            post_type="attachment",
            post_mime_type=photo.mime,
            comment_count=0,
        )
    )
    key = int(inserted.lastrowid)
    metadata = php.dumps(
        {
            "width": photo.width,
            "height": photo.height,
            "file": file,
            "filesize": len(photo.data),
            "sizes": {},
            "image_meta": {
                "aperture": "0",
                "credit": "",
                "camera": "",
                "caption": "",
                "created_timestamp": "0",
                "copyright": "",
                "focal_length": "0",
                "iso": "0",
                "shutter_speed": "0",
                "title": "",
                "orientation": "0",
                "keywords": {},
            },
        }
    )
    values = {FILE: file, _METADATA: metadata, _ALT: picture.alt, PHOTO: str(photo.id)}
    connection.execute(
        tables.postmeta.insert(),
        [{"post_id": key, "meta_key": name, "meta_value": value} for name, value in values.items()],
    )
    return Attachment(key, photo.id, file, plain(picture.words), picture.alt)


def reword_attachment(
    connection: Connection,
    tables: Tables,
    options: SiteOptions,
    attachment: Attachment,
    picture: Picture,
    now: datetime,
) -> None:
    """Give an attachment new words where they have changed."""
    posts, meta = tables.posts, tables.postmeta
    if attachment.words != plain(picture.words):
        connection.execute(
            posts.update()
            .where(tables.post_key == attachment.id)
            .values(
                post_excerpt=plain(picture.words),
                post_modified=options.local(now),
                post_modified_gmt=now.replace(tzinfo=None, microsecond=0),
            )
        )
    if attachment.alt != picture.alt:
        connection.execute(
            meta.update().where(meta.c.post_id == attachment.id, meta.c.meta_key == _ALT).values(meta_value=picture.alt)
        )


def drop_attachments(connection: Connection, tables: Tables, attachments: Iterable[Attachment]) -> None:
    """Remove attachments with everything said of them."""
    ids = [attachment.id for attachment in attachments]
    if ids:
        connection.execute(tables.postmeta.delete().where(tables.postmeta.c.post_id.in_(ids)))
        connection.execute(tables.posts.delete().where(tables.post_key.in_(ids)))
