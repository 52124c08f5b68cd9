"""Copying and pasting: exact inside the program, structure only from outside."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, Heading, Item, List, Paragraph, PhotoBlock, Quote, Raw, Rule, Run
from newsroom.text.fragments import MAX_CHARACTERS
from newsroom.text.normal_form import normal_form
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


def test_an_address_pasted_alone_is_a_link_without_tracking(body):
    type_text(body, "Подробности: ")
    body.insertFromMimeData(mime(text="https://example.org/a?utm_source=x&id=5"))
    type_text(body, " и")
    address = "https://example.org/a?id=5"
    assert body.read_document() == Document((Paragraph((Run("Подробности: "), Run(address, link=address), Run(" и"))),))
    QApplication.clipboard().setMimeData(mime(text=address))
    press(body, Qt.Key.Key_V, CTRL | SHIFT)
    [last] = body.read_document().blocks
    assert last.inlines[-1] == Run(f" и{address}")


def test_an_address_pasted_beside_a_photo_stands_in_a_paragraph_of_its_own(body):
    photo = PhotoBlock(PhotoId("a" * 64), "", "", "")
    body.set_document(Document((photo,)))
    cursor_at(body, 1)
    body.insertFromMimeData(mime(text="https://example.org/a"))
    link = Run("https://example.org/a", link="https://example.org/a")
    assert body.read_document() == Document((photo, Paragraph((link,))))


def test_plain_paste_takes_words_only(body, qtbot):
    QApplication.clipboard().setMimeData(mime(text="Дорога", html="<h1>Дорога</h1>"))
    press(body, Qt.Key.Key_V, CTRL | SHIFT)
    assert body.read_document() == Document((Paragraph((Run("Дорога"),)),))


def test_pictures_are_offered_and_never_read_by_the_editor(body, qtbot):
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(body.photos_offered) as offered:
        body.insertFromMimeData(data)
    assert isinstance(offered.args[0][0], QImage)
    encoded = QMimeData()
    encoded.setData("image/png", b"any bytes")
    with qtbot.waitSignal(body.photos_offered) as offered:
        body.insertFromMimeData(encoded)
    assert offered.args[0] == [b"any bytes"]


def test_files_of_a_file_manager_are_offered_in_their_order(body, qtbot):
    files = QMimeData()
    names = ["/nowhere/б.jpg", "/nowhere/а.heic", "/nowhere/статья.docx"]
    files.setUrls([QUrl.fromLocalFile(name) for name in names])
    with qtbot.waitSignal(body.photos_offered) as offered:
        body.insertFromMimeData(files)
    assert offered.args[0] == [Path(name) for name in names]
    assert body.is_blank()


def test_files_that_a_page_names_are_left_alone(body, qtbot):
    """A page decides what a drag out of it holds; only a file manager names files without any HTML."""
    data = mime(html="<p>раз</p>")
    data.setUrls([QUrl.fromLocalFile("/home/anna/личное.jpg")])
    with qtbot.assertNotEmitted(body.photos_offered):
        body.insertFromMimeData(data)
    assert body.toPlainText() == "раз"


@pytest.mark.parametrize(
    "address", ["https://img.example/a.png", "data:image/svg+xml;base64,AAAA", "file:///tmp/a.png"]
)
def test_a_picture_copied_in_a_browser_is_taken_from_the_clipboard(body, qtbot, address):
    data = mime(html=f'<meta charset="utf-8"><img src="{address}" alt="Мост">', text="https://img.example/a.png")
    data.setData("image/png", b"any bytes")
    with qtbot.waitSignal(body.photos_offered) as offered, qtbot.assertNotEmitted(body.told):
        body.insertFromMimeData(data)
    assert offered.args[0] == [b"any bytes"]


def test_words_are_taken_before_a_picture_of_them(body, qtbot):
    data = mime(text="раз\tдва")
    data.setData("image/png", b"any bytes")
    with qtbot.assertNotEmitted(body.photos_offered):
        body.insertFromMimeData(data)
    assert body.toPlainText() == "раз\tдва"


def test_pictures_of_a_page_are_told_of_and_not_fetched(body, qtbot):
    html = '<p>раз</p><img src="https://img.example/a.png"><img src="file:///etc/passwd"><p>два</p>'
    with qtbot.waitSignal(body.told) as told:
        body.insertFromMimeData(mime(html=html, text="раз два"))
    assert "2 картинки" in told.args[0]
    assert body.toPlainText() == "раз\nдва"


def test_what_other_programs_get_reads_back_as_the_same_blocks(body):
    """Only photos are no photos there: their words stand for them."""
    table = Raw("| а | б |\n| --- | --- |\n| 1 | 2 |")
    blocks = [table if isinstance(block, Raw) else block for block in EVERYTHING.blocks]
    body.set_document(Document(tuple(blocks)))
    body.selectAll()
    html = body.createMimeDataFromSelection().html()
    photo = next(block for block in blocks if isinstance(block, PhotoBlock))
    words = Paragraph((Run(f"{photo.caption} Фото: {photo.credit}"),))
    shown = Document(tuple(words if block is photo else block for block in blocks))
    assert pasted(html) == normal_form(shown)
    assert "style" not in html
    assert "photo:" not in html


def test_words_out_of_a_line_are_given_without_a_paragraph(body):
    body.set_document(Document((Heading(2, (Run("раз "), Run("два", bold=True), Run(" & три"))),)))
    cursor_at(body, 2, 9)
    copied = body.createMimeDataFromSelection()
    assert copied.html() == '<meta charset="utf-8">з <strong>два</strong> &amp;'
    assert copied.text() == "з два &"


def test_what_was_copied_stays_what_it_was_when_the_text_changes(body):
    body.set_document(EVERYTHING)
    body.selectAll()
    body.copy()
    body.set_document(Document())
    gc.collect()
    held = QApplication.clipboard().mimeData()
    assert held.hasFormat(MIME)
    assert "<h2>" in held.html()
    body.paste()
    assert body.read_document() == EVERYTHING


def test_cutting_gives_html_too_and_is_undone_at_once(body):
    body.set_document(EVERYTHING)
    body.selectAll()
    body.cut()
    assert body.is_blank()
    assert "<blockquote>" in QApplication.clipboard().mimeData().html()
    body.undo()
    assert body.read_document() == EVERYTHING


def test_the_form_that_crosses_to_another_window_of_the_program_is_exact(body):
    body.set_document(EVERYTHING)
    body.selectAll()
    crossed = QMimeData()
    crossed.setData(MIME, body.createMimeDataFromSelection().data(MIME))
    body.set_document(Document())
    body.insertFromMimeData(crossed)
    assert body.read_document() == EVERYTHING


def test_a_damaged_letter_does_not_stop_copying(body):
    body.set_document(Document((Paragraph((Run("раз\ud800два"),)),)))
    body.selectAll()
    copied = body.createMimeDataFromSelection()
    assert "два" in copied.html()
    assert copied.data(MIME).size()


def test_lines_of_a_messenger_are_paragraphs(body):
    """What Telegram Desktop copies: plain text, and a form of its own that nobody else reads."""
    data = mime(text="Мост открыли 🎉\n\nДвижение пустили в полдень.\nПлан: https://gorod.example/most")
    data.setData("application/x-td-field-text", b"x")
    body.insertFromMimeData(data)
    texts = ["Мост открыли 🎉", "Движение пустили в полдень.", "План: https://gorod.example/most"]
    assert body.read_document() == Document(tuple(Paragraph((Run(text),)) for text in texts))


def test_tracking_goes_from_an_address_pasted_over_words(body):
    type_text(body, "городская управа")
    cursor_at(body, 0, 9)
    address = "https://away.vk.com/away.php?to=https%3A%2F%2Fgorod.example%2Fa%3Fid%3D7%26utm_source%3Dvk"
    body.insertFromMimeData(mime(text=f" {address}\n", html=f'<a href="{address}">{address}</a>'))
    assert body.read_document().blocks[0].inlines[0] == Run("городская", link="https://gorod.example/a?id=7")


def test_more_text_than_an_article_has_is_refused_in_words(body, qtbot):
    with qtbot.waitSignal(body.told) as told:
        body.insertFromMimeData(mime(text="а" * (MAX_CHARACTERS + 1)))
    assert "2000000" in told.args[0]
    assert body.is_blank()


def test_a_photo_keeps_its_words_through_the_clipboard(body):
    photo = PhotoBlock(PhotoId("b" * 64), "Подпись", "Автор", "Описание")
    body.set_document(Document((photo,)))
    cursor_at(body, 0, 1)
    copied = body.createMimeDataFromSelection()
    body.set_document(Document((Paragraph((Run("раз"),)),)))
    cursor_at(body, 3)
    body.insertFromMimeData(copied)
    assert body.read_document() == Document((Paragraph((Run("раз"),)), photo))
