"""A newsroom with as many articles as a benchmark wants, made without going through review one by one."""

import os
import random
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from newsroom.app import create_newsroom
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleUid

_WHO = ("Спасатели", "Энергетики", "Школьники", "Дорожники", "Волонтёры", "Врачи", "Хоккеисты", "Пчеловоды", "Речники")
_DID = ("проверили", "открыли", "отремонтировали", "показали", "обсудили", "подготовили", "спасли", "построили")
_WHAT = ("мост через протоку", "городской каток", "новую котельную", "ярмарку мёда", "паводковый штаб", "старый причал")
_WHERE = ("в центре города", "в Заречье", "у вокзала", "на левом берегу", "в Сосновке", "в районной больнице")


def as_installed(folder: Path) -> dict[str, str]:
    """An environment in which Python keeps its compiled modules in *folder*, as the modules of an installed program
    are kept, whatever this environment says of it; without a screen where none is named."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def make_big_newsroom(home: Path, articles: int, seed: int = 1) -> None:
    """A newsroom in *home* with *articles* drafts of some 1,500 characters, one a quarter of an hour into the past."""
    chance = random.Random(seed)
    newsroom = create_newsroom(home, house=House("Большая редакция", "Asia/Vladivostok"))
    with newsroom.database.write() as work:
        rubrics = [rubric.slug for rubric in work.records.rubrics()]
        people = [person.id for person in work.records.people()]
        for number in range(articles):
            headline = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)} {chance.choice(_WHERE)}"
            body = "\n\n".join(
                " ".join(f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}." for _ in range(8))
                for _ in range(4)
            )
            content = Content(
                headline=headline,
                lead=f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}, сообщили в ведомстве.",
                body=body,
                rubric=chance.choice(rubrics),
                age=chance.choice(list(AgeRating)),
                byline="Анна Ким",
            )
            work.articles.add(
                ArticleUid(str(UUID(int=chance.getrandbits(128), version=4))),
                content,
                f"statya-{number}",
                chance.choice(people),
                work.now - timedelta(minutes=15 * number),
                "",
            )
    newsroom.close()
