"""The feed of the site: order, days, the pinned headline, pages and rubrics, on every database."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from newsroom.reference_site.application import FEED_LENGTH
from newsroom.site.standard_pages import Cursor
from tests.reference_site.conftest import NOW, Clock, SiteDatabase


def headlines(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/article/[^"]+"><bdi>([^<]*)</bdi>', page)


def days(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r'<h2 id="day-\d+">(.*?)</h2>', page)]


def older(page: str) -> str:
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return found[1] if found else ""


def test_the_feed_runs_newest_first_under_its_days(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    any_site.add("Вчерашняя", NOW - timedelta(days=1))
    any_site.add("Утренняя", NOW - timedelta(hours=9))
    any_site.add("Свежая", NOW - timedelta(minutes=5))
    any_site.add("Прошлого года", NOW - timedelta(days=340))
    page = any_reader.get("/").text
    assert headlines(page) == ["Свежая", "Утренняя", "Вчерашняя", "Прошлого года"]
    assert days(page) == ["Сегодня 22 ноября", "Вчера 21 ноября", "17 декабря 2025"]
    assert re.findall(r"<time[^>]*>([^<]+)", page) == ["21:25", "12:30", "21:30", "21:30"]


def test_the_day_begins_at_midnight_of_the_sites_zone(site: SiteDatabase, reader: FlaskClient) -> None:
    site.add("До полуночи", NOW.replace(hour=13, minute=59) - timedelta(days=1))
    site.add("После полуночи", NOW.replace(hour=14, minute=0) - timedelta(days=1))
    assert days(reader.get("/").text) == ["Сегодня 22 ноября", "Вчера 21 ноября"]


def test_a_pinned_headline_stands_on_top_until_its_pin_ends(
    any_site: SiteDatabase, any_reader: FlaskClient, clock: Clock
) -> None:
    any_site.add("Свежая")
    any_site.add("Закреплённая", NOW - timedelta(hours=13), pinned_until=NOW + timedelta(minutes=1))
    assert headlines(any_reader.get("/").text) == ["Закреплённая", "Свежая"]
    clock.instant += timedelta(minutes=1)
    assert headlines(any_reader.get("/").text) == ["Свежая", "Закреплённая"]
    assert "Закреплено" not in any_reader.get("/").text


def test_pages_show_every_headline_once_even_within_one_minute(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    for number in range(2 * FEED_LENGTH + 3):
        any_site.add(f"Новость {number:02}", NOW - timedelta(minutes=number // 5))
    seen, address = [], "/"
    while address:
        page = any_reader.get(address).text
        seen += headlines(page)
        address = older(page)
    assert len(seen) == 2 * FEED_LENGTH + 3
    assert set(seen) == {f"Новость {number:02}" for number in range(2 * FEED_LENGTH + 3)}
    assert seen[:2] == ["Новость 04", "Новость 03"]


def test_a_headline_that_comes_in_while_paging_moves_nothing(site: SiteDatabase, reader: FlaskClient) -> None:
    written = site.add_many(FEED_LENGTH + 5)
    next_page = older(reader.get("/").text)
    site.add("Молния", NOW + timedelta(seconds=1))
    assert headlines(reader.get(next_page).text) == written[FEED_LENGTH:]


def test_a_pinned_headline_is_not_repeated_on_older_pages(site: SiteDatabase, reader: FlaskClient) -> None:
    site.add("Закреплённая", NOW - timedelta(days=3), pinned_until=NOW + timedelta(days=1))
    site.add_many(FEED_LENGTH + 1)
    first = reader.get("/").text
    assert headlines(first)[0] == "Закреплённая"
    assert headlines(reader.get(older(first)).text) == [f"Новость {FEED_LENGTH}"]


def test_a_rubric_shows_its_own_headlines(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    any_site.add_rubric("sport", "Спорт")
    any_site.add("О городе")
    any_site.add("О спорте", rubric_slug="sport", pinned_until=NOW + timedelta(hours=1))
    assert headlines(any_reader.get("/rubric/town").text) == ["О городе"]
    assert headlines(any_reader.get("/rubric/sport").text) == ["О спорте"]
    assert any_reader.get("/rubric/none").status_code == 404


def test_withdrawn_and_killed_articles_are_nowhere_in_the_feed(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    any_site.add("Снятая", status="withdrawn")
    any_site.add("Удалённая", status="killed", pinned_until=NOW + timedelta(hours=1))
    any_site.add("Живая")
    assert headlines(any_reader.get("/").text) == ["Живая"]


def test_an_empty_feed_says_so(reader: FlaskClient) -> None:
    page = reader.get("/")
    assert page.status_code == 200
    assert "Здесь пока нет новостей" in page.text


def test_a_headline_is_shown_as_text_with_its_rubric_and_age(site: SiteDatabase, reader: FlaskClient) -> None:
    site.add("<script>alert(1)</script> \u202eзадом наперёд", age="18+")
    page = reader.get("/").text
    assert "<script>alert" not in page
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt; \u202eзадом наперёд</bdi>" in page
    assert ">18+</span>" in page
    assert '<a class="rubric" href="/rubric/town"><bdi>Город</bdi></a>' in page


@pytest.mark.parametrize("text", ["1", "-", "a-1", "1-b", "1-1-1", "²-1", "9" * 18 + "-1", "1-" + "9" * 10])
def test_an_invented_page_does_not_exist(reader: FlaskClient, text: str) -> None:
    assert reader.get("/", query_string={"before": text}).status_code == 404


def test_a_cursor_survives_being_written() -> None:
    cursor = Cursor(NOW + timedelta(microseconds=123457), 42)
    assert Cursor.parse(str(cursor)) == cursor
