"""A comment that a killed program had begun is offered again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from newsroom.desk.commenting import comment_on_words, delete_comment, list_comments
from newsroom.desk.writing import create_article
from newsroom.domain.anchors import Anchor
from newsroom.domain.comments import Place
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.journal import CommentEntry, Journal
from tests.ui.house import READY, Window, open_window
from ui.dialogs.frame import Frame
from ui.editor.comment_recovery import CommentLeftover, CommentRecoveryDialog, find_comments
from ui.editor.recovery import offer_leftovers

PLACE = Place(Field.LEAD, Anchor("", "Прокат", ", раздевалки", 0))


@pytest.fixture
def window(qtbot, tmp_path):
    with open_window(tmp_path / "home", "editor") as window:
        yield window


@pytest.fixture
def article(window: Window) -> ArticleId:
    return create_article(window.ctx.desk, READY).value


def left_behind(home: Path, article: ArticleId | None, text: str, comment: CommentId | None = None) -> Journal:
    """What a killed program leaves in *home*."""
    journal = Journal(home / "journal" / "мёртвый")
    journal.write(CommentEntry("a", article, PLACE, comment, text, "editor", datetime(2026, 11, 22, 2, tzinfo=UTC)))
    return journal


def leftovers(window: Window) -> list[CommentLeftover]:
    assert window.ctx.desk is not None
    return find_comments(window.ctx.desk, window.newsroom.home)


def texts(window: Window, article: ArticleId) -> list[str]:
    return [one.text for one in list_comments(window.ctx.desk, article)]


@pytest.fixture
def dialog(window: Window):
    """The offer, made as at the start of the program by whoever calls this."""
    parent = QWidget()

    def open_() -> CommentRecoveryDialog:
        offer_leftovers(window.ctx, parent, lambda _article: None)
        window.settle()
        [made] = [one for one in parent.findChildren(CommentRecoveryDialog) if one.isVisible()]
        return made

    yield open_
    window.settle()
    parent.deleteLater()


def press(dialog: QWidget, words: str) -> None:
    [button] = [one for one in dialog.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    button.click()


def test_a_comment_begun_comes_back_to_its_words_as_it_was_mended_in_the_offer(window, article, dialog) -> None:
    journal = left_behind(window.newsroom.home, article, "Почём?")
    shown = dialog()
    shown.field.appendPlainText("И когда?")
    press(shown, "Вернуть комментарий")
    window.settle()
    [comment] = list_comments(window.ctx.desk, article)
    assert (comment.text, comment.place) == ("Почём?\nИ когда?", PLACE)
    assert not shown.isVisible()
    assert not journal.folder.exists()


def test_a_comment_that_arrived_after_all_is_forgotten(window, article) -> None:
    own = comment_on_words(window.ctx.desk, article, "Прокат", "Почём?").value
    journal = left_behind(window.newsroom.home, article, "Почём?")
    assert leftovers(window) == []
    assert not journal.folder.exists()
    left_behind(window.newsroom.home, article, "Почём?", own)
    assert leftovers(window) == []


def test_a_reworded_comment_is_changed_and_not_doubled(window, article, dialog) -> None:
    own = comment_on_words(window.ctx.desk, article, "Прокат", "Почём?").value
    left_behind(window.newsroom.home, article, "Почём прокат?", own)
    press(dialog(), "Вернуть комментарий")
    window.settle()
    assert texts(window, article) == ["Почём прокат?"]


def test_a_comment_whose_first_wording_was_deleted_meanwhile_comes_back_as_a_new_one(window, article, dialog) -> None:
    own = comment_on_words(window.ctx.desk, article, "Прокат", "Почём?").value
    left_behind(window.newsroom.home, article, "Почём прокат?", own)
    delete_comment(window.ctx.desk, own)
    press(dialog(), "Вернуть комментарий")
    window.settle()
    assert texts(window, article) == ["Почём прокат?"]


def test_a_comment_too_long_stays_in_the_offer_with_the_reason(window, article, dialog) -> None:
    left_behind(window.newsroom.home, article, "ы" * 2001)
    shown = dialog()
    press(shown, "Вернуть комментарий")
    window.settle()
    assert shown.isVisible()
    assert len(leftovers(window)) == 1
    shown.field.setPlainText("Короче")
    press(shown, "Вернуть комментарий")
    window.settle()
    assert texts(window, article) == ["Короче"]


def test_without_its_article_it_can_only_be_read_or_dropped(window, dialog) -> None:
    left_behind(window.newsroom.home, None, "Почём?")
    shown = dialog()
    assert shown.field.toPlainText() == "Почём?"
    [back] = [one for one in shown.findChildren(QPushButton) if one.text() == "Вернуть комментарий"]
    assert not back.isEnabled()
    press(shown, "Позже")
    assert len(leftovers(window)) == 1
    shown = dialog()
    press(shown, "Отбросить")
    [question] = shown.findChildren(Frame)
    press(question, "Отбросить")
    window.settle()
    assert leftovers(window) == []
