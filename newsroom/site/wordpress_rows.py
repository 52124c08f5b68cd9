"""An article's post in a WordPress database: reading its state, writing it, its fields, its place among other posts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from newsroom.domain.errors import SiteRefused, SiteSchemaMismatch
from newsroom.site import php
from newsroom.site.wordpress_options import SiteOptions
from newsroom.site.wordpress_photos import attachments_of
from newsroom.site.wordpress_posts import State, sql_time
from newsroom.site.wordpress_tables import Tables
from newsroom.site.wordpress_terms import terms_of
from newsroom.words import _

THUMBNAIL, OLD_SLUG, OLD_DATE, EDIT_LOCK = "_thumbnail_id", "_wp_old_slug", "_wp_old_date", "_edit_lock"

#: Seconds after which WordPress takes an editor for gone.
_EDITING = 150


class Author(NamedTuple):
    id: int
    nicename: str


def read_state(
    connection: Connection, tables: Tables, post: int, fields: tuple[str, ...], *, lock: bool = False
) -> State | None:
    """What the site holds of a post, with those custom *fields*; None where it is gone."""
    posts = tables.posts
    query = select(posts).where(tables.post_key == post, posts.c.post_type == "post")
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        return None
    meta = read_meta(connection, tables, post, (*fields, THUMBNAIL))
    return State(
        title=row["post_title"],
        lead=row["post_excerpt"],
        content=row["post_content"],
        slug=row["post_name"],
        status=row["post_status"],
        # A draft made in WordPress has dates of zeros, which arrive as text.
        date=str(row["post_date"]),
        date_gmt=str(row["post_date_gmt"]),
        author=int(row["post_author"]),
        terms=tuple(sorted(terms_of(connection, tables, post))),
        thumbnail=meta.get(THUMBNAIL, ""),
        fields=tuple(sorted((name, meta[name]) for name in fields if meta.get(name))),
        photos=tuple((one.id, one.photo, one.words, one.alt) for one in attachments_of(connection, tables, post)),
        modified_gmt=str(row["post_modified_gmt"]),
    )


def read_meta(connection: Connection, tables: Tables, post: int, names: tuple[str, ...]) -> dict[str, str]:
    """The first value of each of the post's fields *names* that there is."""
    meta = tables.postmeta
    query = (
        select(meta.c.meta_key, meta.c.meta_value)
        .where(meta.c.post_id == post, meta.c.meta_key.in_(names))
        .order_by(meta.c.meta_id.desc())
    )
    return {row.meta_key: row.meta_value or "" for row in connection.execute(query)}


def write_meta(connection: Connection, tables: Tables, post: int, values: Mapping[str, str]) -> None:
    """Make each field have this value alone; an empty one is removed."""
    meta = tables.postmeta
    ours = (meta.c.post_id == post, meta.c.meta_key.in_(list(values)))
    present: dict[str, list[Any]] = {}
    for row in connection.execute(select(meta).where(*ours).order_by(meta.c.meta_id)):
        present.setdefault(row.meta_key, []).append(row)
    for name, value in values.items():
        rows = present.get(name, [])
        kept = rows[:1] if value else []
        if extra := [row.meta_id for row in rows if row not in kept]:
            connection.execute(meta.delete().where(meta.c.meta_id.in_(extra)))
        if value and not kept:
            connection.execute(meta.insert().values(post_id=post, meta_key=name, meta_value=value))
        elif kept and kept[0].meta_value != value:
            connection.execute(meta.update().where(meta.c.meta_id == kept[0].meta_id).values(meta_value=value))


def insert_post(connection: Connection, tables: Tables, options: SiteOptions, now: datetime) -> int:
    """A new, empty, hidden post; its ID."""
    local, gmt = sql_time(options.local(now)), sql_time(now)
    inserted = connection.execute(
        tables.posts.insert().values(
            post_author=0,
            post_date=local,
            post_date_gmt=gmt,
            post_modified=local,
            post_modified_gmt=gmt,
            post_content="",
            post_title="",
            post_excerpt="",
            post_status="draft",
            comment_status=options.comments,
            ping_status=options.pings,
            post_password="",
            post_name="",
            to_ping="",
            pinged="",
            post_content_filtered="",
            post_parent=0,
            guid="",
            menu_order=0,
            post_type="post",
            post_mime_type="",
            comment_count=0,
        )
    )
    return int(inserted.lastrowid)


