"""The window over an article that somebody has edited on the site: both versions side by side, chosen part by part."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from newsroom.desk import reading, review, scheduling, writing
from newsroom.domain.ids import ArticleId
from newsroom.domain.merging import Side
from newsroom.domain.states import QueueState, ReviewState
from tests.ui.house import READY, Window, open_window
from ui.queue.merging import MergeDialog
from ui.queue.page import QueuePage
from ui.queue.steps import Step

BODY = "Каток заработал в субботу.\n\nВход стоит 250 рублей.\n\nМузыка играет до девяти.\n\nЖдали три года."


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        yield window


def publish(window: Window) -> None:
    publisher = window.newsroom.publisher("проба")
    publisher.run_once()
    publisher.close()


def stopped(window: Window, home: Path) -> ArticleId:
    """An article that was delivered, edited on the site, and changed here: the price by both."""
    chief, editor = window.newsroom.sign_in("chief"), window.newsroom.sign_in("editor")
    article = window.submitted(READY.with_(body=BODY))
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publish(window)
    connection = sqlite3.connect(home / "site.db")
    with connection:
        connection.execute(
            "UPDATE articles SET headline = 'Каток <b>открыт</b>', "
            "body_html = replace(replace(body_html, '250', '300'), 'до девяти', 'до десяти')"
        )
    connection.close()
    ours = READY.with_(body=BODY.replace("250", "200").replace("три года", "четыре года"))
    writing.save_article(editor, article, ours, base_revision=1)
    review.submit(editor, article)
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publish(window)
    assert reading.read_queue(chief)[0].state is QueueState.NEEDS_PERSON
    return article


def make_page(window: Window, qtbot: QtBot) -> QueuePage:
    page = QueuePage(window.ctx)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    window.settle()
    page.list.setCurrentIndex(
        next(index for row in range(page.model.rowCount()) if (index := page.model.index(row, 0)))
    )
    window.settle()
    return page


def opened(page: QueuePage, window: Window) -> MergeDialog:
    page.actions_bar.steps[Step.MERGE].trigger()
    window.settle()
    [dialog] = [one for one in page.window().findChildren(MergeDialog) if one.isVisible()]
    return dialog


def test_conflict_is_chosen_and_the_rest_goes_in_by_itself(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    article = stopped(window, tmp_path / "home")
    page = make_page(window, qtbot)
    dialog = opened(page, window)
    assert not dialog.save.isEnabled()
    # Words of the site are shown as they stand there, tags included.
    assert any("&lt;b&gt;" in label.text() for label in dialog.findChildren(QLabel))
    (conflict,) = [number for number, group in dialog.groups.items() if group.checkedButton() is None]
    theirs = dialog.groups[conflict].buttons()[1]
    theirs.click()
    assert dialog.choices == {conflict: Side.THEIRS}
    assert dialog.save.isEnabled()
    dialog.save.click()
    window.settle()
    saved = reading.read_article(window.newsroom.sign_in("editor"), article)
    assert saved.review is ReviewState.SUBMITTED
    assert saved.content.headline == "Каток <b>открыт</b>"
    assert saved.content.body == (
        "Каток заработал в субботу.\n\nВход стоит 300 рублей.\n\nМузыка играет до десяти.\n\nЖдали четыре года."
    )
    assert window.messages[-1][0] == "Версия 3 ждёт одобрения."


def test_thinking_again_changes_nothing(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    article = stopped(window, tmp_path / "home")
    page = make_page(window, qtbot)
    opened(page, window).reject()
    window.settle()
    assert reading.read_article(window.newsroom.sign_in("editor"), article).revision == 2
    assert reading.read_queue(window.newsroom.sign_in("chief"))[0].state is QueueState.NEEDS_PERSON


def test_what_was_put_back_on_the_site_needs_no_merge(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    stopped(window, tmp_path / "home")
    connection = sqlite3.connect(tmp_path / "home" / "site.db")
    with connection:
        connection.execute(
            "UPDATE articles SET headline = ?, "
            "body_html = replace(replace(body_html, '300', '250'), 'до десяти', 'до девяти')",
            (READY.headline,),
        )
    connection.close()
    page = make_page(window, qtbot)
    page.actions_bar.steps[Step.MERGE].trigger()
    window.settle()
    assert not page.window().findChildren(MergeDialog)
    assert "сливать нечего" in window.messages[-1][0]
