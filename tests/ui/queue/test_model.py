"""The queue as a list model."""

from datetime import UTC

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from newsroom.domain.states import QueueState
from tests.ui.queue.values import make_item, make_row
from ui.queue.entries import entries_of
from ui.queue.model import ENTRY_ROLE, HEADING_ROLE, QueueModel


def make_model() -> tuple[QueueModel, QAbstractItemModelTester]:
    model = QueueModel()
    return model, QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_heading_stands_before_each_group_and_cannot_be_selected(qtbot: QtBot) -> None:
    model, _tester = make_model()
    model.show_entries(entries_of([make_row()], [make_item(1), make_item(2)]), UTC)
    lines = [model.index(row).data() for row in range(model.rowCount())]
    assert lines == ["Ждут одобрения, 1", "Статья 1", "Запланировано, 2", "Статья 101", "Статья 102"]
    assert model.index(0).data(HEADING_ROLE).count == 1
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.index(1).data(ENTRY_ROLE).key == ("article", 1)


def test_the_same_lines_are_repainted_and_not_reset(qtbot: QtBot) -> None:
    """Selection and scrolling survive a refresh that only changes what a line says."""
    model, _tester = make_model()
    model.show_entries(entries_of([], [make_item(1), make_item(2)]), UTC)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.show_entries(entries_of([], [make_item(1), make_item(2, attempts=1)]), UTC)
    assert changed.args[0].row() == 2


def test_the_next_line_is_found_where_one_is_gone(qtbot: QtBot) -> None:
    model, _tester = make_model()
    model.show_entries(entries_of([make_row(1), make_row(2)], []), UTC)
    assert model.nearest(0).row() == 1
    assert model.nearest(9).row() == 2
    model.show_entries([], UTC)
    assert not model.nearest(0).isValid()


def test_a_line_is_spoken_with_its_state_and_what_went_wrong(qtbot: QtBot) -> None:
    model, _tester = make_model()
    item = make_item(1, QueueState.NEEDS_PERSON, problem="Адрес занят.")
    model.show_entries(entries_of([], [item]), UTC)
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Статья 101, Требуют внимания, требует внимания, Адрес занят."
