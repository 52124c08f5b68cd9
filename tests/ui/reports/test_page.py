"""The page of typo reports before a real newsroom."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from newsroom.desk import house_lists, reading
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from tests.ui.house import READY, Window, open_window
from ui.dialogs.rule_made import MadeRuleDialog
from ui.reports.page import ReportsPage
from ui.sweep.dialog import SweepDialog

#: Closed by the fixture, so that they outlive the answers that are under way when a test ends.
_pages: list[ReportsPage] = []


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        yield window
        for page in _pages:
            page.hide()
        window.settle()
        while _pages:
            _pages.pop().deleteLater()


def make_page(window: Window, qtbot: QtBot) -> ReportsPage:
    page = ReportsPage(window.ctx)
    _pages.append(page)
    page.resize(1280, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    window.settle()
    return page


def report(
    window: Window,
    selected: str,
    article: ArticleId | None = None,
    *,
    before: str = "",
    after: str = "",
    comment: str = "",
    number: int = 1,
) -> None:
    """A reader reports *selected*, the *number*-th of them a minute later than the one before."""
    desk = window.newsroom.sign_in("chief")
    uid = reading.read_article(desk, article).uid if article is not None else "unknown"
    at = datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(minutes=number)
    incoming = IncomingReport(str(number), uid, "http://site/a", before, selected, after, comment, at)
    with window.newsroom.database.write() as work:
        work.reports.add(SiteName("main"), [incoming])


def states(window: Window) -> list[ReportState]:
    return [found.state for found in reading.read_reports(window.newsroom.sign_in("chief"), open_only=False)]


def test_without_reports_the_page_says_where_they_come_from(window: Window, qtbot: QtBot) -> None:
    page = make_page(window, qtbot)
    assert page.list_pane.empty.isVisible()


def test_the_fragment_is_found_and_marked_in_the_article(window: Window, qtbot: QtBot) -> None:
    report(window, "250 рублей", window.submitted(), before="Вход стоит ", after=".", comment="сколько?")
    page = make_page(window, qtbot)
    qtbot.waitUntil(lambda: bool(page.reading.extraSelections()))
    (mark,) = page.reading.extraSelections()
    assert mark.cursor.selectedText() == "250 рублей"
    assert mark.format.fontUnderline()
    assert "сколько?" in page.card.fragment.toPlainText()


def test_a_fragment_that_is_gone_is_said_to_be_gone(window: Window, qtbot: QtBot) -> None:
    report(window, "облуживания", window.submitted())
    page = make_page(window, qtbot)
    assert page.reading.extraSelections() == []
    assert "не нашлось" in page.card.found.text()
    assert not page.accepted.isEnabled()


def test_a_reader_cannot_bring_markup_or_reversed_text(window: Window, qtbot: QtBot) -> None:
    report(window, "<b>жирно</b>\u202eexe.txt", comment="<img src=http://evil/>")
    page = make_page(window, qtbot)
    page.which.choose(1)
    window.settle()
    shown = page.card.fragment.toPlainText()
    assert "<b>жирно</b>⟨U+202E⟩exe.txt" in shown
    assert "<img src=http://evil/>" in shown
    assert page.unknown.isVisible()


def body(window: Window, article: ArticleId) -> str:
    return reading.read_article(window.newsroom.sign_in("chief"), article).content.body


def press(page: ReportsPage, qtbot: QtBot, key: Qt.Key) -> None:
    """A key while the page is in front."""
    page.list.setFocus()
    qtbot.waitUntil(page.list.hasFocus)
    qtbot.keyClick(page.list, key)


def typo(window: Window, *, comment: str = "работает", number: int = 1) -> ArticleId:
    """An article with a slip in it, reported."""
    article = window.submitted(READY.with_(body="Каток заработает в субботу. Он рабтает до девяти вечера."))
    report(window, "рабтает", article, before="субботу. Он ", after=" до девяти", comment=comment, number=number)
    return article


def test_enter_accepts_the_proposal_goes_to_the_next_and_u_takes_it_back(window: Window, qtbot: QtBot) -> None:
    first = typo(window, number=1)
    second = typo(window, number=2)
    report(window, "рабтает", first, before="субботу. Он ", after=" до девяти", number=3)
    page = make_page(window, qtbot)
    assert page.model.rowCount() == 2
    assert page.card.edit.text() == "работает"
    assert "рабтает → работает" in page.card.fragment.toPlainText()
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.model.rowCount() == 1, "the next one is there at once"
    window.settle()
    assert states(window).count(ReportState.FIXED) == 2
    assert "Он работает до" in body(window, first)
    press(page, qtbot, Qt.Key.Key_Return)
    window.settle()
    assert "Он работает до" in body(window, second)
    assert page.list_pane.empty.isVisible()
    page.undone.trigger()
    window.settle()
    assert "Он рабтает до" in body(window, second)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert states(window).count(ReportState.NEW) == 1


def test_the_keyboard_stays_with_the_page_while_details_are_shown(window: Window, qtbot: QtBot) -> None:
    for number in range(3):
        typo(window, number=number)
    page = make_page(window, qtbot)
    shown = []
    page.inspector.put, put = lambda inside: (shown.append(inside), put(inside)), page.inspector.put
    for left in (2, 1):
        press(page, qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(shown))
        shown.clear()
        window.settle()
        assert page.isActiveWindow()
        assert page.model.rowCount() == left


def test_e_edits_in_place_and_enter_writes_it(window: Window, qtbot: QtBot) -> None:
    article = typo(window, comment="")
    page = make_page(window, qtbot)
    press(page, qtbot, Qt.Key.Key_E)
    assert page.card.edit.selectedText() == page.card.edit.text() != ""
    page.card.edit.setText("открыт")
    page.card.edit.textEdited.emit("открыт")
    qtbot.keyClick(page.card.edit, Qt.Key.Key_Return)
    window.settle()
    assert "Он открыт до девяти" in body(window, article)


def test_without_a_proposal_enter_asks_for_the_words(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    report(window, "субботу", article, before="Каток заработал в ", after=". Вход")
    page = make_page(window, qtbot)
    assert page.card.edit.text() == ""
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.card.edit.text() == "субботу"
    assert states(window) == [ReportState.NEW]


def test_delete_asks_why_and_d_marks_a_duplicate(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    typo(window, number=1)
    typo(window, number=2)
    page = make_page(window, qtbot)
    monkeypatch.setattr("ui.reports.page.ask_reason", lambda *_values: "так говорят")
    press(page, qtbot, Qt.Key.Key_Delete)
    press(page, qtbot, Qt.Key.Key_D)
    window.settle()
    assert sorted(states(window)) == [ReportState.DUPLICATE, ReportState.REJECTED]
    page.which.choose(2)
    window.settle()
    assert page.model.rowCount() == 2
    page.list.setCurrentIndex(page.model.index(1))
    assert "так говорят" in page.card.found.text()
    page.reopened.trigger()
    window.settle()
    assert ReportState.NEW in states(window)


def test_n_goes_round_and_every_key_has_a_button(window: Window, qtbot: QtBot) -> None:
    typo(window, number=1)
    typo(window, number=2)
    page = make_page(window, qtbot)
    seen = [page.list.currentIndex().row()]
    for _each in range(2):
        press(page, qtbot, Qt.Key.Key_N)
        seen.append(page.list.currentIndex().row())
    assert seen == [0, 1, 0]
    for action in page.commands():
        button = page.actions_bar.button_of(action)
        assert action.shortcut().toString()
        assert button is None or button.text().startswith(action.text())


def test_a_decision_that_is_refused_brings_the_mistake_back(window: Window, qtbot: QtBot) -> None:
    article = typo(window)
    page = make_page(window, qtbot)
    from newsroom.desk.writing import save_article

    editor = window.newsroom.sign_in("editor")
    save_article(editor, article, READY.with_(body="Другой текст."), base_revision=1)
    press(page, qtbot, Qt.Key.Key_Return)
    window.settle()
    assert "уже нет" in str(window.failures.pop())
    assert states(window) == [ReportState.NEW]
    assert page.model.rowCount() == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked database is told of at once, and tried again soon."""
    monkeypatch.setattr("newsroom.sql.engine.LOCK_SECONDS", 0.1)
    monkeypatch.setattr("ui.reports.deciding._WAITS", (20,))


