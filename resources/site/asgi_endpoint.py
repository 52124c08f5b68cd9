"""An endpoint for typo.js in one file: ASGI, the standard library, one SQLite table. An example to be adapted.

``TYPOS_DATABASE=/srv/site/typos.db TYPOS_HOST=vesti.example uvicorn asgi_endpoint:application``; the front server sends
``POST /reports`` here. The newsroom reads the table with the mapping in README.md beside this file.
"""

import asyncio
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: Longest texts in characters, and how many reports one reader may send within a time.
LENGTHS = {"article": 36, "page_url": 1000, "before": 60, "selected": 256, "after": 60, "comment": 250}
LIMITS = ((timedelta(minutes=5), 5), (timedelta(minutes=30), 15), (timedelta(days=1), 30))
LONGEST_BODY = 8 * 1024

TABLE = """CREATE TABLE IF NOT EXISTS typo_reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL, page_url TEXT NOT NULL, before TEXT NOT NULL,
    selected TEXT NOT NULL, after TEXT NOT NULL, comment TEXT NOT NULL, reporter_hash TEXT NOT NULL,
    created_at DATETIME NOT NULL, state TEXT NOT NULL DEFAULT 'new', closed_at DATETIME)"""

#: Forgotten with the process: nobody can find out later which address a hash stands for.
SALT = secrets.token_bytes(32)


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] != "http":
        return
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    code, answer = 404, {"error": "?"}
    if scope["method"] == "POST":
        body = await _body(receive)
        reader = (scope.get("client") or ("", 0))[0]
        code, answer = await asyncio.to_thread(take, headers, body, reader)
    data = json.dumps(answer, ensure_ascii=False).encode()
    kind = [(b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "http.response.start", "status": code, "headers": kind})
    await send({"type": "http.response.body", "body": data})


async def _body(receive: Receive) -> bytes:
    """The body of the request; of one that is too long only its beginning."""
    body, more = b"", True
    while more and len(body) <= LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def take(headers: dict[str, str], body: bytes, reader: str) -> tuple[int, dict[str, Any]]:
    """Status and answer for a report; *reader* is the reader's address, which is not kept."""
    if not _is_own(headers.get("origin", "")):
        return 403, {"error": "Сообщить можно только со страницы сайта."}
    try:
        report = json.loads(body) if len(body) <= LONGEST_BODY else None
        texts = {name: report.get(name, "") for name in LENGTHS} if isinstance(report, dict) else {}
        fits = bool(texts) and all(_fits(texts[name], longest) for name, longest in LENGTHS.items())
    except ValueError:
        fits = False
    if not fits or not texts["selected"].strip() or not _is_own(texts["page_url"]):
        return 400, {"error": "Сообщение не понято."}
    if report.get("website"):  # the trap that only programs fill in: thanked, and forgotten
        return 201, {"accepted": True}
    return _keep(texts, hmac.new(SALT, reader.encode(), hashlib.sha256).hexdigest(), datetime.now(UTC))


def _fits(text: object, longest: int) -> bool:
    if not isinstance(text, str) or len(text) > longest or "\0" in text:
        return False
    text.encode()  # half of a surrogate pair raises UnicodeEncodeError, a ValueError
    return True


def _is_own(address: str) -> bool:
    return urlsplit(address).netloc == os.environ["TYPOS_HOST"]


def _utc(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"


def _keep(texts: dict[str, str], reporter: str, now: datetime) -> tuple[int, dict[str, Any]]:
    connection = sqlite3.connect(os.environ["TYPOS_DATABASE"], timeout=5)
    try:
        connection.execute(TABLE)
        connection.execute("BEGIN IMMEDIATE")
        recent = connection.execute(
            f"SELECT created_at, {', '.join(LENGTHS)} FROM typo_reports WHERE reporter_hash = ? AND created_at > ?",  # noqa: S608 -- our own names
            (reporter, _utc(now - timedelta(days=1))),
        ).fetchall()
        if any(row[1:] == tuple(texts.values()) for row in recent):
            return 201, {"accepted": True}
        for span, most in LIMITS:
            if sum(row[0] > _utc(now - span) for row in recent) >= most:
                return 429, {"error": "Много сообщений подряд. Спасибо, следующее примем позже."}
        row = {**texts, "reporter_hash": reporter, "created_at": _utc(now)}
        connection.execute(
            f"INSERT INTO typo_reports ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608
            tuple(row.values()),
        )
        connection.commit()
    finally:
        connection.close()
    return 201, {"accepted": True}
