"""Deliveries for the tests of sites, and the trail that a test site keeps of what really changed on it."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, text

from newsroom.domain.ids import ArticleUid, PhotoId
from newsroom.domain.states import Operation
from newsroom.site.port import Delivery, SiteArticle, SitePhoto

UID = ArticleUid("6f1d3c1e-2b1a-4a53-9d57-0c4f2f1f7a01")
OTHER_UID = ArticleUid("6f1d3c1e-2b1a-4a53-9d57-0c4f2f1f7a02")
NOON = datetime(2026, 11, 22, 2, 0, 0, 123456, tzinfo=UTC)


def photo(number: int = 1, size: int = 3000) -> SitePhoto:
    """A photo whose bytes hold every value, quotes and zeros included."""
    data = bytes((number + place) % 256 for place in range(size))
    digest = sha256(data).hexdigest()
    return SitePhoto(PhotoId(digest), "image/jpeg", 1920, 1280, f"{digest[:16]}.jpg", data)


def article(**changes: Any) -> SiteArticle:
    lead = photo(1)
    values = SiteArticle(
        headline="Набережную откроют к субботе",
        lead="Строители укладывают последние плиты.",
        body_html="<p>Плиты везли из соседнего района.</p>",
        rubric_slug="society",
        rubric_title="Общество",
        tags=("набережная", "благоустройство"),
        byline="Анна Лугова",
        slug="naberezhnuyu-otkroyut-k-subbote",
        age="6+",
        lead_photo=lead.id,
        photo_caption="Набережная утром",
        photo_credit="Пётр Заречный",
        photo_alt="Пустая набережная и стопка плит",
        note="",
        published_at=NOON,
        pinned_until=None,
        photos=(lead, photo(2)),
    )
    return replace(values, **changes)


def publication(sequence: int = 1, uid: ArticleUid = UID, hash_: str = "", **changes: Any) -> Delivery:
    """The publication of `article` with *changes*; its hash depends on the sequence alone, unless given."""
    return Delivery(
        article_uid=uid,
        operation=Operation.PUBLISH,
        sequence=sequence,
        revision=sequence,
        hash=hash_ or f"{sequence:064x}",
        epoch=1,
        article=article(**changes),
    )


def removal(operation: Operation, sequence: int, uid: ArticleUid = UID) -> Delivery:
    return Delivery(uid, operation, sequence, sequence, f"{sequence:064x}", 1, None)


def unwatched(_step: object) -> None:
    """A watcher that watches nothing."""


_TABLE = {
    "sqlite": "CREATE TABLE trail (id INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT, uid TEXT, detail TEXT)",
    "postgresql": "CREATE TABLE trail (id SERIAL PRIMARY KEY, action TEXT, uid TEXT, detail TEXT)",
    "mariadb": "CREATE TABLE trail (id INT AUTO_INCREMENT PRIMARY KEY, action TEXT, uid TEXT, detail TEXT) "
    "ENGINE=InnoDB CHARSET=utf8mb4",
}


def keep_trail(engine: Engine) -> None:
    """Make the database of *engine* record every change of an article's row by triggers."""
    dialect = engine.dialect.name
    with engine.begin() as connection:
        connection.exec_driver_sql(_TABLE[dialect])
        for action, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            record = (
                "INSERT INTO trail (action, uid, detail) "
                f"VALUES ('{action}', {row}.uid, concat({row}.status, ' ', {row}.revision));"
            )
            if dialect == "sqlite":
                record = record.replace(
                    f"concat({row}.status, ' ', {row}.revision)", f"{row}.status || ' ' || {row}.revision"
                )
            if dialect == "postgresql":
                connection.exec_driver_sql(
                    f"CREATE FUNCTION trail_{action}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {record} RETURN NULL; END $$"
                )
                does = f"FOR EACH ROW EXECUTE FUNCTION trail_{action}()"
            else:
                does = f"FOR EACH ROW BEGIN {record} END"
            connection.exec_driver_sql(f"CREATE TRIGGER articles_{action} AFTER {action} ON articles {does}")


def trail(engine: Engine) -> list[str]:
    """What really changed, oldest first: ``insert published 1``."""
    with engine.connect().execution_options(newsroom_read=True) as connection:
        return [f"{row.action} {row.detail}" for row in connection.execute(text("SELECT * FROM trail ORDER BY id"))]
