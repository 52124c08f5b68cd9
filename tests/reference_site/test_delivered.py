"""From Markdown to the reader: what is delivered to the site is what its pages show."""

import hashlib
from datetime import UTC, datetime

from flask.testing import FlaskClient

from newsroom.domain.ids import ArticleUid, PhotoId
from newsroom.domain.states import Operation
from newsroom.site.port import Delivery, SiteArticle, SitePhoto
from newsroom.site.standard import StandardSite
from newsroom.sql.engine import parse_url
from newsroom.text.markdown import parse
from newsroom.text.render import render_html
from tests.reference_site.conftest import PIXEL, SiteDatabase

PHOTO = PhotoId(hashlib.sha256(PIXEL).hexdigest())
BODY = f"""Мост **открыли** раньше срока, [пишет](https://example.org/) газета.

> Работали и ночью.
>
> — Анна Котова, прораб

![Мост](photo:{PHOTO} "Мост вечером Фото: Пётр Речной")

- раз
- два

<script>alert(1)</script>
"""


def delivery(operation: Operation, sequence: int) -> Delivery:
    article = SiteArticle(
        headline="Мост открыли",
        lead="Движение пустили.",
        body_html=render_html(parse(BODY), lambda photo: "/photos/bridge.gif"),
        rubric_slug="roads",
        rubric_title="Дороги",
        tags=("мост",),
        byline="",
        slug="most-otkryli",
        age="6+",
        lead_photo=PHOTO,
        photo_caption="Мост",
        photo_credit="Пётр Речной",
        photo_alt="Машины на мосту",
        note="",
        published_at=datetime(2026, 11, 22, 5, 41, tzinfo=UTC),
        pinned_until=None,
        photos=(SitePhoto(PHOTO, "image/gif", 1, 1, "bridge.gif", PIXEL),),
    )
    return Delivery(
        article_uid=ArticleUid("0d5c1a52-2a34-4a64-9b4b-5f5a5d0c6a01"),
        operation=operation,
        sequence=sequence,
        revision=sequence,
        hash=f"{sequence:064}",
        epoch=1,
        article=article if operation is Operation.PUBLISH else None,
    )


def test_readers_see_what_was_delivered_until_it_is_withdrawn_and_killed(
    any_site: SiteDatabase, any_reader: FlaskClient
) -> None:
    publisher = StandardSite(parse_url(any_site.url))
    try:
        publisher.deliver(delivery(Operation.PUBLISH, 1), lambda step: None)
        address = publisher.article_path(delivery(Operation.PUBLISH, 1), "1")
        page = any_reader.get(address).text
        for expected in (
            "<strong>открыли</strong>",
            '<a href="https://example.org/"',
            "<blockquote><p>Работали и ночью.</p><footer>— Анна Котова, прораб</footer></blockquote>",
            '<figure class="photo"><img src="/photos/bridge.gif"',
            '<span class="credit">Фото: Пётр Речной</span>',
            ">22 ноября 2026, 15:41</time>",
            '<a class="rubric" href="/rubric/roads"><bdi>Дороги</bdi></a>',
        ):
            assert expected in page
        assert "<script>alert" not in page
        assert any_reader.get("/photos/bridge.gif").data == PIXEL
        publisher.deliver(delivery(Operation.WITHDRAW, 2), lambda step: None)
        assert any_reader.get(address).status_code == 404
        publisher.deliver(delivery(Operation.KILL, 3), lambda step: None)
        assert any_reader.get(address).status_code == 410
    finally:
        publisher.close()


def test_what_readers_report_reaches_the_newsroom(any_site: SiteDatabase, any_reader: FlaskClient) -> None:
    publisher = StandardSite(parse_url(any_site.url))
    try:
        sent = delivery(Operation.PUBLISH, 1)
        publisher.deliver(sent, lambda step: None)
        answer = any_reader.post(
            "/reports",
            json={
                "article": sent.article_uid,
                "page_url": "http://localhost/article/most-otkryli",
                "before": "Мост ",
                "selected": "открыли",
                "after": " раньше",
                "comment": "точно?",
            },
            headers={"Origin": "http://localhost"},
        )
        assert answer.status_code == 201
        [report] = publisher.reports_after("", 10)
    finally:
        publisher.close()
    assert (report.article_uid, report.before, report.selected, report.after, report.comment) == (
        sent.article_uid,
        "Мост ",
        "открыли",
        " раньше",
        "точно?",
    )
