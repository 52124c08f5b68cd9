"""Typing, as at a desk: Russian letters, Enter, Backspace, Tab, and what is undone by Ctrl+Z."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, HardBreak, Heading, Item, List, Paragraph, PhotoBlock, Quote, Rule, Run
from tests.ui.editor.conftest import CTRL, SHIFT, cursor_at, press, type_text
from ui.editor.body_editor import BodyEditor

PHOTO = PhotoBlock(PhotoId("a" * 64), "У школы", "Пётр Лугин", "")


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def items(*texts: str, ordered: bool = False) -> List:
    return List(tuple(Item((Run(text),)) for text in texts), ordered)


def test_lines_typed_in_russian_are_paragraphs(body):
    type_text(body, "Дорога открыта.\nПо ней едут.")
    assert body.read_document() == Document((paragraph("Дорога открыта."), paragraph("По ней едут.")))


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("## Итог", Heading(2, (Run("Итог"),))),
        ("### Итог", Heading(3, (Run("Итог"),))),
        ("- раз\nдва", items("раз", "два")),
        ("* раз", items("раз")),
        ("1. раз\nдва", items("раз", "два", ordered=True)),
        ("> Ждали.\nДождались.", Quote(((Run("Ждали."),), (Run("Дождались."),)))),
    ],
)
def test_a_mark_and_a_space_at_the_start_make_the_block(body, typed, made):
    type_text(body, typed)
    assert body.read_document() == Document((made,))


def test_undo_takes_the_block_back_and_leaves_what_was_typed(body):
    type_text(body, "## ")
    assert body.toPlainText() == ""
    body.undo()
    assert body.toPlainText() == "## "


def test_after_a_heading_comes_a_paragraph(body):
    type_text(body, "## Итог\nДорога")
    assert body.read_document() == Document((Heading(2, (Run("Итог"),)), paragraph("Дорога")))


def test_enter_in_an_empty_item_ends_the_list(body):
    type_text(body, "- раз\n\nдальше")
    assert body.read_document() == Document((items("раз"), paragraph("дальше")))


def test_enter_in_an_empty_quote_ends_the_quote(body):
    type_text(body, "> Ждали.\n\nдальше")
    assert body.read_document() == Document((Quote(((Run("Ждали."),),)), paragraph("дальше")))


def test_the_speaker_belongs_to_the_quote_above(body):
    type_text(body, "> Ждали.\nОльга Светлова")
    body.toggle_speaker()
    type_text(body, "\nдальше")
    assert body.read_document() == Document((Quote(((Run("Ждали."),),), "Ольга Светлова"), paragraph("дальше")))


def test_tab_and_shift_tab_change_the_depth_of_an_item(body):
    type_text(body, "- раз\nдва")
    press(body, Qt.Key.Key_Tab, text="\t")
    nested = Document((List((Item((Run("раз"),), (items("два"),)),)),))
    assert body.read_document() == nested
    press(body, Qt.Key.Key_Tab, text="\t")
    assert body.read_document() == nested
    press(body, Qt.Key.Key_Backtab, SHIFT)
    assert body.read_document() == Document((items("раз", "два"),))


def test_backspace_at_the_start_first_takes_the_kind_away(body):
    type_text(body, "## Итог")
    cursor_at(body, 0)
    press(body, Qt.Key.Key_Backspace, text="\b")
    assert body.read_document() == Document((paragraph("Итог"),))


def test_shift_enter_breaks_the_line_inside_the_paragraph(body):
    type_text(body, "раз")
    press(body, Qt.Key.Key_Return, SHIFT, "\r")
    type_text(body, "два")
    assert body.read_document() == Document((Paragraph((Run("раз"), HardBreak(), Run("два"))),))


def test_bold_by_its_key(body):
    type_text(body, "Дорога открыта")
    cursor_at(body, 0, 6)
    body.toggle_bold()
    assert body.read_document() == Document((Paragraph((Run("Дорога", bold=True), Run(" открыта"))),))
    body.toggle_bold()
    assert body.read_document() == Document((paragraph("Дорога открыта"),))


def test_typing_after_a_link_is_no_part_of_it(body):
    body.set_document(Document((Paragraph((Run("управа", link="https://example.org"),)),)))
    cursor_at(body, 6)
    type_text(body, " сообщила")
    assert body.read_document() == Document((Paragraph((Run("управа", link="https://example.org"), Run(" сообщила"))),))


def test_typing_at_a_photo_goes_into_a_paragraph_beside_it(body):
    body.set_document(Document((PHOTO,)))
    cursor_at(body, 1)
    type_text(body, "после")
    cursor_at(body, 0)
    type_text(body, "до")
    assert body.read_document() == Document((paragraph("до"), PHOTO, paragraph("после")))


def test_backspace_after_a_photo_selects_it_before_it_goes(body):
    body.set_document(Document((PHOTO, paragraph("после"))))
    cursor_at(body, 2)
    press(body, Qt.Key.Key_Backspace, text="\b")
    assert body.read_document() == Document((PHOTO, paragraph("после")))
    assert body.textCursor().hasSelection()
    press(body, Qt.Key.Key_Backspace, text="\b")
    assert body.read_document() == Document((paragraph("после"),))
    body.undo()
    assert body.read_document() == Document((PHOTO, paragraph("после")))


@pytest.mark.parametrize(
    ("key", "place", "selected"), [(Qt.Key.Key_Backspace, 2, (0, 1)), (Qt.Key.Key_Delete, 7, (8, 9))]
)
def test_the_key_that_takes_a_word_selects_a_photo_before_it_goes(body, key, place, selected):
    body.set_document(Document((PHOTO, paragraph("после"), PHOTO, paragraph("конец"))))
    cursor_at(body, place)
    press(body, key, CTRL)
    cursor = body.textCursor()
    assert (cursor.selectionStart(), cursor.selectionEnd()) == selected
    press(body, key, CTRL)
    assert sum(block == PHOTO for block in body.read_document().blocks) == 1


def test_the_key_that_takes_a_word_first_takes_the_kind_of_a_block(body):
    quote = Quote((paragraph("слова").inlines,), "Иванов")
    body.set_document(Document((items("пункт"), quote)))
    cursor_at(body, 6)
    press(body, Qt.Key.Key_Backspace, CTRL)
    assert body.read_document().blocks[:2] == (items("пункт"), paragraph("слова"))
    cursor_at(body, 11)
    press(body, Qt.Key.Key_Backspace, CTRL)
    assert body.read_document().blocks[0] == items("пункт"), "inside a block a word goes"


def test_typing_over_a_photo_makes_a_paragraph(body):
    body.set_document(Document((PHOTO,)))
    cursor_at(body, 0, 1)
    type_text(body, "вместо")
    assert body.read_document() == Document((paragraph("вместо"),))


def test_a_rule_parts_the_text_and_typing_goes_on_after_it(body):
    type_text(body, "раздва")
    cursor_at(body, 3)
    body.insert_rule()
    assert body.read_document() == Document((paragraph("раз"), Rule(), paragraph("два")))
    body.undo()
    assert body.read_document() == Document((paragraph("раздва"),))


def test_tab_outside_lists_leaves_the_text(body):
    type_text(body, "раз")
    press(body, Qt.Key.Key_Tab, text="\t")
    assert body.toPlainText() == "раз"


def test_nothing_but_photos_of_the_newsroom_is_ever_loaded(qtbot):
    asked = []
    body = BodyEditor(lambda photo: asked.append(photo) or QImage())
    qtbot.addWidget(body)
    image = QTextDocument.ResourceType.ImageResource.value
    for name in ("http://example.org/a.png", "file:///etc/passwd", "a.png", "qrc:/a.png"):
        assert body.loadResource(image, QUrl(name)).isNull()
    assert asked == []
    body.loadResource(image, QUrl("photo:abc"))
    assert asked == ["abc"]


def test_a_read_only_text_takes_no_keys(body):
    body.set_document(Document((paragraph("раз"),)))
    body.setReadOnly(True)
    type_text(body, "## два\n")
    press(body, Qt.Key.Key_V, CTRL | SHIFT)
    body.toggle_quote()
    assert body.read_document() == Document((paragraph("раз"),))


def test_words_and_characters_are_counted_anew_where_the_text_changed(body):
    type_text(body, "Дорога из-за дождя\nзакрыта")
    counted = body.counts()
    assert (counted.words, counted.characters) == (4, 25)
    type_text(body, " снова")
    counted = body.counts()
    assert (counted.words, counted.characters) == (5, 31)
