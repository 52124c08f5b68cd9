"""What an article refers to on a described site: its rubric, tags and photos, found, made and joined."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from newsroom.domain.errors import SiteRefused
from newsroom.site.mapped_layout import Layout
from newsroom.site.mapped_lock import Locks
from newsroom.site.mapped_pen import Pen
from newsroom.site.mapped_rows import Values, fill, joined
from newsroom.site.mapped_transforms import Context
from newsroom.site.mapped_values import fitted, same
from newsroom.site.mapping import Link, Mapping, Things
from newsroom.words import _, later

_TITLES = {"rubric": later("рубрика"), "tags": later("теги"), "photos": later("набор фото")}
#: How many known rubrics are named where one is unknown.
_NAMED = 30


#: Keys of what is joined to an article, by section.
Linked = dict[str, list[Any]]


class Shelf:
    """The rubric, tags and photos of one delivery."""

    def __init__(self, mapping: Mapping, layout: Layout, pen: Pen, context: Context) -> None:
        self._mapping = mapping
        self._layout = layout
        self._pen = pen
        self._context = context
        self._joined = joined(mapping)
        #: Keys of what the article refers to, in order, by section.
        self._keys: dict[str, list[Any]] = {}

    @staticmethod
    def title(name: str) -> str:
        """What a person calls a part of the state, ``:tags``, of an article."""
        return _(_TITLES[name.lstrip(":")])

    def problems(self) -> Iterator[str]:
        """Why the article's rubric, tags or photos cannot be stored, as far as that is seen without the database."""
        article, rubrics, photos = self._context.article, self._mapping.rubrics, self._mapping.photos
        if rubrics and not rubrics.things and article.rubric_slug not in dict(rubrics.values):
            yield _("Рубрики «{rubric}» на сайте нет. В описании сайта есть: {known}.").format(
                rubric=article.rubric_title or article.rubric_slug, known=", ".join(dict(rubrics.values)) or "—"
            )
        if article.photos and photos is None:
            yield _("В статье есть фото, а описание сайта не говорит, куда их класть (раздел photos).")
        for things, context in self._wanted():
            cells = (things.match,) if things.create is None else things.create
            yield from fill(self._layout, things.table, cells, context).problems

    def _wanted(self) -> Iterator[tuple[Things, Context]]:
        """Every row that the article refers to, with what may be said of it."""
        rubrics, tags, photos = self._mapping.rubrics, self._mapping.tags, self._mapping.photos
        if rubrics and rubrics.things:
            yield rubrics.things, self._context
        if tags:
            for tag in self._context.article.tags:
                yield tags, replace(self._context, tag=tag)
        if photos and photos.things:
            for photo in self._context.article.photos:
                yield photos.things, replace(self._context, photo=photo)

    # Finding and making

    def put_columns(self, locks: Locks) -> Values:
        """Columns of the article's row that refer to rubric and lead photo; makes what is missing and may be made.

        Raises `SiteRefused` for what is missing and may not.
        """
        self._keys = {}
        for things, context in self._wanted():
            key = self._find(things, context)
            if key is None and things.create is not None:
                locks.take(f"things {things.table}")
                key = self._find(things, context)
                if key is None:
                    values = fill(self._layout, things.table, (*things.constants, *things.create), context).values
                    key = self._pen.insert(things.table, values, things.key)
            if key is None:
                raise SiteRefused(self._unknown(things, context))
            self._keys.setdefault(things.section, []).append(key)
        return self._columns()

    def found_columns(self) -> Values:
        """The same columns as they ought to be, without making anything."""
        self._keys = {}
        for things, context in self._wanted():
            self._keys.setdefault(things.section, []).append(self._find(things, context))
        return self._columns()

    def _columns(self) -> Values:
        values: Values = {}
        articles, rubrics, photos = self._mapping.articles, self._mapping.rubrics, self._mapping.photos
        if rubrics and rubrics.things and rubrics.things.column:
            values[rubrics.things.column] = self._keys["rubric"][0]
        elif rubrics and not rubrics.things:
            spot = self._layout.spot(articles.table, rubrics.column)
            value = dict(rubrics.values)[self._context.article.rubric_slug]
            values[rubrics.column] = fitted(spot, value, self._context.zone)
        if photos and photos.things and photos.things.column:
            article = self._context.article
            ids = [photo.id for photo in article.photos]
            lead = ids.index(article.lead_photo) if article.lead_photo in ids else None
            values[photos.things.column] = None if lead is None else self._keys["photos"][lead]
        return values

    def _find(self, things: Things, context: Context) -> Any:
        """The key of the row that is meant; of several that the database takes for equal, the one that really is."""
        where = fill(self._layout, things.table, (things.match, *things.constants), context).values
        column = things.match.column
        found = self._pen.rows(things.table, (things.key, column), where)
        spot = self._layout.spot(things.table, column)
        exact = [row for row in found if same(spot, where[column], row[column])]
        return next((row[things.key] for row in exact or found), None)

    def _unknown(self, things: Things, context: Context) -> str:
        column = things.match.column
        wanted = fill(self._layout, things.table, (things.match,), context).values[column]
        where = fill(self._layout, things.table, things.constants, context).values
        known = [str(row[column]) for row in self._pen.rows(things.table, (column,), where, limit=_NAMED + 1)]
        names = ", ".join(f"«{name[:60]}»" for name in known[:_NAMED]) + (" …" if len(known) > _NAMED else "")
        words = {
            "rubric": _(
                "Рубрики «{name}» на сайте нет. Есть: {known}. Заведите её на сайте или смените рубрику статьи."
            ),
            "tags": _("Тега «{name}» на сайте нет. Есть: {known}. Заведите его на сайте или уберите из статьи."),
            "photos": _("Фото «{name}» на сайте нет, а заводить их описание не велит. Есть: {known}."),
        }
        return words[things.section].format(name=wanted, known=names or "—")

    # Joining

    def join(self, article: Any, before: Linked) -> None:
        """Make the rows of links, which were *before*, what they ought to be; rows that are right are left alone."""
        for things in self._joined:
            assert things.link is not None
            link, own = things.link, self._own(things.link, article)
            wanted = list(dict.fromkeys(self._keys.get(things.section, [])))
            linked = before.get(things.section, [])
            if linked == self._in_order(link, wanted):
                continue
            if link.position:
                # Places count from 0 without gaps: all of them are set anew.
                self._pen.delete(link.table, own)
                linked = []
            for key in linked:
                if key not in wanted:
                    self._pen.delete(link.table, own | {link.other: key})
            for position, key in enumerate(wanted):
                if key not in linked:
                    place = {link.position: position} if link.position else {}
                    more = fill(self._layout, link.table, link.columns, self._context).values
                    self._pen.insert(link.table, own | {link.other: key} | place | more)

    def part(self, article: Any, *, everything: bool) -> None:
        """Take tags and photos off the article, and where *everything* goes its rubric too."""
        for things in self._joined:
            assert things.link is not None
            if everything or things.section != "rubric":
                self._pen.delete(things.link.table, self._own(things.link, article))

    def linked(self, article: Any) -> Linked:
        """What the site has joined to the article, by section."""
        return {things.section: self._linked(things.link, article) for things in self._joined if things.link}

    def unlike(self, linked: Linked) -> Iterator[str]:
        """What is joined otherwise than it ought to be, in words."""
        for things in self._joined:
            assert things.link is not None
            wanted = list(dict.fromkeys(self._keys.get(things.section, [])))
            if linked[things.section] != self._in_order(things.link, wanted):
                yield _("{what}: на сайте не то, что отправлено").format(what=self.title(things.section))

    def missing_photos(self) -> Iterator[str]:
        """Photos whose bytes lie in a column and are not there or not the same."""
        things = self._mapping.photos.things if self._mapping.photos else None
        cell = next((cell for cell in (things.create if things else None) or () if cell.source == "photo_data"), None)
        if things is None or cell is None:
            return
        for photo, key in zip(self._context.article.photos, self._keys.get("photos", []), strict=True):
            row = self._pen.first(things.table, (cell.column,), {things.key: key}) if key is not None else None
            if row is None:
                yield _("фото {name} на сайте нет").format(name=photo.file_name)
            elif bytes(row[cell.column] or b"") != photo.data:
                yield _("фото {name} на сайте другое").format(name=photo.file_name)

    def _linked(self, link: Link, article: Any) -> list[Any]:
        columns = (link.other, link.position) if link.position else (link.other,)
        rows = self._pen.rows(link.table, columns, self._own(link, article))
        if link.position:
            rows.sort(key=lambda row: (row[link.position] is None, row[link.position]))
        return self._in_order(link, [row[link.other] for row in rows])

    @staticmethod
    def _in_order(link: Link, keys: list[Any]) -> list[Any]:
        """As they are where the site keeps an order, else in one that depends on the keys alone."""
        return keys if link.position else sorted(keys, key=str)

    def _own(self, link: Link, article: Any) -> Values:
        """What tells the article's rows of the link from all others."""
        constants = fill(self._layout, link.table, link.constants, self._context).values
        return {**constants, link.article: self._as_key(link.table, link.article, article)}

    def _as_key(self, table: str, column: str, key: Any) -> Any:
        """A key in a column of another type, as a generic relation keeps it: text for a number."""
        spot = self._layout.spot(table, column)
        return str(key) if spot.family == "text" and not isinstance(key, str) else key
