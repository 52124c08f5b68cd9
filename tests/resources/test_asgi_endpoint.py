"""The endpoint in one file, called as a server calls it, and its table read by the mapping that its README gives."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsroom.domain.reports import ReportState
from newsroom.site.kinds import open_site
from resources import FOLDER
from resources.site.asgi_endpoint import TABLE, application

Post = Callable[..., int]

REPORT = {
    "article": "5b0e2f0c-52d1-4a4e-8d0f-0d4d0c3a1f11",
    "page_url": "https://vesti.example/news/1",
    "before": "Срок ",
    "selected": "облуживания",
    "after": " покрытия",
    "comment": "буква",
    "website": "",
}


async def _call(body: bytes, origin: str, reader: str, method: str) -> tuple[int, dict[str, Any]]:
    """Status and answer; the body comes in two parts, as servers may give it."""
    parts = [
        {"type": "http.request", "body": body[:100], "more_body": True},
        {"type": "http.request", "body": body[100:]},
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"origin", origin.encode())] if origin else []
    await application({"type": "http", "method": method, "headers": headers, "client": (reader, 1)}, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "typos.db"
    monkeypatch.setenv("TYPOS_DATABASE", str(file))
    monkeypatch.setenv("TYPOS_HOST", "vesti.example")
    with sqlite3.connect(file) as connection:
        connection.execute(TABLE)
    return file


@pytest.fixture
def post(database: Path) -> Post:
    def post(
        body: object = None, origin: str = "https://vesti.example", reader: str = "192.0.2.1", **fields: Any
    ) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body or {**REPORT, **fields}).encode()
        code, answer = asyncio.run(_call(data, origin, reader, "POST"))
        assert answer == {"accepted": True} if code == 201 else answer["error"]
        return code

    return post


def kept(database: Path, columns: str = "selected, comment, state") -> list[tuple[Any, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(f"SELECT {columns} FROM typo_reports").fetchall()


def test_a_report_is_kept_once_and_no_address(post: Post, database: Path) -> None:
    assert post() == post() == post(website="https://spam.example") == 201
    assert kept(database) == [("облуживания", "буква", "new")]
    assert "192.0.2.1" not in kept(database, "*")[0]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"selected": "а" * 257}, 400),
        ({"selected": " \n"}, 400),
        ({"comment": 5}, 400),
        ({"comment": "\ud83e"}, 400),
        ({"comment": "\0"}, 400),
        ({"page_url": "https://elsewhere.example/"}, 400),
        ({"body": b"{"}, 400),
        ({"body": b"[]"}, 400),
        ({"body": b'{"selected": "' + b"a" * 9000 + b'"}'}, 400),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": ""}, 403),
    ],
)
def test_what_does_not_fit_is_refused(post: Post, database: Path, fields: dict[str, Any], code: int) -> None:
    assert post(**fields) == code
    assert kept(database) == []


def test_a_reader_may_send_five_in_five_minutes_and_others_go_on(post: Post, database: Path) -> None:
    assert [post(comment=str(number)) for number in range(7)] == [201] * 5 + [429] * 2
    assert post(reader="192.0.2.2") == 201


def test_nothing_but_post_is_answered() -> None:
    assert asyncio.run(_call(b"", "", "192.0.2.1", "GET"))[0] == 404


def test_the_mapping_of_the_readme_reads_and_closes_them(post: Post, database: Path, tmp_path: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TABLE news (id INTEGER PRIMARY KEY, uid TEXT, title TEXT, body TEXT, shown INTEGER, receipt TEXT)"
        )
    (reports,) = re.findall(r"```toml\n(.*?)```", (FOLDER / "site" / "README.md").read_text("utf-8"), re.DOTALL)
    described = """
page = "/news/{key}"
[article]
table = "news"
uid = "uid"
[article.columns]
title = "headline"
body = "body"
[article.published]
shown = 1
[article.withdrawn]
shown = 0
[article.killed]
shown = 0
[receipt]
place = "column"
column = "receipt"
"""
    mapping = tmp_path / "site.toml"
    mapping.write_text(described + reports, encoding="utf-8")
    assert post() == 201
    site = open_site("mapped", f"sqlite:///{database.as_posix()}", {"mapping": str(mapping)})
    try:
        (report,) = site.reports_after("", 10)
        assert (report.article_uid, report.before, report.selected) == (REPORT["article"], "Срок ", "облуживания")
        site.close_report(report.site_report_id, ReportState.FIXED)
    finally:
        site.close()
    assert kept(database, "state, closed_at IS NULL") == [("fixed", 0)]
