"""WordPress' tables as this program uses them, and whether a database has them as they must be.

Their structure is WordPress' own and is never changed; one object stands for one prefix.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, TableClause, bindparam, column, false, select, table, text
from sqlalchemy.exc import DBAPIError

from newsroom.domain.errors import SiteSchemaMismatch
from newsroom.sql.faults import Kind, brief, kind_of, number_of
from newsroom.words import _

_COLUMNS = {
    "posts": (
        "ID post_author post_date post_date_gmt post_content post_title post_excerpt post_status comment_status "
        "ping_status post_password post_name to_ping pinged post_modified post_modified_gmt post_content_filtered "
        "post_parent guid menu_order post_type post_mime_type comment_count"
    ),
    "postmeta": "meta_id post_id meta_key meta_value",
    "terms": "term_id name slug term_group",
    "term_taxonomy": "term_taxonomy_id term_id taxonomy description parent count",
    "term_relationships": "object_id term_taxonomy_id term_order",
    "options": "option_id option_name option_value autoload",
    "users": "ID user_login user_nicename display_name",
}

#: The rights that publishing needs beside reading.
_RIGHTS = {
    "posts": ("INSERT", "UPDATE", "DELETE"),
    "postmeta": ("INSERT", "UPDATE", "DELETE"),
    "terms": ("INSERT", "UPDATE"),
    "term_taxonomy": ("INSERT", "UPDATE"),
    "term_relationships": ("INSERT", "DELETE"),
    "options": ("UPDATE",),
    "users": (),
}

#: MariaDB's numbers for a right that is missing, to a table or to a column of it.
_DENIED = (1142, 1143)

#: Python's names of the character sets that hold less than every text.
_CODECS = {"latin1": "cp1252", "cp1251": "cp1251", "koi8r": "koi8-r", "ascii": "ascii"}


@dataclass(frozen=True, slots=True)
class Limit:
    """What fits into one text column."""

    #: As MariaDB calls the character set.
    charset: str
    #: Most bytes of a TEXT column, most characters of the others.
    most: int
    in_bytes: bool

    def complaint(self, field: str, value: str) -> str:
        """In words: why *value* of *field* does not fit; empty where it does."""
        length = len(value.encode("utf-8", "surrogatepass")) if self.in_bytes else len(value)
        if length > self.most:
            sentence = (
                _("Сайт не примет поле «{field}»: {length} байт, а помещается {limit}.")
                if self.in_bytes
                else _("Сайт не примет поле «{field}»: {length} знаков, а помещается {limit}.")
            )
            return sentence.format(field=field, length=length, limit=self.most)
        if foreign := self.foreign(value):
            return _("Сайт не примет поле «{field}»: знака «{sign}» в его кодировке {charset} нет.").format(
                field=field, sign=foreign, charset=self.charset
            )
        return ""

    def foreign(self, value: str) -> str:
        """The first character of *value* that the character set lacks; empty where it holds all of them."""
        if self.charset in ("utf8", "utf8mb3"):
            return next((sign for sign in value if sign > "\uffff"), "")
        codec = _CODECS.get(self.charset)
        if codec is None:
            return ""
        try:
            value.encode(codec)
        except UnicodeEncodeError as error:
            return value[error.start]
        return ""


#: By table and column, without the prefix: ``posts.post_title``.
Limits = Mapping[str, Limit]


class Tables:
    """The tables of one prefix.

    Attributes:
        posts, postmeta, terms, term_taxonomy, term_relationships, options, users: for statements.
        post_key: the primary key of ``posts``.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.posts = self._table("posts")
        self.post_key = self.posts.c["ID"]
        self.postmeta = self._table("postmeta")
        self.terms = self._table("terms")
        self.term_taxonomy = self._table("term_taxonomy")
        self.term_relationships = self._table("term_relationships")
        self.options = self._table("options")
        self.users = self._table("users")

    def _table(self, name: str) -> TableClause:
        return table(self.prefix + name, *(column(each) for each in _COLUMNS[name].split()))

    def check(self, connection: Connection) -> Limits:
        """The limits of the text columns. Raises `SiteSchemaMismatch`, naming everything that is not as it must be."""
        found, limits = self._columns(connection)
        problems = [*self._absent(found), *self._engines(connection)]
        if not problems:
            problems = list(self._missing_rights(connection))
        if problems:
            raise SiteSchemaMismatch(_("Ничего не записано: {what}.").format(what="; ".join(problems)))
        return limits

    def differences(self, connection: Connection) -> list[str]:
        """What tables and columns are missing or cannot roll back, each in words."""
        return [*self._absent(self._columns(connection)[0]), *self._engines(connection)]

    def _columns(self, connection: Connection) -> tuple[set[str], Limits]:
        rows = connection.execute(_READ_COLUMNS, {"names": [self.prefix + name for name in _COLUMNS]}).all()
        found, limits = set(), {}
        for name, column_name, charset, octets, characters, kind in rows:
            place = f"{name.removeprefix(self.prefix)}.{column_name}"
            found.add(place)
            if charset:
                in_bytes = kind.endswith("text")
                limits[place] = Limit(charset, int(octets if in_bytes else characters), in_bytes)
        return found, limits

    def _absent(self, found: set[str]) -> Iterator[str]:
        present = {place.partition(".")[0] for place in found}
        for name, columns in _COLUMNS.items():
            if name not in present:
                yield _("нет таблицы {table} (или права её читать)").format(table=self.prefix + name)
                continue
            for each in columns.split():
                if f"{name}.{each}" not in found:
                    yield _("в таблице {table} нет столбца {column}").format(table=self.prefix + name, column=each)

    def _engines(self, connection: Connection) -> Iterator[str]:
        for name, storage in connection.execute(_READ_ENGINES, {"names": [self.prefix + name for name in _RIGHTS]}):
            if name != self.prefix + "users" and storage != "InnoDB":
                yield _("таблица {table} хранится в {storage}, а нужен InnoDB").format(table=name, storage=storage)

    def _missing_rights(self, connection: Connection) -> Iterator[str]:
        """Each right is tried by a statement that touches no row."""
        for name, rights in _RIGHTS.items():
            each = getattr(self, name)
            columns = list(each.columns)
            nothing = select(*columns).where(false())
            statements = {
                "SELECT": nothing,
                "INSERT": each.insert().from_select(columns, nothing),
                "UPDATE": each.update().where(false()).values({columns[0]: columns[0]}),
                "DELETE": each.delete().where(false()),
            }
            for right in ("SELECT", *rights):
                try:
                    connection.execute(statements[right])
                except DBAPIError as error:
                    if kind_of(error) is not Kind.STRUCTURE:
                        raise
                    if number_of(error) in _DENIED:
                        yield _("нет права {right} на таблицу {table}").format(right=right, table=each.name)
                    else:
                        yield _("таблица {table}: {words}").format(table=each.name, words=brief(error))


_NAMES: BindParameter[Any] = bindparam("names", expanding=True)
_READ_COLUMNS = text(
    "SELECT table_name, column_name, character_set_name, character_octet_length, character_maximum_length, data_type"
    " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN :names"
).bindparams(_NAMES)
_READ_ENGINES = text(
    "SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN :names"
).bindparams(_NAMES)
