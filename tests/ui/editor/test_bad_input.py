"""Texts that nobody should have written: opened, kept or refused in words; never lost, never changed unseen."""

import json

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from newsroom.domain.article import Content
from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, HardBreak, Item, List, Paragraph, PhotoBlock, Raw, Run
from newsroom.text.markdown import parse
from newsroom.text.writer import normalise, write
from tests.ui.editor.conftest import CTRL, SHIFT, cursor_at, press, type_text
from tests.ui.editor.test_article_pane import opened, saved
from ui.editor.blocks import DEEPEST_LEVEL, OBJECT, style_of
from ui.editor.clipboard import MIME

#: What a newer program may write, and what only this one does not know.
NEWER = """::: video 17
Подпись
:::

| а | б |
|---|---|
| 1 | 2 |

- [ ] сделать

  вторым абзацем

> > кто кому

[^1]: сноска

![схема](https://example.org/a.png)

<aside data-kind="card">карточка</aside>

###### шестой уровень"""
BROKEN = "**не закрыто [и это](\n\n```\nкод без конца\n\n- \n-\n\n>\n\n#### \n\n![](photo:"
UNREADABLE = {
    "цитаты в тысячу уровней": "> " * 1000 + "дно",
    "списки в сорок уровней": "\n".join("  " * depth + "- пункт" for depth in range(40)),
    "длиннее книги": "слово " * 400_000,
}


@pytest.mark.parametrize("body", [NEWER, BROKEN])
def test_a_text_of_a_newer_program_is_kept_whatever_else_is_edited(office, pane, qtbot, body):
    article = office.write(Content("Дорога открыта", body=body))
    opened(qtbot, pane, article)
    type_text(pane.head.headline, "!")
    saved(qtbot, pane)
    assert office.read(article).content.body == body


def test_editing_beside_what_is_not_understood_leaves_that_as_it_was(body):
    before = parse(NEWER)
    assert sum(isinstance(block, Raw) for block in before.blocks) == 5
    body.set_document(before)
    cursor_at(body, body.document().characterCount() - 1)
    press(body, Qt.Key.Key_Return, text="\r")
    type_text(body, "ниже")
    after = normalise(body.read_document())
    assert after.blocks[:-1] == before.blocks
    assert after.blocks[-1] == Paragraph((Run("ниже"),))


@pytest.mark.parametrize("text", ["цитаты в тысячу уровней", "списки в сорок уровней"])
def test_a_text_that_no_document_can_hold_is_shown_as_it_is_and_kept(office, pane, qtbot, text):
    article = office.write(Content("Дорога открыта", body=UNREADABLE[text]))
    opened(qtbot, pane, article)
    assert pane.body.read_document() == Document((Raw(UNREADABLE[text]),))
    assert "вложены" in pane._notice.text()
    type_text(pane.head.headline, "!")
    saved(qtbot, pane)
    assert office.read(article).content.body == UNREADABLE[text]


def test_what_cannot_be_saved_is_refused_in_words_and_stays_on_the_page(office, pane, qtbot):
    text = UNREADABLE["цитаты в тысячу уровней"]
    article = office.write(Content("Дорога открыта", body=text))
    opened(qtbot, pane, article)
    cursor_at(pane.body, 1)
    type_text(pane.body, "ниже")
    answers = []
    pane.flush(answers.append)
    qtbot.waitUntil(lambda: answers == [False])
    assert "вложены" in pane._saver.problem
    assert pane.body.read_document() == Document((Raw(text), Paragraph((Run("ниже"),))))
    assert office.read(article).content.body == text
    cursor_at(pane.body, 0, 1)
    press(pane.body, Qt.Key.Key_Delete, text="\x7f")
    saved(qtbot, pane)
    assert office.read(article).content.body == "ниже"


