"""The figures of reports in their window: periods, groupings, the sum, and the file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from newsroom.desk import reading
from newsroom.domain.ids import SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from tests.ui.house import Window, open_window
from ui.reports.page import ReportsPage
from ui.reports.statistics import StatisticsDialog


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        now = datetime.now(UTC)
        uid = reading.read_article(window.ctx.desk, window.submitted()).uid
        with window.newsroom.database.write() as work:
            for number, (days, state) in enumerate(
                ((0, ReportState.FIXED), (1, ReportState.REJECTED), (20, ReportState.NEW), (400, ReportState.FIXED))
            ):
                at = now - timedelta(days=days)
                incoming = IncomingReport(str(number), uid if days else "", "http://x/", "", f"с{number}", "", "", at)
                (arrived,) = work.reports.add(SiteName("main"), [incoming])
                if state is not ReportState.NEW:
                    work.reports.decide(arrived.id, state, window.ctx.desk.person.id, at + timedelta(minutes=95))
        yield window


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> Iterator[StatisticsDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = StatisticsDialog(window.ctx, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    window.settle()
    yield dialog
    dialog.close()


def lines(dialog: StatisticsDialog) -> list[list[str]]:
    model = dialog.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def choose(dialog: StatisticsDialog, window: Window, number: int) -> None:
    dialog.span.setCurrentIndex(number)
    dialog.span.activated.emit(number)
    window.settle()


def test_the_last_month_is_shown_by_rubric_with_the_sum_below(dialog: StatisticsDialog, window: Window) -> None:
    assert lines(dialog) == [
        ["Общество", "2", "0", "0", "1", "0", "1", "—"],
        ["Без рубрики или страница не узнана", "1", "1", "0", "0", "0", "0", "1 ч 35 мин"],
        ["Всего", "3", "1", "0", "1", "0", "1", "1 ч 35 мин"],
    ]
    choose(dialog, window, 0)
    assert lines(dialog)[-1][1] == "2"
    choose(dialog, window, 5)
    assert lines(dialog)[-1][1] == "4"
    assert not dialog.first.isEnabled()


def test_authors_and_days_of_ones_own(dialog: StatisticsDialog, window: Window) -> None:
    dialog.by.choose(1)
    window.settle()
    assert dialog.model.headerData(0, Qt.Orientation.Horizontal) == "Автор"
    long_ago = QDate(2001, 1, 1)
    dialog.first.setDate(long_ago)
    window.settle()
    assert dialog.span.currentText() == "Свои дни"
    assert lines(dialog)[-1][1] == "4"
    dialog.last.setDate(long_ago)
    window.settle()
    assert lines(dialog) == []
    assert "ни о чём" in dialog.told.text()
    assert not dialog.save.isEnabled()
    dialog.first.setDate(QDate(2001, 1, 2))
    assert "раньше" in dialog.problem.text()


def test_the_file_holds_what_is_shown(
    dialog: StatisticsDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_values: (str(tmp_path / "figures"), ""))
    dialog.save.click()
    window.settle()
    text = (tmp_path / "figures.csv").read_bytes().decode("utf-8-sig")
    assert text.splitlines()[-1] == "Всего;3;1;0;1;0;1;1,58"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_values: (str(tmp_path / "no" / "f.csv"), ""))
    dialog.save.click()
    window.settle()
    assert "не записан" in dialog.problem.text()


def test_the_page_opens_them_by_key_where_nothing_is_open_too(tmp_path: Path, qtbot: QtBot) -> None:
    with open_window(tmp_path / "home", "proofreader") as window:
        page = ReportsPage(window.ctx)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        page.show()
        window.settle()
        assert page.list_pane.empty.isVisible()
        page.figures.trigger()
        window.settle()
        (dialog,) = page.findChildren(StatisticsDialog)
        assert dialog.isVisible()
        dialog.reject()
        page.hide()
        window.settle()
