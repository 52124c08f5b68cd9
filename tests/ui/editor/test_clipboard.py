"""Copying and pasting: exact inside the program, structure only from outside."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, Heading, Item, List, Paragraph, PhotoBlock, Quote, Rule, Run
from tests.ui.editor.conftest import CTRL, SHIFT, cursor_at, press, type_text
from tests.ui.editor.test_document_io import EVERYTHING
from ui.editor.clipboard import MIME
from ui.editor.document_io import blocks_of
from ui.editor.html_import import lines_from_html


def pasted(html: str) -> Document:
    return Document(blocks_of(lines_from_html(html)[0]))


def mime(*, text: str = "", html: str = "") -> QMimeData:
    data = QMimeData()
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    return data


def test_everything_copied_is_pasted_whole_and_undone_at_once(body):
    body.set_document(EVERYTHING)
    body.selectAll()
    copied = body.createMimeDataFromSelection()
    body.set_document(Document())
    body.insertFromMimeData(copied)
    assert body.read_document() == EVERYTHING
    body.undo()
    assert body.read_document() == Document()


def test_words_copied_from_a_line_go_into_a_line(body):
    body.set_document(Document((Paragraph((Run("раз "), Run("два", bold=True), Run(" три"))),)))
    cursor_at(body, 2, 7)
    copied = body.createMimeDataFromSelection()
    body.set_document(Document((Paragraph((Run("[]"),)),)))
    cursor_at(body, 1)
    body.insertFromMimeData(copied)
    assert body.read_document() == Document((Paragraph((Run("[з "), Run("два", bold=True), Run("]"))),))


def test_paragraphs_pasted_into_a_line_part_it(body):
    type_text(body, "началоконец")
    cursor_at(body, 6)
    body.insertFromMimeData(mime(text="раз\nдва"))
    texts = ["началораз", "дваконец"]
    assert body.read_document() == Document(tuple(Paragraph((Run(text),)) for text in texts))
    body.undo()
    assert body.toPlainText() == "началоконец"


@pytest.mark.parametrize("packed", [b"\xff", b"[]", b"{}", b'{"inline": true, "lines": [{"style": [99, 0, 0, 0]}]}'])
def test_a_malformed_clipboard_of_ours_falls_back_to_its_plain_text(body, packed):
    data = mime(text="просто")
    data.setData(MIME, packed)
    body.insertFromMimeData(data)
    assert body.toPlainText() == "просто"


def test_fonts_and_colours_go_and_structure_stays():
    html = """<html><head><style>p {color: red}</style><title>Нет</title></head><body>
    <h1>Итог</h1><p style="font-family:Arial;color:#f00" class=MsoNormal>Дорога <b>открыта</b>,
    <span style="font-weight:700">рядом</span> <i>мост</i>.<o:p></o:p></p>
    <ul><li>раз<ul><li>внутри</li></ul></li><li>два</li></ul>
    <blockquote><p>Ждали.</p></blockquote><hr>
    <p><a href="https://example.org/a">ссылка</a> <a href="javascript:alert(1)">нет</a></p>
    <script>alert(1)</script><img src="http://example.org/a.png"></body></html>"""
    assert pasted(html) == Document(
        (
            Heading(2, (Run("Итог"),)),
            Paragraph(
                (
                    Run("Дорога "),
                    Run("открыта", bold=True),
                    Run(", "),
                    Run("рядом", bold=True),
                    Run(" "),
                    Run("мост", italic=True),
                    Run("."),
                )
            ),
            List((Item((Run("раз"),), (List((Item((Run("внутри"),)),)),)), Item((Run("два"),)))),
            Quote(((Run("Ждали."),),)),
            Rule(),
            Paragraph((Run("ссылка", link="https://example.org/a"), Run(" нет"))),
        )
    )


def test_the_wrapper_that_one_word_processor_makes_bold_is_not():
    html = '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span>Дорога</span></p></b>'
    assert pasted(html) == Document((Paragraph((Run("Дорога"),)),))


@pytest.mark.parametrize(
    "html", ["<<<>>>", "<p", "</p></ul></b>", "<!--[if mso 9]><xml></xml><![endif]-->", "<li>" * 500]
)
def test_broken_html_does_no_harm(html):
    pasted(html)


def test_an_address_pasted_over_words_makes_them_a_link(body):
    type_text(body, "городская управа")
    cursor_at(body, 0, 9)
    body.insertFromMimeData(mime(text="https://example.org/a"))
    assert body.read_document() == Document(
        (Paragraph((Run("городская", link="https://example.org/a"), Run(" управа"))),)
    )


def test_plain_paste_takes_words_only(body, qtbot):
    QApplication.clipboard().setMimeData(mime(text="Дорога", html="<h1>Дорога</h1>"))
    press(body, Qt.Key.Key_V, CTRL | SHIFT)
    assert body.read_document() == Document((Paragraph((Run("Дорога"),)),))


def test_pictures_are_offered_and_never_read_by_the_editor(body, qtbot):
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    data = QMimeData()
    data.setImageData(image)
    with qtbot.waitSignal(body.photos_offered) as offered:
        body.insertFromMimeData(data)
    assert isinstance(offered.args[0][0], QImage)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/nowhere/снимок.jpg"), QUrl("http://example.org/b.jpg")])
    with qtbot.waitSignal(body.photos_offered) as offered:
        body.insertFromMimeData(files)
    assert offered.args[0] == [Path("/nowhere/снимок.jpg")]


def test_a_photo_keeps_its_words_through_the_clipboard(body):
    photo = PhotoBlock(PhotoId("b" * 64), "Подпись", "Автор", "Описание")
    body.set_document(Document((photo,)))
    cursor_at(body, 0, 1)
    copied = body.createMimeDataFromSelection()
    body.set_document(Document((Paragraph((Run("раз"),)),)))
    cursor_at(body, 3)
    body.insertFromMimeData(copied)
    assert body.read_document() == Document((Paragraph((Run("раз"),)), photo))
