"""The rules of the house in their table: seen, searched, written, changed and removed by whoever may."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from newsroom.desk import house_lists
from newsroom.domain.findings import Severity
from newsroom.domain.rules import HouseRule
from newsroom.text.rule_files import write_rule_file
from tests.ui.house import Window, open_window
from ui.dialogs.frame import Frame
from ui.dialogs.rule import RuleDialog
from ui.dialogs.rules import RulesDialog
from ui.widgets import PlainLabel

RULES = [
    HouseRule("адрес", "на набережной", None, "Назовите набережную.", ("на набережной",), severity=Severity.NOTE),
    HouseRule("лишнее", "в целях", "", finds=("в целях →",)),
    HouseRule("по приезду", "по приезду", "по приезде", "Предложный падеж.", ("по приезду → по приезде",)),
]


@pytest.fixture
def window(tmp_path: Path, qtbot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        for rule in RULES:
            house_lists.save_rule(window.newsroom.sign_in("chief"), rule)
        yield window


@pytest.fixture
def dialog(window: Window, qtbot) -> Iterator[RulesDialog]:
    place = QWidget()
    qtbot.addWidget(place)
    place.show()
    dialog = RulesDialog(place, window.ctx)
    dialog.open()
    window.settle()
    yield dialog
    window.settle()


def shown(dialog: RulesDialog, column: int = 0) -> list[str]:
    model = dialog.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def kept(window: Window) -> list[HouseRule]:
    return [one.rule for one in house_lists.read_rules(window.newsroom.sign_in("chief"))]


def form_of(dialog: RulesDialog) -> RuleDialog:
    return dialog.findChild(RuleDialog)


def question_of(dialog: RulesDialog) -> Frame:
    return next(one for one in dialog.findChildren(Frame) if one.isVisible())


def test_all_rules_are_shown_and_searched(dialog: RulesDialog, qtmodeltester) -> None:
    qtmodeltester.check(dialog.model)
    assert shown(dialog, 1) == ["на набережной", "в целях → ∅", "по приезду → по приезде"]
    for sought, found in (("ПАДЕЖ", ["по приезду"]), ("целях", ["лишнее"]), ("ъ", [])):
        dialog.search.setText(sought)
        assert shown(dialog) == found


def test_enter_opens_the_form_and_a_new_name_comes_back_selected(dialog: RulesDialog, window: Window, qtbot) -> None:
    dialog.search.setText("целях")
    dialog.view.selectRow(0)
    dialog.view.setFocus()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    form = form_of(dialog)
    assert form.pattern.text() == "в целях"
    form.name.setText("казённое")
    form.pattern.setText("с целью")
    form.finds.setPlainText("с целью ->")
    form.keep.click()
    window.settle()
    assert [rule.name for rule in kept(window)] == ["адрес", "казённое", "по приезду"] == shown(dialog)
    assert [one.rule.name for one in dialog.chosen()] == ["казённое"]


def test_a_new_rule_is_written_by_the_keyboard(dialog: RulesDialog, window: Window, qtbot) -> None:
    dialog.view.setFocus()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Insert)
    form = form_of(dialog)
    form.name.setText("оплата")
    form.pattern.setText("оплатить за")
    form.replacement.setText("оплатить")
    form.keep.click()
    window.settle()
    assert "оплатить за → оплатить" in shown(dialog, 1)
    assert "оплата" in [rule.name for rule in kept(window)]


def test_rules_are_removed_only_after_a_yes(dialog: RulesDialog, window: Window, qtbot) -> None:
    dialog.view.setFocus()
    dialog.view.selectAll()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Delete)
    question_of(dialog).reject()
    window.settle()
    assert kept(window) == RULES
    dialog.view.selectRow(1)
    dialog.remove.click()
    question_of(dialog).accept()
    window.settle()
    assert [rule.name for rule in kept(window)] == ["адрес", "по приезду"] == shown(dialog)


def test_where_another_desk_removed_one_of_several_none_goes_and_why_is_told(
    dialog: RulesDialog, window: Window
) -> None:
    dialog.view.selectAll()
    dialog.remove.click()
    house_lists.remove_rules(window.newsroom.sign_in("chief"), ["адрес"])
    question_of(dialog).accept()
    window.settle()
    assert dialog.problem.isVisible()
    assert "«адрес»" in dialog.problem.text()
    assert [rule.name for rule in kept(window)] == ["лишнее", "по приезду"]


def test_an_editor_reads_the_rules_and_changes_none(dialog: RulesDialog, window: Window, qtbot) -> None:
    window.sign_in("editor")
    dialog.view.setFocus()
    dialog.view.selectRow(2)
    for button in (dialog.add, dialog.remove):
        assert not button.isEnabled()
        assert button.toolTip()
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Delete):
        qtbot.keyClick(dialog.view, key)
    assert not dialog.findChildren(Frame)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    form = form_of(dialog)
    assert form.pattern.isReadOnly()
    assert not form.keep.isEnabled()


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_rules_go_into_a_file_and_come_from_one(
    dialog: RulesDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    file = tmp_path / f"rules{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    dialog.send.click()
    window.settle()
    assert file.read_text(encoding="utf-8") == write_rule_file(RULES, suffix)
    assert dialog.count.text() == "Записано 3 правила"
    new = HouseRule("скобки", "( ", "(", finds=("( да → (да",), whole_word=False)
    file.write_text(write_rule_file([*RULES, new], suffix), encoding="utf-8")
    dialog.bring.click()
    window.settle()
    assert any("Новые: 1\n«скобки»" in label.text() for label in question_of(dialog).findChildren(PlainLabel))
    assert sorted(shown(dialog)) == sorted(rule.name for rule in [*RULES, new])
    file.write_text(write_rule_file([replace(new, finds=("да → нет",))], suffix), encoding="utf-8")
    before = kept(window)
    question_of(dialog).reject()
    dialog.bring.click()
    window.settle()
    words = "\n".join(label.text() for label in question_of(dialog).findChildren(PlainLabel))
    assert "Ни одно правило не внесено" in words
    assert "«скобки»" in words
    assert kept(window) == before


def test_a_house_without_rules_is_told_how_to_write_the_first(dialog: RulesDialog, window: Window) -> None:
    chief = window.newsroom.sign_in("chief")
    done = house_lists.remove_rules(chief, [rule.name for rule in RULES])
    window.ctx.changed.emit(done.changes, None)
    window.settle()
    assert "Новое" in dialog.count.text()
