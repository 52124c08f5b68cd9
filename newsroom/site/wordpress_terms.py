"""Rubrics and tags of a WordPress: found, tags made where they are new, tied to an article, counted."""

import re
from collections.abc import Collection, Iterable
from urllib.parse import quote

from sqlalchemy import Connection, func, select, update

from newsroom.domain.errors import SiteRefused
from newsroom.site.port import SiteArticle
from newsroom.site.wordpress_tables import Tables
from newsroom.site.wordpress_text import plain
from newsroom.words import _

RUBRIC, TAG = "category", "post_tag"

#: Bytes of a term's slug.
_SLUG = 200


def find_rubric(connection: Connection, tables: Tables, article: SiteArticle) -> int:
    """The ``term_taxonomy_id`` of the article's rubric, by its address, else by its name.

    Raises `SiteRefused` where the site has no such rubric, or several of that name.
    """
    terms, taxonomy = tables.terms, tables.term_taxonomy
    rubrics = (
        select(taxonomy.c.term_taxonomy_id)
        .join_from(taxonomy, terms, terms.c.term_id == taxonomy.c.term_id)
        .where(taxonomy.c.taxonomy == RUBRIC)
    )
    found = connection.execute(rubrics.where(terms.c.slug == article.rubric_slug)).scalars().all()
    if not found:
        found = connection.execute(rubrics.where(terms.c.name == plain(article.rubric_title))).scalars().all()
    words = {"title": article.rubric_title, "slug": article.rubric_slug}
    if not found:
        raise SiteRefused(
            _("Рубрики «{title}» (ярлык {slug}) на сайте нет: создайте её в WordPress и повторите.").format(**words)
        )
    if len(found) > 1:
        raise SiteRefused(
            _("Рубрик «{title}» на сайте несколько: дайте нужной ярлык {slug} и повторите.").format(**words)
        )
    return int(found[0])


def find_tags(connection: Connection, tables: Tables, names: Iterable[str]) -> dict[str, int]:
    """The ``term_taxonomy_id`` of each tag that the site has, by name; capitals and «ё» make no difference to it."""
    terms, taxonomy = tables.terms, tables.term_taxonomy
    found = {}
    for name in _tidy(names):
        query = (
            select(func.min(taxonomy.c.term_taxonomy_id))
            .join_from(taxonomy, terms, terms.c.term_id == taxonomy.c.term_id)
            .where(taxonomy.c.taxonomy == TAG, terms.c.name == plain(name))
        )
        if (tag := connection.execute(query).scalar()) is not None:
            found[name] = int(tag)
    return found


def make_tags(connection: Connection, tables: Tables, names: Iterable[str]) -> set[int]:
    """The tags *names*, made where the site lacks them. The site's lock of names is held."""
    found = set()
    for name in _tidy(names):
        known = find_tags(connection, tables, [name])
        found.add(known[name] if name in known else _make_tag(connection, tables, name))
    return found


def _tidy(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(" ".join(name.split()) for name in names) if name]


def _make_tag(connection: Connection, tables: Tables, name: str) -> int:
    inserted = connection.execute(
        tables.terms.insert().values(name=plain(name), slug=_free_slug(connection, tables, name), term_group=0)
    )
    tag = connection.execute(
        tables.term_taxonomy.insert().values(
            term_id=inserted.lastrowid, taxonomy=TAG, description="", parent=0, count=0
        )
    )
    return int(tag.lastrowid)


def _free_slug(connection: Connection, tables: Tables, name: str) -> str:
    wanted = tag_slug(name)
    terms = tables.terms
    for number in range(1, 1000):
        suffix = f"-{number}" if number > 1 else ""
        slug = re.sub(r"%[0-9a-f]?$", "", wanted[: _SLUG - len(suffix)]) + suffix
        if connection.execute(select(terms.c.term_id).where(terms.c.slug == slug)).first() is None:
            return slug
    raise SiteRefused(_("Ярлык для метки «{name}» на сайте не подобрать.").format(name=name))


