"""The site goes away and comes back under the open window: the queue stays live and says what is so."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from newsroom.app import create_newsroom
from newsroom.desk.scheduling import publish_now
from newsroom.domain.states import QueueState
from tests.e2e.person import Person
from tests.newsrooms import GOOD, Desks
from ui.app import Program
from ui.queue.page import QueuePage
from ui.theme import apply_theme
from ui.widgets import PlainLabel


@pytest.fixture
def home(tmp_path: Path) -> Path:
    newsroom = create_newsroom(tmp_path / "home")
    desks = Desks(newsroom)
    for number in range(2):
        publish_now(desks.chief, desks.approved(GOOD.with_(headline=f"Мост номер {number + 1}")))
    newsroom.close()
    return tmp_path / "home"


@pytest.fixture
def person(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Person]:
    (home / "site.db").rename(home / "site.away")
    program = Program(qapp, home, login="chief")
    program.window.resize(1440, 900)
    program.show()
    person = Person(qtbot, program)
    person.wait(lambda: program.ctx.desk is not None, "the newsroom")
    yield person
    person.close_window()
    program.window.deleteLater()
    program.deleteLater()


def test_the_queue_tells_of_a_site_that_is_away_and_of_its_return(person: Person, home: Path) -> None:
    person.press("Очередь")
    person.wait(lambda: person._program.window.findChildren(QueuePage), "the queue page")
    [page] = person._program.window.findChildren(QueuePage)

    def told() -> str:
        return "\n".join(label.text() for label in page.inspector.findChildren(PlainLabel))

    def states() -> set[QueueState]:
        return {entry.item.state for entry in page.model.entries() if entry.item is not None}

    def select(state: QueueState) -> None:
        """Click the line of the first item in *state*; publishers may have taken it further by then."""
        found = [row for row, entry in enumerate(page.model.entries()) if entry.item and entry.item.state is state]
        if found:
            page.list.setCurrentIndex(page.model.index_of(page.model.entries()[found[0]].key))

    def shows(state: QueueState, *words: str) -> bool:
        select(state)
        return all(word in told() for word in words)

    person.wait(lambda: shows(QueueState.RETRYING, "файл базы не открывается", "Повторится само"), "what happened")
    # The window is live: another line is read while the publisher is failing.
    person.wait(
        lambda: shows(QueueState.SCHEDULED, "ничего не уходит", "как только сайт ответит"), "the line that waits"
    )
    if folder := os.environ.get("NEWSROOM_TEST_PICTURES"):
        for look in ("light", "dark"):
            apply_theme(QApplication.instance(), look)
            person._program.window.grab().save(f"{folder}/site-away-{look}.png")
    (home / "site.away").rename(home / "site.db")
    person.wait(lambda: states() == {QueueState.VERIFIED}, "both delivered")
    person.wait(lambda: "Прочитано с сайта и сверено" in told() and "ничего не уходит" not in told(), "the truth again")
