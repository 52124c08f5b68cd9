"""What publishing would change, shown before it is approved, and the last delivery taken back by a button."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from newsroom.desk import reading, review, scheduling, writing
from newsroom.settings import Settings
from tests.ui.house import READY, Window, open_window
from ui.queue.page import QueuePage
from ui.queue.rehearsal import RehearsalDialog
from ui.queue.steps import Step


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        yield window


def make_page(window: Window, qtbot: QtBot) -> QueuePage:
    page = QueuePage(window.ctx)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    window.settle()
    return page


def rehearsed(window: Window, page: QueuePage) -> list[tuple[str, str, str]]:
    """The lines under the first site of the dialog that the inspector opens; it is closed again."""
    page.inspector.rehearse.emit()
    [dialog] = page.findChildren(RehearsalDialog)
    window.settle()
    site = dialog.tree.topLevelItem(0)
    assert site is not None
    lines = [texts(site.child(number)) for number in range(site.childCount())]
    dialog.accept()
    window.settle()
    return lines


def texts(item: QTreeWidgetItem) -> tuple[str, str, str]:
    return item.text(0), item.text(1), item.text(2)


def publish(window: Window) -> None:
    publisher = window.newsroom.publisher("проба")
    publisher.run_once()
    publisher.close()


def test_the_chief_sees_every_column_before_approving_and_nothing_is_written(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    page = make_page(window, qtbot)
    lines = rehearsed(window, page)
    assert ("articles.headline", "—", READY.headline) in lines
    assert ("articles.age", "—", "6+") in lines
    chief = window.newsroom.sign_in("chief")
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publish(window)
    base = reading.read_article(chief, article).revision
    writing.save_article(chief, article, READY.with_(lead="Каток до десяти"), base_revision=base)
    review.submit(chief, article)
    page.refresh()
    window.settle()
    lines = rehearsed(window, page)
    assert [line[0] for line in lines] == ["articles.lead", "articles.revision"]
    assert lines[0][1:] == (READY.lead, "Каток до десяти")


def test_a_site_that_cannot_be_reached_is_told_honestly(window: Window, qtbot: QtBot) -> None:
    window.submitted()
    page = make_page(window, qtbot)
    (window.newsroom.home / "site.db").unlink()
    [(words, _before, _after)] = rehearsed(window, page)
    assert "файл базы не открывается" in words
    window.newsroom.settings = Settings()
    [(words, _before, _after)] = rehearsed(window, page)
    assert "знает только машина публикатора" in words
    assert "newsroom site try main 1" in words


def test_the_last_delivery_is_taken_back_by_a_button(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = window.submitted()
    chief = window.newsroom.sign_in("chief")
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publish(window)
    page = make_page(window, qtbot)
    monkeypatch.setattr("ui.dialogs.reason.ask_reason", lambda *_arguments, **_named: "рано")
    assert page.actions_bar.steps[Step.UNDO].isEnabled()
    page.actions_bar.steps[Step.UNDO].trigger()
    window.settle()
    assert [item.state for item in reading.read_queue(chief)] == ["scheduled", "verified"]
    assert "Прежнее возвращается" in window.messages[-1][0]
    publish(window)
    assert [place.state for place in reading.read_article(chief, article).live] == ["withdrawn"]
