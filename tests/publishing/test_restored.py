"""Backups restored on either side: found before anything is sent, told in words, and mended by one command."""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.cli import main
from newsroom.desk import reading
from newsroom.desk.health import read_health
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import kill, publish_now, withdraw
from newsroom.desk.writing import save_article
from newsroom.domain.errors import OutOfStep
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.states import Label
from tests.newsrooms import Desks
from tests.patience import PATIENCE
from tests.publishing.any_site import ARTICLE, PLACES, contents, newsroom_over, place_of, put_back
from tests.site.schemas import Made

MAIN = SiteName("main")


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    with place_of(request.param, request, tmp_path) as place:
        yield place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def desks(place: Made, home: Path) -> Iterator[Desks]:
    with newsroom_over(place, home) as desks:
        yield desks


def publish(desks: Desks, headline: str, article: ArticleId | None = None) -> ArticleId:
    """A new article or a new text of one, on the site."""
    content = replace(ARTICLE, headline=headline)
    if article is None:
        article = desks.approved(content)
    else:
        base = reading.read_article(desks.chief, article).revision
        save_article(desks.editor, article, content, base_revision=base)
        submit(desks.editor, article)
        approve(desks.chief, article)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    return article


def publish_until(desks: Desks, done: Callable[[], bool]) -> None:
    """Passes of a publisher until *done*: what failed before waits for its next attempt."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        desks.publish()


def run(home: Path, *arguments: str) -> int:
    return main([*arguments, "--home", str(home), "--as", "chief"])


def test_a_site_restored_from_an_older_backup_is_stopped_and_brought_up_to_date(
    desks: Desks, place: Made, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corrected = publish(desks, "Первый мост")
    withdrawn, killed = publish(desks, "Второй мост"), publish(desks, "Третий мост")
    old = contents(place.engine)
    publish(desks, "Первый мост исправлен", corrected)
    publish(desks, "Новый мост")
    withdraw(desks.chief, withdrawn, "")
    kill(desks.chief, killed, "ошибка")
    assert desks.publish() == ["verified", "verified"]
    shown = sorted(place.shown())
    assert shown == ["Новый мост", "Первый мост исправлен"]
    put_back(place.engine, old)
    assert len(place.shown()) == 3

    late = desks.approved(replace(ARTICLE, headline="Ещё один мост"))
    publish_now(desks.chief, late)
    publisher = desks.newsroom.publisher("после копии")
    outcome = publisher.run_once()[0]
    publisher.run_once()
    assert (outcome.state, "newsroom site replay main" in outcome.problem) == ("retrying", True)
    assert "Ещё один мост" not in place.headlines()
    [site] = read_health(desks.chief).sites
    assert site.trouble is not None
    assert "нет 4 доставленных статей" in site.trouble.problem
    publisher.close()
    with pytest.raises(OutOfStep):
        desks.newsroom.check_site(MAIN)
    assert run(home, "site", "check", "main") == 1
    assert "нет 4 доставленных статей" in capsys.readouterr().err

    assert run(home, "site", "replay", "main") == 0
    assert "4" in capsys.readouterr().out
    desks.newsroom.check_site(MAIN)
    publish_until(desks, lambda: sorted(place.shown()) == sorted([*shown, "Ещё один мост"]))
    assert desks.newsroom.compare_site(MAIN).behind == ()
    assert [line.what for line in reading.read_activity(desks.chief)].count("replay") == 4


def test_a_restored_newsroom_sends_nothing_until_it_has_taken_the_site_as_it_is(
    desks: Desks, place: Made, home: Path, tmp_path: Path
) -> None:
    forgotten = publish(desks, "Первый мост")
    killed, scheduled = publish(desks, "Второй мост"), desks.approved(replace(ARTICLE, headline="Отменённый мост"))
    publish_now(desks.chief, scheduled)
    backup = backed_up(home)
    desks.publish()
    publish(desks, "Первый мост исправлен", forgotten)
    publish(desks, "Мост, которого редакция не помнит")
    kill(desks.chief, killed, "ошибка")
    withdraw(desks.chief, scheduled, "нельзя")
    desks.publish()
    shown = sorted(place.shown())
    shutil.copy(backup, home / "newsroom.db")

    publisher = desks.newsroom.publisher("после копии")
    outcome = publisher.run_once()[0]
    publisher.close()
    assert outcome.state == "retrying"
    assert "newsroom site accept main" in outcome.problem
    assert sorted(place.shown()) == shown
    ahead = desks.newsroom.compare_site(MAIN).ahead
    assert len(ahead) == 4
    assert sorted(one.headline for one in ahead) == ["", "Второй мост", "Отменённый мост", "Первый мост"]

    assert run(home, "site", "accept", "main") == 0
    desks.newsroom.check_site(MAIN)
    assert reading.article_rows(desks.chief, [killed])[0].label is Label.KILLED
    publish_until(desks, lambda: not any(item.state == "retrying" for item in reading.read_queue(desks.chief)))
    assert sorted(place.shown()) == shown
    again = reading.read_article(desks.chief, forgotten)
    save_article(desks.editor, forgotten, replace(ARTICLE, headline="Мост снова"), base_revision=again.revision)
    submit(desks.editor, forgotten)
    approve(desks.chief, forgotten)
    publish_now(desks.chief, forgotten)
    publish_until(desks, lambda: "Мост снова" in place.shown())
    assert sorted(place.shown()) == sorted(["Мост снова", "Мост, которого редакция не помнит"])


def backed_up(home: Path) -> Path:
    """A copy of the newsroom database as SQLite's own backup makes it."""
    copy = home / "backup.db"
    source, target = sqlite3.connect(home / "newsroom.db"), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    return copy


