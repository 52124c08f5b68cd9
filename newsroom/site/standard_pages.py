"""The standard site from its readers' side: what its pages may show, and the report that a reader leaves.

Whoever builds pages over the standard schema reads through this; articles are written by the publisher alone.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, or_, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from newsroom.domain.errors import SiteSchemaMismatch, SiteUnavailable
from newsroom.site.standard_schema import articles, photos, rubrics, typo_reports
from newsroom.sql.engine import open_engine, parse_url
from newsroom.sql.faults import Kind, brief, explain, kind_of
from newsroom.words import _


class Status(StrEnum):
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Rubric:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class PhotoFile:
    #: File name under ``/photos/``.
    name: str
    #: Pixels.
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """A headline in the feed; the next page begins below it."""

    published_at: datetime
    id: int

    def __str__(self) -> str:
        microseconds = (self.published_at - _EPOCH) // timedelta(microseconds=1)
        return f"{microseconds}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor written by ``str``. Raises ValueError for anything else."""
        microseconds, dash, number = text.partition("-")
        if not (dash and all(part.isascii() and part.isdigit() for part in (microseconds, number))):
            raise ValueError("not a cursor")
        # Dates and keys that every database can compare.
        if len(microseconds) > 17 or len(number) > 9:
            raise ValueError("a cursor out of range")
        return cls(_EPOCH + timedelta(microseconds=int(microseconds)), int(number))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Headline:
    """One published article as the feed shows it."""

    cursor: Cursor
    slug: str
    headline: str
    lead: str
    published_at: datetime
    rubric: Rubric
    age: str
    photo: PhotoFile | None
    photo_alt: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article at its address, whatever its status; a killed one has no texts."""

    uid: str
    status: Status
    headline: str
    lead: str
    #: Sanitised HTML.
    body_html: str
    published_at: datetime
    rubric: Rubric
    age: str
    photo: PhotoFile | None
    photo_caption: str
    photo_credit: str
    photo_alt: str
    tags: tuple[str, ...]
    byline: str
    note: str


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """A report to be written. All texts are a stranger's; their lengths fit the table."""

    article_uid: str
    page_url: str
    before: str
    selected: str
    after: str
    comment: str
    #: Tells readers apart without naming them.
    reporter_hash: str


#: At most so many reports of one reader within a time.
Limit = tuple[timedelta, int]

_PHOTO = (photos.c.file_name, photos.c.width, photos.c.height)
# Every article has a rubric; the outer join keeps databases from starting at the rubrics and sorting all articles.
_WITH_RUBRIC_AND_PHOTO = articles.outerjoin(rubrics, rubrics.c.slug == articles.c.rubric_slug).outerjoin(
    photos, photos.c.id == articles.c.lead_photo
)
_HEADLINES = (
    select(
        articles.c.id,
        articles.c.slug,
        articles.c.headline,
        articles.c.lead,
        articles.c.published_at,
        articles.c.rubric_slug,
        articles.c.age,
        articles.c.photo_alt,
        rubrics.c.title.label("rubric_title"),
        *_PHOTO,
    )
    .select_from(_WITH_RUBRIC_AND_PHOTO)
    .where(articles.c.status == Status.PUBLISHED)
    .order_by(articles.c.published_at.desc(), articles.c.id.desc())
)
_STORIES = select(articles, rubrics.c.title.label("rubric_title"), *_PHOTO).select_from(_WITH_RUBRIC_AND_PHOTO)


