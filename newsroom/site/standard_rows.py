"""What a delivery means for the rows of the standard site: their values, what cannot be stored, and what differs.

Values only; nothing here touches a database.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, Table

from newsroom.domain.article import canonical_hash
from newsroom.domain.errors import SiteRefused
from newsroom.site.attempts import quoted_size, text_difference
from newsroom.site.port import Delivery, SiteArticle, SitePhoto
from newsroom.site.standard_schema import articles, photos, rubrics
from newsroom.words import _, later

Row = Mapping[str, Any]

#: What a person calls the columns of an article.
_TITLES = {
    "slug": later("адрес"),
    "status": later("состояние"),
    "headline": later("заголовок"),
    "lead": later("лид"),
    "body_html": later("текст"),
    "rubric_slug": later("рубрика"),
    "tags": later("теги"),
    "byline": later("автор"),
    "age": later("возрастная отметка"),
    "lead_photo": later("главное фото"),
    "photo_caption": later("подпись к фото"),
    "photo_credit": later("автор фото"),
    "photo_alt": later("описание фото"),
    "note": later("примечание"),
    "published_at": later("время публикации"),
    "pinned_until": later("закреплено до"),
    "revision": later("номер редакции"),
}

WITHDRAWN: Row = {"status": "withdrawn"}
#: What a killed article keeps are its address and rubric.
TOMBSTONE: Row = {
    "status": "killed",
    "headline": "",
    "lead": "",
    "body_html": "",
    "tags": "[]",
    "byline": "",
    "age": "",
    "lead_photo": None,
    "photo_caption": "",
    "photo_credit": "",
    "photo_alt": "",
    "note": "",
    "pinned_until": None,
}


def article_row(article: SiteArticle, revision: int) -> dict[str, Any]:
    """The columns of a published article, except its keys and the time of writing."""
    return {
        "slug": article.slug,
        "status": "published",
        "headline": article.headline,
        "lead": article.lead,
        "body_html": article.body_html,
        "rubric_slug": article.rubric_slug,
        "tags": json.dumps(article.tags, ensure_ascii=False),
        "byline": article.byline,
        "age": article.age,
        "lead_photo": article.lead_photo,
        "photo_caption": article.photo_caption,
        "photo_credit": article.photo_credit,
        "photo_alt": article.photo_alt,
        "note": article.note,
        "published_at": article.published_at,
        "pinned_until": article.pinned_until,
        "revision": revision,
    }


def photo_row(photo: SitePhoto) -> dict[str, Any]:
    """The columns of a photo, except the time of writing."""
    return {
        "id": photo.id,
        "file_name": photo.file_name,
        "mime": photo.mime,
        "width": photo.width,
        "height": photo.height,
        "data": photo.data,
    }


def row_hash(row: Row) -> str:
    """SHA-256 of what the newsroom wrote into an article's row: another value later means that somebody edited it."""
    return canonical_hash({name: _plain(row[name]) for name in _TITLES})


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def refuse_what_does_not_fit(delivery: Delivery) -> None:
    """Raise `SiteRefused`, naming every field, where a text is too long or holds what a database cannot store."""
    article = delivery.article
    if article is None:
        return
    problems = list(_unfit(articles, article_row(article, delivery.revision)))
    rubric = {"slug": article.rubric_slug, "title": article.rubric_title}
    problems += _unfit(rubrics, rubric, _("рубрика"))
    for photo in article.photos:
        problems += _unfit(photos, photo_row(photo), _("фото"))
    if problems:
        raise SiteRefused(*dict.fromkeys(problems))


def _unfit(table: Table, row: Row, owner: str = "") -> Iterator[str]:
    for name, value in row.items():
        if not isinstance(value, str):
            continue
        field = owner or _(_TITLES[name])
        kind = table.columns[name].type
        limit = kind.length if isinstance(kind, String) else None
        if limit is not None and len(value) > limit:
            yield _("Сайт не примет поле «{field}»: {length} знаков, а помещается {limit}.").format(
                field=field, length=len(value), limit=limit
            )
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            yield _("В поле «{field}» есть знак, который база не хранит: удалите его и одобрите статью заново.").format(
                field=field
            )


def row_differences(expected: Row, found: Row) -> list[str]:
    """Columns of *expected* that *found* holds otherwise, each in words."""
    return [
        _("{field}: на сайте «{found}», отправлено «{expected}»").format(
            field=_(_TITLES[name]),
            found=text_difference(found[name], expected[name]),
            expected=text_difference(value, found[name]),
        )
        for name, value in expected.items()
        if found[name] != value
    ]


def refuse_too_large(article: SiteArticle, limit: int) -> None:
    """Raise `SiteRefused` for what needs a statement of more than *limit* bytes.

    MariaDB answers such a statement by dropping the connection, which would look like a fault that passes.
    """
    texts = json.dumps(article_row(article, 0), default=str, ensure_ascii=False)
    parts = [(_("Статья"), texts.encode())] + [
        (_("Фото {name}").format(name=photo.file_name), photo.data) for photo in article.photos
    ]
    problems = [
        _("{part} для базы сайта велика: {size} байт в одном запросе, а можно {limit} (max_allowed_packet).").format(
            part=part, size=size, limit=limit
        )
        for part, data in parts
        if (size := quoted_size(data)) > limit
    ]
    if problems:
        raise SiteRefused(*problems)
