"""The project's own plain site schema: what readers see, what they report, and the receipts of deliveries.

A site of kind ``standard`` has these tables on SQLite, PostgreSQL or MariaDB. Whoever builds pages reads ``articles``
with status ``published`` and writes nothing but ``typo_reports``; everything else is written by the publisher.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy.dialects.mysql import LONGBLOB, LONGTEXT
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import BigInteger, TypeEngine

from newsroom.domain.errors import SiteSchemaMismatch, SiteUnavailable
from newsroom.sql.faults import Kind, brief, explain, kind_of
from newsroom.sql.types import Instant
from newsroom.words import _

metadata = MetaData()

#: Bytewise comparison, so that «е» and «ё», capitals and small letters stay different; InnoDB for transactions.
_TABLE_OPTIONS: dict[str, Any] = {
    f"{dialect}_{option}": value
    for dialect in ("mysql", "mariadb")
    for option, value in (("engine", "InnoDB"), ("charset", "utf8mb4"), ("collate", "utf8mb4_bin"))
}


def _long_text() -> TypeEngine[str]:
    return Text().with_variant(LONGTEXT(), "mysql", "mariadb")


rubrics = Table(
    "rubrics",
    metadata,
    Column("slug", String(100), primary_key=True),
    Column("title", String(200), nullable=False),
    #: Place in menus, from 0.
    Column("position", Integer, nullable=False),
    **_TABLE_OPTIONS,
)

photos = Table(
    "photos",
    metadata,
    #: SHA-256 of the file, 64 hexadecimal digits.
    Column("id", String(64), primary_key=True),
    Column("file_name", String(200), nullable=False, unique=True),
    Column("mime", String(50), nullable=False),
    #: Pixels.
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("data", LargeBinary().with_variant(LONGBLOB(), "mysql", "mariadb"), nullable=False),
    Column("added_at", Instant, nullable=False),
    **_TABLE_OPTIONS,
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    #: By which the newsroom knows the article.
    Column("uid", String(36), nullable=False, unique=True),
    #: The address: ``/article/<slug>``. A withdrawn or killed article keeps it.
    Column("slug", String(200), nullable=False, unique=True),
    #: Readers see ``published`` only. A killed article stays as a tombstone without texts.
    Column("status", String(10), nullable=False),
    Column("headline", String(300), nullable=False),
    Column("lead", _long_text(), nullable=False),
    #: Sanitised HTML; photos in it are ``<img src="/photos/FILE_NAME">``.
    Column("body_html", _long_text(), nullable=False),
    Column("rubric_slug", String(100), ForeignKey("rubrics.slug"), nullable=False),
    #: JSON list of texts.
    Column("tags", _long_text(), nullable=False),
    Column("byline", String(300), nullable=False),
    #: ``0+`` … ``18+``; empty on a tombstone.
    Column("age", String(3), nullable=False),
    Column("lead_photo", String(64), ForeignKey("photos.id")),
    Column("photo_caption", _long_text(), nullable=False),
    #: Without the word «Фото:».
    Column("photo_credit", String(300), nullable=False),
    Column("photo_alt", _long_text(), nullable=False),
    #: Source or advertising note at the foot.
    Column("note", _long_text(), nullable=False),
    Column("published_at", Instant, nullable=False),
    #: When the row was last written.
    Column("updated_at", Instant, nullable=False),
    #: On top of the feed until then.
    Column("pinned_until", Instant),
    Column("revision", Integer, nullable=False),
    CheckConstraint("status IN ('published', 'withdrawn', 'killed')", name="articles_status_known"),
    Index("articles_feed", "status", "published_at", "id"),
    Index("articles_rubric_feed", "rubric_slug", "status", "published_at", "id"),
    Index("articles_pinned", "status", "pinned_until"),
    sqlite_autoincrement=True,
    **_TABLE_OPTIONS,
)

#: Every photo that an article shows, the lead photo first.
article_photos = Table(
    "article_photos",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("photo_id", String(64), ForeignKey("photos.id"), primary_key=True),
    #: From 0.
    Column("position", Integer, nullable=False),
    Index("article_photos_photo", "photo_id"),
    **_TABLE_OPTIONS,
)

#: All texts are strangers' words.
typo_reports = Table(
    "typo_reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    #: As the page said it, so not a foreign key.
    Column("article_uid", String(36), nullable=False),
    Column("page_url", String(1000), nullable=False),
    Column("before_text", String(60), nullable=False),
    Column("selected_text", String(256), nullable=False),
    Column("after_text", String(60), nullable=False),
    Column("comment", String(250), nullable=False),
    #: Tells one reader's reports from another's without keeping an address.
    Column("reporter_hash", String(64), nullable=False),
    Column("state", String(10), nullable=False, server_default="new"),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    CheckConstraint("state IN ('new', 'fixed', 'rejected')", name="typo_reports_state_known"),
    Index("typo_reports_reporter", "reporter_hash", "created_at"),
    sqlite_autoincrement=True,
    **_TABLE_OPTIONS,
)

#: The newest change of each article, written in the transaction of the change itself.
newsroom_receipt = Table(
    "newsroom_receipt",
    metadata,
    Column("article_uid", String(36), primary_key=True),
    #: ``articles.id`` as text; empty where the site never had a row.
    Column("site_pk", String(20), nullable=False),
    Column("operation", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False, autoincrement=False),
    Column("revision", Integer, nullable=False),
    #: Of the approved payload.
    Column("hash", String(64), nullable=False),
    #: Of the article's row as it was written: tells whether somebody else has edited it since.
    Column("row_hash", String(64), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("written_at", Instant, nullable=False),
    **_TABLE_OPTIONS,
)


def create_schema(engine: Engine) -> None:
    """Create the tables that are missing; what exists is left as it is.

    Raises `SiteUnavailable` where the database cannot be reached, and `SiteSchemaMismatch` where it may not be changed
    or holds tables of these names that are not these tables.
    """
    with _in_words(_("Таблицы сайта не созданы")), engine.begin() as connection:
        # First, because MariaDB commits each new table at once.
        if foreign := list(_unlike_ours(connection)):
            raise SiteSchemaMismatch(_("База занята другими таблицами: {what}.").format(what="; ".join(foreign)))
        metadata.create_all(connection)


def schema_differences(engine: Engine) -> list[str]:
    """What the database lacks of this schema, each in words; empty where nothing is missing.

    Additional tables and columns are no difference. Raises `SiteUnavailable` where the database cannot be reached.
    """
    with _in_words(_("Таблицы сайта не проверены")), engine.connect() as connection:
        return differences_on(connection)


def differences_on(connection: Connection) -> list[str]:
    """`schema_differences` within an open transaction; database errors pass through."""
    present = _present(connection)
    absent = [_("нет таблицы {table}").format(table=name) for name in metadata.tables if name not in present]
    return absent + list(_unlike_ours(connection))


def _present(connection: Connection) -> set[str]:
    inspector = inspect(connection)
    return {*inspector.get_table_names(), *inspector.get_view_names()}


def _unlike_ours(connection: Connection) -> Iterator[str]:
    """What the tables that are there lack."""
    present = _present(connection)
    for table in metadata.sorted_tables:
        if table.name in present:
            columns = {column["name"] for column in inspect(connection).get_columns(table.name)}
            for column in table.columns:
                if column.name not in columns:
                    yield _("в таблице {table} нет столбца {column}").format(table=table.name, column=column.name)
    yield from tables_without_transactions(connection)


def tables_without_transactions(connection: Connection) -> Iterator[str]:
    """MariaDB tables of an engine that cannot roll back: a change and its receipt would not be one."""
    if connection.dialect.name not in ("mysql", "mariadb"):
        return
    engines = connection.execute(
        text("SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE()")
    )
    for name, storage in engines:
        if name in metadata.tables and storage != "InnoDB":
            yield _("таблица {table} хранится в {storage}, а нужен InnoDB").format(table=name, storage=storage)


@contextmanager
def _in_words(prefix: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        kind = kind_of(error)
        if kind is Kind.STRUCTURE:
            raise SiteSchemaMismatch(f"{prefix}: {brief(error)}.") from error
        if kind is Kind.ENVIRONMENT:
            raise SiteUnavailable(f"{prefix}: {explain(error)}.") from error
        raise