def tag_slug(name: str) -> str:
    """The address that WordPress itself gives to a tag: letters beyond Latin as bytes in per cents."""
    words = re.sub(r"[^\w\s-]", "", name.lower()).replace("_", "-")
    slug = ""
    for sign in re.sub(r"[\s-]+", "-", words).strip("-"):
        longer = slug + quote(sign).lower()
        if len(longer) > _SLUG:
            break
        slug = longer
    return slug or "tag"


def terms_of(connection: Connection, tables: Tables, post: int) -> set[int]:
    """Rubrics and tags of a post, as ``term_taxonomy_id``; what other taxonomies say of it is not ours."""
    ties, taxonomy = tables.term_relationships, tables.term_taxonomy
    query = (
        select(taxonomy.c.term_taxonomy_id)
        .join_from(ties, taxonomy, taxonomy.c.term_taxonomy_id == ties.c.term_taxonomy_id)
        .where(ties.c.object_id == post, taxonomy.c.taxonomy.in_((RUBRIC, TAG)))
    )
    return {int(term) for term in connection.execute(query).scalars()}


def tie(connection: Connection, tables: Tables, post: int, wanted: set[int], *, recount: bool) -> None:
    """Make *wanted* the rubrics and tags of a post, and count again where that, or *recount*, changes a count."""
    ties, present = tables.term_relationships, terms_of(connection, tables, post)
    if dropped := present - wanted:
        connection.execute(ties.delete().where(ties.c.object_id == post, ties.c.term_taxonomy_id.in_(sorted(dropped))))
    for term in sorted(wanted - present):
        connection.execute(ties.insert().values(object_id=post, term_taxonomy_id=term, term_order=0))
    count(connection, tables, (present | wanted) if recount else (present ^ wanted))


def count(connection: Connection, tables: Tables, terms: Collection[int]) -> None:
    """Write how many published posts each of *terms* has; a rubric whose count is 0 is hidden."""
    if not terms:
        return
    taxonomy, ties, posts = tables.term_taxonomy, tables.term_relationships, tables.posts
    ours = taxonomy.c.term_taxonomy_id.in_(sorted(terms))
    # The rows are locked first: what is counted must be counted after the change that is waited for.
    connection.execute(
        select(taxonomy.c.term_taxonomy_id).where(ours).order_by(taxonomy.c.term_taxonomy_id).with_for_update()
    ).all()
    published = (
        select(func.count())
        .join_from(ties, posts, ties.c.object_id == tables.post_key)
        .where(ties.c.term_taxonomy_id == taxonomy.c.term_taxonomy_id, posts.c.post_status == "publish")
        .scalar_subquery()
    )
    connection.execute(update(taxonomy).where(ours).values(count=published))


def rubric_path(connection: Connection, tables: Tables, post: int) -> tuple[str, ...]:
    """Slugs of the post's rubric from the outermost inwards, as addresses with ``%category%`` have them."""
    ties, taxonomy, terms = tables.term_relationships, tables.term_taxonomy, tables.terms
    rubrics = (
        select(taxonomy.c.term_id, taxonomy.c.parent, terms.c.slug)
        .join_from(taxonomy, terms, terms.c.term_id == taxonomy.c.term_id)
        .where(taxonomy.c.taxonomy == RUBRIC)
    )
    row = connection.execute(
        rubrics.join_from(taxonomy, ties, ties.c.term_taxonomy_id == taxonomy.c.term_taxonomy_id)
        .where(ties.c.object_id == post)
        .order_by(taxonomy.c.term_id)
    ).first()
    path: list[str] = []
    seen: set[int] = set()
    while row is not None and row.term_id not in seen:
        path.insert(0, str(row.slug))
        seen.add(row.term_id)
        row = connection.execute(rubrics.where(taxonomy.c.term_id == row.parent)).first() if row.parent else None
    return tuple(path)
