"""The queue page before a real newsroom: approving, returning, times, and taking things back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from newsroom.desk import commenting, house_lists, reading, review, scheduling, writing
from newsroom.domain.ids import ArticleId
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import QueueState, ReviewState
from tests.ui.house import READY, Window, open_window
from ui.dialogs.frame import Frame
from ui.queue.page import QueuePage
from ui.queue.steps import Step
from ui.widgets import PlainLabel


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


def review_of(window: Window, article: ArticleId) -> ReviewState:
    return reading.read_article(window.newsroom.sign_in("chief"), article).review


def queue_of(window: Window) -> list[QueueState]:
    return [item.state for item in reading.read_queue(window.newsroom.sign_in("chief"))]


def test_an_empty_queue_says_what_to_do(window: Window, qtbot: QtBot) -> None:
    page = make_page(window, qtbot)
    assert not page.list.isVisible()
    assert not page.actions_bar.isVisible()


def test_the_waiting_text_is_read_and_approved(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    page = make_page(window, qtbot)
    assert READY.headline in page.reading.toPlainText()
    assert "— Ольга Пирогова, жительница" in page.reading.toPlainText()
    page.actions_bar.prominent.click()
    window.settle()
    assert review_of(window, article) is ReviewState.APPROVED
    assert queue_of(window) == [QueueState.HELD]
    assert window.messages[-1][0].startswith("Одобрено и придержано")
    # The line has become a queue item, and that is what is selected now.
    assert page.model.entries()[0].key[0] == "item"


def test_the_planned_time_stands_on_the_button_and_is_kept(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=2)
    writing.plan_article(window.newsroom.sign_in("editor"), article, due)
    page = make_page(window, qtbot)
    assert page.actions_bar.prominent.text().startswith("Одобрить на ")
    page.actions_bar.steps[Step.APPROVE].trigger()
    window.settle()
    items = reading.read_queue(window.newsroom.sign_in("chief"))
    assert [(item.state, item.due_at) for item in items] == [(QueueState.SCHEDULED, due)]


def test_what_was_edited_meanwhile_is_not_approved_but_shown_anew(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    page = make_page(window, qtbot)
    changed = READY.with_(headline="Каток закрыли на ремонт")
    writing.save_article(window.newsroom.sign_in("editor"), article, changed, base_revision=1)
    page.actions_bar.steps[Step.APPROVE].trigger()
    window.settle()
    assert review_of(window, article) is ReviewState.SUBMITTED
    assert "поправили" in window.messages[-1][0]
    assert "Каток закрыли на ремонт" in page.reading.toPlainText()


def test_unresolved_comments_are_asked_about_before_approval(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    commenting.comment_on_words(window.newsroom.sign_in("editor"), article, "250 рублей", "Взрослый или детский?")
    page = make_page(window, qtbot)
    page.actions_bar.prominent.click()
    window.settle()
    assert review_of(window, article) is ReviewState.SUBMITTED
    [dialog] = [one for one in page.window().findChildren(Frame) if one.isVisible()]
    assert any("Взрослый или детский?" in label.text() for label in dialog.findChildren(PlainLabel))
    dialog.accept()
    window.settle()
    assert review_of(window, article) is ReviewState.APPROVED


def the_question(page: QueuePage) -> Frame:
    [dialog] = [one for one in page.window().findChildren(Frame) if one.isVisible()]
    return dialog


def test_warnings_and_comments_are_one_question_and_enter_goes_back(window: Window, qtbot: QtBot) -> None:
    proofreader = window.newsroom.sign_in("proofreader")
    rule = HouseRule("каток", "каток", None, "Какой каток?", finds=("каток открыт",))
    house_lists.save_rule(proofreader, rule)
    article = window.submitted()
    commenting.comment_on_words(window.newsroom.sign_in("editor"), article, "250 рублей", "Взрослый или детский?")
    page = make_page(window, qtbot)
    page.actions_bar.prominent.click()
    window.settle()
    dialog = the_question(page)
    texts = [label.text() for label in dialog.findChildren(PlainLabel)]
    assert dialog.windowTitle() == "1 нерешённый комментарий и 2 предупреждения"
    assert "Взрослый или детский?" in texts
    assert texts.count("Какой каток?") == 2
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    window.settle()
    assert review_of(window, article) is ReviewState.SUBMITTED
    page.actions_bar.prominent.click()
    window.settle()
    the_question(page).accept()
    window.settle()
    assert review_of(window, article) is ReviewState.APPROVED


def test_what_the_lists_say_since_the_approval_is_asked_about_when_the_text_goes_out(
    window: Window, qtbot: QtBot
) -> None:
    chief = window.newsroom.sign_in("chief")
    article = window.submitted()
    review.approve(chief, article)
    rule = HouseRule("каток", "каток", None, "Какой каток?", finds=("каток открыт",))
    house_lists.save_rule(window.newsroom.sign_in("proofreader"), rule)
    page = make_page(window, qtbot)
    page.actions_bar.steps[Step.NOW].trigger()
    window.settle()
    assert queue_of(window) == [QueueState.HELD]
    the_question(page).accept()
    window.settle()
    assert queue_of(window) == [QueueState.SCHEDULED]


def test_holding_can_be_taken_back(window: Window, qtbot: QtBot) -> None:
    chief = window.newsroom.sign_in("chief")
    article = window.submitted()
    due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=2)
    review.approve(chief, article, due=due)
    page = make_page(window, qtbot)
    page.actions_bar.steps[Step.HOLD].trigger()
    window.settle()
    assert queue_of(window) == [QueueState.HELD]
    window.messages[-1][1]()
    window.settle()
    items = reading.read_queue(chief)
    assert [(item.state, item.due_at) for item in items] == [(QueueState.SCHEDULED, due)]


def test_returning_asks_for_a_reason_that_the_author_reads(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = window.submitted()
    page = make_page(window, qtbot)
    monkeypatch.setattr("ui.dialogs.reason.ask_reason", lambda *_asked, **_options: "Проверьте площадь катка")
    page.actions_bar.steps[Step.RETURN].trigger()
    window.settle()
    returned = reading.read_article(window.newsroom.sign_in("editor"), article)
    assert (returned.review, returned.return_reason) == (ReviewState.RETURNED, "Проверьте площадь катка")
    assert page.model.entries() == []


def test_without_a_reason_nothing_is_killed(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    article = window.submitted()
    page = make_page(window, qtbot)
    asked: dict[str, object] = {}
    monkeypatch.setattr(
        "ui.dialogs.reason.ask_reason", lambda *words, **options: asked.update(options, words=words) or ""
    )
    page.actions_bar.steps[Step.KILL].trigger()
    window.settle()
    assert asked["danger"] is True
    assert "нельзя отменить" in str(asked["words"])
    assert not reading.read_article(window.newsroom.sign_in("chief"), article).killed


def test_a_new_time_moves_the_item_and_can_be_taken_back(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = window.newsroom.sign_in("chief")
    review.approve(chief, window.submitted())
    page = make_page(window, qtbot)
    due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=3)
    monkeypatch.setattr("ui.dialogs.instant.ask_instant", lambda *_asked, **_options: due)
    page.actions_bar.steps[Step.TIME].trigger()
    window.settle()
    assert [item.due_at for item in reading.read_queue(chief)] == [due]
    window.messages[-1][1]()
    window.settle()
    assert queue_of(window) == [QueueState.HELD]


def test_publishing_now_makes_the_item_due(window: Window, qtbot: QtBot) -> None:
    chief = window.newsroom.sign_in("chief")
    review.approve(chief, window.submitted())
    page = make_page(window, qtbot)
    page.actions_bar.steps[Step.NOW].trigger()
    window.settle()
    (item,) = reading.read_queue(chief)
    assert item.state is QueueState.SCHEDULED
    assert item.due_at is not None
    assert item.due_at <= datetime.now(UTC)


def test_another_person_finds_the_buttons_of_their_own_role(window: Window, qtbot: QtBot) -> None:
    window.submitted()
    page = make_page(window, qtbot)
    assert page.actions_bar.steps[Step.APPROVE].isEnabled()
    window.sign_in("proofreader")
    window.settle()
    assert not page.actions_bar.steps[Step.APPROVE].isEnabled()
    assert not page.actions_bar.prominent.isEnabled()
    assert "главный редактор" in page.actions_bar.prominent.toolTip()


def test_what_blocks_publication_is_listed_and_keeps_the_button_off(window: Window, qtbot: QtBot) -> None:
    """The editor submitted a sound text, and then the rubric was taken from it."""
    article = window.submitted()
    writing.save_article(
        window.newsroom.sign_in("editor"), article, READY.with_(rubric=None, age=None), base_revision=1
    )
    page = make_page(window, qtbot)
    assert not page.actions_bar.prominent.isEnabled()
    assert "Не выбрана рубрика." in page.actions_bar.prominent.toolTip()
    assert "Не выбран возрастной знак." in page.actions_bar.prominent.toolTip()


def test_changes_are_shown_against_the_version_before(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    changed = READY.with_(headline="На набережной открыли большой каток")
    writing.save_article(window.newsroom.sign_in("editor"), article, changed, base_revision=1)
    page = make_page(window, qtbot)
    page.switch.choose(1)
    window.settle()
    assert page.changes.isVisible()
    text = page.changes.text.toPlainText()
    assert "Заголовок" in text
    assert "большой" in text
    cursor = page.changes.text.document().find("большой")
    assert cursor.charFormat().fontUnderline()


def test_nothing_to_compare_with_is_said(window: Window, qtbot: QtBot) -> None:
    window.submitted()
    page = make_page(window, qtbot)
    assert not page.switch.buttons[1].isEnabled()
    assert "Сравнивать не с чем" in page.switch.buttons[1].toolTip()


def test_the_selected_line_stays_when_others_come(window: Window, qtbot: QtBot) -> None:
    first = window.submitted()
    page = make_page(window, qtbot)
    second = window.submitted(READY.with_(headline="Вторая", slug="vtoraya"))
    scheduling.kill(window.newsroom.sign_in("chief"), second, "лишняя")
    third = window.submitted(READY.with_(headline="Третья", slug="tretya"))
    page.refresh()
    window.settle()
    assert {entry.article for entry in page.model.entries()} >= {first, third}
    current = page.list.currentIndex().data()
    assert current == READY.headline


def test_everything_is_named_for_those_who_listen(window: Window, qtbot: QtBot) -> None:
    window.submitted()
    page = make_page(window, qtbot)
    named = [page.list, page.reading, page.actions_bar.prominent, page.actions_bar.more, page.timeline]
    assert all(widget.accessibleName() for widget in named)
    assert page.actions_bar.prominent.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_chief_compares_with_the_site_and_with_the_last_approved(window: Window, qtbot: QtBot) -> None:
    """Also where an edit has voided that approval, and where the site shows an older text than the approved one."""
    editor, chief = window.newsroom.sign_in("editor"), window.newsroom.sign_in("chief")
    article = window.submitted()
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publisher = window.newsroom.publisher("проба")
    publisher.run_once()
    publisher.close()
    for number, lead in enumerate(("Прокат и раздевалки", "Прокат и тир", "Прокат и буфет"), 1):
        writing.save_article(editor, article, READY.with_(lead=lead), base_revision=number)
        if number == 1:
            review.submit(editor, article)
            review.approve(chief, article)
    review.submit(editor, article)
    page = make_page(window, qtbot)
    page.switch.choose(1)
    titles = [page.changes.base.itemText(place) for place in range(page.changes.base.count())]
    assert titles == [
        "тем, что сейчас на сайте: версия 1",
        "последней одобренной версией 2",
        "предыдущей версией 3",
    ]
    page.changes.base.setCurrentIndex(1)
    window.settle()
    assert page.changes.text.document().find("раздевалки").charFormat().fontStrikeOut()
    assert page.changes.text.document().find("буфет").charFormat().fontUnderline()
