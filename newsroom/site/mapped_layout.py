"""The tables that a description speaks of, as reflection finds them in the database, held against the description.

Only what is found here is ever put into a statement. One cheap query tells whether anything has changed since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Time,
    Uuid,
    bindparam,
    inspect,
    text,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import NullType, TypeEngine

from newsroom.domain.errors import SiteSchemaMismatch
from newsroom.site.mapped_transforms import BYTES, FLAG, KIND_WORDS, LIST, NUMBER, TEXT, TIME, kind_given
from newsroom.site.mapped_uses import Use, uses_of
from newsroom.site.mapping import Mapping, Place, printable
from newsroom.words import _

#: Families of column types; the first that fits counts.
_FAMILIES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "flag"),
    (Uuid, "uuid"),
    (JSON, "json"),
    (ARRAY, "list"),
    (mysql.BIT, "any"),
    (LargeBinary, "bytes"),
    (String, "text"),
    (DateTime, "time"),
    (Date, "date"),
    (Time, "clock"),
    (Integer, "number"),
    (Numeric, "number"),
)
_TAKES = {
    TEXT: {"text", "json", "uuid"},
    LIST: {"list", "json"},
    TIME: {"time", "date", "clock"},
    NUMBER: {"number"},
    FLAG: {"flag", "number"},
    BYTES: {"bytes"},
}
#: Bytes that MariaDB's texts and blobs hold, by the name of the type.
_SIZES = {"TINY": 255, "": 65_535, "MEDIUM": 16_777_215}

_FACTS: Final = {
    "postgresql": text(
        """
        SELECT c.relname, a.attname, '', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef,
               concat_ws(',', CASE WHEN has_column_privilege(c.oid, a.attnum, 'SELECT') THEN 'select' END,
                              CASE WHEN has_column_privilege(c.oid, a.attnum, 'INSERT') THEN 'insert' END,
                              CASE WHEN has_column_privilege(c.oid, a.attnum, 'UPDATE') THEN 'update' END,
                              CASE WHEN has_table_privilege(c.oid, 'DELETE') THEN 'delete' END), '',
               a.attgenerated <> '' OR a.attidentity = 'a'
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = coalesce(nullif(:schema, ''), current_schema()) AND c.relname IN :names
              AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY c.relname, a.attnum
        """
    ).bindparams(bindparam("names", expanding=True)),
    "mariadb": text(
        """
        SELECT c.table_name, c.column_name, coalesce(c.character_set_name, ''), c.column_type, c.is_nullable,
               c.column_default IS NULL, c.privileges, '', c.extra LIKE '%GENERATED%'
        FROM information_schema.columns c
        WHERE c.table_schema = coalesce(nullif(:schema, ''), DATABASE()) AND c.table_name IN :names
        ORDER BY c.table_name, c.ordinal_position
        """
    ).bindparams(bindparam("names", expanding=True)),
}
# By itself, since MariaDB looks through every database of the server where the two lists are joined: that is slow, and
# fails when somebody drops another database meanwhile.
_ENGINES: Final = text(
    "SELECT table_name, engine FROM information_schema.tables"
    " WHERE table_schema = coalesce(nullif(:schema, ''), DATABASE()) AND table_name IN :names"
).bindparams(bindparam("names", expanding=True))
_ENGINE_PLACE: Final = 7


@dataclass(frozen=True, slots=True)
class Spot:
    """One column that the description uses."""

    table: str
    column: Column[Any]
    family: str
    dialect: str
    #: Character set on MariaDB, else empty.
    charset: str = ""
    #: Characters, or bytes, that a text may have; None where there is no such limit.
    length: int | None = None
    size: int | None = None
    #: Digits of a second that the column keeps.
    precision: int = 6
    readable: bool = True

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def zoned(self) -> bool:
        """Whether a column of time holds instants whatever the zone."""
        return bool(getattr(self.column.type, "timezone", False)) or isinstance(self.column.type, mysql.TIMESTAMP)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found; `facts` tells whether it still holds."""

    dialect: str
    tables: dict[str, Table]
    spots: dict[tuple[str, str], Spot]
    facts: object

    @property
    def rolls_back(self) -> bool:
        """Whether a transaction that is given up leaves nothing behind in any of the tables."""
        return not list(_without_transactions(_by_column(self.facts)))

    def table(self, name: str) -> Table:
        return self.tables[name]

    def column(self, table: str, name: str) -> Column[Any]:
        return self.tables[table].c[name]

    def spot(self, table: str, name: str) -> Spot:
        return self.spots[table, name]


