"""The page of typo reports before a real newsroom."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from newsroom.desk import reading
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from tests.ui.house import Window, open_window
from ui.reports.page import ReportsPage


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        yield window


def make_page(window: Window, qtbot: QtBot) -> ReportsPage:
    page = ReportsPage(window.ctx)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
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
    assert page.empty.isVisible()


def test_the_fragment_is_found_and_marked_in_the_article(window: Window, qtbot: QtBot) -> None:
    report(window, "250 рублей", window.submitted(), before="Вход стоит ", after=".")
    page = make_page(window, qtbot)
    (mark,) = page.reading.extraSelections()
    assert mark.cursor.selectedText() == "250 рублей"
    assert mark.format.fontUnderline()


def test_a_fragment_that_is_gone_is_said_to_be_gone(window: Window, qtbot: QtBot) -> None:
    report(window, "облуживания", window.submitted())
    page = make_page(window, qtbot)
    assert page.reading.extraSelections() == []
    assert "не нашлось" in page.found.text()


def test_a_reader_cannot_bring_markup_or_reversed_text(window: Window, qtbot: QtBot) -> None:
    report(window, "<b>жирно</b>\u202eexe.txt", comment="<img src=http://evil/>")
    page = make_page(window, qtbot)
    shown = page.fragment.toPlainText()
    assert "<b>жирно</b>⟨U+202E⟩exe.txt" in shown
    assert "<img src=http://evil/>" in shown
    assert page.unknown.isVisible()


def test_fixed_closes_goes_to_the_next_and_can_be_taken_back(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    report(window, "каток", article, number=1)
    report(window, "рублей", article, number=2)
    page = make_page(window, qtbot)
    page.fixed.trigger()
    window.settle()
    assert states(window) == [ReportState.FIXED, ReportState.NEW]
    assert page.list.currentIndex().data() == "каток"
    window.messages[-1][1]()
    window.settle()
    assert states(window) == [ReportState.NEW, ReportState.NEW]


def test_a_closed_report_is_among_all_and_can_be_opened_again(window: Window, qtbot: QtBot) -> None:
    report(window, "каток", window.submitted())
    page = make_page(window, qtbot)
    page.rejected.trigger()
    window.settle()
    assert page.model.rowCount() == 0
    page.which.choose(1)
    window.settle()
    assert page.model.rowCount() == 1
    assert not page.fixed.isEnabled()
    page.reopened.trigger()
    window.settle()
    assert states(window) == [ReportState.NEW]


def test_the_article_can_be_opened_from_its_report(window: Window, qtbot: QtBot) -> None:
    article = window.submitted()
    report(window, "каток", article)
    page = make_page(window, qtbot)
    with qtbot.waitSignal(window.ctx.open_article) as opened:
        page.to_article.trigger()
    assert opened.args == [article]
