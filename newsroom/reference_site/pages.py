"""What the pages of the site show, read from the site's database as frozen values."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, Select, and_, or_, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from newsroom.domain.errors import SiteSchemaMismatch, SiteUnavailable
from newsroom.site.standard_schema import articles, photos, rubrics
from newsroom.sql.faults import Kind, brief, explain, kind_of
from newsroom.text.dates import russian_date_time
from newsroom.words import _

#: Headlines on one page of the feed, and beside an article.
FEED_LENGTH = 30
LATEST_LENGTH = 8


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
class FeedItem:
    """One headline of the feed."""

    slug: str
    headline: str
    lead: str
    published_at: datetime
    #: The day it belongs to, and «15:41», in the site's zone.
    day: date
    time: str
    #: «15:41» today, «21 ноября, 15:41» on other days.
    when: str
    #: «15:41» today, «21 ноября» on other days.
    time_or_day: str
    rubric: Rubric
    age: str
    photo: PhotoFile | None
    photo_alt: str


@dataclass(frozen=True, slots=True)
class Day:
    """«Сегодня» with its date, «Вчера» with its date, or just the date."""

    title: str
    date: str
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class FeedPage:
    pinned: tuple[FeedItem, ...]
    days: tuple[Day, ...]
    #: Cursor of the next, older page; empty on the last one.
    older: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its page shows it; without texts where it is not published."""

    uid: str
    status: Status
    headline: str
    lead: str
    #: Sanitised HTML.
    body_html: str
    published_at: datetime
    #: «25 февраля 2022, 17:35».
    when: str
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
class Cursor:
    """The last headline of a page: the next page begins below it."""

    published_at: datetime
    id: int

    def __str__(self) -> str:
        microseconds = (self.published_at - _EPOCH) // timedelta(microseconds=1)
        return f"{microseconds}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor written by ``str``. Raises ValueError for anything else."""
        microseconds, dash, number = text.partition("-")
        if not (dash and microseconds.isascii() and microseconds.isdigit() and number.isascii() and number.isdigit()):
            raise ValueError("not a cursor")
        if len(microseconds) > 17 or len(number) > 18:
            raise ValueError("not a cursor of this age of the world")
        return cls(_EPOCH + timedelta(microseconds=int(microseconds)), int(number))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_HEADLINES = (
    select(
        articles.c.id,
        articles.c.slug,
        articles.c.headline,
        articles.c.lead,
        articles.c.published_at,
        articles.c.age,
        articles.c.photo_alt,
        articles.c.rubric_slug,
        rubrics.c.title.label("rubric_title"),
        photos.c.file_name,
        photos.c.width,
        photos.c.height,
    )
    .join_from(articles, rubrics, rubrics.c.slug == articles.c.rubric_slug)
    .outerjoin(photos, photos.c.id == articles.c.lead_photo)
    .where(articles.c.status == Status.PUBLISHED)
    .order_by(articles.c.published_at.desc(), articles.c.id.desc())
)

_STORY = (
    select(
        articles,
        rubrics.c.title.label("rubric_title"),
        photos.c.file_name,
        photos.c.width,
        photos.c.height,
    )
    .join_from(articles, rubrics, rubrics.c.slug == articles.c.rubric_slug)
    .outerjoin(photos, photos.c.id == articles.c.lead_photo)
)


@contextmanager
def site_faults() -> Iterator[None]:
    """Raise `SiteUnavailable` or `SiteSchemaMismatch` for what the site's database broke; let our own bugs through."""
    try:
        yield
    except SQLAlchemyError as error:
        kind = kind_of(error)
        if kind is Kind.ENVIRONMENT:
            raise SiteUnavailable(_("База сайта не отвечает: {why}.").format(why=explain(error))) from error
        if kind is Kind.STRUCTURE and isinstance(error, DBAPIError):
            raise SiteSchemaMismatch(_("База сайта устроена иначе: {why}.").format(why=brief(error))) from error
        raise


