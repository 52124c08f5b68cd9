"""The newsroom database is lost while somebody types in the real window: the text is on this disk, and comes back."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from newsroom.app import create_newsroom, join_newsroom
from newsroom.desk import reading
from newsroom.desk.session import Desk
from newsroom.domain.article import ArticleFilter
from newsroom.journal import Journal
from tests.faults.conftest import Open, line_to
from tests.site.proxy import Proxy

pytestmark = pytest.mark.postgresql


@dataclass
class Place:
    """A desk that reaches its newsroom over a line that breaks, and another one with a line of its own."""

    home: Path
    proxy: Proxy
    other: Desk

    def saved(self) -> str:
        """The text of the only article, as the newsroom has it; empty where it has none."""
        found = reading.article_ids(self.other, ArticleFilter())
        return reading.read_article(self.other, found[0]).content.body if found else ""

    def on_disk(self) -> str:
        """The text that the desk's own disk keeps."""
        folders = (self.home / "journal").glob("*/")
        return max((entry.content.body for folder in folders for entry in Journal(folder).entries()), default="")


@pytest.fixture
def place(tmp_path: Path, postgresql_url: str, impatient: None) -> Iterator[Place]:
    with line_to(postgresql_url) as (proxy, address):
        create_newsroom(tmp_path / "home", database_url=address).close()
        other = join_newsroom(tmp_path / "other", database_url=postgresql_url)
        yield Place(tmp_path / "home", proxy, other.sign_in("chief"))
        other.close()


@contextmanager
def somebody_typing(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """The program in a process of its own, in which a new article is typed without a pause."""
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typist", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        yield typist
    finally:
        typist.kill()
        typist.wait()


@pytest.mark.parametrize("loss", ["refuse", "freeze"])
def test_typing_goes_on_the_disk_has_it_and_it_is_saved_by_itself(place: Place, loss: str, sit: Open) -> None:
    person = sit(place.home, "editor")
    person.press("Новая статья")
    person.type_into("Заголовок", "Каток открыли")
    person.type_into("Текст статьи", "Лёд залили.")
    person.wait(lambda: place.saved() == "Лёд залили.", "the article in the newsroom")
    getattr(place.proxy, loss)()
    person.wait(lambda: person.sees("PostgreSQL: нет связи"), "the loss in words", seconds=40)
    person.type_into("Текст статьи", " Музыка до девяти.")
    assert person.reads("Текст статьи") == "Лёд залили. Музыка до девяти."
    person.wait(lambda: place.on_disk() == "Лёд залили. Музыка до девяти.", "the text on this disk")
    assert place.saved() == "Лёд залили."
    place.proxy.cut()
    person.wait(lambda: place.saved() == "Лёд залили. Музыка до девяти.", "the text in the newsroom", seconds=40)
    person.wait(lambda: person.sees("PostgreSQL"), "the database again", seconds=40)
    person.wait(lambda: place.on_disk() == "", "nothing left on this disk")


def test_what_was_typed_without_the_database_is_offered_again(place: Place, sit: Open, qtbot: QtBot) -> None:
    """The program ends before the database is back, and the next session asks."""
    with somebody_typing(place.home):
        qtbot.waitUntil(lambda: bool(place.saved()), timeout=30_000)
        place.proxy.refuse()
        known = len(place.saved())
        qtbot.waitUntil(lambda: len(place.on_disk()) > known + 40, timeout=30_000)
    kept = place.on_disk()
    saved = place.saved()
    assert kept.startswith(saved)
    assert len(kept) > len(saved)
    place.proxy.cut()
    person = sit(place.home, "editor")
    person.press("Вернуть текст")
    person.wait(lambda: place.saved() == kept, "the text in the newsroom")