def test_an_empty_database_in_the_place_of_the_site_is_not_filled_with_the_archive(
    tmp_path: Path, home: Path, request: pytest.FixtureRequest
) -> None:
    with place_of(("standard", "sqlite"), request, tmp_path) as place:
        empty = contents(place.engine)
        with newsroom_over(place, home) as desks:
            for number in range(3):
                publish(desks, f"Мост {number}")
            put_back(place.engine, empty)
            publish_now(desks.chief, desks.approved(ARTICLE))
            assert set(desks.publish()) == {"retrying"}
            assert place.headlines() == []
            told = json.loads(json.dumps(reading.read_queue(desks.chief)[0].problem))
            assert "это другая база" in told


def test_a_delivery_that_was_not_settled_is_no_restored_newsroom(
    tmp_path: Path, home: Path, request: pytest.FixtureRequest
) -> None:
    """The publisher died after the site had committed: the newsroom has asked for what the receipt tells."""
    from newsroom.publishing.publisher import Step

    with place_of(("standard", "sqlite"), request, tmp_path) as place, newsroom_over(place, home) as desks:
        publish_now(desks.chief, desks.approved(ARTICLE))

        def die(step: Step) -> None:
            if step is Step.AFTER_SITE_COMMIT:
                raise KeyboardInterrupt

        publisher = desks.newsroom.publisher("а", watch=die)
        with pytest.raises(KeyboardInterrupt):
            publisher.run_once()
        publisher.close()
        found = desks.newsroom.compare_site(MAIN)
        assert (found.behind, found.ahead) == ((), ())


def test_thousands_of_articles_are_compared_page_by_page(
    tmp_path: Path, home: Path, request: pytest.FixtureRequest
) -> None:
    """More than one page on both sides, and one article missing in the midst."""
    with place_of(("standard", "sqlite"), request, tmp_path) as place, newsroom_over(place, home) as desks:
        first = publish(desks, "Мост")
        many(desks, place, first, 1300)
        assert desks.newsroom.compare_site(MAIN).behind == ()
        place.run("DELETE FROM newsroom_receipt WHERE article_uid LIKE '%-000000000700'")
        assert len(desks.newsroom.compare_site(MAIN).behind) == 1


def many(desks: Desks, place: Made, first: ArticleId, number: int) -> None:
    """Copies of a delivered article on both sides."""
    with desks.newsroom.database.write() as work:
        connection = work._connection
        for table, key in (("articles", "id"), ("live", "article")):
            names = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
            values = {
                key: "value",
                "uid": "printf('00000000-0000-4000-8000-%012d', value)",
                "slug": "'s' || value",
            }
            columns = ", ".join(values.get(name, name) for name in names)
            connection.exec_driver_sql(
                f"WITH RECURSIVE many(value) AS (SELECT 100 UNION ALL SELECT value + 1 FROM many WHERE value < "
                f"{99 + number}) INSERT INTO {table} ({', '.join(names)}) SELECT {columns} FROM {table}, many "
                f"WHERE {key} = {first} AND value > {first}"
            )
    place.run(
        f"WITH RECURSIVE many(value) AS (SELECT 100 UNION ALL SELECT value + 1 FROM many WHERE value < {99 + number}) "
        "INSERT INTO newsroom_receipt SELECT printf('00000000-0000-4000-8000-%012d', value), site_pk, operation, "
        "sequence, revision, hash, row_hash, epoch, written_at FROM newsroom_receipt, many"
    )
