"""The real window while a site freezes or goes away under it, and while the newsroom database is lost."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from newsroom.app import create_newsroom, open_newsroom
from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now
from newsroom.domain.article import ArticleFilter
from newsroom.domain.states import QueueState
from tests.e2e.person import Person
from tests.faults.conftest import Open, line_to
from tests.newsrooms import GOOD, Desks
from tests.servers import OwnServer
from tests.site.proxy import Proxy
from ui.queue.page import QueuePage
from ui.theme import apply_theme
from ui.widgets import PlainLabel

SERVERS = [
    pytest.param("postgresql_url", id="postgresql", marks=pytest.mark.postgresql),
    pytest.param("mariadb_url", id="mariadb", marks=pytest.mark.mariadb),
]


def newsroom_with_due(home: Path, site: str, number: int = 1) -> None:
    """A newsroom whose site is at the address *site*, with so many articles that are due."""
    newsroom = create_newsroom(home, sites={"main": f"standard:{site}"})
    desks = Desks(newsroom)
    for one in range(number):
        publish_now(desks.chief, desks.approved(GOOD.with_(headline=f"Мост номер {one + 1}")))
    newsroom.close()


def freeze_at_commit(proxy: Proxy) -> None:
    """The first COMMIT, and whatever is said from then on, is never answered."""

    def freeze() -> str:
        proxy.on_commit(str)
        proxy.freeze()
        return "everything"

    proxy.on_commit(freeze)


class Queue:
    """The queue page in front of *person*."""

    def __init__(self, person: Person) -> None:
        self.person = person
        person.press("Очередь")
        person.wait(lambda: self._pages(), "the queue page")
        [self.page] = self._pages()

    def shows(self, state: QueueState, *words: str) -> bool:
        """Click the line of the first item in *state*, and look for *words* beside it."""
        found = [entry for entry in self.page.model.entries() if entry.item and entry.item.state is state]
        if found:
            self.page.list.setCurrentIndex(self.page.model.index_of(found[0].key))
        return bool(found) and all(word in self.told() for word in words)

    def told(self) -> str:
        return "\n".join(label.text() for label in self.page.inspector.findChildren(PlainLabel))

    def states(self) -> set[QueueState]:
        return {entry.item.state for entry in self.page.model.entries() if entry.item is not None}

    def _pages(self) -> list[QueuePage]:
        return self.person._program.window.findChildren(QueuePage)


def keep_pictures(person: Person, name: str) -> None:
    """Save what the window shows where NEWSROOM_TEST_PICTURES says, in both looks."""
    if folder := os.environ.get("NEWSROOM_TEST_PICTURES"):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        for look in ("dark", "light"):
            apply_theme(app, look)
            person._qtbot.wait(500)
            person._program.window.grab().save(f"{folder}/{name}-{look}.png")


def item_states(home: Path) -> list[QueueState]:
    newsroom = open_newsroom(home)
    try:
        return [item.state for item in reading.read_queue(newsroom.sign_in("chief"))]
    finally:
        newsroom.close()


@pytest.mark.parametrize("server", SERVERS)
def test_somebody_goes_on_writing_while_the_site_hangs(
    tmp_path: Path, server: str, request: pytest.FixtureRequest, sit: Open
) -> None:
    """With the time-outs of every day, so that the site hangs all the while: in the midst of its transaction."""
    with line_to(request.getfixturevalue(server)) as (proxy, address):
        newsroom_with_due(tmp_path / "home", address)
        freeze_at_commit(proxy)
        person = sit(tmp_path / "home", "editor")

        def delivering() -> bool:
            return [item.state for item in reading.read_queue(person.desk)] == [QueueState.DELIVERING]

        person.wait(delivering, "the delivery")
        person.press("Новая статья")
        person.type_into("Заголовок", "Каток открыли")
        person.type_into("Текст статьи", "Лёд залили за ночь.")
        assert person.reads("Текст статьи") == "Лёд залили за ночь."

        def saved() -> bool:
            rows = reading.article_rows(person.desk, reading.article_ids(person.desk, ArticleFilter()))
            return "Каток открыли" in {row.headline for row in rows}

        person.wait(saved, "the new article in the newsroom")
        assert delivering()
        keep_pictures(person, "writing-while-frozen")
        proxy.cut()
        queue = Queue(person)
        person.wait(lambda: queue.shows(QueueState.VERIFIED, "Прочитано с сайта и сверено"), "the article on the site")


@pytest.mark.parametrize("server", SERVERS)
def test_the_queue_tells_of_a_frozen_site_and_the_window_closes_all_the_same(
    tmp_path: Path, server: str, request: pytest.FixtureRequest, sit: Open, impatient: None
) -> None:
    with line_to(request.getfixturevalue(server)) as (proxy, address):
        newsroom_with_due(tmp_path / "home", address, 2)
        proxy.freeze()
        person = sit(tmp_path / "home", "chief")
        queue = Queue(person)
        person.wait(
            lambda: queue.shows(QueueState.RETRYING, "молчит дольше положенного", "Повторится само"), "what happened"
        )
        person.wait(
            lambda: queue.shows(QueueState.SCHEDULED, "ничего не уходит", "как только сайт ответит"),
            "the line that waits",
        )
        keep_pictures(person, "site-frozen")
        person.close_window()
    assert QueueState.VERIFIED not in item_states(tmp_path / "home")


@pytest.mark.parametrize("server", SERVERS)
def test_the_window_closes_while_a_delivery_hangs_and_the_next_session_delivers(
    tmp_path: Path, server: str, request: pytest.FixtureRequest, sit: Open, impatient: None
) -> None:
    with line_to(request.getfixturevalue(server)) as (proxy, address):
        newsroom_with_due(tmp_path / "home", address)
        freeze_at_commit(proxy)
        person = sit(tmp_path / "home", "chief")
        person.wait(
            lambda: [item.state for item in reading.read_queue(person.desk)] == [QueueState.DELIVERING], "the delivery"
        )
        person.close_window()
        proxy.cut()
        again = sit(tmp_path / "home", "chief")
        queue = Queue(again)
        again.wait(lambda: queue.shows(QueueState.VERIFIED), "the article on the site", seconds=40)


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_site_stopped_and_started_under_the_open_window(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest, sit: Open
) -> None:
    server: OwnServer = request.getfixturevalue(f"own_{kind}")
    newsroom_with_due(tmp_path / "home", server.databases.create(), 2)
    server.stop()
    try:
        person = sit(tmp_path / "home", "chief")
        queue = Queue(person)
        person.wait(
            lambda: queue.shows(QueueState.SCHEDULED, "ничего не уходит", "выключен или недоступен"), "the reason"
        )
        keep_pictures(person, f"{kind}-stopped-waiting")
        person.wait(lambda: queue.shows(QueueState.RETRYING, "выключен или недоступен", "Повторится само"), "the fault")
        keep_pictures(person, f"{kind}-stopped")
    finally:
        server.start()
    person.wait(lambda: queue.states() == {QueueState.VERIFIED}, "both delivered", seconds=40)
    person.wait(lambda: "сверено" in queue.told() and "ничего не уходит" not in queue.told(), "the truth again")
    keep_pictures(person, f"{kind}-started")
