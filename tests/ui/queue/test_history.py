"""The history of an article tells in words what its record keeps in short keys."""

from dataclasses import replace
from datetime import timedelta

from newsroom.domain.changes import Activity
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from tests.ui.queue.values import NOON
from ui.queue.history import lines_of

NAMES = {"chief": "Вера Орлова"}


def record(*entries: tuple[str, str, int | None, str]) -> list[Activity]:
    """Who, what, which item and the detail, the oldest first, a minute apart; given back as the desk reads them."""
    made = [
        Activity(
            number,
            NOON + timedelta(minutes=number),
            who,
            what,
            ArticleId(1),
            QueueItemId(item) if item else None,
            None,
            detail,
        )
        for number, (who, what, item, detail) in enumerate(entries)
    ]
    return made[::-1]


def test_short_keys_become_words():
    told = lines_of(
        record(
            ("chief", "queue", 1, "publish"),
            ("ночной", "delivered", 1, ""),
            ("main", "reported", None, "3"),
            ("chief", "close-report", None, "rejected · × 3"),
            ("chief", "accept", None, "main 6f1d 7"),
            ("chief", "resolve-comment", None, "мост"),
        ),
        NAMES,
    )
    assert [(line.words, line.detail, line.who) for line in reversed(told)] == [
        ("Поставлена в очередь", "публикация", "Вера Орлова"),
        ("Доставлена на сайт", "", "публикатор ночной"),
        ("Читатель сообщил об опечатке", "3 сообщения", "сайт main"),
        ("Сообщение об опечатке закрыто", "отклонено · × 3", "Вера Орлова"),
        ("Принято то, что стоит на сайте", "main", "Вера Орлова"),
        ("Комментарий решён", "мост", "Вера Орлова"),
    ]


def test_attempts_that_failed_alike_are_one_line_and_the_rest_stays():
    away = [("ночной", "delivering", 1, ""), ("ночной", "retrying", 1, "Сайт не отвечает.")]
    mirror = [("ночной", "delivering", 2, ""), ("ночной", "retrying", 2, "Диск полон.")]
    told = lines_of(
        record(
            ("chief", "publish", None, ""),
            *away,
            *mirror,
            *away,
            *away,
            ("ночной", "delivering", 1, ""),
            ("ночной", "verified", 1, ""),
        ),
        NAMES,
    )
    assert [(line.words, line.detail, line.times) for line in reversed(told)] == [
        ("Велено выпустить сейчас", "", 1),
        ("Доставка сорвалась и будет повторена", "Диск полон.", 1),
        ("Доставка сорвалась и будет повторена", "Сайт не отвечает.", 3),
        ("Доставка началась", "", 1),
        ("Прочитана с сайта и сверена", "", 1),
    ]
    failed = told[2]
    assert (failed.since, failed.at) == (NOON + timedelta(minutes=2), NOON + timedelta(minutes=8))
    assert failed.title == "Доставка сорвалась и будет повторена · 3 попытки"


def test_where_an_article_goes_to_several_sites_each_line_says_to_which():
    history = record(
        ("chief", "approve", None, ""),
        ("ночной", "verified", 1, ""),
        ("ночной", "retrying", 2, "Диск полон."),
        ("ночной", "retrying", 2, "Диск полон."),
    )
    sites = {1: SiteName("main"), 2: SiteName("mirror")}
    placed = [replace(entry, site=sites.get(entry.queue_item)) for entry in history]
    assert [line.title for line in lines_of(placed, NAMES)] == [
        "Доставка сорвалась и будет повторена · mirror · 2 попытки",
        "Прочитана с сайта и сверена · main",
        "Одобрена",
    ]
    assert lines_of(placed[2:], NAMES)[0].title == "Прочитана с сайта и сверена"


def test_a_failure_of_another_kind_is_a_line_of_its_own():
    told = lines_of(
        record(("a", "retrying", 1, "Нет связи."), ("a", "retrying", 1, "База занята."), ("chief", "hold", 1, "ждём")),
        NAMES,
    )
    assert [(line.detail, line.times) for line in told] == [("ждём", 1), ("База занята.", 1), ("Нет связи.", 1)]
