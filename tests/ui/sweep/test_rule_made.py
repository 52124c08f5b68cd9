"""A rule made of a mistake just met: filled in, followed by its example and by what it would hit, and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from newsroom.desk import house_lists
from newsroom.domain.rules import HouseRule
from newsroom.text.checks.rules import problems
from tests.ui.house import READY, Window, open_window
from ui.dialogs.rule_made import MadeRuleDialog, make_rule
from ui.sweep.met import Met, rule_of

MET = Met("рабтает", "работает", "Каток рабтает до девяти.")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        yield window
        _above.clear()


#: Held until the test is over; the dialogs are theirs.
_above: list[QWidget] = []


def opened(window: Window, qtbot: QtBot, met: Met = MET) -> MadeRuleDialog:
    _above.append(QWidget())
    qtbot.addWidget(_above[-1])
    _above[-1].show()
    return make_rule(_above[-1], window.ctx, met)


@pytest.mark.parametrize(
    ("met", "pattern", "finds", "case"),
    [
        (MET, "рабтает", "Каток рабтает до девяти. → Каток работает до девяти.", False),
        (Met("Рабтает", "Работает", "Рабтает каток."), "Рабтает", "Рабтает каток. → Работает каток.", False),
        (Met("Юнеско", "ЮНЕСКО", "Список Юнеско."), "Юнеско", "Список Юнеско. → Список ЮНЕСКО.", True),
        (Met("каток", sentence="Открыли каток."), "каток", "Открыли каток.", False),
        (Met("по  над", "над", "другое"), "по над", "по над → над", False),
    ],
)
def test_a_rule_made_of_what_was_met_holds_to_its_example(met: Met, pattern: str, finds: str, case: bool) -> None:
    rule = rule_of(met)
    assert (rule.pattern, rule.finds, rule.case) == (pattern, (finds,), case)
    assert problems(rule) == []


def test_the_preview_follows_what_is_written(window: Window, qtbot: QtBot) -> None:
    window.submitted(READY.with_(body="Каток рабтает. Касса рабтает."))
    window.submitted(READY.with_(headline="Паром", body="Паром рабатает."))
    dialog = opened(window, qtbot)
    qtbot.waitUntil(lambda: dialog.preview.told.text() == "2 места в 1 статье")
    dialog.pattern.setText("рабатает")
    assert (dialog.name.text(), dialog.rule().finds) == ("рабатает → работает", ("рабатает → работает",))
    qtbot.waitUntil(lambda: dialog.preview.told.text() == "1 место в 1 статье")
    assert [row.place.words for row in dialog.preview.model.rows] == ["рабатает"]
    dialog.reject()
    window.settle()


def test_what_a_person_has_written_is_not_written_over(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.name.insert("Каток: ")
    dialog.finds.insertPlainText("Он ")
    dialog.replacement.setText("трудится")
    rule = dialog.rule()
    assert "Каток:" in rule.name
    assert "Он " in rule.finds[0]
    dialog.keep.click()
    window.settle()
    assert dialog.isVisible()
    assert "становится" in dialog.form.told("finds")
    dialog.reject()
    window.settle()


def test_a_rule_of_the_same_name_is_not_changed(window: Window, qtbot: QtBot) -> None:
    kept = HouseRule("рабтает → работает", "каток", "ледянка", finds=("каток → ледянка",))
    house_lists.save_rule(window.newsroom.sign_in("chief"), kept)
    dialog = opened(window, qtbot)
    dialog.keep.click()
    window.settle()
    assert "уже есть" in dialog.problem.text()
    assert [one.rule for one in house_lists.read_rules(window.newsroom.sign_in("chief"))] == [kept]
    dialog.reject()
    window.settle()


def test_an_editor_hears_who_makes_rules(window: Window, qtbot: QtBot) -> None:
    window.sign_in("editor")
    dialog = opened(window, qtbot)
    assert not dialog.keep.isEnabled()
    assert "корректор" in dialog.keep.toolTip()
    dialog.reject()
    window.settle()
