"""Articles, their immutable revisions, approvals, and the columns that lists show."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, insert, or_, select, update

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import (
    Article,
    ArticleFilter,
    ArticleRow,
    Content,
    LiveOnSite,
    Revision,
    canonical_json,
    content_from_dict,
    content_hash,
    content_to_dict,
)
from newsroom.domain.errors import NotFound
from newsroom.domain.ids import ArticleId, ArticleUid, PersonId, RevisionId
from newsroom.domain.states import OPEN_QUEUE_STATES, Label, LiveState, QueueState, ReviewState, label_of
from newsroom.storage.search import fold, words_of
from newsroom.storage.tables import approvals, articles, comments, live, people, queue, revisions, rubrics
from newsroom.words import _

#: Any number that no other program is likely to lock.
_SLUG_LOCK = 0x736C7567


# Built once, because every decision and every delivery needs them.
_LOCK = select(articles.c.id).where(articles.c.id == bindparam("article")).with_for_update(key_share=True)
_REVIEW = select(articles.c.review, articles.c.killed, articles.c.updated_at).where(
    articles.c.id == bindparam("article")
)
_WAITING = select(queue.c.state, queue.c.due_at).where(
    queue.c.article == bindparam("article"), queue.c.state.in_([state.value for state in OPEN_QUEUE_STATES])
)
_PLACES = select(live.c.state, live.c.first_published_at).where(live.c.article == bindparam("article"))
_SET_LABEL = update(articles).where(articles.c.id == bindparam("article"))


class Articles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Writing

    def add(
        self, uid: ArticleUid, content: Content, slug: str, author: PersonId, at: datetime, reason: str
    ) -> ArticleId:
        """A new draft with its first revision."""
        added = self._connection.execute(
            insert(articles)
            .values(
                uid=uid,
                slug=slug,
                revision=1,
                review=ReviewState.DRAFT.value,
                killed=False,
                sequence=0,
                created_at=at,
                created_by=author,
                label=Label.DRAFT.value,
                sort_at=at,
                **list_columns(content, author, at),
            )
            .returning(articles.c.id)
        )
        article = ArticleId(added.scalar_one())
        self._insert_revision(article, 1, content, author, at, reason)
        return article

    def add_revision(
        self, article: ArticleId, number: int, content: Content, slug: str, author: PersonId, at: datetime, reason: str
    ) -> None:
        self._insert_revision(article, number, content, author, at, reason)
        self._connection.execute(
            update(articles)
            .where(articles.c.id == article)
            .values(revision=number, slug=slug, **list_columns(content, author, at))
        )

    def _insert_revision(
        self, article: ArticleId, number: int, content: Content, author: PersonId, at: datetime, reason: str
    ) -> None:
        self._connection.execute(
            insert(revisions).values(
                article=article,
                number=number,
                content=canonical_json(content_to_dict(content)),
                hash=content_hash(content),
                author=author,
                saved_at=at,
                reason=reason,
            )
        )

    def set_review(self, article: ArticleId, review: ReviewState, return_reason: str = "") -> None:
        self._connection.execute(
            update(articles).where(articles.c.id == article).values(review=review.value, return_reason=return_reason)
        )

    def set_planned(self, article: ArticleId, when: datetime | None) -> None:
        self._connection.execute(update(articles).where(articles.c.id == article).values(planned_at=when))

    def set_killed(self, article: ArticleId) -> None:
        self._connection.execute(update(articles).where(articles.c.id == article).values(killed=True))

    def next_sequence(self, article: ArticleId) -> int:
        """Take the next sequence number of *article*."""
        taken = self._connection.execute(
            update(articles)
            .where(articles.c.id == article)
            .values(sequence=articles.c.sequence + 1)
            .returning(articles.c.sequence)
        )
        sequence: int = taken.scalar_one()
        return sequence

    def raise_sequence(self, article: ArticleId, reached: int) -> None:
        """Go on after *reached*, which a site holds, so that the next change is not taken for an old one."""
        self._connection.execute(
            update(articles).where(articles.c.id == article, articles.c.sequence < reached).values(sequence=reached)
        )

    def approve(self, article: ArticleId, revision: int, hash_: str, by: PersonId, at: datetime) -> None:
        self._connection.execute(
            insert(approvals).values(article=article, revision=revision, hash=hash_, approved_by=by, approved_at=at)
        )

    def approved_at(self, article: ArticleId, revision: int | None = None) -> datetime:
        """When *revision*, or the one that stands, was approved last; one that never was (adopted), when it was saved.

        Without *revision* the article has to be an approved one.
        """
        query = select(approvals.c.approved_at).where(approvals.c.article == article)
        if revision is None:
            at: datetime = self._connection.execute(query.where(approvals.c.voided_at.is_(None))).scalar_one()
            return at
        query = query.where(approvals.c.revision == revision).order_by(approvals.c.id.desc()).limit(1)
        approved = self._connection.execute(query).scalar_one_or_none()
        return approved or self.revision(article, revision).saved_at

    def void_approval(self, article: ArticleId, at: datetime) -> None:
        self._connection.execute(
            update(approvals)
            .where(approvals.c.article == article, approvals.c.voided_at.is_(None))
            .values(voided_at=at)
        )

    def lock(self, article: ArticleId) -> None:
        """Keep other transactions from changing *article*, its queue and what is live of it until this one ends.

        Whoever changes any of these takes this lock first: so two of them never wait for each other crosswise, and the
        label is worked out from facts that stand still. Rows that only refer to the article do not wait for it.
        """
        self._connection.execute(_LOCK, {"article": article})

    def refresh_label(self, article: ArticleId) -> None:
        """Work out anew the columns that depend on review, queue and live together, under the lock of the article.

        Ends every transaction that changes one of the three.
        """
        place = {"article": article}
        row = self._connection.execute(_REVIEW, place).one()
        items = self._connection.execute(_WAITING, place).all()
        places = self._connection.execute(_PLACES, place).all()
        label = label_of(
            ReviewState(row.review),
            {QueueState(item.state) for item in items},
            {LiveState(one.state) for one in places},
            killed=row.killed,
        )
        published = [one.first_published_at for one in places if one.first_published_at]
        due = [item.due_at for item in items if item.due_at]
        when = min(published, default=None) or min(due, default=None)
        self._connection.execute(
            _SET_LABEL, place | {"label": label.value, "when_at": when, "sort_at": when or row.updated_at}
        )

    # Reading

    def get(self, article: ArticleId, *, lock: bool = False) -> Article:
        """The article with its newest revision; *lock* keeps other transactions from changing it. Raises `NotFound`."""
        if lock:
            self.lock(article)
        row = self._connection.execute(_ARTICLE.where(articles.c.id == article)).one_or_none()
        if row is None:
            raise NotFound(_("Статьи {article} нет.").format(article=article))
        return Article(
            id=ArticleId(row.id),
            uid=ArticleUid(row.uid),
            content=_content(row.content),
            slug=row.slug,
            revision=row.revision,
            revision_id=RevisionId(row.revision_id),
            hash=row.hash,
            review=ReviewState(row.review),
            return_reason=row.return_reason,
            approved_revision=row.approved_revision,
            planned_at=row.planned_at,
            label=Label(row.label),
            live=self.live_of(article),
            killed=row.killed,
            created_at=row.created_at,
            created_by=row.created_by,
            updated_at=row.updated_at,
            updated_by=row.updater,
        )

    def live_of(self, article: ArticleId) -> tuple[LiveOnSite, ...]:
        rows = self._connection.execute(select(live).where(live.c.article == article).order_by(live.c.site)).all()
        return tuple(
            LiveOnSite(
                site=row.site,
                state=LiveState(row.state),
                revision=row.revision,
                sequence=row.sequence,
                since=row.since,
                first_published_at=row.first_published_at,
                url=row.url,
            )
            for row in rows
        )

    def lock_slugs(self) -> None:
        """Keep other transactions from looking for a free address until this one has taken its own."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_SLUG_LOCK)))

    def slug_owner(self, slug: str) -> ArticleId | None:
        owner = self._connection.execute(select(articles.c.id).where(articles.c.slug == slug)).scalar_one_or_none()
        return None if owner is None else ArticleId(owner)

    def revision(self, article: ArticleId, number: int) -> Revision:
        """Raises `NotFound`."""
        row = self._connection.execute(
            _REVISION.where(revisions.c.article == article, revisions.c.number == number)
        ).one_or_none()
        if row is None:
            raise NotFound(_("Версии {number} статьи {article} нет.").format(number=number, article=article))
        return _revision(row)

    def revisions(self, article: ArticleId) -> list[Revision]:
        query = _REVISION.where(revisions.c.article == article).order_by(revisions.c.number.desc())
        return [_revision(row) for row in self._connection.execute(query)]

    def ids(self, wanted: ArticleFilter) -> list[ArticleId]:
        query = select(articles.c.id).order_by(articles.c.sort_at.desc(), articles.c.id.desc())
        return [ArticleId(id_) for id_ in self._connection.scalars(query.where(*_conditions(wanted)))]

    def rows(self, ids: Sequence[ArticleId]) -> list[ArticleRow]:
        """The lines of *ids*, in that order; those that are gone are left out."""
        found = {row.id: row for row in self._rows(articles.c.id.in_(ids))} if ids else {}
        return [found[id_] for id_ in ids if id_ in found]

    def rows_labelled(self, label: Label) -> list[ArticleRow]:
        """The lines with *label*, the longest untouched first; ``when`` is the plan where there is one."""
        rows = self._rows(articles.c.label == label.value, func.coalesce(articles.c.planned_at, articles.c.when_at))
        return sorted(rows, key=lambda row: (row.updated_at, row.id))

    def _rows(
        self, condition: ColumnElement[bool], when: ColumnElement[datetime | None] = articles.c.when_at
    ) -> list[ArticleRow]:
        query = (
            select(
                articles.c.id,
                articles.c.headline,
                func.coalesce(rubrics.c.title, "").label("rubric"),
                articles.c.label,
                people.c.name.label("author"),
                articles.c.updated_at,
                when.label("when_at"),
                articles.c.age,
                articles.c.photo,
                articles.c.pinned_until,
                _UNRESOLVED.label("comments"),
            )
            .join(people, people.c.id == articles.c.updated_by)
            .outerjoin(rubrics, rubrics.c.slug == articles.c.rubric)
            .where(condition)
        )
        return [
            ArticleRow(
                id=ArticleId(row.id),
                headline=row.headline,
                rubric=row.rubric,
                label=Label(row.label),
                author=row.author,
                updated_at=row.updated_at,
                when=row.when_at,
                age=AgeRating(row.age) if row.age else None,
                has_photo=row.photo is not None,
                pinned=row.pinned_until is not None,
                comments=row.comments,
            )
            for row in self._connection.execute(query)
        ]

    def count_labelled(self, label: Label) -> int:
        return self._connection.execute(
            select(func.count()).select_from(articles).where(articles.c.label == label.value)
        ).scalar_one()