def facts_of(connection: Connection, schema: str, tables: tuple[str, ...]) -> object:
    """Structure, rights and storage of *tables*; another answer later means that they have changed."""
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    where = {"schema": schema, "names": tables}
    if connection.dialect.name == "postgresql":
        return tuple(tuple(row) for row in connection.execute(_FACTS["postgresql"], where))
    engines = {name: engine or "" for name, engine in connection.execute(_ENGINES, where)}
    return tuple(
        (*row[:_ENGINE_PLACE], engines.get(row[0], ""), *row[_ENGINE_PLACE + 1 :])
        for row in connection.execute(_FACTS["mariadb"], where)
    )


def read_layout(connection: Connection, mapping: Mapping) -> Layout:
    """The tables of *mapping* in the database. Raises `SiteSchemaMismatch` that names all that does not fit."""
    uses = uses_of(mapping)
    names = tuple(dict.fromkeys(use.table for use in uses))
    facts = facts_of(connection, mapping.schema, names)
    inspector = inspect(connection)
    schema = mapping.schema or None
    present = {*inspector.get_table_names(schema), *inspector.get_view_names(schema)}
    problems: list[str] = []
    for use in uses:
        if use.table not in present:
            problems.append(_absent_table(mapping, use, present))
    metadata = MetaData(schema=schema)
    tables = {
        name: Table(name, metadata, autoload_with=connection, resolve_fks=False) for name in names if name in present
    }
    layout = Layout(connection.dialect.name, tables, {}, facts)
    about = _by_column(facts)
    for table in tables.values():
        for column in table.columns:
            layout.spots[table.name, column.name] = spot_of(
                table.name, column, layout.dialect, about.get((table.name, column.name))
            )
    for use in uses:
        if use.table in tables:
            problems += _misfits(mapping, layout, use, about)
    problems += _uncovered(mapping, layout, uses)
    problems += _keys(mapping, layout, inspector.get_sequence_names(schema) if mapping.articles.sequence else [])
    if not mapping.at_least_once:
        problems += _without_transactions(about)
    if problems:
        raise SiteSchemaMismatch(
            _("Таблицы сайта не подходят к его описанию, ничего не записано: {what}.").format(
                what="; ".join(dict.fromkeys(problems))
            )
        )
    return layout


_About = dict[tuple[str, str], tuple[Any, ...]]


def _by_column(facts: object) -> _About:
    return {(row[0], row[1]): row for row in facts} if isinstance(facts, tuple) else {}


def spot_of(table: str, column: Column[Any], dialect: str, row: tuple[Any, ...] | None = None) -> Spot:
    """What is known of a reflected column; *row* is what `facts_of` says of it."""
    kind = column.type
    family = next((name for base, name in _FAMILIES if isinstance(kind, base)), "any")
    length = kind.length if isinstance(kind, String) and not isinstance(kind, Enum) else None
    size = precision = None
    if dialect in ("mysql", "mariadb") and type(kind).__name__.endswith(("TEXT", "BLOB")):
        length, size = None, _SIZES.get(type(kind).__name__[:-4])
    if family == "time" and dialect != "sqlite":
        precision = getattr(kind, "precision", None) if dialect == "postgresql" else getattr(kind, "fsp", None) or 0
    if dialect == "sqlite" and family not in ("text", "number", "bytes"):
        # SQLite keeps whatever it is given: its values are read and written as they are.
        column.type = NullType()
    charset = row[2] if row else ""
    readable = row is None or "select" in row[6].split(",")
    return Spot(table, column, family, dialect, charset, length, size, 6 if precision is None else precision, readable)


def _absent_table(mapping: Mapping, use: Use, present: set[str]) -> str:
    words = _("нет таблицы «{table}»").format(table=printable(use.table))
    if use.table_key == "receipt.table" and mapping.receipts.place is Place.TABLE:
        return f"{words}; " + _("её создаёт команда newsroom site create mapped:… --mapping …")
    return f"{mapping.place(use.table_key)}: {words}{_like(use.table, present)}"