class Pages:
    """Reads the site's database for readers. Safe to use from many threads.

    Every method raises `SiteUnavailable` where the database cannot be reached and `SiteSchemaMismatch` where it is not
    a site's.
    """

    def __init__(self, engine: Engine, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._zone = zone
        self._now = now

    def rubrics(self) -> tuple[Rubric, ...]:
        """Rubrics in the order of the menu."""
        with self._reading() as connection:
            rows = connection.execute(select(rubrics.c.slug, rubrics.c.title).order_by(rubrics.c.position, rubrics.c.slug))
            return tuple(Rubric(row.slug, row.title) for row in rows)

    def feed(self, rubric_slug: str | None = None, below: Cursor | None = None) -> FeedPage:
        """One page of the feed, newest first; what is pinned now stands above the first page and nowhere else."""
        now = self._now()
        headlines = _HEADLINES if rubric_slug is None else _HEADLINES.where(articles.c.rubric_slug == rubric_slug)
        is_pinned = articles.c.pinned_until > now
        flowing = headlines.where(or_(articles.c.pinned_until.is_(None), articles.c.pinned_until <= now))
        if below:
            flowing = flowing.where(
                articles.c.published_at <= below.published_at,
                or_(articles.c.published_at < below.published_at, articles.c.id < below.id),
            )
        with self._reading() as connection:
            pinned = () if below else self._items(connection, headlines.where(and_(is_pinned)), now)
            rows = connection.execute(flowing.limit(FEED_LENGTH + 1)).all()
        shown = rows[:FEED_LENGTH]
        older = str(Cursor(shown[-1].published_at, shown[-1].id)) if len(rows) > FEED_LENGTH else ""
        return FeedPage(pinned, self._days(tuple(self._item(row, now) for row in shown), now), older)

    def latest(self, except_uid: str) -> tuple[FeedItem, ...]:
        """The newest headlines, without the article that is being read."""
        with self._reading() as connection:
            return self._items(
                connection, _HEADLINES.where(articles.c.uid != except_uid).limit(LATEST_LENGTH), self._now()
            )

    def story(self, slug: str) -> Story | None:
        """The article at an address, whatever its status; None where there has never been one."""
        with self._reading() as connection:
            row = connection.execute(_STORY.where(articles.c.slug == slug)).one_or_none()
        if row is None:
            return None
        return Story(
            uid=row.uid,
            status=Status(row.status),
            headline=row.headline,
            lead=row.lead,
            body_html=row.body_html,
            published_at=row.published_at,
            when=russian_date_time(row.published_at, self._zone),
            rubric=Rubric(row.rubric_slug, row.rubric_title),
            age=row.age,
            photo=_photo(row),
            photo_caption=row.photo_caption,
            photo_credit=row.photo_credit,
            photo_alt=row.photo_alt,
            tags=tuple(str(tag) for tag in json.loads(row.tags or "[]")),
            byline=row.byline,
            note=row.note,
        )

    def is_published(self, uid: str) -> bool:
        """Whether readers can see the article with this uid."""
        query = select(articles.c.id).where(articles.c.uid == uid, articles.c.status == Status.PUBLISHED)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def photo(self, file_name: str) -> tuple[str, bytes] | None:
        """MIME type and bytes of a photo file."""
        with self._reading() as connection:
            row = connection.execute(
                select(photos.c.mime, photos.c.data).where(photos.c.file_name == file_name)
            ).one_or_none()
        return None if row is None else (row.mime, bytes(row.data))

    def answers(self) -> None:
        """Ask the database for its shortest answer."""
        with self._reading() as connection:
            connection.execute(select(articles.c.id).limit(1)).all()

    def day_words(self, instant: datetime) -> str:
        """«21 ноября» of this year, «21 ноября 2025» of another."""
        words = russian_date_time(instant, self._zone).partition(",")[0]
        return words.removesuffix(f" {self._now().astimezone(self._zone).year}")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with site_faults(), self._engine.connect() as connection:
            yield connection

    def _items(self, connection: Connection, query: Select[Any], now: datetime) -> tuple[FeedItem, ...]:
        return tuple(self._item(row, now) for row in connection.execute(query))

    def _item(self, row: Row[Any], now: datetime) -> FeedItem:
        local = row.published_at.astimezone(self._zone)
        time, day = f"{local:%H:%M}", self.day_words(row.published_at)
        is_today = local.date() == now.astimezone(self._zone).date()
        return FeedItem(
            slug=row.slug,
            headline=row.headline,
            lead=row.lead,
            published_at=row.published_at,
            day=local.date(),
            time=time,
            when=time if is_today else f"{day}, {time}",
            time_or_day=time if is_today else day,
            rubric=Rubric(row.rubric_slug, row.rubric_title),
            age=row.age,
            photo=_photo(row),
            photo_alt=row.photo_alt,
        )

    def _days(self, items: tuple[FeedItem, ...], now: datetime) -> tuple[Day, ...]:
        today = now.astimezone(self._zone).date()
        near = {today: "Сегодня", today - timedelta(days=1): "Вчера"}
        days = []
        for day, group in groupby(items, key=lambda item: item.day):
            of_day = tuple(group)
            words = self.day_words(of_day[0].published_at)
            days.append(Day(near[day], words, of_day) if day in near else Day(words, "", of_day))
        return tuple(days)


def _photo(row: Row[Any]) -> PhotoFile | None:
    return None if row.file_name is None else PhotoFile(row.file_name, row.width, row.height)
