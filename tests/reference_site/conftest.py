"""A site with a few articles, on any database, and readers who look at it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from newsroom.reference_site.application import close_app, create_app
from newsroom.site.standard_schema import articles, create_schema, photos, rubrics, typo_reports
from newsroom.sql.engine import open_engine, parse_url

ZONE = "Asia/Vladivostok"
#: 21:30 in the zone.
NOW = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
#: The smallest GIF.
PIXEL = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
PIXEL += b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@dataclass
class SiteDatabase:
    """The publisher's hand in these tests: writes rows as it would."""

    url: str
    engine: Engine
    written: int = 0

    def add_rubric(self, slug: str, title: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(rubrics.insert().values(slug=slug, title=title, position=0))

    def add_photo(self, file_name: str, mime: str = "image/gif", data: bytes = PIXEL) -> str:
        identity = f"{file_name:0>64}"[-64:]
        with self.engine.begin() as connection:
            connection.execute(
                photos.insert().values(
                    id=identity, file_name=file_name, mime=mime, width=1200, height=800, data=data, added_at=NOW
                )
            )
        return identity

    def add(self, headline: str, at: datetime = NOW, **fields: Any) -> str:
        """One published article; its slug."""
        self.written += 1
        values: dict[str, Any] = {
            "uid": f"uid-{self.written}",
            "slug": f"story-{self.written}",
            "status": "published",
            "headline": headline,
            "lead": "Подводка.",
            "body_html": "<p>Текст.</p>",
            "rubric_slug": "town",
            "tags": json.dumps([]),
            "byline": "",
            "age": "12+",
            "lead_photo": None,
            "photo_caption": "",
            "photo_credit": "",
            "photo_alt": "",
            "note": "",
            "published_at": at,
            "updated_at": at,
            "pinned_until": None,
            "revision": 1,
        }
        values |= fields
        with self.engine.begin() as connection:
            connection.execute(articles.insert().values(**values))
        return str(values["slug"])

    def add_many(self, count: int, newest: datetime = NOW) -> list[str]:
        """*count* articles, one a minute back from *newest*; their headlines, newest first."""
        headlines = [f"Новость {number}" for number in range(count)]
        for number, headline in enumerate(headlines):
            self.add(headline, newest - timedelta(minutes=number))
        return headlines

    def reports(self) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(typo_reports).order_by(typo_reports.c.id))
            return [dict(row) for row in rows.mappings()]


@dataclass
class Clock:
    instant: datetime = NOW

    def __call__(self) -> datetime:
        return self.instant


def _site_database(url: str) -> Iterator[SiteDatabase]:
    engine = open_engine(parse_url(url))
    create_schema(engine)
    database = SiteDatabase(url, engine)
    database.add_rubric("town", "Город")
    yield database
    engine.dispose()


@pytest.fixture
def site(sqlite_url: str) -> Iterator[SiteDatabase]:
    yield from _site_database(sqlite_url)


@pytest.fixture
def any_site(any_database_url: str) -> Iterator[SiteDatabase]:
    yield from _site_database(any_database_url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _application(url: str, clock: Clock) -> Iterator[Flask]:
    app = create_app(url, name="Заречные новости", zone=ZONE, now=clock)
    yield app
    close_app(app)


@pytest.fixture
def app(site: SiteDatabase, clock: Clock) -> Iterator[Flask]:
    yield from _application(site.url, clock)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def any_reader(any_site: SiteDatabase, clock: Clock) -> Iterator[FlaskClient]:
    for app in _application(any_site.url, clock):
        yield app.test_client()
