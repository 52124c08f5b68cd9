"""The house dictionary in its dialogs: seen, searched, entered, changed and removed by whoever may."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from newsroom.desk import vocabulary
from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind, Yo
from tests.ui.house import Window, open_window
from ui.dialogs.word import WordDialog
from ui.dialogs.words import WordsDialog

WORDS = [
    HouseWord("Кедринск", kind=WordKind.PLACE),
    HouseWord("Tik-Tok", Verdict.FORBIDDEN, WordKind.COMPANY, "TikTok", note="так пишет сервис"),
    HouseWord("лужение", Verdict.CONFUSABLE, meant="служение"),
]


@pytest.fixture
def window(tmp_path: Path, qtbot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        vocabulary.import_words(window.newsroom.sign_in("chief"), WORDS)
        yield window


@pytest.fixture
def dialog(window: Window, qtbot) -> Iterator[WordsDialog]:
    place = QWidget()
    qtbot.addWidget(place)
    place.show()
    dialog = WordsDialog(place, window.ctx)
    dialog.open()
    window.settle()
    yield dialog
    window.settle()


def shown(dialog: WordsDialog) -> list[str]:
    model = dialog.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def kept(window: Window) -> list[HouseWord]:
    return [one.word for one in vocabulary.read_words(window.newsroom.sign_in("chief"))]


def test_all_words_are_shown_and_searched(dialog: WordsDialog, qtmodeltester) -> None:
    qtmodeltester.check(dialog.model)
    assert shown(dialog) == ["Tik-Tok → TikTok", "Кедринск", "лужение → служение"]
    for sought, found in (("служ", ["лужение → служение"]), ("СЕРВИС", ["Tik-Tok → TikTok"]), ("ъ", [])):
        dialog.search.setText(sought)
        assert shown(dialog) == found
    dialog.search.clear()
    dialog.verdict.setCurrentIndex(dialog.verdict.findData("confirmed"))
    assert shown(dialog) == ["Кедринск"]


def test_what_another_desk_enters_appears_and_the_selection_stays(dialog: WordsDialog, window: Window) -> None:
    dialog.view.selectRow(1)
    vocabulary.save_word(window.newsroom.sign_in("editor"), HouseWord("Аргуна"))
    window.ctx.changed.emit(vocabulary.choose_yo(window.ctx.desk, Yo.NEVER).changes, None)
    window.settle()
    assert "Аргуна" in shown(dialog)
    assert [word.text for word in dialog.chosen()] == ["Кедринск"]


def test_a_word_is_entered_with_its_forms_before_the_eyes(window: Window, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    dialog = WordDialog(place, window.ctx, HouseWord("Зингшпильск"))
    dialog.kind.setCurrentIndex(dialog.kind.findData("place"))
    qtbot.waitUntil(lambda: "Зингшпильском" in dialog.forms.text())
    dialog.verdict.setCurrentIndex(dialog.verdict.findData("forbidden"))
    dialog.keep.click()
    qtbot.waitUntil(lambda: "Скажите, что писать" in dialog.problem.text())
    assert len(kept(window)) == 3
    dialog.meant.setText("Кедринск")
    dialog.keep.click()
    window.settle()
    assert HouseWord("Зингшпильск", Verdict.FORBIDDEN, WordKind.PLACE, "Кедринск") in kept(window)


def test_words_are_removed_by_the_keyboard_and_brought_back(dialog: WordsDialog, window: Window, qtbot) -> None:
    dialog.view.setFocus()
    dialog.view.selectRow(0)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Delete)
    window.settle()
    assert shown(dialog) == ["Кедринск", "лужение → служение"]
    [(_words, undo)] = window.messages
    undo()
    window.settle()
    assert shown(dialog) == ["Tik-Tok → TikTok", "Кедринск", "лужение → служение"]
    assert set(kept(window)) == set(WORDS)


def test_an_editor_enters_words_and_is_told_what_is_not_theirs(dialog: WordsDialog, window: Window, qtbot) -> None:
    window.sign_in("editor")
    window.settle()
    dialog.view.selectRow(0)
    assert dialog.add.isEnabled()
    assert not dialog.remove.isEnabled()
    assert "корректор" in dialog.remove.toolTip()
    dialog._change()
    [word] = dialog.findChildren(WordDialog)
    assert not word.keep.isEnabled()
    word.reject()


def test_files_carry_the_dictionary_and_say_what_is_wrong(
    dialog: WordsDialog, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    dialog.send.click()
    window.settle()
    assert "Tik-Tok,forbidden" in file.read_text(encoding="utf-8")
    file.write_text("text\nАргуна\n", encoding="utf-8")
    dialog.bring.click()
    window.settle()
    assert HouseWord("Аргуна") in kept(window)
    file.write_text("слово\nАргуна\n", encoding="utf-8")
    dialog.bring.click()
    window.settle()
    assert "названия столбцов" in dialog.problem.text()


def test_the_letter_yo_is_chosen_for_the_house(dialog: WordsDialog, window: Window) -> None:
    dialog.yo.setCurrentIndex(dialog.yo.findData("always"))
    dialog.yo.activated.emit(dialog.yo.currentIndex())
    window.settle()
    assert vocabulary.read_house_words(window.ctx.desk).yo is Yo.ALWAYS
