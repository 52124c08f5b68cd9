"""The history window over a real newsroom: sittings, comparing, reading, bringing back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from newsroom.desk import reading, review, scheduling, writing
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import ReviewState
from tests.ui.house import READY, Window, open_window
from ui.review.history import HistoryDialog

LEADS = ("Прокат и раздевалки", "Прокат и тир", "Прокат и буфет")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        yield window


def saved(window: Window, *leads: str, login: str = "editor", reason: str = "", base: int = 1) -> None:
    desk = window.newsroom.sign_in(login)
    for number, lead in enumerate(leads, base):
        writing.save_article(desk, ArticleId(1), READY.with_(lead=lead), base_revision=number, reason=reason)


@pytest.fixture
def article(window: Window) -> ArticleId:
    """Versions 1 (submitted, approved and live), 2 and 3 of one sitting, 4 by the proofreader with a reason."""
    article = window.submitted()
    chief = window.newsroom.sign_in("chief")
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publisher = window.newsroom.publisher("проба")
    publisher.run_once()
    publisher.close()
    saved(window, *LEADS[:2])
    saved(window, LEADS[2], login="proofreader", reason="уточнили", base=3)
    return article


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    """What the dialog stands above."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def shown(window: Window, place: QWidget, article: ArticleId) -> HistoryDialog:
    dialog = HistoryDialog(window.ctx, article, place)
    dialog.show()
    window.settle()
    return dialog


def lines(dialog: HistoryDialog) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [dialog.list.topLevelItem(place).data(0, role) for place in range(dialog.list.topLevelItemCount())]


def bases(dialog: HistoryDialog) -> list[str]:
    return [dialog.changes.base.itemText(place) for place in range(dialog.changes.base.count())]


def head_of(window: Window, article: ArticleId) -> tuple[int, str]:
    now = reading.read_article(window.newsroom.sign_in("chief"), article)
    return now.revision, now.content.lead


def test_sittings_say_who_when_why_and_what_became_of_them(window: Window, place: QWidget, article: ArticleId) -> None:
    newest, sitting, first = lines(shown(window, place, article))
    assert newest == "только что, версия 4, Корректор, уточнили"
    assert sitting.startswith("только что, версия 2–3, Редактор · 2 сохранения с ")
    assert first.split(", ")[2:] == [
        "Редактор",
        "отправлена на проверку · Редактор",
        "одобрена · Главный редактор",
        "сейчас на сайте: main",
    ]


def test_the_newest_is_compared_with_what_was_before_it(window: Window, place: QWidget, article: ArticleId) -> None:
    dialog = shown(window, place, article)
    assert dialog.list.numbers() == (4,)
    assert bases(dialog) == [
        "тем, что было до неё: версия 3",
        "последней одобренной версией 1",
        "тем, что сейчас на сайте: версия 1",
    ]
    assert dialog.changes.text.document().find("буфет").charFormat().fontUnderline()
    assert not dialog.back.isEnabled()


def test_a_sitting_is_compared_as_a_whole_and_its_saves_one_by_one(
    window: Window, place: QWidget, article: ArticleId
) -> None:
    dialog = shown(window, place, article)
    sitting = dialog.list.topLevelItem(1)
    dialog.list.setCurrentItem(sitting)
    window.settle()
    assert bases(dialog)[0] == "тем, что было до неё: версия 1"
    sitting.setExpanded(True)
    dialog.list.setCurrentItem(sitting.child(0))
    window.settle()
    assert bases(dialog)[0] == "тем, что было до неё: версия 2"


def test_any_two_can_be_compared(window: Window, place: QWidget, article: ArticleId) -> None:
    dialog = shown(window, place, article)
    dialog.list.choose(1, 3)
    window.settle()
    assert dialog.list.numbers() == (1, 3)
    assert bases(dialog) == ["версией 1"]
    document = dialog.changes.text.document()
    assert document.find("тир").charFormat().fontUnderline()
    assert document.find("музыка").charFormat().fontStrikeOut()
    assert not dialog.back.isEnabled()


def test_an_old_text_is_compared_with_the_newest_in_the_order_of_time(
    window: Window, place: QWidget, article: ArticleId
) -> None:
    dialog = shown(window, place, article)
    dialog.list.choose(1)
    window.settle()
    assert bases(dialog) == ["новейшей версией 4"]
    assert dialog.changes.text.document().find("буфет").charFormat().fontUnderline()


def test_an_old_text_can_be_read_as_its_readers_would(window: Window, place: QWidget, article: ArticleId) -> None:
    dialog = shown(window, place, article)
    dialog.list.choose(1)
    dialog.switch.choose(1)
    window.settle()
    assert READY.lead in dialog.reading.toPlainText()


def test_an_old_text_comes_back_as_a_new_version_and_goes_again(
    window: Window, place: QWidget, article: ArticleId
) -> None:
    dialog = shown(window, place, article)
    dialog.list.choose(1)
    window.settle()
    dialog.back.click()
    window.settle()
    assert head_of(window, article) == (5, READY.lead)
    words, undo = window.messages[-1]
    assert words == "Текст версии 1 вернулся: теперь это версия 5."
    undo()
    window.settle()
    assert head_of(window, article) == (6, LEADS[2])
    assert window.messages[-1][0] == "Снова стоит текст версии 4."


def test_a_text_saved_meanwhile_appears_and_is_not_overwritten(
    window: Window, place: QWidget, article: ArticleId
) -> None:
    dialog = shown(window, place, article)
    dialog.list.choose(1)
    window.settle()
    saved(window, "Прокат и каток", base=4)
    dialog.back.click()
    window.settle()
    assert head_of(window, article) == (5, "Прокат и каток")
    assert lines(dialog)[0].startswith("только что, версия 5")
    assert dialog.list.numbers() == (1,)
    dialog.reject()
    window.settle()


def test_a_submitted_text_brought_back_stays_submitted(window: Window, place: QWidget, article: ArticleId) -> None:
    review.submit(window.newsroom.sign_in("editor"), article)
    dialog = shown(window, place, article)
    dialog.list.choose(1)
    window.settle()
    dialog.back.click()
    window.settle()
    now = reading.read_article(window.newsroom.sign_in("chief"), article)
    assert (now.revision, now.review) == (5, ReviewState.SUBMITTED)


def test_a_single_save_tells_its_exact_time_when_asked(window: Window, place: QWidget, article: ArticleId) -> None:
    dialog = shown(window, place, article)
    sitting = dialog.list.topLevelItem(1)
    sitting.setExpanded(True)
    index = dialog.list.indexFromItem(sitting.child(0))
    spot = dialog.list.visualRect(index).center()
    viewport = dialog.list.viewport()
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, viewport.mapToGlobal(spot))
    QApplication.sendEvent(viewport, asked)
    assert "(UTC+10:00)" in QToolTip.text()
    QToolTip.hideText()


def test_the_first_text_has_nothing_to_compare_with(window: Window, place: QWidget) -> None:
    dialog = shown(window, place, window.submitted())
    assert not dialog.switch.buttons[0].isEnabled()
    assert READY.lead in dialog.reading.toPlainText()


def test_the_list_is_walked_and_chosen_from_by_keyboard(window: Window, place: QWidget, article: ArticleId) -> None:
    dialog = shown(window, place, article)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.numbers() == (3,)
    QTest.keyClick(dialog.list, Qt.Key.Key_Right)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.numbers() == (2,)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert dialog.list.numbers() == (1, 2)
    window.settle()
    assert not any(button.isDefault() or button.autoDefault() for button in dialog.findChildren(QPushButton))
