"""A rule of the house in its form: written, held to its examples, changed, and left to those who may."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from newsroom.desk import house_lists
from newsroom.domain.findings import Severity
from newsroom.domain.rules import HouseRule
from tests.ui.house import Window, open_window
from ui.dialogs.rule import RuleDialog, write_rule

RULE = HouseRule(
    "по приезду",
    "по приезду",
    "по приезде",
    message="Предложный падеж.",
    finds=("по приезду → по приезде", "По приезду → По приезде"),
    passes=("к приезду",),
    severity=Severity.NOTE,
    source="справочник",
)


@pytest.fixture
def window(tmp_path: Path, qtbot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        yield window


@pytest.fixture
def place(qtbot) -> QWidget:
    place = QWidget()
    qtbot.addWidget(place)
    place.show()
    return place


def kept(window: Window) -> list[HouseRule]:
    return [one.rule for one in house_lists.read_rules(window.newsroom.sign_in("chief"))]


def judged(dialog: RuleDialog, window: Window) -> None:
    dialog.run_examples()
    window.settle()


def test_a_rule_that_was_prefilled_is_kept_as_it_was_given_and_handed_back(window: Window, place: QWidget) -> None:
    dialog = write_rule(place, window.ctx, RULE)
    assert dialog.rule() == RULE
    given: list[HouseRule] = []
    dialog.saved.connect(given.append)
    judged(dialog, window)
    assert "3" in dialog.outcome.text()
    dialog.keep.click()
    window.settle()
    assert kept(window) == [RULE] == given


def test_a_failing_example_is_told_in_words_before_anything_is_kept(window: Window, place: QWidget) -> None:
    dialog = write_rule(place, window.ctx, RULE)
    dialog.finds.setPlainText("по приезду -> по приезде\nпаром")
    dialog.passes.setPlainText("по приезду гостей")
    judged(dialog, window)
    assert dialog.form.told("finds") == "Пример «паром» не найден."
    assert "и то, что верно: «по приезду гостей»" in dialog.form.told("passes")
    assert dialog.outcome.text() == ""
    dialog.keep.click()
    window.settle()
    assert dialog.isVisible()
    assert kept(window) == []
    dialog.finds.setPlainText("по приезду -> по приезде")
    dialog.passes.clear()
    dialog.keep.click()
    window.settle()
    assert kept(window)[0].finds == ("по приезду → по приезде",)


def test_what_is_missing_is_told_beside_its_field_when_it_is_to_be_kept(window: Window, place: QWidget) -> None:
    dialog = write_rule(place, window.ctx)
    judged(dialog, window)
    assert not any(dialog.form.told(name) for name in ("name", "pattern", "finds"))
    dialog.action.setCurrentIndex(1)
    dialog.pattern.setText("имеет место быть")
    dialog.keep.click()
    window.settle()
    assert dialog.form.told("name")
    assert dialog.form.told("message")
    assert dialog.form.told("pattern") == dialog.form.told("finds") == ""
    dialog.name.setText("имеет место")
    dialog.message.setText("Лишние слова.")
    dialog.keep.click()
    window.settle()
    assert kept(window) == [HouseRule("имеет место", "имеет место быть", None, "Лишние слова.", ("имеет место быть",))]


def test_faults_of_an_expression_stand_beside_what_is_at_fault(window: Window, place: QWidget) -> None:
    dialog = write_rule(place, window.ctx, RULE)
    dialog.is_expression.setChecked(True)
    dialog.pattern.setText("по (приезду")
    judged(dialog, window)
    assert "скобка" in dialog.form.told("pattern")
    dialog.pattern.setText("(по) приезду")
    dialog.replacement.setText("$1 $2")
    judged(dialog, window)
    assert dialog.form.told("pattern") == ""
    assert "нет группы 2" in dialog.form.told("replacement")


def test_a_rule_is_renamed_with_its_counts_and_never_over_another(window: Window, place: QWidget) -> None:
    desk = window.newsroom.sign_in("chief")
    for rule in (RULE, HouseRule("другое", "паром", "мост", finds=("паром → мост",))):
        house_lists.save_rule(desk, rule)
    dialog = write_rule(place, window.ctx, RULE, known=True)
    dialog.name.setText("другое")
    dialog.keep.click()
    window.settle()
    assert "«другое» уже есть" in dialog.problem.text()
    dialog.name.setText("приезд")
    dialog.keep.click()
    window.settle()
    assert [rule.name for rule in kept(window)] == ["другое", "приезд"]


def test_an_editor_reads_a_rule_and_is_told_who_writes_them(window: Window, place: QWidget) -> None:
    window.sign_in("editor")
    dialog = write_rule(place, window.ctx, RULE, known=True)
    assert not dialog.keep.isEnabled()
    assert "корректор" in dialog.keep.toolTip()
    assert dialog.pattern.isReadOnly()
    assert dialog.finds.isReadOnly()
    assert not dialog.severity.isEnabled()
