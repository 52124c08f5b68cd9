"""The list beside the page: what is found while somebody writes, gone to, mended at one key, passed over."""

from newsroom.desk import house_lists, reading
from newsroom.domain.findings import Field, Severity
from newsroom.domain.marks import Mark
from newsroom.domain.style import HouseStyle
from tests.ui.editor.conftest import cursor_at, type_text
from tests.ui.house import READY
from ui.dialogs.rule_made import MadeRuleDialog
from ui.dialogs.typography import TypographyDialog
from ui.editor import mending
from ui.editor.sheet import read_sheet, typeset_changes

BODY = "Мост 🎉 открыли.\n\nАвтобус **пошёл** в в пятницу. Сайт [здесь](https://vesti.example/?utm_source=a)."


def opened(qtbot, pane, article):
    with qtbot.waitSignal(pane.article_opened, timeout=5000):
        pane.open(article)


def found(pane, code):
    return [one for one in pane.inspector.findings.findings if one.code == code]


def shown(qtbot, pane, code):
    qtbot.waitUntil(lambda: bool(found(pane, code)), timeout=10_000)
    return found(pane, code)[0]


def test_what_is_found_is_grouped_and_leads_to_its_letters(office, pane, qtbot):
    opened(qtbot, pane, office.write(READY.with_(body=BODY, age=None)))
    repeated = shown(qtbot, pane, "repeated-word")
    section = pane.inspector.findings
    assert [one.severity for one in section.findings] == sorted(
        (one.severity for one in section.findings), key=list(Severity).index
    )
    row = next(row for row in section.rows if row.text() == repeated.message)
    row.click()
    assert pane.body.textCursor().selectedText() == "в в"
    qtbot.waitUntil(pane.body.hasFocus)


def test_one_key_mends_as_one_step_and_the_list_follows(office, pane, qtbot):
    opened(qtbot, pane, office.write(READY.with_(body=BODY)))
    assert pane.mending.mend(shown(qtbot, pane, "repeated-word"))
    assert "пошёл в пятницу" in pane.body.toPlainText()
    qtbot.waitUntil(lambda: not found(pane, "repeated-word"), timeout=10_000)
    pane.body.undo()
    assert "пошёл в в пятницу" in pane.body.toPlainText()


def test_a_tracked_link_gets_its_clean_address(office, pane, qtbot):
    article = office.write(READY.with_(body=BODY))
    opened(qtbot, pane, article)
    assert pane.mending.mend(shown(qtbot, pane, "link-tracked"))
    qtbot.waitUntil(lambda: "[здесь](https://vesti.example/)." in office.read(article).content.body, timeout=10_000)


def test_what_was_edited_away_is_not_mended(office, pane, qtbot):
    opened(qtbot, pane, office.write(READY.with_(body=BODY)))
    finding = shown(qtbot, pane, "repeated-word")
    cursor_at(pane.body, 0)
    type_text(pane.body, "Новый ")
    before = pane.body.toPlainText()
    assert not pane.mending.mend(finding)
    assert pane.body.toPlainText() == before


def test_all_marks_come_at_one_key_and_go_at_one_undo(office, pane, qtbot):
    marks = [Mark("Заря", "(12+)"), Mark("Луч", "*", note="Сноска.", placement="foot")]
    house_lists.save_marks(office.desk("proofreader"), marks)
    opened(qtbot, pane, office.write(READY.with_(body="«Заря» и «Луч», снова «Заря»(12+).\n\nО «Заре».")))
    shown(qtbot, pane, "mark-missing")
    assert pane.mend_marks() == 5
    assert pane.body.toPlainText() == "«Заря» (12+) и «Луч»*, снова «Заря» (12+).\nО «Заре» (12+)."
    assert pane.inspector.note.text() == "* Сноска."
    pane.body.undo()
    assert pane.body.toPlainText().startswith("«Заря» и «Луч», снова «Заря»(12+)")


def test_a_finding_is_passed_over_with_a_reason(office, pane, qtbot, monkeypatch):
    article = office.write(READY.with_(body=BODY))
    opened(qtbot, pane, article)
    finding = shown(qtbot, pane, "repeated-word")
    monkeypatch.setattr(mending, "ask_reason", lambda *_args: "так говорит герой")
    pane.mending.pass_over(finding, pane.text_pane)
    qtbot.waitUntil(lambda: not found(pane, "repeated-word"), timeout=10_000)
    assert found(pane, "link-tracked")
    detail = reading.read_activity(office.desk("chief"), article)[0].detail
    assert "так говорит герой" in detail