_AUTHOR = people.alias("author")

_UNRESOLVED = (
    select(func.count()).where(comments.c.article == articles.c.id, comments.c.resolved_at.is_(None)).scalar_subquery()
)

_ARTICLE = (
    select(
        articles,
        revisions.c.id.label("revision_id"),
        revisions.c.content,
        revisions.c.hash,
        approvals.c.revision.label("approved_revision"),
        people.c.name.label("updater"),
    )
    .join(revisions, and_(revisions.c.article == articles.c.id, revisions.c.number == articles.c.revision))
    .join(people, people.c.id == articles.c.updated_by)
    .outerjoin(approvals, and_(approvals.c.article == articles.c.id, approvals.c.voided_at.is_(None)))
)

_REVISION = select(revisions, _AUTHOR.c.name.label("author_name")).join(_AUTHOR, _AUTHOR.c.id == revisions.c.author)


def _content(text: str) -> Content:
    return content_from_dict(json.loads(text))


def _revision(row: Row[tuple[object, ...]]) -> Revision:
    return Revision(
        id=RevisionId(row.id),
        article=ArticleId(row.article),
        number=row.number,
        content=_content(row.content),
        hash=row.hash,
        author=PersonId(row.author),
        author_name=row.author_name,
        saved_at=row.saved_at,
        reason=row.reason,
    )


def list_columns(content: Content, author: PersonId, at: datetime) -> dict[str, object]:
    return {
        "headline": content.headline,
        "rubric": content.rubric,
        "age": content.age.value if content.age else None,
        "photo": content.photo.photo if content.photo else None,
        "pinned_until": content.pinned_until,
        "updated_at": at,
        "updated_by": author,
        "words": words_of(content),
    }


def _conditions(wanted: ArticleFilter) -> Collection[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.labels:
        conditions.append(articles.c.label.in_([label.value for label in wanted.labels]))
    if wanted.rubric is not None:
        conditions.append(articles.c.rubric == wanted.rubric)
    if wanted.person is not None:
        conditions.append(or_(articles.c.updated_by == wanted.person, articles.c.created_by == wanted.person))
    if wanted.since is not None:
        conditions.append(articles.c.sort_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(articles.c.sort_at < wanted.until)
    conditions += [articles.c.words.contains(f" {word}", autoescape=True) for word in fold(wanted.search)]
    return conditions
