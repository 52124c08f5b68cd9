"""Finding and replacing in the page, as a person does it in the bar."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, HardBreak, Heading, Paragraph, PhotoBlock, Raw, Rule, Run
from newsroom.text.markdown import parse
from tests.ui.editor.conftest import SHIFT, cursor_at, press, type_text
from ui.editor.body_editor import BodyEditor
from ui.editor.find_bar import FindBar
from ui.editor.finder import Finder
from ui.editor.page_view import PageView
from ui.fields.page_head import PageHead
from ui.tasks import TaskRunner

BODY = """Мост откроют в **пятницу**. Старый мост закрыт.

## Мост и люди

🚒 Пожарные тоже ждут мост: [мост рядом](https://example.org/).
"""


@pytest.fixture
def desk(qtbot) -> Iterator[SimpleNamespace]:
    """A page with headline, lead and body, and the bar above it."""
    tasks = TaskRunner()
    head, body = PageHead(), BodyEditor(lambda _photo: QImage())
    page = PageView(head, body)
    finder = Finder((head.headline, head.lead, body), page, tasks, page)
    bar = FindBar(finder)
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(page)
    window.resize(700, 600)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    head.set_texts("Новый мост", "Мост ждали давно")
    body.set_document(parse(BODY))
    body.setFocus()
    qtbot.waitUntil(body.hasFocus)
    made = SimpleNamespace(head=head, body=body, page=page, finder=finder, bar=bar, window=window, tasks=tasks)
    made.answer = lambda: (qtbot.waitUntil(lambda: finder.fresh and tasks.idle), bar.answer.text())[1]
    made.selected = lambda: next(
        (
            (number, field.textCursor().selectedText())
            for number, field in enumerate((head.headline, head.lead, body))
            if field.textCursor().hasSelection()
        ),
        None,
    )
    yield made
    assert tasks.wait()
    qtbot.waitUntil(lambda: tasks.idle)


def seek(desk, text: str) -> str:
    desk.bar.open_bar()
    desk.bar.text.setText(text)
    return desk.answer()


def test_typing_selects_the_first_place_from_the_cursor(desk):
    assert seek(desk, "мост") == "3 из 7"
    assert desk.selected() == (2, "Мост")


def test_going_passes_headline_lead_and_body_and_comes_round(desk):
    seek(desk, "мост")
    seen = []
    for _step in range(7):
        press(desk.bar.text, Qt.Key.Key_Return)
        seen.append((desk.answer(), desk.selected()[0]))
    assert seen == [
        ("4 из 7", 2),
        ("5 из 7", 2),
        ("6 из 7", 2),
        ("7 из 7", 2),
        ("1 из 7", 0),
        ("2 из 7", 1),
        ("3 из 7", 2),
    ]
    back = []
    for _step in range(4):
        press(desk.bar.text, Qt.Key.Key_Return, SHIFT)
        back.append(desk.answer())
    assert back == ["2 из 7", "1 из 7", "7 из 7", "6 из 7"]


def test_places_after_emoji_are_selected_exactly(desk):
    seek(desk, "пожарные")
    assert desk.selected() == (2, "Пожарные")


def test_a_fault_in_a_pattern_is_told_beside_the_field(desk):
    desk.bar.pattern.setChecked(True)
    assert "скобка «(»: знак" in seek(desk, "(мост")
    assert desk.bar.text.property("wrong")
    assert seek(desk, "мост") == "3 из 7"
    assert not desk.bar.text.property("wrong")


def test_escape_leaves_the_place_selected_in_the_text(desk):
    seek(desk, "закрыт")
    press(desk.bar.text, Qt.Key.Key_Escape)
    assert not desk.bar.isVisible()
    assert desk.body.hasFocus()
    assert desk.selected() == (2, "закрыт")
    assert desk.body.extraSelections() == []


def test_typing_in_the_text_counts_anew(desk):
    assert seek(desk, "мост") == "3 из 7"
    desk.body.setFocus()
    cursor_at(desk.body, 0)
    type_text(desk.body, "Мост! ")
    assert desk.answer() == "8 мест"


def test_replacing_one_keeps_letters_and_goes_on(desk):
    desk.bar.case.setChecked(True)
    seek(desk, "мост рядом")
    desk.bar.replacement.setText("переправа")
    desk.bar._replace()
    assert desk.answer() == "Ничего нет"
    assert desk.body.read_document().blocks[-1] == Paragraph(
        (
            Run("🚒 Пожарные тоже ждут мост: "),
            Run("переправа", link="https://example.org/"),
            Run("."),
        )
    )


def test_replacing_all_is_one_step_and_touches_nothing_else(desk):
    before = desk.body.read_document()
    seek(desk, "мост")
    desk.bar.replacement.setText("брод")
    desk.bar._replace_all()
    assert desk.answer() == "Заменено 7 мест"
    assert (desk.head.headline.text(), desk.head.lead.text()) == ("Новый брод", "брод ждали давно")
    assert desk.body.read_document() == parse(BODY.replace("Мост", "брод").replace("мост", "брод"))
    desk.body.undo()
    assert desk.body.read_document() == before


def test_thousands_of_places_are_replaced_in_turns_and_undone_at_once(desk, qtbot, monkeypatch):
    monkeypatch.setattr("ui.editor.turns._TURN", 0)  # however quick the machine is
    text = "\n\n".join("Старый мост закрыт, новый *мост* откроют." for _number in range(400))
    desk.body.set_document(parse(text))
    before = desk.body.read_document()
    assert seek(desk, "мост").endswith("из 802")
    desk.bar.replacement.setText("брод")
    told = []
    desk.body.turns.under_way_changed.connect(lambda on: told.append((on, desk.body.isReadOnly())))
    desk.bar._replace_all()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [(True, True), (False, False)]
    assert desk.answer() == "Заменено 802 места"
    assert desk.body.read_document() == parse(text.replace("мост", "брод"))
    desk.body.undo()
    assert desk.body.read_document() == before
    desk.answer()


def test_objects_stay_what_they_are(desk):
    photo = PhotoBlock(PhotoId("a" * 64), "Мост", "Мост", "")
    document = Document((Paragraph((Run("мост"),)), photo, Raw("<b>мост</b>"), Rule(), Heading(2, (Run("мост"),))))
    desk.body.set_document(document)
    desk.bar.pattern.setChecked(True)
    assert seek(desk, "[^я]+") == "3 из 4"
    desk.bar.in_selection.setChecked(False)
    desk.bar.replacement.setText(r"\0\nдва")
    desk.bar._replace_all()
    desk.answer()
    assert desk.body.read_document() == Document(
        (
            Paragraph((Run("мост"), HardBreak(), Run("два"))),
            photo,
            Raw("<b>мост</b>"),
            Rule(),
            Heading(2, (Run("мост два"),)),
        )
    )


def test_groups_of_a_pattern_are_put_into_the_replacement(desk):
    desk.bar.pattern.setChecked(True)
    seek(desk, r"(\w+) мост")
    desk.bar.replacement.setText("мост $1")
    desk.bar._replace_all()
    desk.answer()
    assert desk.head.headline.text() == "мост Новый"
    desk.bar.replacement.setText("$7")
    seek(desk, r"(\w+) Новый")
    desk.bar._replace_all()
    assert "нет группы 7" in desk.answer()
    assert desk.head.headline.text() == "мост Новый"


def test_several_selected_paragraphs_are_where_is_looked(desk):
    end = desk.body.document().firstBlock().next().position() + 4
    cursor_at(desk.body, 10, end)
    desk.bar.text.setText("мост")
    desk.bar.open_bar()
    assert desk.bar.in_selection.isChecked()
    assert desk.answer() == "1 из 2"
    desk.bar.replacement.setText("брод")
    desk.bar._replace_all()
    assert desk.answer() == "Заменено 2 места"
    assert desk.head.headline.text() == "Новый мост"
    assert desk.body.document().firstBlock().text().startswith("Мост")


def test_another_article_is_searched_whole(desk):
    cursor_at(desk.body, 0, desk.body.document().characterCount() - 1)
    desk.bar.text.setText("мост")
    desk.bar.open_bar()
    assert desk.answer() == "1 из 5"
    desk.body.set_document(Document((Paragraph((Run("Мост"),)),)))
    assert desk.answer() == "3 места"
    assert not desk.bar.in_selection.isChecked()


def test_nothing_selected_is_nothing_to_look_in(desk):
    seek(desk, "нетни")
    desk.bar.in_selection.setChecked(True)
    desk.answer()
    assert not desk.bar.in_selection.isChecked()


def test_the_selected_word_is_looked_for(desk):
    cursor_at(desk.body, 0, 4)
    desk.bar.open_bar()
    assert desk.bar.text.text() == "Мост"
    assert desk.answer() == "3 из 7"


def test_only_what_is_seen_is_marked(desk, qtbot):
    desk.body.set_document(Document(tuple(Paragraph((Run("мост " * 60),)) for _number in range(400))))
    assert seek(desk, "мост") == "3 из 24002"

    def marked() -> list[int]:
        marks = desk.body.extraSelections()
        return [mark.cursor.selectionEnd() for mark in marks]

    assert 100 < len(marked()) < 3000
    bar = desk.page.verticalScrollBar()
    last = desk.body.document().characterCount()

    def end_is_marked() -> bool:
        bar.setValue(bar.maximum())  # a long text is laid out little by little, and the page grows with it
        return marked()[-1] > last - 20

    qtbot.waitUntil(end_is_marked)
    assert marked()[0] > last // 2


def test_the_place_is_brought_into_sight(desk, qtbot):
    desk.body.set_document(Document(tuple(Paragraph((Run(f"Строка {number}"),)) for number in range(400))))
    qtbot.waitUntil(lambda: desk.page.verticalScrollBar().maximum() > 5000)
    seek(desk, "строка 390")
    rect = desk.body.cursorRect()
    place = desk.body.viewport().mapTo(desk.page.viewport(), rect.center())
    assert desk.page.viewport().rect().contains(place)


def test_a_text_that_may_not_be_changed_is_only_searched(desk):
    for field in (desk.head.headline, desk.head.lead, desk.body):
        field.setReadOnly(True)
    desk.bar.open_bar(replacing=True, writable=False)
    desk.bar.text.setText("мост")
    desk.answer()
    desk.bar._replace_all()
    desk.bar._replace()
    assert desk.body.read_document() == parse(BODY)
    assert not desk.bar.replacement.isVisible()


def test_the_caret_stays_where_the_person_put_it_while_counting_anew(desk):
    seek(desk, "мост")
    desk.body.setFocus()
    desk.body.moveCursor(QTextCursor.MoveOperation.End)
    type_text(desk.body, "!")
    place = desk.body.textCursor().position()
    desk.answer()
    assert desk.body.textCursor().position() == place
