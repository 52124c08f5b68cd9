"""What a delivery would change on a WordPress, column by column, from the states before and after it."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from newsroom.domain.rehearsal import ColumnChange
from newsroom.site.attempts import text_difference
from newsroom.site.wordpress_posts import State
from newsroom.site.wordpress_tables import Tables
from newsroom.words import _

_COLUMNS = {
    "title": "post_title",
    "lead": "post_excerpt",
    "content": "post_content",
    "slug": "post_name",
    "status": "post_status",
    "date": "post_date",
    "date_gmt": "post_date_gmt",
    "author": "post_author",
}


def column_changes(
    connection: Connection, tables: Tables, post: int, before: State | None, after: State
) -> Iterator[ColumnChange]:
    """Every column of the article that differs, its own row first."""
    row = _("новая строка") if before is None else str(post)

    def change(table: str, column: str, old: object, new: object) -> Iterator[ColumnChange]:
        if (old or "") != (new or ""):
            shown = (text_difference(old or None, new), text_difference(new or None, old))
            yield ColumnChange(table, row, column, *shown)

    for name, column in _COLUMNS.items():
        yield from change(tables.posts.name, column, getattr(before, name, None), getattr(after, name))
    old_terms, new_terms = (_names(connection, tables, state.terms if state else ()) for state in (before, after))
    yield from change(tables.term_relationships.name, "term_taxonomy_id", old_terms, new_terms)
    yield from change(tables.postmeta.name, "_thumbnail_id", getattr(before, "thumbnail", None), after.thumbnail)
    old_fields, new_fields = dict(before.fields if before else ()), dict(after.fields)
    for name in sorted(old_fields.keys() | new_fields.keys()):
        yield from change(tables.postmeta.name, name, old_fields.get(name), new_fields.get(name))
    old_photos, new_photos = ({one[1]: one for one in state.photos} if state else {} for state in (before, after))
    for photo in sorted(old_photos.keys() | new_photos.keys()):
        old, new = old_photos.get(photo), new_photos.get(photo)
        for column, place in (("post_excerpt", 2), ("_wp_attachment_image_alt", 3)):
            yield from change(tables.posts.name, column, old and old[place], new and new[place])


def _names(connection: Connection, tables: Tables, terms: tuple[int, ...]) -> str:
    if not terms:
        return ""
    taxonomy = tables.term_taxonomy
    query = (
        select(tables.terms.c.name)
        .join_from(taxonomy, tables.terms, tables.terms.c.term_id == taxonomy.c.term_id)
        .where(taxonomy.c.term_taxonomy_id.in_(terms))
        .order_by(taxonomy.c.taxonomy, tables.terms.c.name)
    )
    return ", ".join(connection.execute(query).scalars())
