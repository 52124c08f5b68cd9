"""The help of the checks: found by words, opened at the one in question."""

from PySide6.QtWidgets import QWidget

from newsroom.domain.findings import Field, Finding, Severity
from ui.dialogs.checks import ChecksDialog
from ui.fields.findings_section import FindingsSection


def test_checks_are_found_by_their_words(qtbot):
    dialog = ChecksDialog(None)
    qtbot.addWidget(dialog)
    whole = dialog.text.toPlainText()
    assert "Точка после заголовка" in whole
    assert "436-ФЗ" in whole
    dialog.search.setText("мильчин заголовка")
    shown = dialog.text.toPlainText()
    assert "Точка после заголовка" in shown
    assert "Два пробела подряд" not in shown
    dialog.search.setText("такого нет нигде")
    assert dialog.text.toPlainText().strip() == "Такой проверки нет."
    dialog.search.clear()
    assert dialog.text.toPlainText() == whole


def test_it_opens_at_the_check_in_question(qtbot):
    dialog = ChecksDialog(None, "rule:тикток")
    qtbot.addWidget(dialog)
    dialog.show()
    bar = dialog.text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 2 > 0)


def test_a_remark_leads_to_its_check(qtbot):
    section = FindingsSection()
    qtbot.addWidget(section)
    section.show_findings([Finding(Field.BODY, Severity.WARNING, "repeated-word", "Слово дважды.", 0, 1)])
    row: QWidget = section.rows[0]
    asked = next(action for action in row.make_menu().actions() if action.text() == "Что это за проверка?")
    with qtbot.waitSignal(section.explanation_wanted) as wanted:
        asked.trigger()
    assert wanted.args == ["repeated-word"]