def test_a_text_longer_than_any_book_is_refused_in_words(office, pane, qtbot):
    pane.new_article()
    type_text(pane.head.headline, "Дорога")
    paragraph = Paragraph((Run("слово " * 4_000),))
    pane.body.set_document(Document((paragraph,) * 100))
    type_text(pane.body, "и ")
    answers = []
    pane.flush(answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert answers == [False]
    assert "не больше 2000000" in pane._saver.problem
    pane._saver.forget()


@pytest.mark.parametrize("text", ["а" * 300_000, "слово " * 60_000 + "конец"])
def test_a_paragraph_that_cannot_be_laid_out_in_time_is_shown_as_it_is_and_kept(body, text):
    whole = Document((Paragraph((Run("до"),)), Paragraph((Run(text),)), Paragraph((Run("после"),))))
    body.set_document(whole)
    assert body.toPlainText() == f"до\n{OBJECT}\nпосле"
    assert normalise(body.read_document()) == whole
    body.set_document(Document())
    QApplication.clipboard().setText(text)
    press(body, Qt.Key.Key_V, CTRL | SHIFT)
    assert normalise(body.read_document()) == Document((Paragraph((Run(text),)),))


def test_characters_that_no_text_has_never_reach_it(body):
    bad = "\x00\x01\udfff\ud800\ufdd0\ufffc"
    for char in bad:
        press(body, Qt.Key(0), text=char)
    data = QMimeData()
    line = {"style": [0, 0, 1, 0], "runs": [[f"а{bad}б", False, False, ""]]}
    data.setData(MIME, json.dumps({"inline": True, "lines": [line]}).encode())
    body.insertFromMimeData(data)
    data = QMimeData()
    data.setText(f"г{bad}д")
    body.insertFromMimeData(data)
    assert normalise(body.read_document()).blocks == (Paragraph((Run("абгд"),)),)


def test_a_damaged_raw_block_is_drawn_and_kept(body):
    damaged = Document((Raw("| а\x00\ud800\x07 |\n" * 30),))
    body.set_document(damaged)
    body.show()
    body.grab()
    assert body.read_document() == damaged


def test_every_script_is_edited_letter_by_letter(body):
    type_text(body, "שלום مرحبا и\u0306 👩\u200d🚀😀")
    for _each in range(2):
        press(body, Qt.Key.Key_Backspace, text="\b")
    assert body.toPlainText() == "שלום مرحبا и\u0306 👩\u200d"
    body.undo()
    body.set_document(Document((Paragraph((Run("😀👩\u200d🚀и\u0306я"),)),)))
    for left in ("👩\u200d🚀и\u0306я", "и\u0306я", "я", ""):
        press(body, Qt.Key.Key_Delete, text="\x7f")
        assert body.toPlainText() == left


def test_links_and_marks_over_emoji_cover_them_whole(body):
    body.set_document(Document((Paragraph((Run("а😀б👩\u200d🚀в"),)),)))
    cursor_at(body, 1, 3)
    body.toggle_bold()
    cursor_at(body, 4, 9)
    data = QMimeData()
    data.setText("https://example.org/a")
    body.insertFromMimeData(data)
    runs = (Run("а"), Run("😀", bold=True), Run("б"), Run("👩\u200d🚀", link="https://example.org/a"), Run("в"))
    marked = Document((Paragraph(runs),))
    assert body.read_document() == marked
    assert parse(write(marked)) == marked


def test_five_hundred_photos_and_ten_thousand_paragraphs_are_opened(body):
    photos = tuple(PhotoBlock(PhotoId(f"{number:064x}"), "Мост", "Пётр Лугин") for number in range(500))
    body.set_document(Document(photos))
    body.show()
    body.grab()
    assert body.read_document() == Document(photos)
    many = Document(tuple(Paragraph((Run(f"абзац {number}"),)) for number in range(10_000)))
    body.set_document(many)
    assert body.read_document() == many


def test_twenty_thousand_lines_in_one_paragraph_are_opened(body):
    lines = tuple(part for _each in range(20_000) for part in (HardBreak(), Run("строка")))[1:]
    body.set_document(Document((Paragraph(lines),)))
    assert body.read_document() == Document((Paragraph(lines),))


@pytest.mark.parametrize("html", ["<ul><li>пункт" * 1_000, "<blockquote>" * 1_000 + "дно", "<b>" * 5_000 + "дно"])
def test_pasted_html_of_any_depth_leaves_a_text_that_can_be_saved(body, html):
    data = QMimeData()
    data.setHtml(html)
    data.setText("дно")
    body.insertFromMimeData(data)
    document = body.read_document()
    assert document.blocks
    assert parse(write(document)) == normalise(document)
    block = body.document().begin()
    while block.isValid():
        assert style_of(block).level <= DEEPEST_LEVEL
        block = block.next()


def test_lists_deeper_than_tab_goes_are_opened_as_they_are(body):
    deep = List((Item((Run("дно"),)),))
    for level in range(19):
        deep = List((Item((Run(f"уровень {level}"),), (deep,)),))
    body.set_document(Document((deep,)))
    assert body.read_document() == Document((deep,))
