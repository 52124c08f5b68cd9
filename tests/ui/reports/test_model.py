"""Readers' reports as a list model."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from newsroom.domain.ids import ReportId, SiteName
from newsroom.domain.reports import Report, ReportState
from ui.reports.model import REPORT_ROLE, ReportsModel


def make_report(number: int, state: ReportState = ReportState.NEW, comment: str = "") -> Report:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return Report(
        ReportId(number), SiteName("main"), None, "", "", "до ", "облуживания", " после", comment, state, now, "", None
    )


def test_reports_are_listed_and_found_by_number(qtbot: QtBot) -> None:
    model = ReportsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_reports([make_report(2), make_report(1)], UTC)
    assert model.index_of(1).row() == 1
    assert not model.index_of(9).isValid()
    assert model.index(0).data(REPORT_ROLE).id == 2
    model.show_reports([make_report(2, ReportState.FIXED), make_report(1)], UTC)
    assert model.index(0).data(REPORT_ROLE).state is ReportState.FIXED
    model.show_reports([], UTC)
    assert model.rowCount() == 0
    tester.deleteLater()


def test_what_is_spoken_makes_acting_characters_visible(qtbot: QtBot) -> None:
    model = ReportsModel()
    model.show_reports([make_report(1, comment="\u202eобман")], UTC)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "облуживания, ⟨U+202E⟩обман, статья неизвестна, новое"
