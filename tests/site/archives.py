"""Archives as sites have them before any newsroom: rows that this program did not write."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from newsroom.site.kinds import create_site
from newsroom.site.standard_schema import article_photos, articles, photos, rubrics
from newsroom.sql.engine import open_engine, parse_url
from tests.photos.pictures import encoded, picture

FIRST_DAY = datetime(2014, 3, 1, 2, 0, tzinfo=UTC)
RUBRICS = (("obshchestvo", "Общество"), ("sport", "Спорт"), ("dacha", "Дача и огород"))

_WORDS = [
    *("мост", "протока", "автобус", "школа", "каток", "ярмарка", "котельная", "причал", "дорога", "ремонт", "площадь"),
    *("паводок", "штаб", "врачи", "спасатели", "жители", "район", "весна", "праздник", "очередь", "фонарь"),
]


def bodies(seed: int = 1) -> Iterator[str]:
    """Texts of articles as sites' editors leave them, of some 2,500 characters: paragraphs, now and then more."""
    chance = random.Random(seed)
    while True:
        paragraphs = [_paragraph(chance) for _number in range(chance.randrange(5, 9))]
        if chance.random() < 0.3:
            paragraphs.insert(2, f"<h2>{_sentence(chance)[:60]}</h2>")
        if chance.random() < 0.2:
            paragraphs.insert(3, f"<ul><li>{_sentence(chance)}</li><li>{_sentence(chance)}</li></ul>")
        if chance.random() < 0.02:
            paragraphs.append('<iframe src="https://video.example/embed/1"></iframe>')
        yield "\n".join(paragraphs)


def _paragraph(chance: random.Random) -> str:
    text = " ".join(_sentence(chance) for _number in range(chance.randrange(3, 7)))
    if chance.random() < 0.2:
        text = text.replace(".", "</a>.", 1).replace(" ", ' <a href="https://vesti.example/2013/most">', 1)
    return f'<p style="font-family: Arial">{text}</p>'


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _number in range(chance.randrange(7, 13))]
    return " ".join(words).capitalize() + "."


def fill_standard(url: str, number: int, *, every_photo: int = 0, batch: int = 1000) -> None:
    """A site of kind ``standard`` with *number* published articles, one an hour; every *every_photo*-th has a photo."""
    create_site("standard", url)
    engine = open_engine(parse_url(url))
    text = bodies()
    image = encoded(picture(64, 48))
    digest = sha256(image).hexdigest()
    with engine.begin() as connection:
        connection.execute(
            insert(rubrics),
            [{"slug": slug, "title": title, "position": place} for place, (slug, title) in enumerate(RUBRICS)],
        )
        if every_photo:
            values = {"id": digest, "file_name": f"{digest[:32]}.jpg", "mime": "image/jpeg", "width": 64, "height": 48}
            connection.execute(insert(photos).values(**values, data=image, added_at=FIRST_DAY))
    for start in range(0, number, batch):
        rows = [
            standard_row(place, next(text), digest if every_photo and place % every_photo == 0 else None)
            for place in range(start, min(start + batch, number))
        ]
        with engine.begin() as connection:
            connection.execute(insert(articles), rows)
            if shown := [row for row in rows if row["lead_photo"]]:
                connection.execute(
                    insert(article_photos),
                    [{"article_id": row["id"], "photo_id": row["lead_photo"], "position": 0} for row in shown],
                )
    engine.dispose()


def standard_row(place: int, body: str, lead_photo: str | None = None) -> dict[str, Any]:
    return {
        "id": place + 1,
        "uid": str(UUID(int=place + 1, version=4)),
        "slug": f"statya-{place}",
        "status": "published",
        "headline": f"Новость номер {place}",
        "lead": "Коротко о главном.",
        "body_html": body,
        "rubric_slug": RUBRICS[place % len(RUBRICS)][0],
        "tags": json.dumps(["архив"], ensure_ascii=False),
        "byline": "Пётр Заречный",
        "age": "6+",
        "lead_photo": lead_photo,
        "photo_caption": "Площадь утром" if lead_photo else "",
        "photo_credit": "Анна Ким" if lead_photo else "",
        "photo_alt": "Площадь" if lead_photo else "",
        "note": "",
        "published_at": FIRST_DAY + timedelta(hours=place),
        "updated_at": FIRST_DAY + timedelta(hours=place),
        "pinned_until": None,
        "revision": 1,
    }
