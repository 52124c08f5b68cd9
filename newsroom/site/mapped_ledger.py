"""Many receipts of a described site at once, wherever its description keeps them."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from newsroom.domain.errors import SiteDiverged
from newsroom.domain.ids import ArticleUid
from newsroom.site.mapped_layout import Layout
from newsroom.site.mapped_receipts import PREFIX, held_in_text, held_in_values
from newsroom.site.mapped_uses import RECEIPT_COLUMNS
from newsroom.site.mapped_values import uid_fitted, uid_found
from newsroom.site.mapping import Mapping, Place
from newsroom.site.port import Receipt


class Ledger:
    """Reads receipts over one connection; those that cannot be read are left to the delivery of their article."""

    def __init__(self, connection: Connection, mapping: Mapping, layout: Layout) -> None:
        self._connection = connection
        self._where, self._articles = mapping.receipts, mapping.articles
        self._layout = layout

    def after(self, cursor: str, limit: int) -> list[Receipt]:
        key, query = self._query()
        if cursor:
            query = query.where(key > self._stored(cursor))
        return list(self._receipts(query.order_by(key).limit(limit)))

    def of(self, uids: Collection[str]) -> list[Receipt]:
        key, query = self._query()
        return list(self._receipts(query.where(key.in_([self._stored(uid) for uid in uids]))))

    def _query(self) -> tuple[Column[Any], Select[Any]]:
        """The column that tells the article, and the rows in which there are receipts."""
        where, layout = self._where, self._layout
        if where.place is Place.TABLE:
            key = layout.column(where.table, "article_uid")
            return key, select(key, *(layout.column(where.table, name) for name in RECEIPT_COLUMNS[1:]))
        if where.place is Place.COLUMN:
            key = layout.column(self._articles.table, self._articles.uid)
            receipt = layout.column(self._articles.table, where.column)
            return key, select(key, receipt).where(receipt.is_not(None), key.is_not(None))
        key = layout.column(where.table, where.name)
        # Wherever names are compared without regard to case, others than ours are left out below.
        return key, select(key, layout.column(where.table, where.value)).where(key.like(f"{PREFIX}%"))

    def _stored(self, uid: str) -> Any:
        """The article's uid as the column of `_query` holds it."""
        if self._where.place is Place.COLUMN:
            return uid_fitted(self._layout.spot(self._articles.table, self._articles.uid), uid)
        return uid if self._where.place is Place.TABLE else PREFIX + uid

    def _receipts(self, query: Select[Any]) -> Iterator[Receipt]:
        for row in self._connection.execute(query):
            with suppress(SiteDiverged):
                if self._where.place is Place.TABLE:
                    yield held_in_values(ArticleUid(row[0]), row._mapping).receipt
                    continue
                uid = ArticleUid(uid_found(str(row[0]).removeprefix(PREFIX)))
                held = held_in_text(uid, row[1])
                if uid and held:
                    yield held.receipt