@pytest.mark.usefixtures("impatient")
def test_a_decision_waits_while_the_database_is_locked(window: Window, qtbot: QtBot) -> None:
    article = typo(window)
    page = make_page(window, qtbot)
    with closing(sqlite3.connect(window.newsroom.home / "newsroom.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        press(page, qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: any("запишется" in text for text, _undo in window.messages))
        other.rollback()
    qtbot.waitUntil(lambda: states(window) == [ReportState.FIXED])
    window.settle()
    assert "Он работает до" in body(window, article)


def test_the_article_can_be_opened_from_its_report(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    report(window, "каток", article)
    page = make_page(window, qtbot)
    with qtbot.waitSignal(window.ctx.open_article) as opened:
        page.to_article.trigger()
    assert opened.args == [article]


def test_after_a_correction_the_same_mistake_elsewhere_is_offered_quietly(window: Window, qtbot: QtBot) -> None:
    article = typo(window)
    other = window.submitted(READY.with_(headline="Паром вышел", body="Паром тоже рабтает. И касса рабтает."))
    page = make_page(window, qtbot)
    assert not page.offer.isVisible()
    press(page, qtbot, Qt.Key.Key_Return)
    window.settle()
    assert "работает" in body(window, article)
    assert page.offer.isVisible()
    qtbot.waitUntil(lambda: page.offer.count == 2)
    assert page.offer.sweep.text() == "Ещё 2 таких места на сайте: показать"
    page.offer.sweep.click()
    window.settle()
    (dialog,) = page.window().findChildren(SweepDialog)
    qtbot.waitUntil(lambda: not dialog.searching.running)
    assert {row.place.article for row in dialog.model.rows} == {other}
    dialog.reject()
    page.undone.trigger()
    window.settle()
    assert not page.offer.isVisible(), "what was taken back is no mistake to be looked for"


def test_a_rule_is_made_of_the_mistake_that_is_selected(window: Window, qtbot: QtBot) -> None:
    typo(window)
    page = make_page(window, qtbot)
    press(page, qtbot, Qt.Key.Key_R)
    window.settle()
    (dialog,) = page.window().findChildren(MadeRuleDialog)
    qtbot.waitUntil(lambda: dialog.preview.count == 1)
    rule = dialog.rule()
    assert (rule.name, rule.pattern, rule.replacement) == ("рабтает → работает", "рабтает", "работает")
    assert rule.finds == ("Он рабтает до девяти вечера. → Он работает до девяти вечера.",)
    dialog.keep.click()
    window.settle()
    (kept,) = house_lists.read_rules(window.newsroom.sign_in("chief"))
    assert (kept.rule, kept.owner) == (rule, window.newsroom.sign_in("proofreader").person.name)
    assert "Ещё 1 такое место" in window.messages[-1][0]
