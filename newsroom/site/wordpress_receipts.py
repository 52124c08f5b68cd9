"""Receipts and locks of a WordPress site, for an account that may only read and write rows.

A receipt is a row of ``postmeta`` under the key ``_newsroom_<uid>``, kept twice: beside the article's post, and with
the post number 0, because WordPress removes the former with the post and cleaning plugins remove the latter. Where both
have lost their value but one is there, a person has allowed the newsroom to write over what it finds. The lock is
MariaDB's ``GET_LOCK`` under the article's name: it lives as long as the session, a COMMIT under way included.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from newsroom.domain.errors import SiteDiverged, SiteUnavailable
from newsroom.domain.ids import ArticleUid
from newsroom.domain.states import Operation
from newsroom.site.port import Delivery, Receipt
from newsroom.site.wordpress_tables import Tables
from newsroom.sql import engine as timeouts
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Held:
    """What the site holds of one article's deliveries."""

    #: None where there was none, or a person has emptied it.
    receipt: Receipt | None = None
    #: ID of the article's post; 0 where there never was one.
    post: int = 0
    #: Hash of the article's state as it was written (`newsroom.site.wordpress_posts.State`).
    state: str = ""
    #: Files of its photos, relative to the uploads.
    files: tuple[str, ...] = ()


_PREFIX: Final = "_newsroom_"


def key_of(uid: ArticleUid) -> str:
    return f"{_PREFIX}{uid}"


@contextmanager
def lock(connection: Connection, tables: Tables, name: str) -> Iterator[None]:
    """Hold the lock *name* of this site; what is not committed at the end is rolled back before the lock is let go.

    Raises `SiteUnavailable` where another holds it for too long.
    """
    # Locks belong to the whole server, and their names are short there.
    full = "newsroom:" + sha256(f"{connection.engine.url.database}/{tables.prefix}/{name}".encode()).hexdigest()[:40]
    if connection.execute(select(func.get_lock(full, timeouts.LOCK_SECONDS))).scalar() != 1:
        raise SiteUnavailable(_("Сайт сейчас не отвечает: эту статью доставляет другой публикатор."))
    try:
        yield
    finally:
        # A session that is lost has lost its locks.
        with suppress(DBAPIError):
            connection.rollback()
            connection.execute(select(func.release_lock(full)))


def read_receipt(connection: Connection, tables: Tables, uid: ArticleUid) -> Held | None:
    """The newest receipt of an article; None where nothing of it was ever written. Raises `SiteDiverged` for a broken
    one."""
    meta = tables.postmeta
    query = select(meta.c.post_id, meta.c.meta_value).where(meta.c.meta_key == key_of(uid)).order_by(meta.c.post_id)
    rows = connection.execute(query).all()
    return _newest(tables, uid, rows) if rows else None


def receipts_after(connection: Connection, tables: Tables, cursor: str, limit: int) -> list[Receipt]:
    """Receipts by uid, after *cursor*; those that cannot be read are left to the delivery of their article."""
    key = tables.postmeta.c.meta_key
    ours = key.like(_PREFIX.replace("_", r"\_") + "%", escape="\\")
    names = connection.execute(
        select(key).distinct().where(ours, key > _PREFIX + cursor).order_by(key).limit(limit)
    ).scalars()
    return receipts_of(connection, tables, [str(name).removeprefix(_PREFIX) for name in names])


def receipts_of(connection: Connection, tables: Tables, uids: Collection[str]) -> list[Receipt]:
    """The receipts of *uids*, by uid."""
    meta = tables.postmeta
    query = select(meta.c.meta_key, meta.c.post_id, meta.c.meta_value).where(
        meta.c.meta_key.in_([key_of(ArticleUid(uid)) for uid in uids])
    )
    rows = sorted(connection.execute(query), key=lambda row: (str(row.meta_key), row.post_id))
    found = []
    for name, group in groupby(rows, key=lambda row: str(row.meta_key)):
        with suppress(SiteDiverged):
            held = _newest(tables, ArticleUid(name.removeprefix(_PREFIX)), list(group))
            if held.receipt is not None:
                found.append(held.receipt)
    return found


def _newest(tables: Tables, uid: ArticleUid, rows: Sequence[Any]) -> Held:
    """The newest of the receipts in *rows*, all of one article. Raises `SiteDiverged`."""
    try:
        found = [_held(uid, json.loads(row.meta_value)) for row in rows if row.meta_value]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SiteDiverged(
            _("Запись о доставке этой статьи на сайте испорчена: таблица {table}, meta_key {key}.").format(
                table=tables.postmeta.name, key=key_of(uid)
            )
        ) from None
    if not found:
        return Held(post=next((int(row.post_id) for row in rows if row.post_id), 0))
    return max(found, key=lambda held: held.receipt.sequence if held.receipt else 0)


def adopted_over(held: Held, delivery: Delivery) -> Held:
    """What the post is held against: the receipt, or the post that was adopted after it."""
    adopted = delivery.adopted_after(held.receipt.sequence if held.receipt else 0)
    if adopted is None or (held.receipt is None and held.post):  # the latter was emptied by a person
        return held
    return replace(held, post=int(adopted.site_pk), state=adopted.state)


def write_receipt(
    connection: Connection,
    tables: Tables,
    delivery: Delivery,
    *,
    post: int,
    sequence: int,
    state: str,
    files: tuple[str, ...],
) -> Receipt:
    """Make this the article's only receipt, in both its places."""
    receipt = Receipt(
        delivery.article_uid,
        str(post) if post else "",
        delivery.operation,
        sequence,
        delivery.revision,
        delivery.hash,
        delivery.epoch,
    )
    value = json.dumps(
        {
            "post": post,
            "operation": receipt.operation.value,
            "sequence": sequence,
            "revision": receipt.revision,
            "hash": receipt.hash,
            "epoch": receipt.epoch,
            "state": state,
            "files": list(files),
        }
    )
    meta, key = tables.postmeta, key_of(delivery.article_uid)
    places = {0, post}
    rows = connection.execute(select(meta.c.meta_id, meta.c.post_id).where(meta.c.meta_key == key)).all()
    for row in rows:
        if row.post_id in places:
            places.remove(row.post_id)
            connection.execute(meta.update().where(meta.c.meta_id == row.meta_id).values(meta_value=value))
        else:
            connection.execute(meta.delete().where(meta.c.meta_id == row.meta_id))
    for place in sorted(places):
        connection.execute(meta.insert().values(post_id=place, meta_key=key, meta_value=value))
    return receipt


def _held(uid: ArticleUid, plain: dict[str, object]) -> Held:
    post, files = int(str(plain["post"])), plain["files"]
    receipt = Receipt(
        article_uid=uid,
        site_pk=str(post) if post else "",
        operation=Operation(str(plain["operation"])),
        sequence=int(str(plain["sequence"])),
        revision=int(str(plain["revision"])),
        hash=str(plain["hash"]),
        epoch=int(str(plain["epoch"])),
    )
    return Held(receipt, post, str(plain["state"]), tuple(map(str, files)) if isinstance(files, list) else ())
