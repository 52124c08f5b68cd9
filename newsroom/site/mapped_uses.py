"""Every table and column that a description uses, what for, and by which rights: what a database is held to."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.site.mapped_transforms import NUMBER, TEXT, TIME
from newsroom.site.mapping import Cell, Kill, Link, Made, Mapping, Place, Scalar, Things

RECEIPT_COLUMNS = (
    "article_uid",
    "site_pk",
    "operation",
    "sequence",
    "revision",
    "hash",
    "epoch",
    "row_state",
    "written_at",
)
_READ, _WRITE, _NEW, _CHANGE = ("select",), ("select", "insert", "update"), ("select", "insert"), ("select", "update")


@dataclass(frozen=True, slots=True)
class Use:
    table: str
    #: Empty for the table as such.
    column: str
    #: Place of the column and of its table in the file.
    key: str
    table_key: str
    #: Of ``select``, ``insert``, ``update``, ``delete``.
    rights: tuple[str, ...]
    cell: Cell | None = None
    #: Kind of value (`mapped_transforms`) where no cell tells it.
    kind: str = ""


def uses_of(mapping: Mapping) -> tuple[Use, ...]:
    return tuple(_uses(mapping))


def _uses(mapping: Mapping) -> Iterator[Use]:
    yield from _article(mapping)
    if mapping.rubrics and mapping.rubrics.things:
        yield from _things(mapping, mapping.rubrics.things)
    elif mapping.rubrics:
        for slug, value in mapping.rubrics.values:
            yield _article_use(mapping, mapping.rubrics.column, "rubric.column", _WRITE, _constant(value, slug))
    if mapping.tags:
        yield from _things(mapping, mapping.tags)
    if mapping.photos and mapping.photos.things:
        yield from _things(mapping, mapping.photos.things)
    yield from _receipt(mapping)
    yield from _reports(mapping)


def _article_use(
    mapping: Mapping, column: str, key: str, rights: tuple[str, ...], cell: Cell | None = None, kind: str = ""
) -> Use:
    return Use(mapping.articles.table, column, key, "article.table", rights, cell, kind)


def _article(mapping: Mapping) -> Iterator[Use]:
    articles = mapping.articles
    made_here = articles.made is not Made.DATABASE
    key_kind = TEXT if articles.made is Made.UUID else NUMBER if articles.made is Made.SEQUENCE else ""
    yield _article_use(mapping, articles.key, "article.key", _NEW if made_here else _READ, kind=key_kind)
    if articles.uid:
        yield _article_use(mapping, articles.uid, "article.uid", _NEW, kind=TEXT)
    for cell in articles.columns:
        yield _article_use(mapping, cell.column, cell.key, _NEW if cell.only_new else _WRITE, cell)
    for cell in articles.published:
        yield _article_use(mapping, cell.column, cell.key, _NEW if cell.only_new else _WRITE, cell)
    for cell in (*articles.withdrawn, *articles.killed):
        yield _article_use(mapping, cell.column, cell.key, _CHANGE, cell)
    if articles.kill is Kill.REMOVE:
        yield _article_use(mapping, articles.key, "article.kill", ("delete",))


def _things(mapping: Mapping, things: Things) -> Iterator[Use]:
    section = things.section

    def own(column: str, key: str, rights: tuple[str, ...], cell: Cell | None = None) -> Use:
        return Use(things.table, column, key, f"{section}.table", rights, cell)

    yield own(things.key, f"{section}.key", _READ)
    yield own(things.match.column, things.match.key, _READ, things.match)
    for cell in things.constants:
        yield own(cell.column, cell.key, _READ if things.create is None else _NEW, cell)
    for cell in things.create or ():
        yield own(cell.column, cell.key, _NEW, cell)
    if things.column:
        yield _article_use(mapping, things.column, f"{section}.column", _WRITE)
    if things.link:
        yield from _link(section, things.link)


def _link(section: str, link: Link) -> Iterator[Use]:
    def own(column: str, key: str, rights: tuple[str, ...], cell: Cell | None = None, kind: str = "") -> Use:
        return Use(link.table, column, f"{section}.link.{key}", f"{section}.link.table", rights, cell, kind)

    yield own(link.article, "article", (*_NEW, "delete"))
    yield own(link.other, "other", _NEW)
    if link.position:
        yield own(link.position, "position", _NEW, kind=NUMBER)
    for cell in (*link.constants, *link.columns):
        yield Use(link.table, cell.column, cell.key, f"{section}.link.table", _NEW, cell)


def _receipt(mapping: Mapping) -> Iterator[Use]:
    receipts = mapping.receipts
    if receipts.place is Place.TABLE:
        for column in RECEIPT_COLUMNS:
            yield Use(receipts.table, column, "receipt.table", "receipt.table", _WRITE)
    elif receipts.place is Place.COLUMN:
        yield _article_use(mapping, receipts.column, "receipt.column", _WRITE, kind=TEXT)
    elif receipts.place is Place.KEY_VALUE:
        yield Use(receipts.table, receipts.name, "receipt.name", "receipt.table", _NEW, kind=TEXT)
        yield Use(receipts.table, receipts.value, "receipt.value", "receipt.table", _WRITE, kind=TEXT)
        for cell in receipts.constants:
            yield Use(receipts.table, cell.column, cell.key, "receipt.table", _NEW, cell)


def _reports(mapping: Mapping) -> Iterator[Use]:
    reports = mapping.reports
    if reports is None:
        return

    def own(column: str, key: str, rights: tuple[str, ...], cell: Cell | None = None, kind: str = "") -> Use:
        return Use(reports.table, column, f"reports.{key}", "reports.table", rights, cell, kind)

    yield own(reports.key, "key", _READ, kind=NUMBER)
    for field, column in reports.fields:
        yield own(column, f"columns.{field}", _READ)
    if reports.article:
        yield own(reports.article, "article", _READ)
    if reports.state:
        for state, value in reports.states:
            yield own(reports.state, f"states.{state}", _CHANGE, _constant(value, state))
    if reports.closed_at:
        yield own(reports.closed_at, "closed_at", _CHANGE, kind=TIME)


def _constant(value: Scalar, name: str) -> Cell:
    return Cell(name, name, constant=value)
