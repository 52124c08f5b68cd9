"""The oracle of effects: an append-only table on a test site, filled by triggers, of what has really changed there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, text

from newsroom.domain.ids import ArticleUid
from newsroom.sql.types import Instant

_NUMBER = {"sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT", "postgresql": "SERIAL PRIMARY KEY"}
_NUMBER["mariadb"] = "INTEGER AUTO_INCREMENT PRIMARY KEY"
_INSTANT = {"sqlite": "TEXT", "postgresql": "TIMESTAMPTZ", "mariadb": "DATETIME(6)"}
#: The server's clock at the statement, to the microsecond; SQLite's to the millisecond.
_NOW = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00'",
    "postgresql": "clock_timestamp()",
    "mariadb": "UTC_TIMESTAMP(6)",
}
#: What is recorded of which change, and when it is one. A receipt is first inserted with no sequence of its own, on
#: MariaDB by an update that changes nothing where it is there; the change is in its update.
_WATCHED = (
    ("articles", "insert", "NEW.uid, NEW.status, NEW.revision", "1 = 1"),
    ("articles", "update", "NEW.uid, NEW.status, NEW.revision", "1 = 1"),
    ("articles", "delete", "OLD.uid, 'deleted', OLD.revision", "1 = 1"),
    (
        "newsroom_receipt",
        "update",
        "NEW.article_uid, NEW.operation, NEW.sequence",
        "OLD.written_at <> NEW.written_at OR OLD.sequence <> NEW.sequence",
    ),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One committed change of a row of the site."""

    at: datetime
    table: str
    uid: ArticleUid
    #: Status of an article, operation of a receipt.
    what: str
    #: Revision of an article, sequence of a receipt.
    number: int


def keep_audit(engine: Engine) -> None:
    """Make the standard site at *engine* record every change of its articles and receipts."""
    dialect = engine.dialect.name
    storage = " ENGINE=InnoDB CHARSET=utf8mb4" if dialect == "mariadb" else ""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TABLE audit (id {_NUMBER[dialect]}, at {_INSTANT[dialect]}, site_table VARCHAR(20), "
            f"uid VARCHAR(36), what VARCHAR(20), number INTEGER){storage}"
        )
        for table, action, values, where in _WATCHED:
            record = (
                "INSERT INTO audit (at, site_table, uid, what, number) "
                f"SELECT {_NOW[dialect]}, '{table}', {values} FROM (SELECT 1 AS one) AS one_row WHERE {where};"
            )
            name = f"audit_{table}_{action}"
            if dialect == "postgresql":
                connection.exec_driver_sql(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {record} RETURN NULL; END $$"
                )
                does = f"EXECUTE FUNCTION {name}()"
            else:
                does = f"BEGIN {record} END"
            connection.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {action} ON {table} FOR EACH ROW {does}")


def audit(engine: Engine) -> list[Change]:
    """Every change so far, in the order in which it was made."""
    query = text("SELECT at, site_table, uid, what, number FROM audit ORDER BY id").columns(at=Instant())
    with engine.connect().execution_options(newsroom_read=True) as connection:
        return [
            Change(row.at.astimezone(UTC), row.site_table, ArticleUid(row.uid), row.what, row.number)
            for row in connection.execute(query)
        ]


def receipts(changes: Iterable[Change]) -> list[Change]:
    """Those of *changes* that are receipts: one for every change that the newsroom has made, with its sequence."""
    return [change for change in changes if change.table == "newsroom_receipt"]