def update_post(
    connection: Connection, tables: Tables, post: int, options: SiteOptions, now: datetime, **values: Any
) -> None:
    """Write columns of a post, and when that was."""
    connection.execute(
        tables.posts.update()
        .where(tables.post_key == post)
        .values(post_modified=sql_time(options.local(now)), post_modified_gmt=sql_time(now), **values)
    )


def keep_old_address(connection: Connection, tables: Tables, post: int, before: State, after: State) -> None:
    """Make WordPress lead from a former address to the new one, as it does when its own editor changes one."""
    meta = tables.postmeta
    for name, old, new in ((OLD_SLUG, before.slug, after.slug), (OLD_DATE, before.date[:10], after.date[:10])):
        of_post = (meta.c.post_id == post, meta.c.meta_key == name)
        if not old or old == new:
            continue
        connection.execute(meta.delete().where(*of_post, meta.c.meta_value == new))
        if connection.execute(select(meta.c.meta_id).where(*of_post, meta.c.meta_value == old)).first() is None:
            connection.execute(meta.insert().values(post_id=post, meta_key=name, meta_value=old))


def refuse_taken_slug(connection: Connection, tables: Tables, slug: str, post: int) -> None:
    """Raise `SiteRefused` where any other post, page or file has this address."""
    posts = tables.posts
    query = select(tables.post_key, posts.c.post_title, posts.c.post_type).where(
        posts.c.post_name == slug, tables.post_key != post
    )
    if other := connection.execute(query.limit(1)).first():
        raise SiteRefused(
            _("Адрес «{slug}» на сайте занят: «{headline}» ({kind}, № {number}). Смените адрес статьи.").format(
                slug=slug, headline=other.post_title, kind=other.post_type, number=other[0]
            )
        )


def refuse_open_editor(connection: Connection, tables: Tables, post: int) -> None:
    """Raise `SiteRefused` where somebody has the post open in WordPress: saving there would undo what we write."""
    value = read_meta(connection, tables, post, (EDIT_LOCK,)).get(EDIT_LOCK, "")
    since, _colon, user = value.partition(":")
    if not since.isdigit():
        return
    now = connection.execute(select(func.unix_timestamp())).scalar_one()
    if 0 <= int(now) - int(since) < _EDITING:
        users = tables.users
        name = connection.execute(select(users.c.display_name).where(users.c["ID"] == user)).scalar()
        raise SiteRefused(
            _("Статью сейчас правит в WordPress {person}. Когда её закроют там, повторите доставку.").format(
                person=name or user
            )
        )


def find_author(connection: Connection, tables: Tables, login: str, byline: str) -> Author:
    """The account that an article belongs to: whoever is called like its byline, else *login*, else the oldest.

    Raises `SiteSchemaMismatch` where there is none.
    """
    users = tables.users
    query = select(users.c["ID"], users.c.user_nicename).order_by(users.c["ID"])
    if byline.strip():
        rows = connection.execute(query.where(users.c.display_name == byline.strip())).all()
        if len(rows) == 1:
            return Author(int(rows[0][0]), rows[0][1])
    row = connection.execute(query.where(users.c.user_login == login) if login else query).first()
    if row is None:
        raise SiteSchemaMismatch(
            _("Ничего не записано: учётной записи «{login}» в WordPress нет.").format(login=login or "—")
        )
    return Author(int(row[0]), row[1])


def nicename_of(connection: Connection, tables: Tables, author: int) -> str:
    """The account as addresses name it; empty where it is gone."""
    users = tables.users
    return str(connection.execute(select(users.c.user_nicename).where(users.c["ID"] == author)).scalar() or "")


def unstick(connection: Connection, tables: Tables, post: int) -> None:
    """Take a post off the list of those that are always on top."""
    options = tables.options
    of_list = options.c.option_name == "sticky_posts"
    value = connection.execute(select(options.c.option_value).where(of_list).with_for_update()).scalar()
    try:
        pinned = php.loads(value or "")
    except ValueError:
        return
    if not isinstance(pinned, dict):
        return
    kept = [key for key in pinned.values() if str(key) != str(post)]
    if len(kept) != len(pinned):
        connection.execute(options.update().where(of_list).values(option_value=php.dumps(kept)))
