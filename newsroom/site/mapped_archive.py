"""What a described site holds: the description read backwards, row by row."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from sqlalchemy import URL, ColumnElement, Connection, and_, func, select, true

from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import ArticleUid
from newsroom.domain.states import Operation
from newsroom.site.archive import FoundArticle, FoundPhoto, FoundRubric
from newsroom.site.attempts import faults_in_words
from newsroom.site.mapped import mapping_file
from newsroom.site.mapped_change import Change
from newsroom.site.mapped_found import best_cells, instant_back, list_back, text_back
from newsroom.site.mapped_layout import Layout, read_layout
from newsroom.site.mapped_pen import Pen, Row
from newsroom.site.mapped_values import fitted, uid_found
from newsroom.site.mapping import Cell, Place, Things
from newsroom.site.mapping import Mapping as Description
from newsroom.site.mapping_file import read_mapping
from newsroom.site.port import Delivery
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

#: Bytes of a file that may be a photo.
_LARGEST = 60_000_000


def mapped_archive(url: URL, options: Mapping[str, str]) -> "MappedArchive":
    """The archive at *url* as the file named by the option ``mapping`` describes it. Raises `InvalidInput`."""
    return MappedArchive(url, read_mapping(mapping_file(options)))


class MappedArchive:
    """As `newsroom.site.archive.Archive` says."""

    def __init__(self, url: URL, mapping: Description) -> None:
        self._engine = open_engine(url, create=False)
        self._mapping = mapping
        self._layout: Layout | None = None

    def count(self, after: str) -> int:
        with self._reading() as reader:
            query = select(func.count()).select_from(reader.table).where(reader.published(after))
            number: int = reader.connection.execute(query).scalar_one()
            return number

    def page(self, after: str, limit: int) -> list[FoundArticle]:
        with self._reading() as reader:
            key = reader.table.c[self._mapping.articles.key]
            query = select(key).where(reader.published(after)).order_by(key).limit(limit)
            keys = list(reader.connection.scalars(query))
            return [found for one in keys if (found := reader.article(one, None)) is not None]

    def found(self, delivery: Delivery, site_pk: str) -> FoundArticle | None:
        with self._reading() as reader:
            held, _row = reader.change(delivery).both()
            key = (held.receipt.site_pk if held else "") or site_pk
            return reader.article(reader.change(delivery).key_from(key), delivery) if key else None

    def photo(self, address: str) -> bytes | None:
        photos = self._mapping.photos
        if photos is None or not address.startswith(photos.address):
            return None
        name = unquote(address.removeprefix(photos.address))
        if photos.folder:
            return _file(Path(photos.folder), name)
        with self._reading() as reader:
            return reader.bytes_of(name)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator["_Reader"]:
        with (
            faults_in_words(brief),
            self._engine.connect().execution_options(newsroom_read=True) as connection,
        ):
            if self._layout is None:
                self._layout = read_layout(connection, self._mapping)
                self._refuse_what_is_no_archive(self._layout)
            yield _Reader(self._mapping, self._layout, connection)

    def _refuse_what_is_no_archive(self, layout: Layout) -> None:
        """Raise `InvalidInput` where articles could be read but never be corrected afterwards."""
        articles = self._mapping.articles
        if self._mapping.receipts.place is Place.NOWHERE:
            raise InvalidInput(_("Этот сайт не хранит расписок о доставке: правку его статей не отличить от своей."))
        if articles.uid and isinstance(layout.facts, tuple):
            rights = {(row[0], row[1]): str(row[6]) for row in layout.facts}
            if "update" not in rights.get((articles.table, articles.uid), "update").split(","):
                raise InvalidInput(
                    _("Нужно право UPDATE на столбец {column}: в нём статья архива получит номер редакции.").format(
                        column=f"{articles.table}.{articles.uid}"
                    )
                )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads within one transaction."""

    mapping: Description
    layout: Layout
    connection: Connection

    @property
    def table(self) -> Any:
        return self.layout.table(self.mapping.articles.table)

    @property
    def pen(self) -> Pen:
        return Pen(self.connection, self.layout)

    def change(self, delivery: Delivery | None) -> Change:
        asked = delivery or Delivery(_ANY_UID, Operation.WITHDRAW, 0, 0, "", 0, None)
        return Change(self.mapping, self.layout, self.pen, asked, _NOW)

    def published(self, after: str) -> ColumnElement[bool]:
        """The condition of articles that readers see, after the key *after*."""
        articles = self.mapping.articles
        conditions: list[ColumnElement[bool]] = [true()]
        for cell in (*articles.published, *(cell for cell in articles.columns if cell.only_new)):
            if not cell.source:
                spot = self.layout.spot(articles.table, cell.column)
                value = fitted(spot, cell.constant, self.mapping.zone)
                conditions.append(
                    self.table.c[cell.column].is_(None) if value is None else self.table.c[cell.column] == value
                )
        if after:
            conditions.append(self.table.c[articles.key] > self.change(None).key_from(after))
        return and_(*conditions)

    def article(self, key: Any, delivery: Delivery | None) -> FoundArticle | None:
        articles, change = self.mapping.articles, self.change(delivery)
        standing = change.row_at(key)
        cells = best_cells(articles.columns)
        more = (articles.uid,) if articles.uid else ()
        columns = (articles.key, *(cell.column for cell in cells.values()), *more)
        row = self.pen.first(articles.table, columns, {articles.key: key})
        if standing is None or row is None:
            return None
        uid = (
            ArticleUid(uid_found(row[articles.uid]))
            if articles.uid and row[articles.uid]
            else self._uid_by_receipt(key)
        )
        held = self.change(Delivery(uid, Operation.WITHDRAW, 0, 0, "", 0, None)).held(standing) if uid else None
        slug = self._text(cells, row, "slug") or ""
        published = self._instant(cells, row)
        rubrics = self._rubrics(key)
        return FoundArticle(
            site_pk=str(key),
            state=json.dumps(change.state(standing), sort_keys=True),
            sequence=held.receipt.sequence if held else 0,
            uid=uid,
            slug=slug,
            path=self._path(str(key), slug, published, rubrics),
            headline=self._text(cells, row, "headline") or "",
            body_html=(self._text(cells, row, "body") or ""),
            published_at=published,
            lead=self._text(cells, row, "lead"),
            rubrics=rubrics,
            tags=self._tags(cells, row, key),
            byline=self._text(cells, row, "byline"),
            age=self._text(cells, row, "age"),
            note=self._text(cells, row, "note"),
            knows_photos=self.mapping.photos is not None,
            photo=self._photo(cells, row),
        )

    def _text(self, cells: dict[str, Cell], row: Row, source: str) -> str | None:
        cell = cells.get(source)
        return text_back(cell, row[cell.column]) if cell else None

    def _instant(self, cells: dict[str, Cell], row: Row) -> datetime | None:
        cell = cells.get("published_at")
        if cell is None:
            return None
        zoned = self.layout.spot(self.mapping.articles.table, cell.column).zoned
        return instant_back(cell, row[cell.column], self.mapping.zone, zoned=zoned)

    def _uid_by_receipt(self, key: Any) -> ArticleUid | None:
        """The uid under which a site without a column for it knows the row."""
        receipts = self.mapping.receipts
        if receipts.place is not Place.TABLE:
            return None
        row = self.pen.first(receipts.table, ("article_uid",), {"site_pk": str(key)})
        return ArticleUid(str(row["article_uid"])) if row else None

    # What the article refers to

    def _rubrics(self, key: Any) -> tuple[FoundRubric, ...] | None:
        rubrics, articles = self.mapping.rubrics, self.mapping.articles
        if rubrics is None:
            return None
        if rubrics.things is None:
            spot = self.layout.spot(articles.table, rubrics.column)
            value = self._column(rubrics.column, key)
            slugs = [slug for slug, kept in rubrics.values if fitted(spot, kept, self.mapping.zone) == value]
            return tuple(FoundRubric(slug, str(value)) for slug in slugs[:1])
        found = [self._things_texts(rubrics.things, one) for one in self._keys(rubrics.things, key)]
        return tuple(
            FoundRubric(one.get("rubric_slug", ""), one.get("rubric_title", "") or one.get("rubric_slug", ""))
            for one in found
        )

    def _tags(self, cells: dict[str, Cell], row: Row, key: Any) -> tuple[str, ...] | None:
        if self.mapping.tags:
            found = [self._things_texts(self.mapping.tags, one) for one in self._keys(self.mapping.tags, key)]
            return tuple(one["tag"] for one in found if one.get("tag"))
        cell = cells.get("tags")
        return list_back(cell, row[cell.column]) if cell else None

    def _photo(self, cells: dict[str, Cell], row: Row) -> FoundPhoto | None:
        photos = self.mapping.photos
        if photos is None:
            return None
        name = self._text(cells, row, "lead_photo_file") or ""
        address = self._text(cells, row, "lead_photo_address") or (photos.address + name if name else "")
        if not address and photos.things and photos.things.column:
            key = self._column(photos.things.column, row[self.mapping.articles.key])
            texts = self._things_texts(photos.things, key) if key is not None else {}
            name = texts.get("photo_file", "")
            address = texts.get("photo_address", "") or (photos.address + name if name else "")
        if not address:
            return None
        words = [self._text(cells, row, source) for source in ("photo_caption", "photo_credit", "photo_alt")]
        return FoundPhoto(address, *words)

    def bytes_of(self, name: str) -> bytes | None:
        """A photo whose bytes lie in a column."""
        things = self.mapping.photos.things if self.mapping.photos else None
        cells = best_cells(things.create or ()) if things else {}
        if things is None or "photo_data" not in cells or things.match.source != "photo_file":
            return None
        prefix = next((step.argument for step in things.match.steps if step.name == "prefix"), "")
        row = self.pen.first(things.table, (cells["photo_data"].column,), {things.match.column: prefix + name})
        return bytes(row[cells["photo_data"].column]) if row and row[cells["photo_data"].column] else None

    def _keys(self, things: Things, key: Any) -> list[Any]:
        """Keys of the rows that the article refers to."""
        if things.link is None:
            other = self._column(things.column, key)
            return [] if other is None else [other]
        return self.change(None).linked(key)[things.section]

    def _things_texts(self, things: Things, key: Any) -> dict[str, str]:
        """What the row of a rubric, tag or photo says, by source."""
        cells = best_cells((things.match, *(things.create or ())))
        cells = {source: cell for source, cell in cells.items() if source != "photo_data"}
        row = self.pen.first(things.table, tuple(cell.column for cell in cells.values()), {things.key: key})
        if row is None:
            return {}
        return {source: text_back(cell, row[cell.column]) or "" for source, cell in cells.items()}

    def _column(self, name: str, key: Any) -> Any:
        articles = self.mapping.articles
        row = self.pen.first(articles.table, (name,), {articles.key: key})
        return row[name] if row else None

    def _path(self, key: str, slug: str, published: datetime | None, rubrics: tuple[FoundRubric, ...] | None) -> str:
        day = (published or _NOW).astimezone(self.mapping.zone)
        page = self.mapping.page
        values = {
            "slug": slug,
            "key": key,
            "rubric": rubrics[0].slug if rubrics else "",
            "year": f"{day:%Y}",
            "month": f"{day:%m}",
            "day": f"{day:%d}",
        }
        for name, value in values.items():
            page = page.replace(f"{{{name}}}", value)
        return page


_ANY_UID: Any = "00000000-0000-4000-8000-000000000000"
#: No row is written, so it does not matter when.
_NOW = datetime(2000, 1, 1, tzinfo=UTC)


def _file(folder: Path, name: str) -> bytes | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return None
    file = folder.joinpath(*path.parts)
    try:
        if not file.resolve().is_relative_to(folder.resolve()) or file.stat().st_size > _LARGEST:
            return None
        return file.read_bytes()
    except (OSError, ValueError):
        return None
