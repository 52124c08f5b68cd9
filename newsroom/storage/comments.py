"""Comments of the desk in the newsroom database."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from newsroom.domain.anchors import Anchor
from newsroom.domain.comments import Comment, Place
from newsroom.domain.errors import NotFound
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId, PersonId
from newsroom.storage.tables import comments, people
from newsroom.words import _


class Comments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, article: ArticleId, place: Place, text: str, author: PersonId, at: datetime) -> CommentId:
        anchor = _anchor_text(place.anchor)
        added = self._connection.execute(
            insert(comments)
            .values(
                article=article,
                field=place.field.value,
                anchor=anchor,
                first_anchor=anchor,
                text=text,
                author=author,
                made_at=at,
            )
            .returning(comments.c.id)
        )
        return CommentId(added.scalar_one())

    def get(self, comment: CommentId) -> Comment:
        """Raises `NotFound`."""
        row = self._connection.execute(_SELECT.where(comments.c.id == comment)).one_or_none()
        if row is None:
            raise NotFound(_("Комментария {comment} нет.").format(comment=comment))
        return _comment(row)

    def of(self, article: ArticleId) -> list[Comment]:
        """All comments on *article*, the oldest first."""
        rows = self._connection.execute(_SELECT.where(comments.c.article == article).order_by(comments.c.id))
        return [_comment(row) for row in rows]

    def unresolved(self, article: ArticleId) -> list[Comment]:
        """The oldest first."""
        query = _SELECT.where(comments.c.article == article, comments.c.resolved_at.is_(None))
        return [_comment(row) for row in self._connection.execute(query.order_by(comments.c.id))]

    def move(self, article: ArticleId, places: Mapping[CommentId, Place]) -> None:
        """Note where the fragments of these are now; those that are no comments of *article* are passed over."""
        for comment, place in places.items():
            self._connection.execute(
                update(comments)
                .where(comments.c.id == comment, comments.c.article == article)
                .values(field=place.field.value, anchor=_anchor_text(place.anchor))
            )

    def reword(self, comment: CommentId, text: str, at: datetime) -> None:
        self._connection.execute(update(comments).where(comments.c.id == comment).values(text=text, reworded_at=at))

    def resolve(self, comment: CommentId, by: PersonId | None, at: datetime | None) -> None:
        """Resolved with *by* and *at*, or open again with neither."""
        self._connection.execute(
            update(comments).where(comments.c.id == comment).values(resolved_by=by, resolved_at=at)
        )

    def delete(self, comment: CommentId) -> None:
        self._connection.execute(delete(comments).where(comments.c.id == comment))


_RESOLVER = people.alias("resolver")

_SELECT = (
    select(
        comments,
        people.c.name.label("author_name"),
        func.coalesce(_RESOLVER.c.name, "").label("resolver_name"),
    )
    .join(people, people.c.id == comments.c.author)
    .outerjoin(_RESOLVER, _RESOLVER.c.id == comments.c.resolved_by)
)


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        id=CommentId(row.id),
        article=ArticleId(row.article),
        place=Place(Field(row.field), _anchor(row.anchor)),
        first=_anchor(row.first_anchor),
        text=row.text,
        author=PersonId(row.author),
        author_name=row.author_name,
        made_at=row.made_at,
        reworded_at=row.reworded_at,
        resolved_by=row.resolver_name,
        resolved_at=row.resolved_at,
    )


def _anchor_text(anchor: Anchor) -> str:
    return json.dumps(asdict(anchor))


def _anchor(text: str) -> Anchor:
    return Anchor(**json.loads(text))
