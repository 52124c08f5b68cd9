"""Pastes that take time: pictures become photos, long texts come in turns, and each is one undo step."""

import base64

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from newsroom.domain.article import Content
from newsroom.text.document import Document, Heading, Paragraph, PhotoBlock, Run
from tests.photos.pictures import encoded, picture, with_iptc
from tests.ui.editor.conftest import CTRL, cursor_at, press, type_text
from ui.editor.document_io import lines_of


def mime(html: str, text: str = "") -> QMimeData:
    data = QMimeData()
    data.setHtml(html)
    if text:
        data.setText(text)
    return data


def data_address(image: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(image).decode()}"


def texts(body) -> list[str]:
    """Words of paragraphs, ids of photos."""
    return [
        str(block.photo) if isinstance(block, PhotoBlock) else "".join(run.text for run in block.inlines)
        for block in body.read_document().blocks
    ]


def settled(qtbot, pane) -> None:
    qtbot.waitUntil(lambda: not pane._photos.busy)


def at_rest(qtbot, pane) -> None:
    """Wait for the saving of a text that is longer than usual."""
    qtbot.waitUntil(pane.idle, timeout=60_000)


def paragraphs(count: int) -> str:
    look = "box-sizing: border-box; margin: 0px 0px 20px; font-family: Roboto, sans-serif; color: rgb(17, 17, 17)"
    return "".join(f"<p style='{look}'>Абзац <b>номер</b> {number}.</p>" for number in range(count))


def test_pictures_inside_pasted_html_become_photos_in_their_places(office, pane, qtbot):
    first, second = encoded(picture(40, 30)), encoded(picture(30, 40))
    type_text(pane.body, "до")
    pane.body.insertFromMimeData(
        mime(f"<p>раз</p><img src='{data_address(first)}'><p>два</p><img src='{data_address(second)}'><p>три</p>")
    )
    settled(qtbot, pane)
    one, two = (block for block in pane.body.read_document().blocks if isinstance(block, PhotoBlock))
    assert texts(pane.body) == ["дораз", one.photo, "два", two.photo, "три"]
    assert all(office.desk("editor").photos.read(photo.photo) for photo in (one, two))
    pane.body.undo()
    assert texts(pane.body) == ["до"]


def test_several_files_keep_their_order_and_their_words(office, pane, qtbot, tmp_path):
    files = QMimeData()
    (tmp_path / "б.jpg").write_bytes(with_iptc(encoded(picture(60, 40)), {(2, 80): "Анна Ким".encode()}))
    (tmp_path / "в.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64)
    (tmp_path / "а.png").write_bytes(encoded(picture(30, 40), "PNG"))
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("б.jpg", "в.heic", "а.png", "нет.jpg")])
    type_text(pane.body, "раздва")
    cursor_at(pane.body, 3)
    with qtbot.waitSignal(pane._photos.told) as told:
        pane.body.insertFromMimeData(files)
    assert "в.heic" in told.args[0]
    assert "нет.jpg" in told.args[0]
    before, one, two, after = pane.body.read_document().blocks
    assert (before, after) == (Paragraph((Run("раз"),)), Paragraph((Run("два"),)))
    assert (one.credit, two.credit) == ("Анна Ким", "")
    pane.body.undo()
    assert texts(pane.body) == ["раздва"]


def test_a_copied_picture_is_a_photo_and_typing_goes_on_below_it(office, pane, qtbot):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(image)
    pane.body.setFocus()
    press(pane.body, Qt.Key.Key_V, CTRL)
    settled(qtbot, pane)
    type_text(pane.body, "дальше")
    photo, words = pane.body.read_document().blocks
    assert isinstance(photo, PhotoBlock)
    assert words == Paragraph((Run("дальше"),))


def test_what_is_typed_meanwhile_comes_after_what_was_pasted(office, pane, qtbot):
    type_text(pane.body, "до ")
    pane.body.insertFromMimeData(mime(paragraphs(400)))
    type_text(pane.body, "потом")
    settled(qtbot, pane)
    shown = texts(pane.body)
    assert shown[0] == "до Абзац номер 0."
    assert shown[-1] == "Абзац номер 399.потом"
    at_rest(qtbot, pane)


def test_a_selection_typed_over_meanwhile_is_not_taken_for_what_to_replace(office, pane, qtbot):
    type_text(pane.body, "до слово после")
    cursor_at(pane.body, 3, 8)
    pane.body.insertFromMimeData(mime(paragraphs(400)))
    type_text(pane.body, "потом")
    settled(qtbot, pane)
    shown = texts(pane.body)
    assert shown[0] == "до Абзац номер 0."
    assert shown[-1] == "Абзац номер 399.потом после"
    at_rest(qtbot, pane)