def test_a_changed_list_counts_at_once(office, pane, qtbot):
    opened(qtbot, pane, office.write(READY.with_(body="Вышла «Заря».")))
    qtbot.waitUntil(lambda: pane.idle() and not office.busy, timeout=10_000)
    assert not found(pane, "mark-missing")
    done = house_lists.save_marks(office.desk("proofreader"), [Mark("Заря", "(12+)")])
    office.ctx.changed.emit(done.changes, None)
    shown(qtbot, pane, "mark-missing")


def test_typography_shows_every_change_and_sets_what_is_chosen(office, pane, qtbot):
    article = office.write(READY.with_(headline="Мост - открыт", body='Вышла "Заря" в 5-ый раз, **м2** - много.'))
    opened(qtbot, pane, article)
    sheet = read_sheet(pane.fields.take_draft().content, pane.fields.texts)
    list(sheet.steps())
    changes = typeset_changes(sheet, HouseStyle(nbsp=False))
    dialog = TypographyDialog(None, changes)
    qtbot.addWidget(dialog)
    assert dialog.list.count() == len(changes) == 6
    assert dialog.list.item(0).text() == "заголовок: Мост - открыт → Мост — открыт"
    row = next(row for row, change in enumerate(changes) if change.words == "2")
    dialog.list.item(row).setCheckState(dialog.list.item(row).checkState().Unchecked)
    assert pane.mending.mend_all(dialog.chosen) == 5
    assert pane.head.headline.text() == "Мост — открыт"
    assert pane.body.toPlainText() == "Вышла «Заря» в 5-й раз, м2 — много."
    pane.body.undo()
    assert pane.body.toPlainText() == 'Вышла "Заря" в 5-ый раз, м2 - много.'
    dialog._turn_all()
    assert dialog.chosen == []


def test_fields_beside_the_text_are_mended_too(office, pane, qtbot):
    opened(qtbot, pane, office.write(READY.with_(note="Источник: мэрия  города")))
    finding = shown(qtbot, pane, "double-space")
    assert finding.field is Field.NOTE
    assert pane.mending.mend(finding)
    assert pane.inspector.note.text() == "Источник: мэрия города"


def made_rule(pane):
    return next(one for one in pane.text_pane.window().findChildren(MadeRuleDialog) if one.isVisible())


def test_a_rule_is_made_of_a_finding_and_not_of_what_a_list_has_found(office, pane, qtbot):
    house_lists.save_marks(office.desk("proofreader"), [Mark("Мост", "(12+)")])
    opened(qtbot, pane, office.write(READY.with_(body=BODY)))
    shown(qtbot, pane, "mark-missing")
    repeated = shown(qtbot, pane, "repeated-word")
    rows = {row._finding.code: row for row in pane.inspector.findings.rows}
    offered = {}
    for code in ("repeated-word", "mark-missing"):
        offered[code] = next(one for one in rows[code].make_menu().actions() if one.text() == "Сделать правилом…")
    assert not offered["mark-missing"].isEnabled()
    offered["repeated-word"].trigger()
    rule = made_rule(pane).rule()
    assert (rule.pattern, rule.replacement) == ("в в", repeated.fix)
    assert rule.finds == ("Автобус пошёл в в пятницу. → Автобус пошёл в пятницу.",)
    made_rule(pane).reject()


def test_a_rule_is_made_of_what_is_selected(office, pane, qtbot):
    opened(qtbot, pane, office.write(READY.with_(body=BODY)))
    assert pane.ruling.selected() is None
    cursor = pane.body.document().find("открыли")
    pane.body.setTextCursor(cursor)
    menu = pane.body.make_menu(pane.body.cursorRect().center())
    texts = [action.text() for action in menu.actions()]
    assert "Править в архиве…" in texts
    menu.actions()[texts.index("Сделать правилом…")].trigger()
    dialog = made_rule(pane)
    assert (dialog.rule().pattern, dialog.rule().replacement) == ("открыли", None)
    assert dialog.rule().finds == ("Мост 🎉 открыли.",)
    assert dialog.focusWidget() is dialog.replacement, "what is right is asked first"
    dialog.reject()
    menu.deleteLater()