class StandardPages:
    """The site's database as its pages use it. Safe to use from many threads.

    Every method raises `SiteUnavailable` where the database cannot be reached and `SiteSchemaMismatch` where its tables
    are not the standard site's.
    """

    def __init__(self, database_url: str) -> None:
        """Nothing is connected yet. Raises `InvalidInput` where *database_url* cannot be read."""
        url = parse_url(database_url)
        self._reading: Engine = open_engine(url, read_only=True)
        self._writing: Engine = open_engine(url)

    def close(self) -> None:
        """Let go of all connections."""
        self._reading.dispose()
        self._writing.dispose()

    def rubrics(self) -> tuple[Rubric, ...]:
        """Rubrics in the order of the menu."""
        query = select(rubrics.c.slug, rubrics.c.title).order_by(rubrics.c.position, rubrics.c.slug)
        with self._read() as connection:
            return tuple(Rubric(row.slug, row.title) for row in connection.execute(query))

    def pinned(self, now: datetime, rubric_slug: str | None = None) -> tuple[Headline, ...]:
        """What is pinned at *now*, newest first."""
        with self._read() as connection:
            return _fetch(connection, _of(rubric_slug).where(articles.c.pinned_until > now))

    def headlines(
        self, now: datetime, limit: int, *, rubric_slug: str | None = None, below: Cursor | None = None
    ) -> tuple[Headline, ...]:
        """What is not pinned at *now*, newest first, from the top or from *below* a cursor, at most *limit*."""
        query = _of(rubric_slug).where(or_(articles.c.pinned_until.is_(None), articles.c.pinned_until <= now))
        if below:
            query = query.where(
                or_(articles.c.published_at < below.published_at, articles.c.id < below.id),
                # Says nothing new, but lets the database enter its index at the right place.
                articles.c.published_at <= below.published_at,
            )
        with self._read() as connection:
            return _fetch(connection, query.limit(limit))

    def latest(self, limit: int, *, except_uid: str) -> tuple[Headline, ...]:
        """The newest headlines, pinned or not, without one article."""
        with self._read() as connection:
            return _fetch(connection, _HEADLINES.where(articles.c.uid != except_uid).limit(limit))

    def story(self, slug: str) -> Story | None:
        """The article at an address; None where there has never been one."""
        with self._read() as connection:
            row = connection.execute(_STORIES.where(articles.c.slug == slug)).one_or_none()
        if row is None:
            return None
        return Story(
            uid=row.uid,
            status=Status(row.status),
            headline=row.headline,
            lead=row.lead,
            body_html=row.body_html,
            published_at=row.published_at,
            rubric=Rubric(row.rubric_slug, row.rubric_title),
            age=row.age,
            photo=_photo(row),
            photo_caption=row.photo_caption,
            photo_credit=row.photo_credit,
            photo_alt=row.photo_alt,
            tags=tuple(json.loads(row.tags)) if row.tags else (),
            byline=row.byline,
            note=row.note,
        )

    def is_published(self, uid: str) -> bool:
        """Whether readers can see the article with this uid."""
        query = select(articles.c.id).where(articles.c.uid == uid, articles.c.status == Status.PUBLISHED)
        with self._read() as connection:
            return connection.execute(query).first() is not None

    def photo(self, file_name: str) -> tuple[str, bytes] | None:
        """MIME type and bytes of a photo file; None where there is no such file."""
        query = select(photos.c.mime, photos.c.data).where(photos.c.file_name == file_name)
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.mime, bytes(row.data))

    def check(self) -> None:
        """Ask the database for its shortest answer."""
        with self._read() as connection:
            connection.execute(select(articles.c.id).limit(1)).all()

    def write_report(self, report: ReaderReport, now: datetime, limits: tuple[Limit, ...]) -> timedelta | None:
        """Write *report* as of *now*, unless its reader has reached one of *limits*.

        None where it was written, otherwise how long the reader is to wait; nothing was written then. The very same
        report of the same reader, sent again within the longest of *limits*, is taken and not written twice.
        """
        with _faults(), self._writing.begin() as connection:
            if _was_sent(connection, report, now - max(span for span, _most in limits)):
                return None
            waits = [wait for limit in limits if (wait := _wait(connection, report.reporter_hash, now, limit))]
            if waits:
                return max(waits)
            connection.execute(
                typo_reports.insert().values(
                    article_uid=report.article_uid,
                    page_url=report.page_url,
                    before_text=report.before,
                    selected_text=report.selected,
                    after_text=report.after,
                    comment=report.comment,
                    reporter_hash=report.reporter_hash,
                    created_at=now,
                )
            )
        return None

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with _faults(), self._reading.connect() as connection:
            yield connection


def _of(rubric_slug: str | None) -> Select[Any]:
    return _HEADLINES if rubric_slug is None else _HEADLINES.where(articles.c.rubric_slug == rubric_slug)


def _fetch(connection: Connection, query: Select[Any]) -> tuple[Headline, ...]:
    return tuple(
        Headline(
            cursor=Cursor(row.published_at, row.id),
            slug=row.slug,
            headline=row.headline,
            lead=row.lead,
            published_at=row.published_at,
            rubric=Rubric(row.rubric_slug, row.rubric_title),
            age=row.age,
            photo=_photo(row),
            photo_alt=row.photo_alt,
        )
        for row in connection.execute(query)
    )


def _photo(row: Row[Any]) -> PhotoFile | None:
    return None if row.file_name is None else PhotoFile(row.file_name, row.width, row.height)


def _was_sent(connection: Connection, report: ReaderReport, since: datetime) -> bool:
    texts = ("article_uid", "before_text", "selected_text", "after_text", "comment")
    own = select(*(typo_reports.c[name] for name in texts)).where(
        typo_reports.c.reporter_hash == report.reporter_hash, typo_reports.c.created_at > since
    )
    # Compared here: to some databases е and ё are one letter.
    sent = {tuple(row) for row in connection.execute(own)}
    return (report.article_uid, report.before, report.selected, report.after, report.comment) in sent


def _wait(connection: Connection, reporter_hash: str, now: datetime, limit: Limit) -> timedelta | None:
    span, most = limit
    recent = select(func.count(), func.min(typo_reports.c.created_at)).where(
        typo_reports.c.reporter_hash == reporter_hash, typo_reports.c.created_at > now - span
    )
    count, oldest = connection.execute(recent).one()
    return oldest + span - now if count >= most else None


@contextmanager
def _faults() -> Iterator[None]:
    """Raise `SiteUnavailable` or `SiteSchemaMismatch` for what the database broke; let our own bugs through."""
    try:
        yield
    except SQLAlchemyError as error:
        kind = kind_of(error)
        if kind is Kind.ENVIRONMENT:
            raise SiteUnavailable(_("База сайта не отвечает: {why}.").format(why=explain(error))) from error
        if kind is Kind.STRUCTURE and isinstance(error, DBAPIError):
            raise SiteSchemaMismatch(_("База сайта устроена иначе: {why}.").format(why=brief(error))) from error
        raise
