"""The statements of one delivery to a described site, and, in a rehearsal, what they change.

Tables and columns are those that reflection found, values are bound.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Sequence, and_, delete, insert, select, true, update
from sqlalchemy.sql.elements import ColumnElement

from newsroom.domain.rehearsal import ColumnChange
from newsroom.site.mapped_layout import Layout
from newsroom.site.mapped_values import shown
from newsroom.words import _

Row = dict[str, Any]


class Pen:
    """Reads and writes rows within one transaction."""

    def __init__(self, connection: Connection, layout: Layout, *, records: bool = False) -> None:
        self.connection = connection
        self.layout = layout
        self._records = records
        #: In a rehearsal: rows as they were before the first statement about them, and the columns we wrote.
        self._before: dict[tuple[str, tuple[tuple[str, Any], ...]], list[Row]] = {}
        self._written: dict[str, set[str]] = {}

    def rows(
        self,
        table: str,
        columns: tuple[str, ...],
        where: Mapping[str, Any],
        *,
        lock: bool = False,
        limit: int | None = None,
    ) -> list[Row]:
        """The *columns* of all rows, or of *limit*, in which every column of *where* has its value."""
        names = tuple(dict.fromkeys(columns))
        query = (
            select(*(self.layout.column(table, name) for name in names)).where(self._where(table, where)).limit(limit)
        )
        if lock:
            query = query.with_for_update()
        return [dict(zip(names, row, strict=True)) for row in self.connection.execute(query)]

    def first(
        self, table: str, columns: tuple[str, ...], where: Mapping[str, Any], *, lock: bool = False
    ) -> Row | None:
        return next(iter(self.rows(table, columns, where, lock=lock)), None)

    def insert(self, table: str, values: Mapping[str, Any], key: str = "") -> Any:
        """Add a row; returns its *key*, where one is named."""
        made = self.connection.execute(insert(self.layout.table(table)).values(dict(values)))
        number = values.get(key)
        if key and number is None:
            assert made.inserted_primary_key is not None
            number = made.inserted_primary_key[0]
        where = {key: number} if key else dict(values)
        if self._records:
            self._before.setdefault((table, tuple(where.items())), [])
            self._written.setdefault(table, set()).update(values)
        return number

    def next_number(self, sequence: str, schema: str) -> int:
        """The next number of a sequence that reflection has found."""
        number: int = self.connection.execute(
            select(Sequence(sequence, schema=schema or None).next_value())
        ).scalar_one()
        return number

    def update(self, table: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        self._remember(table, where, values)
        self.connection.execute(update(self.layout.table(table)).where(self._where(table, where)).values(dict(values)))

    def delete(self, table: str, where: Mapping[str, Any]) -> None:
        self._remember(table, where, {})
        self.connection.execute(delete(self.layout.table(table)).where(self._where(table, where)))

    def _where(self, table: str, where: Mapping[str, Any]) -> ColumnElement[bool]:
        return and_(true(), *(self.layout.column(table, name) == value for name, value in where.items()))

    def _remember(self, table: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        if not self._records:
            return
        self._written.setdefault(table, set()).update(values)
        place = (table, tuple(where.items()))
        if place not in self._before:
            self._before[place] = self._whole(table, where)

    def _whole(self, table: str, where: Mapping[str, Any]) -> list[Row]:
        columns = tuple(
            column.name for column in self.layout.table(table).columns if self.layout.spot(table, column.name).readable
        )
        return self.rows(table, columns, where)

    def changes(self) -> list[ColumnChange]:
        """What has become of every row that was touched, the doings of triggers in it included; each row once."""
        found: list[ColumnChange] = []
        seen: list[tuple[str, Row]] = []
        for (table, where), before in self._before.items():
            after = self._whole(table, dict(where))
            if len(before) == len(after) == 1:
                name = ", ".join(f"{column}={shown(value)}" for column, value in where)
                found += self._differences(table, name, before[0], after[0])
                continue
            for row in before:
                if row not in after:
                    name = _("удаляется {row}").format(row=self._row_words(table, row))
                    found += [ColumnChange(table, name, column, shown(value), "—") for column, value in row.items()]
            for row in after:
                if row not in before and (table, row) not in seen:
                    seen.append((table, row))
                    name = _("новая {row}").format(row=self._row_words(table, row))
                    found += self._differences(table, name, dict.fromkeys(row), row)
        return found

    def _row_words(self, table: str, row: Row) -> str:
        keys = [column.name for column in self.layout.table(table).primary_key] or list(row)
        return ", ".join(f"{name}={shown(row[name])}" for name in keys if name in row)

    def _differences(self, table: str, name: str, before: Row, after: Row) -> list[ColumnChange]:
        ours = self._written.get(table, set())
        return [
            ColumnChange(
                table, name, column, shown(before[column], value), shown(value, before[column]), column not in ours
            )
            for column, value in after.items()
            if before[column] != value
        ]
