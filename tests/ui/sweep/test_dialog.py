"""The sweep before a real newsroom: found, decided by key, sent to review; nobody's edit is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from newsroom.desk import house_lists, reading, writing
from newsroom.domain.ids import ArticleId
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import ReviewState
from tests.ui.house import READY, Window, open_window
from ui.dialogs.frame import Frame
from ui.sweep.dialog import SweepDialog, show_sweep
from ui.sweep.model import Fate
from ui.sweep.searching import Searching


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        yield window
        _above.clear()


#: Held until the test is over; the dialogs are theirs.
_above: list[QWidget] = []


def opened(window: Window, qtbot: QtBot, pattern: str = "", replacement: str = "") -> SweepDialog:
    _above.append(QWidget())
    qtbot.addWidget(_above[-1])
    _above[-1].show()
    dialog = show_sweep(_above[-1], window.ctx, pattern, replacement)
    window.settle()
    qtbot.waitUntil(lambda: not dialog.searching.running)
    return dialog


def press(dialog: SweepDialog, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    dialog.activateWindow()
    dialog.list.setFocus()
    qtbot.waitUntil(dialog.list.hasFocus)
    qtbot.keyClick(dialog.list, key, modifier or Qt.KeyboardModifier.NoModifier)


def articles(window: Window, *bodies: str) -> list[ArticleId]:
    return [
        window.submitted(READY.with_(headline=f"Новость {number} о катке", body=body))
        for number, body in enumerate(bodies, 1)
    ]


def body(window: Window, article: ArticleId) -> str:
    return reading.read_article(window.newsroom.sign_in("chief"), article).content.body


def fates(dialog: SweepDialog) -> list[Fate]:
    return [row.fate for row in dialog.model.rows]


def test_places_are_decided_by_key_and_only_the_accepted_are_sent(window: Window, qtbot: QtBot) -> None:
    two, one = articles(window, "Он рабтает. Она рабтает.", "Рабтает каток.")
    dialog = opened(window, qtbot, "рабтает", "работает")
    assert dialog.told.text() == "Просмотрено 2 из 2 · 3 места в 2 статьях"
    assert dialog.model.rows[0].place.article == one, "the latest first"
    press(dialog, qtbot, Qt.Key.Key_Return)
    press(dialog, qtbot, Qt.Key.Key_Delete)
    press(dialog, qtbot, Qt.Key.Key_Return)
    assert fates(dialog) == [Fate.ACCEPTED, Fate.SKIPPED, Fate.ACCEPTED]
    assert body(window, one) == "Рабтает каток.", "nothing is changed yet"
    assert dialog.send.hasFocus()
    qtbot.keyClick(dialog.send, Qt.Key.Key_Space)
    window.settle()
    assert fates(dialog) == [Fate.SENT, Fate.SKIPPED, Fate.SENT]
    assert (body(window, one), body(window, two)) == ("Работает каток.", "Он рабтает. Она работает.")
    article = reading.read_article(window.newsroom.sign_in("chief"), two)
    assert (article.revision, article.review) == (2, ReviewState.SUBMITTED)
    assert reading.read_activity(window.newsroom.sign_in("chief"), two)[0].detail == "правка архива: рабтает → работает"
    assert window.messages[-1][0] == "Правка архива: на проверке 2 статьи."
    dialog.reject()


def test_all_of_a_kind_are_accepted_at_once_but_not_what_was_skipped(window: Window, qtbot: QtBot) -> None:
    articles(window, "Он рабтает. Она рабтает. Рабтает каток.")
    dialog = opened(window, qtbot, "рабтает", "работает")
    press(dialog, qtbot, Qt.Key.Key_Delete)
    press(dialog, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert fates(dialog) == [Fate.SKIPPED, Fate.ACCEPTED, Fate.ACCEPTED]
    dialog.list.setCurrentIndex(dialog.model.index(0))
    press(dialog, qtbot, Qt.Key.Key_Return)
    assert fates(dialog) == [Fate.ACCEPTED] * 3, "a decision can be changed until it is sent"
    dialog.send.click()
    window.settle()
    dialog.reject()


def test_an_edit_made_meanwhile_stays_and_what_it_changed_is_refused_in_words(window: Window, qtbot: QtBot) -> None:
    first, second = articles(window, "Он рабтает весь день.", "Рабтает каток.")
    dialog = opened(window, qtbot, "рабтает", "работает")
    editor = window.newsroom.sign_in("editor")
    writing.save_article(editor, first, READY.with_(body="Он закрыт весь день."), base_revision=1)
    dialog.take_alike.click()
    dialog.send.click()
    window.settle()
    assert fates(dialog) == [Fate.SENT, Fate.REFUSED]
    assert "уже нет" in dialog.model.rows[1].problem
    assert (body(window, first), body(window, second)) == ("Он закрыт весь день.", "Работает каток.")
    assert dialog.told.text() == "На проверке 1 статья; не вышла 1 правка."
    dialog.reject()


def test_a_rule_of_the_house_is_chosen_from_the_list(window: Window, qtbot: QtBot) -> None:
    articles(window, "Он рабтает.")
    dialog = opened(window, qtbot)
    assert dialog.pattern.isVisible()
    assert not dialog.look.isEnabled()
    rule = HouseRule("каток", "рабтает", "работает", finds=("рабтает → работает",))
    house_lists.save_rule(window.newsroom.sign_in("chief"), rule)
    window.ctx.changed.emit(house_lists.save_rule(window.newsroom.sign_in("chief"), rule).changes, None)
    window.settle()
    dialog.what.setCurrentIndex(dialog.what.findText("Правило: каток"))
    assert not dialog.pattern.isVisible()
    with qtbot.waitSignal(dialog.searching.ended):
        dialog.look.click()
    assert [row.place.fix for row in dialog.model.rows] == ["работает"]
    dialog.reject()


def test_a_search_can_be_stopped_and_shows_what_it_has(window: Window, qtbot: QtBot) -> None:
    articles(window, *["Он рабтает."] * 3)
    dialog = opened(window, qtbot, "рабтает", "работает")
    dialog.look.click()
    assert dialog.searching.running
    assert dialog.look.text() == "Остановить"
    dialog.look.click()
    assert not dialog.searching.running
    window.settle()
    assert dialog.look.text() == "Искать"
    assert dialog.model.rowCount() == 0
    dialog.reject()


def test_no_more_places_are_held_than_can_be_shown(window: Window, qtbot: QtBot) -> None:
    articles(window, "Он рабтает. Она рабтает.", "Рабтает, рабтает, рабтает.")
    from newsroom.desk.archive import Sought

    searching = Searching(window.ctx, window.ctx, most=4)
    held: list[object] = []
    searching.places.connect(held.extend)
    rule = HouseRule("каток", "рабтает", "работает")
    with qtbot.waitSignal(searching.ended):
        searching.begin(Sought((rule,)))
    assert len(held) == 4


def test_what_was_accepted_is_not_dropped_without_a_question(window: Window, qtbot: QtBot) -> None:
    articles(window, "Он рабтает.")
    dialog = opened(window, qtbot, "рабтает", "работает")
    press(dialog, qtbot, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    [question] = [one for one in dialog.findChildren(Frame) if one.isVisible()]
    question.accept()
    assert not dialog.isVisible()


def test_an_expression_of_a_rule_that_takes_too_long_is_said(window: Window, qtbot: QtBot) -> None:
    articles(window, "Он рабтает.")
    dialog = opened(window, qtbot, "(", "работает")
    assert dialog.told.text() == "Просмотрено 1 из 1"
    assert "Таких мест нет" in [label.text() for label in dialog.empty.findChildren(QWidget) if hasattr(label, "text")]
    dialog.reject()


def test_the_article_of_a_place_is_opened(window: Window, qtbot: QtBot) -> None:
    (article,) = articles(window, "Он рабтает.")
    dialog = opened(window, qtbot, "рабтает", "работает")
    with qtbot.waitSignal(window.ctx.open_article) as wanted:
        press(dialog, qtbot, Qt.Key.Key_F12)
    assert wanted.args == [article]
    dialog.reject()
