"""The page of an article, its photos, the headers of every answer, and the words for what cannot be shown."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from newsroom.reference_site.application import close_app, create_app
from newsroom.sql.engine import open_engine, parse_url
from tests.reference_site.conftest import NOW, PIXEL, SiteDatabase


def test_an_article_shows_everything_it_has(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    photo = any_site.add_photo("bridge.gif")
    slug = any_site.add(
        "Мост открыли",
        NOW.replace(year=2022, month=2, day=25, hour=7, minute=35),
        lead="Движение пустили в обе стороны.",
        body_html="<blockquote><p>Успели.</p><footer>— Анна Котова, прораб</footer></blockquote>",
        tags=json.dumps(["мост", "дороги & мосты"]),
        byline="Игорь Лесной",
        note="По данным мэрии",
        lead_photo=photo,
        photo_caption="Мост в день открытия",
        photo_credit="Пётр Речной",
        photo_alt="Машины на мосту",
    )
    page = any_reader.get(f"/article/{slug}").text
    for expected in (
        "<h1><bdi>Мост открыли</bdi></h1>",
        "Движение пустили в обе стороны.",
        ">25 февраля 2022, 17:35</time>",
        '<time datetime="2022-02-25T07:35:00+00:00">',
        ">12+</span>",
        '<img src="/photos/bridge.gif" width="1200" height="800" alt="Машины на мосту"',
        '<bdi>Мост в день открытия</bdi> <span class="credit">Фото: <bdi>Пётр Речной</bdi></span>',
        "<footer>— Анна Котова, прораб</footer>",
        "<bdi>дороги &amp; мосты</bdi>",
        "Игорь Лесной",
        "По данным мэрии",
        "Нашли опечатку?",
    ):
        assert expected in page


def test_other_headlines_stand_beside_the_article(site: SiteDatabase, reader: FlaskClient) -> None:
    site.add("Соседняя новость")
    slug = site.add("Эта новость")
    beside = reader.get(f"/article/{slug}").text.partition("<aside")[2]
    assert "Соседняя новость" in beside
    assert "Эта новость" not in beside


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [("withdrawn", 404, "снят с публикации"), ("killed", 410, "сняла эту публикацию окончательно")],
)
def test_what_was_taken_down_is_told_in_words(
    site: SiteDatabase, reader: FlaskClient, status: str, code: int, words: str
) -> None:
    slug = site.add("Тайна", status=status)
    answer = reader.get(f"/article/{slug}")
    assert answer.status_code == code
    assert words in answer.text
    assert "Тайна" not in answer.text


def test_an_unknown_address_is_told_in_words(reader: FlaskClient) -> None:
    answer = reader.get("/no/such/place")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text


def test_every_page_forbids_foreign_and_inline_scripts(site: SiteDatabase, reader: FlaskClient) -> None:
    slug = site.add("Новость")
    for address in ("/", f"/article/{slug}", "/nothing", "/static/site.css"):
        with reader.get(address) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_photo_is_kept_by_browsers_for_good(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    any_site.add_photo("a1b2.gif")
    answer = any_reader.get("/photos/a1b2.gif")
    assert (answer.data, answer.mimetype) == (PIXEL, "image/gif")
    assert "immutable" in answer.headers["Cache-Control"]
    again = any_reader.get("/photos/a1b2.gif", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_no_picture_is_not_served(site: SiteDatabase, reader: FlaskClient) -> None:
    site.add_photo("page.html", mime="text/html", data=b"<script>alert(1)</script>")
    site.add_photo("drawing.svg", mime="image/svg+xml", data=b"<svg onload='alert(1)'/>")
    for name in ("page.html", "drawing.svg", "none.jpg", "..%2Fsecret"):
        assert reader.get(f"/photos/{name}").status_code == 404


def test_health_is_asked_of_the_database(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    answer = any_reader.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("address", ["/", "/rubric/town", "/article/story-1", "/photos/x.jpg", "/healthz"])
def test_an_unreachable_database_is_told_in_words(tmp_path: Path, address: str) -> None:
    app = create_app(f"sqlite:///{tmp_path / 'absent.sqlite'}")
    answer = app.test_client().get(address)
    assert answer.status_code == 503
    assert "Сайт ненадолго недоступен" in answer.text
    assert "absent" not in answer.text
    assert "Traceback" not in answer.text
    assert not (tmp_path / "absent.sqlite").exists()


def test_an_absent_server_is_told_in_words() -> None:
    app = create_app("postgresql://postgres@127.0.0.1:1/none")
    assert app.test_client().get("/").status_code == 503
    close_app(app)


def test_a_database_that_is_no_site_is_told_in_words(any_database_url: str) -> None:
    engine = open_engine(parse_url(any_database_url))
    engine.connect().close()
    engine.dispose()
    app = create_app(any_database_url)
    assert app.test_client().get("/").status_code == 503
    close_app(app)


def test_a_bug_is_an_error_page_without_its_details(app: Flask, reader: FlaskClient) -> None:
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("details of the inside")

    answer = reader.get("/broken")
    assert answer.status_code == 500
    assert "Что-то сломалось" in answer.text
    assert "details" not in answer.text


def test_the_zone_and_name_of_the_site_are_shown(reader: FlaskClient) -> None:
    page = reader.get("/").text
    assert "Заречные новости" in page
    assert "UTC+10" in page