def test_a_long_paste_is_one_step_and_nobody_writes_into_it(office, pane, qtbot, monkeypatch):
    monkeypatch.setattr("ui.editor.turns._TURN", 0)  # however quick the machine is
    pane.head.headline.setPlainText("Мост открыли")
    type_text(pane.body, "начало конец")
    cursor_at(pane.body, 7)

    def meddle(under_way: bool) -> None:
        if under_way:
            type_text(pane.body, "не туда")
            pane.body.undo()
            pane.body.toggle_bold()

    pane.body.turns.under_way_changed.connect(meddle)
    pane.body.insertFromMimeData(mime(paragraphs(400)))
    settled(qtbot, pane)
    shown = texts(pane.body)
    assert len(shown) == 400
    assert (shown[0], shown[-1]) == ("начало Абзац номер 0.", "Абзац номер 399.конец")
    assert not pane.body.isReadOnly()
    assert pane.body.textCursor().position() == pane.body.document().characterCount() - 6
    pane.body.undo()
    assert texts(pane.body) == ["начало конец"]
    pane.body.redo()
    assert texts(pane.body) == shown
    at_rest(qtbot, pane)


def test_leaving_in_the_middle_of_a_long_paste_keeps_all_of_it(office, pane, qtbot, monkeypatch):
    monkeypatch.setattr("ui.editor.turns._TURN", 0)  # however quick the machine is
    other = office.write(Content(headline="Другая статья", body="текст"))
    pane.head.headline.setPlainText("Мост открыли")
    pane.body.turns.under_way_changed.connect(lambda under_way: pane.open(other) if under_way else None)
    pane.body.insertFromMimeData(mime(paragraphs(400)))
    qtbot.waitUntil(lambda: pane.article is not None and pane.article.id == other)
    kept = next(office.read(article) for article in (1, 2) if article != other)
    assert kept.content.body.count("Абзац") == 400
    assert texts(pane.body) == ["текст"]
    at_rest(qtbot, pane)


def test_a_paste_that_comes_too_late_is_told_of(office, pane, qtbot):
    other = office.write(Content(headline="Другая статья", body="текст"))
    pane.body.insertFromMimeData(mime(f"<img src='{data_address(encoded(picture(40, 30)))}'><p>раз</p>"))
    with qtbot.waitSignal(pane._photos.told) as told:
        pane.open(other)
        pane._saver.sitting += 1
    assert "успели закрыть" in told.args[0]
    qtbot.waitUntil(lambda: pane.article is not None and pane.article.id == other)
    assert texts(pane.body) == ["текст"]


def test_html_that_is_no_article_leaves_its_words(office, pane, qtbot):
    with qtbot.waitSignal(pane._photos.told) as told:
        pane.body.insertFromMimeData(mime("<b></b>" * 130_000, "просто слова"))
    settled(qtbot, pane)
    assert "без оформления" in told.args[0]
    assert texts(pane.body) == ["просто слова"]


@pytest.mark.parametrize("at_once", [True, False])
def test_lines_come_alike_at_once_and_in_turns(body, qtbot, at_once):
    document = Document(
        tuple(
            block
            for number in range(800)
            for block in (Heading(2, (Run(f"Глава {number}"),)), Paragraph((Run("слова "), Run("и", bold=True))))
        )
    )
    type_text(body, "начало конец")
    cursor_at(body, 3, 7)
    body.insert_lines(lines_of(document.blocks), body.textCursor())
    if at_once:
        body.turns.finish()
    qtbot.waitUntil(lambda: not body.turns.under_way)
    first, *middle, last = body.read_document().blocks
    assert first == Paragraph((Run("нач"),))
    assert tuple(middle) == document.blocks[:-1]
    assert last == Paragraph((Run("слова "), Run("и", bold=True), Run("конец")))
    body.undo()
    assert body.toPlainText() == "начало конец"
    assert body.document().isUndoAvailable()


def test_a_fresh_document_ends_a_long_paste(body, qtbot):
    body.insert_lines(lines_of([Paragraph((Run("раз"),))] * 5_000), body.textCursor())
    assert body.turns.under_way
    assert body.isReadOnly()
    body.set_document(Document((Paragraph((Run("другое"),)),)))
    assert not body.isReadOnly()
    qtbot.wait(50)
    type_text(body, "то и ")
    assert body.toPlainText() == "то и другое"
