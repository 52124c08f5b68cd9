"""What the project's own site schema holds, read page by page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from sqlalchemy import URL, BindParameter, Connection, Select, bindparam, func, select

from newsroom.domain.ids import ArticleUid
from newsroom.site.archive import FoundArticle, FoundPhoto, FoundRubric
from newsroom.site.attempts import faults_in_words
from newsroom.site.port import Delivery
from newsroom.site.standard_rows import row_hash
from newsroom.site.standard_schema import articles, newsroom_receipt, photos, rubrics
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief

#: Where articles show their photos.
_PHOTOS = "/photos/"

_ARTICLES = (
    select(
        articles,
        rubrics.c.title.label("rubric_title"),
        photos.c.file_name,
        newsroom_receipt.c.sequence.label("receipt_sequence"),
    )
    .join(rubrics, rubrics.c.slug == articles.c.rubric_slug)
    .outerjoin(photos, photos.c.id == articles.c.lead_photo)
    .outerjoin(newsroom_receipt, newsroom_receipt.c.article_uid == articles.c.uid)
)
_AFTER: BindParameter[int] = bindparam("after")
_PUBLISHED = (articles.c.status == "published", articles.c.id > _AFTER)
_PAGE: Select[Any] = _ARTICLES.where(*_PUBLISHED).order_by(articles.c.id).limit(bindparam("limit"))
_ONE = _ARTICLES.where(articles.c.uid == bindparam("uid"))
_COUNT = select(func.count()).select_from(articles).where(*_PUBLISHED)
_PHOTO = select(photos.c.data).where(photos.c.file_name == bindparam("name"))


class StandardArchive:
    """As `newsroom.site.archive.Archive` says."""

    def __init__(self, url: URL) -> None:
        self._engine = open_engine(url, create=False)

    def count(self, after: str) -> int:
        with self._reading() as connection:
            number: int = connection.execute(_COUNT, {"after": int(after or 0)}).scalar_one()
            return number

    def page(self, after: str, limit: int) -> list[FoundArticle]:
        with self._reading() as connection:
            rows = connection.execute(_PAGE, {"after": int(after or 0), "limit": limit})
            return [_found(dict(row)) for row in rows.mappings()]

    def found(self, delivery: Delivery, site_pk: str) -> FoundArticle | None:  # noqa: ARG002 -- rows carry the uid
        with self._reading() as connection:
            row = connection.execute(_ONE, {"uid": delivery.article_uid}).mappings().first()
            return _found(dict(row)) if row else None

    def photo(self, address: str) -> bytes | None:
        if not address.startswith(_PHOTOS):
            return None
        with self._reading() as connection:
            data: bytes | None = connection.execute(_PHOTO, {"name": unquote(address.removeprefix(_PHOTOS))}).scalar()
            return data

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            faults_in_words(brief),
            self._engine.connect().execution_options(newsroom_read=True) as connection,
        ):
            yield connection


def _found(row: dict[str, Any]) -> FoundArticle:
    photo = None
    if row["file_name"]:
        photo = FoundPhoto(_PHOTOS + row["file_name"], row["photo_caption"], row["photo_credit"], row["photo_alt"])
    return FoundArticle(
        site_pk=str(row["id"]),
        state=row_hash(row),
        sequence=row["receipt_sequence"] or 0,
        uid=ArticleUid(row["uid"]),
        slug=row["slug"],
        path=f"/article/{row['slug']}",
        headline=row["headline"],
        body_html=row["body_html"],
        published_at=row["published_at"],
        lead=row["lead"],
        rubrics=(FoundRubric(row["rubric_slug"], row["rubric_title"]),),
        tags=_tags(row["tags"]),
        byline=row["byline"],
        age=row["age"],
        note=row["note"],
        photo=photo,
    )


def _tags(text: str) -> tuple[str, ...]:
    try:
        tags = json.loads(text)
    except ValueError:
        return ()
    return tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()
