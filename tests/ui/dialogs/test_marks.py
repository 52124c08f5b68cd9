"""The required marks in their dialogs: seen, searched, written, removed and carried over by files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from newsroom.desk import house_lists
from newsroom.domain.ages import AgeRating
from newsroom.domain.findings import Severity
from newsroom.domain.marks import Mark, Mentions, Placement
from newsroom.text.mark_files import write_mark_file
from tests.ui.house import Window, open_window
from ui.dialogs.frame import Frame
from ui.dialogs.mark import MarkDialog, write_mark
from ui.dialogs.marks import MarksDialog
from ui.widgets import PlainLabel

DAWN = Mark(
    "Заря",
    "*",
    ("«Заря-ТВ»", "Zarya"),
    Placement.FOOT,
    Mentions.FIRST,
    "сведения для взрослых",
    date(2020, 3, 1),
    date(2030, 12, 31),
    AgeRating.TWELVE,
    Severity.ERROR,
    "реестр, строка 5",
    date(2026, 11, 1),
    inflected=False,
)
PIER = Mark("Серый Причал", "(12+)", source="афиша")
GONE = Mark("Мост", "(6+)", valid_to=date(2020, 1, 31))
MARKS = [DAWN, PIER, GONE]


@pytest.fixture
def window(tmp_path: Path, qtbot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        house_lists.save_marks(window.newsroom.sign_in("chief"), MARKS)
        yield window


@pytest.fixture
def place(qtbot) -> QWidget:
    place = QWidget()
    qtbot.addWidget(place)
    place.show()
    return place


@pytest.fixture
def dialog(window: Window, place: QWidget) -> Iterator[MarksDialog]:
    dialog = MarksDialog(place, window.ctx)
    dialog.open()
    window.settle()
    yield dialog
    window.settle()


def shown(dialog: MarksDialog, column: int = 0) -> list[str]:
    model = dialog.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def kept(window: Window) -> list[Mark]:
    return [one.mark for one in house_lists.read_marks(window.newsroom.sign_in("chief"))]


def told(dialog: MarksDialog) -> str:
    """All words of the report above *dialog*, which is put away."""
    [report] = [one for one in dialog.findChildren(Frame) if one.isVisible()]
    report.accept()
    return "\n".join(label.text() for label in report.findChildren(PlainLabel))


def test_all_marks_are_shown_with_when_they_hold_and_searched(dialog: MarksDialog, qtmodeltester) -> None:
    qtmodeltester.check(dialog.model)
    assert shown(dialog) == ["Заря", "Мост", "Серый Причал"]
    assert shown(dialog, 3) == ["по 31.12.2030", "кончилось 31.01.2020", "бессрочно"]
    for sought, found in (("ZARYA", ["Заря"]), ("взрослых", ["Заря"]), ("афиш", ["Серый Причал"]), ("ъ", [])):
        dialog.search.setText(sought)
        assert shown(dialog) == found
    assert dialog.empty.isVisible()
    dialog.search.clear()
    assert dialog.view.isVisible()


def test_every_field_of_a_mark_is_shown_and_kept_as_it_was(window: Window, place: QWidget) -> None:
    dialog = write_mark(place, window.ctx, DAWN, known=True)
    assert dialog.mark() == DAWN
    dialog.sign.setText("**")
    dialog.checked_on.setText("2026-11-20")
    given: list[Mark] = []
    dialog.saved.connect(given.append)
    dialog.keep.click()
    window.settle()
    changed = replace(DAWN, sign="**", checked_on=date(2026, 11, 20))
    assert given == [changed]
    assert kept(window) == [changed, GONE, PIER]


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_kept(window: Window, place: QWidget) -> None:
    dialog = write_mark(place, window.ctx)
    assert not any(dialog.form.told(name) for name in ("name", "sign"))
    dialog.placement.setCurrentIndex(dialog.placement.findData("foot"))
    dialog.valid_from.setText("31.02.2026")
    assert "не дата" in dialog.form.told("valid_from")
    dialog.keep.click()
    window.settle()
    assert all(dialog.form.told(name) for name in ("name", "sign", "note", "valid_from"))
    assert len(kept(window)) == 3
    dialog.name.setText("Аврора")
    dialog.sign.setText("*")
    dialog.note.setText("крейсер")
    dialog.valid_from.setText("1.3.2026")
    dialog.valid_to.setText("28.02.2026")
    assert "раньше" in dialog.form.told("valid_to")
    dialog.valid_to.clear()
    dialog.keep.click()
    window.settle()
    assert kept(window)[0] == Mark("Аврора", "*", (), Placement.FOOT, note="крейсер", valid_from=date(2026, 3, 1))


def test_a_note_without_a_foot_note_stays_before_the_eyes(window: Window, place: QWidget) -> None:
    dialog = write_mark(place, window.ctx, DAWN)
    dialog.placement.setCurrentIndex(dialog.placement.findData("inline"))
    assert dialog.note.isVisible()
    assert dialog.mark().note == DAWN.note
    assert not write_mark(place, window.ctx, PIER).note.isVisible()


def test_a_mark_is_renamed_and_never_over_another(dialog: MarksDialog, window: Window, qtbot) -> None:
    dialog.view.setFocus()
    dialog.view.selectRow(2)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    [form] = dialog.findChildren(MarkDialog)
    form.name.setText("Мост")
    form.keep.click()
    window.settle()
    assert "«Мост» уже есть" in form.problem.text()
    form.name.setText("Белый Причал")
    form.keep.click()
    window.settle()
    assert shown(dialog) == ["Белый Причал", "Заря", "Мост"]
    assert [mark.name for mark in dialog.chosen()] == ["Белый Причал"]


def test_a_new_mark_is_written_from_the_keyboard_and_selected(dialog: MarksDialog, window: Window, qtbot) -> None:
    qtbot.keyClick(dialog.search, Qt.Key.Key_Insert)
    [form] = dialog.findChildren(MarkDialog)
    form.name.setText("Новая сеть")
    form.sign.setText("(18+)")
    form.rating.setCurrentIndex(form.rating.findData("18+"))
    form.aliases.setPlainText("сеть Новая\n\nНС")
    form.keep.click()
    window.settle()
    assert Mark("Новая сеть", "(18+)", ("сеть Новая", "НС"), rating=AgeRating.EIGHTEEN) in kept(window)
    assert [mark.name for mark in dialog.chosen()] == ["Новая сеть"]


def test_marks_are_removed_after_a_question_and_brought_back(dialog: MarksDialog, window: Window, qtbot) -> None:
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert [mark.name for mark in dialog.chosen()] == ["Заря"]
    for answer, left in ((Frame.reject, 3), (Frame.accept, 2)):
        dialog.activateWindow()  # offscreen nobody gives the focus back
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.view.setFocus()
        assert [mark.name for mark in dialog.chosen()] == ["Заря"]
        qtbot.keyClick(dialog.view, Qt.Key.Key_Delete)
        [question] = [one for one in dialog.findChildren(Frame) if one.isVisible()]
        answer(question)
        window.settle()
        assert len(kept(window)) == left
    [(_words, undo)] = window.messages
    undo()
    window.settle()
    assert kept(window) == [DAWN, GONE, PIER]


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_a_file_is_brought_in_with_a_report(
    dialog: MarksDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    file = tmp_path / f"marks{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    dialog.send.click()
    window.settle()
    exported = file.read_text(encoding="utf-8")
    assert exported == write_mark_file([DAWN, GONE, PIER], suffix)
    file.write_text(write_mark_file([DAWN, replace(PIER, sign="(16+)"), Mark("Аврора", "*")], suffix), encoding="utf-8")
    dialog.bring.click()
    window.settle()
    words = told(dialog)
    assert "Новые: 1\n«Аврора»" in words
    assert "Изменены: 1\n«Серый Причал»" in words
    assert "такими же: 1" in words
    assert shown(dialog) == ["Аврора", "Заря", "Мост", "Серый Причал"]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("name,sign,valid_to\nАврора,*,\nКруиз,*,31 мая\nТеплоход,*,2026-13-01\n", ("3: «31 мая»", "4: «2026-13-01»")),
        ("name,sign,placement\nАврора,*,\nКруиз,,\nБаржа,*,foot\n", ("«Круиз»: Нужен знак", "«Баржа»: Нужен текст")),
    ],
)
def test_a_file_with_mistakes_changes_nothing_and_every_one_is_told(
    dialog: MarksDialog,
    window: Window,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    reasons: tuple[str, ...],
) -> None:
    file = tmp_path / "marks.csv"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    dialog.bring.click()
    window.settle()
    words = told(dialog)
    assert "Ни одна пометка не внесена" in words
    assert all(reason in words for reason in reasons)
    assert kept(window) == [DAWN, GONE, PIER]


def test_an_editor_reads_marks_and_is_told_who_writes_them(dialog: MarksDialog, window: Window) -> None:
    window.sign_in("editor")
    window.settle()
    dialog.view.selectRow(0)
    for button in (dialog.add, dialog.remove, dialog.bring):
        assert not button.isEnabled()
        assert "корректор" in button.toolTip()
    assert dialog.send.isEnabled()
    dialog.change.click()
    [form] = dialog.findChildren(MarkDialog)
    assert not form.keep.isEnabled()
    assert form.name.isReadOnly()
    assert form.aliases.isReadOnly()
    assert not form.severity.isEnabled()
    form.reject()
