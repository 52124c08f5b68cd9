"""Reports of typos as the server takes them: what is written, what is refused, and how many are welcome."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from newsroom.reference_site.application import REPORT_BYTES
from tests.reference_site.conftest import NOW, Clock, SiteDatabase

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def report(**fields: Any) -> dict[str, Any]:
    return {
        "article": "uid-1",
        "page_url": "http://localhost/article/story-1",
        "before": "Срок ",
        "selected": "облуживания",
        "after": " покрытия",
        "comment": "буква",
        "website": "",
    } | fields


def another(number: int) -> dict[str, Any]:
    """A report unlike the others: the very same one is not kept twice."""
    return report(comment=f"буква, {number}")


def send(reader: FlaskClient, body: Any = None, headers: dict[str, str] | None = None) -> TestResponse:
    return reader.post("/reports", json=report() if body is None else body, headers=OWN if headers is None else headers)


@pytest.fixture(autouse=True)
def _an_article(request: pytest.FixtureRequest) -> None:
    database = "any_site" if "any_site" in request.fixturenames else "site"
    request.getfixturevalue(database).add("Новость")


def test_a_report_becomes_a_row(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    assert send(any_reader, report(comment="<b>\u202e «ё» 🦊")).status_code == 201
    [row] = any_site.reports()
    assert len(row.pop("reporter_hash")) == 64
    assert row == {
        "id": 1,
        "article_uid": "uid-1",
        "page_url": "http://localhost/article/story-1",
        "before_text": "Срок ",
        "selected_text": "облуживания",
        "after_text": " покрытия",
        "comment": "<b>\u202e «ё» 🦊",
        "state": "new",
        "created_at": NOW,
        "closed_at": None,
    }


def test_the_longest_texts_fit_every_database(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    longest = report(before="🦊" * 60, selected="🦊" * 256, after="🦊" * 60, comment="🦊" * 250)
    assert send(any_reader, longest).status_code == 201
    assert any_site.reports()[0]["selected_text"] == "🦊" * 256


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"before": "а" * 61}, "до 60 знаков"),
        ({"selected": "а" * 257}, "до 256 знаков"),
        ({"after": "а" * 61}, "до 60 знаков"),
        ({"comment": "а" * 251}, "до 250 знаков"),
        ({"page_url": "http://localhost/" + "а" * 1000}, "до 1000 знаков"),
        ({"selected": ""}, "не хватает поля"),
        ({"selected": " \u00a0\n"}, "одни пробелы"),
        ({"selected": None}, "не текст"),
        ({"before": ["а"]}, "не текст"),
        ({"comment": "а\0б"}, "недопустимые знаки"),
        ({"comment": "\ud83e"}, "недопустимые знаки"),
        ({"page_url": "https://elsewhere.example/article/story-1"}, "с другой страницы"),
        ({"page_url": "http://[broken"}, "с другой страницы"),
    ],
)
def test_a_report_that_does_not_fit_is_refused_in_words(
    site: SiteDatabase, reader: FlaskClient, fields: dict[str, Any], words: str
) -> None:
    answer = send(reader, report(**fields))
    assert answer.status_code == 400
    assert words in answer.json["error"]
    assert site.reports() == []


@pytest.mark.parametrize("body", [[], "text", 5])
def test_a_report_of_another_shape_is_refused(site: SiteDatabase, reader: FlaskClient, body: Any) -> None:
    assert send(reader, body).status_code == 400


def test_broken_json_and_other_types_are_refused(reader: FlaskClient) -> None:
    assert reader.post("/reports", data=b"{", headers=OWN, content_type="application/json").status_code == 400
    assert reader.post("/reports", data=report(), headers=OWN).status_code == 415


def test_a_huge_body_is_refused_unread(site: SiteDatabase, reader: FlaskClient) -> None:
    answer = send(reader, report(comment="а" * REPORT_BYTES))
    assert answer.status_code == 413
    assert "error" in answer.json


def test_a_report_can_only_be_posted(reader: FlaskClient) -> None:
    assert reader.get("/reports").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"},
        {"Origin": "http://[broken"},
    ],
)
def test_other_sites_cannot_report(site: SiteDatabase, reader: FlaskClient, headers: dict[str, str]) -> None:
    answer = send(reader, headers=headers)
    assert answer.status_code == 403
    assert "только со страницы сайта" in answer.json["error"]
    assert site.reports() == []


def test_a_withdrawn_article_takes_no_reports(site: SiteDatabase, reader: FlaskClient) -> None:
    site.add("Снятая", status="withdrawn")
    assert send(reader, report(article="uid-2")).status_code == 404


def test_a_robot_is_thanked_and_forgotten(site: SiteDatabase, reader: FlaskClient) -> None:
    assert send(reader, report(website="https://spam.example")).status_code == 201
    assert site.reports() == []


def test_one_reader_may_send_so_many(any_site: SiteDatabase, any_reader: FlaskClient, clock: Clock) -> None:
    """Five in five minutes, fifteen in half an hour, thirty a day."""
    sent = []
    for minute in range(0, 24 * 60, 3):
        clock.instant = NOW + timedelta(minutes=minute)
        wanted = range(3 if minute < 90 else 1)
        sent += [(minute, send(any_reader, another(10 * minute + each)).status_code) for each in wanted]
    accepted = [minute for minute, code in sent if code == 201]
    assert {code for _, code in sent} == {201, 429}
    assert len(accepted) == 30
    for minute in range(24 * 60):
        assert sum(minute - 5 < at <= minute for at in accepted) <= 5
        assert sum(minute - 30 < at <= minute for at in accepted) <= 15
    clock.instant = NOW + timedelta(days=1)
    assert send(any_reader).status_code == 201


def test_the_same_report_of_a_reader_is_kept_once(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    for comment in ("е", "ё", "е", "ё", "е", "е", "е"):
        assert send(any_reader, report(comment=comment)).status_code == 201
    assert [row["comment"] for row in any_site.reports()] == ["е", "ё"]


def test_a_reader_who_sends_too_many_is_told_when_to_come_back(reader: FlaskClient, clock: Clock) -> None:
    for number in range(5):
        assert send(reader, another(number)).status_code == 201
    clock.instant += timedelta(minutes=2)
    answer = send(reader)
    assert answer.status_code == 429
    assert "много сообщений" in answer.json["error"]
    assert answer.headers["Retry-After"] == "180"


def test_readers_are_told_apart_without_keeping_their_address(site: SiteDatabase, reader: FlaskClient) -> None:
    for number, agent in enumerate(("Одна", "Другая", "Одна")):
        answer = send(reader, another(number), headers=OWN | {"User-Agent": agent.encode().decode("latin-1")})
        assert answer.status_code == 201
    first, second, third = site.reports()
    assert first["reporter_hash"] == third["reporter_hash"] != second["reporter_hash"]
    assert not any("127.0.0.1" in str(value) for row in site.reports() for value in row.values())
