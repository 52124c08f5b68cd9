"""Between the `Document` and Qt's: nothing is lost on the way in or out."""

import pytest
from hypothesis import given
from PySide6.QtGui import QTextCursor, QTextDocument

from newsroom.domain.ids import PhotoId
from newsroom.text.document import (
    Document,
    HardBreak,
    Heading,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
    Run,
)
from newsroom.text.markdown import parse
from newsroom.text.writer import normalise, write
from tests.examples import lossless
from tests.text.documents import documents, documents_with_raws, markdown
from tests.text.test_shipped_texts import SHIPPED, body_of
from ui.editor.document_io import load, read

EVERYTHING = Document(
    (
        Paragraph((Run("Дорога "), Run("открыта", bold=True), HardBreak(), Run("и по ней"), Run(" едут", italic=True))),
        Heading(2, (Run("Что дальше"),)),
        List(
            (
                Item((Run("знаки"),), (List((Item((Run("у школы"),)),), ordered=True, start=3),)),
                Item((Run("разметка", link="https://example.org/a"),)),
            )
        ),
        Quote(((Run("Ждали восемь лет."),), (Run("Дождались."),)), "Ольга Светлова"),
        Quote(((Run("А мы ещё ждём."),),)),
        Rule(),
        PhotoBlock(PhotoId("a" * 64), "У школы", "Пётр Лугин", "Дорога"),
        Raw("| а | б |\n|---|---|"),
        Heading(3, (Run("Итог"),)),
        List((Item((Run("раз"),)), Item((Run("два"),))), ordered=True, start=5),
    )
)


def test_every_kind_of_block_comes_back(qapp):
    qdoc = QTextDocument()
    load(EVERYTHING, qdoc)
    assert read(qdoc) == EVERYTHING


@lossless
@given(documents | documents_with_raws)
def test_what_is_loaded_is_read_back(qapp, document):
    wanted = normalise(document)
    qdoc = QTextDocument()
    load(wanted, qdoc)
    assert normalise(read(qdoc)) == wanted


def through_the_editor(source: str) -> str:
    qdoc = QTextDocument()
    load(parse(source), qdoc)
    return write(read(qdoc))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_text_comes_back_through_the_editor_byte_for_byte(qapp, file):
    once = write(parse(body_of(file)))
    assert through_the_editor(once) == once


@lossless
@given(markdown)
def test_any_text_comes_back_through_the_editor_byte_for_byte(qapp, source):
    once = write(parse(source))
    assert through_the_editor(once) == once


def test_an_empty_document_has_one_empty_line(qapp):
    qdoc = QTextDocument()
    load(Document(), qdoc)
    assert qdoc.blockCount() == 1
    assert read(qdoc) == Document()


def test_loading_is_no_step_that_could_be_undone(qapp):
    qdoc = QTextDocument()
    load(EVERYTHING, qdoc)
    assert not qdoc.isUndoAvailable()
    assert not qdoc.isModified()


def test_deleting_everything_and_undoing_brings_every_block_back(qapp):
    qdoc = QTextDocument()
    load(EVERYTHING, qdoc)
    cursor = QTextCursor(qdoc)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    assert qdoc.isEmpty()
    qdoc.undo()
    assert read(qdoc) == EVERYTHING


@pytest.mark.parametrize("stranger", ["\ufffc", "\u2029", "\x00", "\ufdd0", "\n"])
def test_characters_that_qt_takes_for_structure_make_none(qapp, stranger):
    qdoc = QTextDocument()
    load(Document((Paragraph((Run(f"до{stranger}после"),)),)), qdoc)
    assert qdoc.blockCount() == 1
    assert len(read(qdoc).blocks) == 1
