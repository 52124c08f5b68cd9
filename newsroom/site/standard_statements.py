"""The statements of the standard site, built once: each is compiled once per kind of database, then only executed."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Table,
    bindparam,
    delete,
    exists,
    false,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from newsroom.site.standard_schema import (
    article_photos,
    articles,
    metadata,
    newsroom_receipt,
    photos,
    rubrics,
    typo_reports,
)


def _insert_if_absent(table: Table) -> dict[str, Insert]:
    """By kind of database: leave an existing row as it is, and wait for one that is being inserted."""
    key = next(iter(table.primary_key))
    on_mysql = mysql.insert(table).on_duplicate_key_update({key.name: key})
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
        "mysql": on_mysql,
        "mariadb": on_mysql,
    }


#: No rows, but every column of every table: fails where one is missing.
PROBES = tuple(select(table).where(false()) for table in metadata.sorted_tables)
MAX_PACKET = text("SELECT @@max_allowed_packet")

INSERT_RECEIPT = _insert_if_absent(newsroom_receipt)
RECEIPT = select(newsroom_receipt).where(newsroom_receipt.c.article_uid == bindparam("uid"))
LOCK_RECEIPT = RECEIPT.with_for_update()
UPDATE_RECEIPT = update(newsroom_receipt).where(newsroom_receipt.c.article_uid == bindparam("uid"))

RECEIPTS_AFTER = (
    select(newsroom_receipt)
    .where(newsroom_receipt.c.article_uid > bindparam("cursor"))
    .order_by(newsroom_receipt.c.article_uid)
    .limit(bindparam("limit"))
)
RECEIPTS_OF = select(newsroom_receipt).where(newsroom_receipt.c.article_uid.in_(bindparam("uids", expanding=True)))

ARTICLE = select(articles).where(articles.c.uid == bindparam("uid"))
LOCK_ARTICLE = ARTICLE.with_for_update()
SLUG = select(articles.c.slug).where(articles.c.id == bindparam("key"))
SLUG_TAKEN = select(articles.c.uid, articles.c.headline).where(
    articles.c.slug == bindparam("slug"), articles.c.uid != bindparam("uid")
)
INSERT_ARTICLE = articles.insert()
UPDATE_ARTICLE = update(articles).where(articles.c.id == bindparam("key"))

RUBRIC_TITLE = select(rubrics.c.title).where(rubrics.c.slug == bindparam("slug"))
NEXT_RUBRIC_POSITION = select(func.coalesce(func.max(rubrics.c.position) + 1, 0))
INSERT_RUBRIC = _insert_if_absent(rubrics)
RENAME_RUBRIC = update(rubrics).where(rubrics.c.slug == bindparam("key"))

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
INSERT_PHOTO = _insert_if_absent(photos)
PHOTO = select(photos).where(photos.c.id == bindparam("id"))
PHOTO_OF_FILE = select(photos.c.id).where(photos.c.file_name == bindparam("file_name"))
#: The lock keeps another delivery from removing a photo that this one is about to show.
LOCK_PHOTO_SIZES = (
    select(photos.c.id, func.length(photos.c.data).label("size"))
    .where(photos.c.id.in_(_IDS))
    .with_for_update(read=True)
)
PHOTOS_OF_ARTICLE = (
    select(article_photos.c.photo_id)
    .where(article_photos.c.article_id == bindparam("key"))
    .order_by(article_photos.c.position)
)
FILES_OF_ARTICLE = (
    select(photos.c.file_name)
    .join(article_photos, article_photos.c.photo_id == photos.c.id)
    .where(article_photos.c.article_id == bindparam("key"))
    .order_by(article_photos.c.position)
)
LOCK_PHOTOS = select(photos.c.id).where(photos.c.id.in_(_IDS)).order_by(photos.c.id).with_for_update()
SHOW_PHOTO = article_photos.insert()
FORGET_PHOTOS = delete(article_photos).where(article_photos.c.article_id == bindparam("key"))
REMOVE_UNUSED_PHOTOS = delete(photos).where(
    photos.c.id.in_(_IDS),
    ~exists().where(article_photos.c.photo_id == photos.c.id),
    ~exists().where(articles.c.lead_photo == photos.c.id),
)

_REPORTS_AFTER = (
    select(typo_reports)
    .where(typo_reports.c.id > bindparam("cursor"))
    .order_by(typo_reports.c.id)
    .limit(bindparam("limit"))
)
_WAITING_REPORTS_AFTER = _REPORTS_AFTER.with_for_update(read=True)
#: What has to be done to see no report without those that were numbered before it: SQLite has one writer; PostgreSQL
#: waits for whoever is inserting into the table; on MariaDB a shared lock waits for rows that are not committed.
AWAIT_REPORTS = {"postgresql": text("LOCK TABLE typo_reports IN SHARE MODE")}
REPORTS_AFTER = {
    "sqlite": _REPORTS_AFTER,
    "postgresql": _REPORTS_AFTER,
    "mysql": _WAITING_REPORTS_AFTER,
    "mariadb": _WAITING_REPORTS_AFTER,
}
CLOSE_REPORT = update(typo_reports).where(typo_reports.c.id == bindparam("key"))
