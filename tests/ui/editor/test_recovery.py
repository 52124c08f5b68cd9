"""Text of a program that is gone is offered again, decided by what it was typed on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QPushButton, QWidget

from newsroom.desk import reading
from newsroom.desk.writing import create_article, save_article
from newsroom.domain.article import ArticleFilter, Content
from newsroom.domain.ids import ArticleId
from newsroom.journal import Entry, Journal
from tests.ui.house import READY, Window, open_window
from ui.dialogs.frame import Frame
from ui.editor.journal_writer import LOCK
from ui.editor.recovery import Leftover, RecoveryDialog, find_leftovers

TYPED = READY.with_(lead="Прокат и музыка до десяти вечера")


@pytest.fixture
def window(qtbot, tmp_path):
    with open_window(tmp_path / "home", "editor") as window:
        yield window


def left_behind(home: Path, content: Content, article: ArticleId | None, base_hash: str = "") -> Journal:
    """What a killed program leaves in *home*."""
    journal = Journal(home / "journal" / "мёртвый")
    journal.write(Entry("a", article, 1, base_hash, content, "editor", datetime(2026, 11, 22, 2, tzinfo=UTC)))
    return journal


def leftovers(window: Window) -> list[Leftover]:
    assert window.ctx.desk is not None
    return find_leftovers(window.ctx.desk, window.newsroom.home)


def article_with_text(window: Window) -> tuple[ArticleId, str]:
    desk = window.ctx.desk
    assert desk is not None
    article = create_article(desk, READY).value
    return article, reading.read_article(desk, article).hash


def answer(window: Window, words: str, sure: str = "") -> None:
    """Press the button *words*, and the button *sure* of the question that follows."""
    parent = QWidget()
    dialog = RecoveryDialog(window.ctx, leftovers(window), parent)
    dialog.open()
    window.settle()
    [button] = [one for one in dialog.findChildren(QPushButton) if one.text() == words]
    assert not button.isHidden()
    button.click()
    window.settle()
    if sure:
        [question] = dialog.findChildren(Frame)
        [button] = [one for one in question.findChildren(QPushButton) if one.text() == sure]
        button.click()
        window.settle()
    assert dialog.isVisible() == (sure == "Не надо")
    dialog.close()
    parent.deleteLater()


def test_what_is_saved_after_all_is_forgotten_by_its_hash(window):
    article, base = article_with_text(window)
    journal = left_behind(window.newsroom.home, READY, article, base)
    assert leftovers(window) == []
    assert not journal.folder.exists()


def test_text_typed_on_the_newest_revision_comes_back_into_its_article(window):
    article, base = article_with_text(window)
    left_behind(window.newsroom.home, TYPED, article, base)
    [leftover] = leftovers(window)
    assert not leftover.overtaken
    answer(window, "Вернуть текст")
    now = reading.read_article(window.ctx.desk, article)
    assert (now.content, now.revision) == (TYPED, 2)
    assert leftovers(window) == []


def test_a_text_never_saved_becomes_an_article(window):
    left_behind(window.newsroom.home, TYPED, None)
    answer(window, "Вернуть текст")
    [article] = reading.article_ids(window.ctx.desk, ArticleFilter())
    assert reading.read_article(window.ctx.desk, article).content == TYPED


def test_an_overtaken_text_can_become_a_draft_of_its_own(window):
    article, base = article_with_text(window)
    left_behind(window.newsroom.home, TYPED, article, base)
    others = READY.with_(headline="Каток открыли на площади")
    save_article(window.ctx.desk, article, others, base_revision=1)
    [leftover] = leftovers(window)
    assert leftover.overtaken
    answer(window, "Отдельным черновиком")
    assert reading.read_article(window.ctx.desk, article).content == others
    contents = [
        reading.read_article(window.ctx.desk, one).content
        for one in reading.article_ids(window.ctx.desk, ArticleFilter())
    ]
    assert TYPED in contents


def test_later_leaves_everything_and_dropping_drops_it(window):
    article, base = article_with_text(window)
    left_behind(window.newsroom.home, TYPED, article, base)
    answer(window, "Позже")
    assert len(leftovers(window)) == 1
    answer(window, "Отбросить", "Не надо")
    assert len(leftovers(window)) == 1
    answer(window, "Отбросить", "Отбросить")
    assert leftovers(window) == []
    assert reading.read_article(window.ctx.desk, article).content == READY


def test_the_journal_of_a_window_that_lives_is_not_offered(window):
    journal = left_behind(window.newsroom.home, TYPED, None)
    lock = QLockFile(str(journal.folder / LOCK))
    assert lock.tryLock(0)
    assert leftovers(window) == []
    assert journal.entries()
    lock.unlock()
    assert len(leftovers(window)) == 1
