"""Photos of the newsroom that no article of a WordPress uses: attachments whose post is gone, files without attachment.

Whatever else of the site mentions one, by its address or its number, keeps it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select

from newsroom.domain.ids import PhotoId
from newsroom.site.orphans import DIGITS, Orphan
from newsroom.site.wordpress_change import Work
from newsroom.site.wordpress_photos import FILE, PHOTO, Attachment, drop_attachments
from newsroom.site.wordpress_receipts import lock
from newsroom.site.wordpress_uploads import OURS

#: How texts refer to an attachment by its number: galleries, and the settings of blocks.
_BY_NUMBER = r'(ids|include)="[0-9, ]*\b{id}\b|"(id|mediaId)":{id}\b|"ids":\[[0-9, ]*\b{id}\b|wp-image-{id}\b'


def orphans(work: Work, before: datetime) -> list[Orphan]:
    """What was written *before* and is not used. Raises `SiteUnavailable` where the files cannot be looked at."""
    found = [_orphan(work, attachment, written) for attachment, written in _without_post(work, before)]
    attached = _attached(work)
    for file in work.uploads.ours(before):
        if file.file_name not in attached and not _is_mentioned(work, _stem(file.file_name)):
            found.append(file)
    return sorted(found, key=lambda orphan: orphan.file_name)


def remove(work: Work, orphan: Orphan, before: datetime) -> bool:
    """Remove it, its file after its rows are gone, unless something uses it by now; whether it was removed."""
    with lock(work.connection, work.tables, "names"):
        if orphan.key:
            lost = [attachment for attachment, _at in _without_post(work, before, int(orphan.key))]
            if not lost:
                return False
            drop_attachments(work.connection, work.tables, lost)
            work.connection.commit()
            # What else has the same file keeps it.
            return orphan.file_name in _attached(work) or work.uploads.remove(orphan.file_name)
        if orphan.file_name in _attached(work) or _is_mentioned(work, _stem(orphan.file_name)):
            return False
        return work.uploads.remove_old(orphan.file_name, before)


def _orphan(work: Work, attachment: Attachment, written: datetime) -> Orphan:
    file = work.uploads.seen(attachment.file)
    return Orphan(attachment.file, file.size if file else 0, written, str(attachment.id))


def _attached(work: Work) -> set[str]:
    """The files of our kind of name that any attachment has, whoever made it."""
    meta = work.tables.postmeta
    query = select(meta.c.meta_value).where(meta.c.meta_key == FILE, meta.c.meta_value.is_not(None))
    return {name for name in work.connection.scalars(query) if OURS.fullmatch(name.rpartition("/")[2])}


def _without_post(work: Work, before: datetime, key: int | None = None) -> Iterator[tuple[Attachment, datetime]]:
    """Our attachments, or the one with that *key*, whose post was deleted and which nothing mentions; and their time.

    WordPress ties the attachments of a deleted post to its parent, which a post does not have.
    """
    tables = work.tables
    posts, parent, photo, file = (
        tables.posts,
        tables.posts.alias(),
        tables.postmeta.alias(),
        tables.postmeta.alias(),
    )
    query = (
        select(
            tables.post_key,
            posts.c.post_modified_gmt,
            photo.c.meta_value.label("photo"),
            file.c.meta_value.label("file"),
        )
        .join_from(posts, photo, and_(photo.c.post_id == tables.post_key, photo.c.meta_key == PHOTO))
        .join(file, and_(file.c.post_id == tables.post_key, file.c.meta_key == FILE))
        .outerjoin(parent, parent.c["ID"] == posts.c.post_parent)
        .where(
            posts.c.post_type == "attachment",
            parent.c["ID"].is_(None),
            posts.c.post_modified_gmt < before.astimezone(UTC).replace(tzinfo=None),
        )
        .order_by(tables.post_key)
    )
    if key is not None:
        query = query.where(tables.post_key == key)
    for row in work.connection.execute(query).all():
        stem, name = _stem(row.file), row.file.rpartition("/")[2]
        ours = OURS.fullmatch(name) and stem[:DIGITS] == row.photo[:DIGITS]
        if ours and not _is_mentioned(work, stem, int(row.ID)):
            written = row.post_modified_gmt.replace(tzinfo=UTC)
            yield Attachment(int(row.ID), PhotoId(row.photo), row.file, "", ""), written


def _stem(file: str) -> str:
    """The name that copies of other sizes share."""
    return PurePosixPath(file).stem


def _is_mentioned(work: Work, stem: str, key: int = 0) -> bool:
    """Whether texts, custom fields or settings of the site name the file *stem* or the attachment number *key*.

    The newsroom's own receipts do not count: they also tell of files that are to be removed.
    """
    posts, meta, options = work.tables.posts, work.tables.postmeta, work.tables.options
    in_text = [posts.c.post_content.contains(stem), posts.c.post_excerpt.contains(stem)]
    in_field = [meta.c.meta_value.contains(stem)]
    in_setting = [options.c.option_value.contains(stem)]
    if key:
        in_text.append(posts.c.post_content.regexp_match(_BY_NUMBER.replace("{id}", str(key))))
        in_field.append(meta.c.meta_value == str(key))
        in_setting += [
            and_(options.c.option_name.in_(("site_icon", "site_logo")), options.c.option_value == str(key)),
            and_(options.c.option_name.startswith("theme_mods_"), options.c.option_value.contains(f"i:{key};")),
        ]
    own_receipt = cast(meta.c.meta_key, String).startswith(r"_newsroom_", autoescape=True)
    uses: list[ColumnElement[bool]] = [
        exists().where(work.tables.post_key != key, or_(*in_text)),
        exists().where(meta.c.post_id != (key or -1), ~own_receipt, or_(*in_field)),
        exists().where(or_(*in_setting)),
    ]
    return any(work.connection.execute(select(use)).scalar_one() for use in uses)