def _like(name: str, present: set[str]) -> str:
    near = get_close_matches(name, sorted(present), 1, 0.6)
    return _(" (похоже на «{near}»)").format(near=printable(near[0])) if near else ""


def _misfits(mapping: Mapping, layout: Layout, use: Use, about: _About) -> Iterator[str]:
    """What is wrong with one column that the description uses."""
    if not use.column:
        return
    where, table = mapping.place(use.key), layout.tables[use.table]
    if use.column not in table.c:
        words = _("в таблице {table} нет столбца «{column}»").format(table=use.table, column=printable(use.column))
        yield f"{where}: {words}{_like(use.column, set(table.c.keys()))}"
        return
    spot = layout.spot(use.table, use.column)
    given = use.kind or (kind_given(use.cell) if use.cell else "")
    if given and spot.family != "any" and spot.family not in _TAKES[given]:
        yield _("{where}: столбец {column} имеет тип {type}, а получает {kind}").format(
            where=where, column=f"{use.table}.{use.column}", type=_type_words(spot, about), kind=_(KIND_WORDS[given])
        )
    kind = spot.column.type
    if use.cell and not use.cell.source and isinstance(kind, Enum) and use.cell.constant not in kind.enums:
        yield _("{where}: столбец {column} принимает только {values}").format(
            where=where, column=f"{use.table}.{use.column}", values=", ".join(f"«{one}»" for one in kind.enums)
        )
    if row := about.get((use.table, use.column)):
        lacking = [right for right in use.rights if right not in row[6].split(",")]
        if layout.dialect != "postgresql" and "delete" in lacking:
            lacking.remove("delete")  # MariaDB lists it elsewhere; the server itself will say
        if lacking:
            yield _("{where}: у нашей учётной записи нет права {rights} на столбец {column}").format(
                where=where, rights=", ".join(lacking).upper(), column=f"{use.table}.{use.column}"
            )
        if row[8] and {"insert", "update"} & set(use.rights):
            yield _("{where}: столбец {column} вычисляет сама база, писать в него нельзя").format(
                where=where, column=f"{use.table}.{use.column}"
            )


def _type_words(spot: Spot, about: _About) -> str:
    row = about.get((spot.table, spot.name))
    return str(row[3]) if row else str(spot.column.type)


def _uncovered(mapping: Mapping, layout: Layout, uses: tuple[Use, ...]) -> Iterator[str]:
    """Columns that demand a value in rows that we insert and do not get one."""
    inserted = {use.table for use in uses if "insert" in use.rights}
    filled = {(use.table, use.column) for use in uses if "insert" in use.rights}
    filled |= {(mapping.articles.table, name) for name in mapping.articles.site_fills}
    for name in inserted:
        table = layout.tables.get(name)
        for column in table.columns if table is not None else ():
            given = column.nullable or column.server_default is not None or column.identity or column.computed
            own_key = table is not None and column is table.autoincrement_column
            if not given and not own_key and (name, column.name) not in filled:
                yield _("столбец {column} требует значения, а описание его не заполняет").format(
                    column=f"{name}.{column.name}"
                )


def _keys(mapping: Mapping, layout: Layout, sequences: list[str]) -> Iterator[str]:
    articles = mapping.articles
    table = layout.tables.get(articles.table)
    if table is None or articles.key not in table.c:
        return
    if [column.name for column in table.primary_key] != [articles.key]:
        yield _("{where}: столбец {column} не первичный ключ").format(
            where=mapping.place("article.key"), column=f"{articles.table}.{articles.key}"
        )
    if articles.sequence and articles.sequence not in sequences:
        yield _("{where}: последовательности «{name}» нет").format(
            where=mapping.place("article.sequence"), name=printable(articles.sequence)
        )


def _without_transactions(about: _About) -> Iterator[str]:
    for (table, _column), row in about.items():
        if row[7] and row[7] != "InnoDB":
            yield _(
                "таблица {table} хранится в {storage}, где нет транзакций: переведите её в InnoDB или согласитесь на "
                "«как минимум один раз» строкой at_least_once = true"
            ).format(table=table, storage=row[7])
