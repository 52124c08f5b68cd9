"""Receipts of a described site: a table of their own, a column of the article's row, or a table of names and values.

Beside what the port's receipt says, a short hash of every column is kept as it was written, so that a later edit by
other hands is found and named even after the description has got more columns or fewer.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Column, Engine, Integer, MetaData, String, Table, Text

from newsroom.domain.errors import SiteDiverged
from newsroom.domain.ids import ArticleUid
from newsroom.domain.states import Operation
from newsroom.site.mapped_pen import Pen, Row
from newsroom.site.mapped_uses import RECEIPT_COLUMNS
from newsroom.site.mapped_values import fitted
from newsroom.site.mapping import Mapping, Place
from newsroom.site.mapping import Receipts as Where
from newsroom.site.port import Receipt
from newsroom.sql.types import Instant
from newsroom.words import _

_UTC: Final = ZoneInfo("UTC")
#: What the name of a receipt in a table of names and values begins with.
PREFIX: Final = "newsroom:"

#: Short hashes by column; lists of joined rows stand under the name of their section with a colon: ``:tags``.
State = dict[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """What the site remembers of its last delivery of an article."""

    receipt: Receipt
    state: State = field(default_factory=dict)


class ReceiptBook:
    """Reads and writes receipts within the transaction of a pen."""

    def __init__(self, mapping: Mapping) -> None:
        self._where: Where = mapping.receipts
        self._articles = mapping.articles

    def held(self, pen: Pen, uid: ArticleUid, row: Row | None) -> Held | None:
        """The receipt of the article, whose row is *row*. Raises `SiteDiverged` where it cannot be read."""
        where = self._where
        if where.place is Place.TABLE:
            found = pen.first(where.table, RECEIPT_COLUMNS, {"article_uid": str(uid)}, lock=True)
            return held_in_values(uid, found) if found else None
        if where.place is Place.COLUMN:
            return held_in_text(uid, row[where.column]) if row else None
        if where.place is Place.KEY_VALUE:
            found = pen.first(where.table, (where.value,), {where.name: _name(uid)}, lock=True)
            return held_in_text(uid, found[where.value]) if found else None
        return None

    def write(self, pen: Pen, held: Held, key: Any, now: datetime, *, known: bool) -> None:
        """Put *held* into its place; *key* is that of the article's row, *known* whether there was a receipt before."""
        where, receipt = self._where, held.receipt
        if where.place is Place.TABLE:
            values = _values(held) | {
                "written_at": fitted(pen.layout.spot(where.table, "written_at"), now.astimezone(UTC), _UTC)
            }
            if known:
                pen.update(where.table, {"article_uid": str(receipt.article_uid)}, values)
            else:
                pen.insert(where.table, values | {"article_uid": str(receipt.article_uid)})
        elif where.place is Place.COLUMN and key is not None:
            spot = pen.layout.spot(self._articles.table, where.column)
            pen.update(self._articles.table, {self._articles.key: key}, {where.column: fitted(spot, _text(held), _UTC)})
        elif where.place is Place.KEY_VALUE:
            name = {where.name: _name(receipt.article_uid)}
            text = {where.value: fitted(pen.layout.spot(where.table, where.value), _text(held), _UTC)}
            if known:
                pen.update(where.table, name, text)
            else:
                pen.insert(where.table, name | text | {cell.column: cell.constant for cell in where.constants})

    def way_out(self, uid: ArticleUid) -> str:
        """What a person does to publish over a foreign edit."""
        where = self._where
        if where.place is Place.COLUMN:
            return _(
                "Чтобы всё же опубликовать её отсюда, очистите в строке статьи таблицы {table} столбец {column} и "
                "повторите."
            ).format(table=self._articles.table, column=where.column)
        name = str(uid) if where.place is Place.TABLE else _name(uid)
        return _(
            "Чтобы всё же опубликовать её отсюда, удалите в базе сайта строку {uid} таблицы {table} и повторите."
        ).format(uid=name, table=where.table)


def _name(uid: ArticleUid) -> str:
    return f"{PREFIX}{uid}"


def _values(held: Held) -> dict[str, Any]:
    receipt = held.receipt
    return {
        "site_pk": receipt.site_pk,
        "operation": receipt.operation.value,
        "sequence": receipt.sequence,
        "revision": receipt.revision,
        "hash": receipt.hash,
        "epoch": receipt.epoch,
        "row_state": json.dumps(held.state, ensure_ascii=False),
    }


def _text(held: Held) -> str:
    return json.dumps(_values(held) | {"row_state": held.state}, ensure_ascii=False)


def held_in_text(uid: ArticleUid, text: Any) -> Held | None:
    """The receipt that *text* holds; None where there is none. Raises `SiteDiverged` where it cannot be read."""
    if text in (None, ""):
        return None
    try:
        return held_in_values(uid, json.loads(text) if isinstance(text, str) else text)
    except (ValueError, TypeError):
        raise _spoiled(uid) from None


def held_in_values(uid: ArticleUid, values: Any) -> Held:
    """The receipt out of columns or keys by name. Raises `SiteDiverged` where it cannot be read."""
    try:
        state = values["row_state"]
        if isinstance(state, str):
            state = json.loads(state)
        return Held(
            Receipt(
                article_uid=uid,
                site_pk=str(values["site_pk"]),
                operation=Operation(values["operation"]),
                sequence=int(values["sequence"]),
                revision=int(values["revision"]),
                hash=str(values["hash"]),
                epoch=int(values["epoch"]),
            ),
            {str(name): str(value) for name, value in state.items()},
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _spoiled(uid) from None


def _spoiled(uid: ArticleUid) -> SiteDiverged:
    return SiteDiverged(_("Расписка о доставке статьи {uid} на сайте испорчена; ничего не записано.").format(uid=uid))


def create_receipts(engine: Engine, mapping: Mapping) -> bool:
    """Create the table of receipts where the description wants one; returns whether it does. Safe to repeat."""
    if mapping.receipts.place is not Place.TABLE:
        return False
    options: dict[str, Any] = {
        f"{dialect}_{option}": value
        for dialect in ("mysql", "mariadb")
        for option, value in (("engine", "InnoDB"), ("charset", "utf8mb4"), ("collate", "utf8mb4_bin"))
    }
    table = Table(
        mapping.receipts.table,
        MetaData(schema=mapping.schema or None),
        Column("article_uid", String(36), primary_key=True),
        #: Key of the article's row as text; empty where the site never had one.
        Column("site_pk", String(64), nullable=False),
        Column("operation", String(10), nullable=False),
        Column("sequence", BigInteger, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("hash", String(64), nullable=False),
        Column("epoch", BigInteger, nullable=False),
        #: JSON: short hash of every column as it was written.
        Column("row_state", Text, nullable=False),
        Column("written_at", Instant, nullable=False),
        **options,
    )
    table.create(engine, checkfirst=True)
    return True
