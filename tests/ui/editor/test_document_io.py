"""Between the `Document` and Qt's: nothing is lost on the way in or out."""

import pytest
from hypothesis import HealthCheck, given, settings
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
from newsroom.text.writer import normalise
from tests.text.documents import documents, documents_with_raws
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


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(documents | documents_with_raws)
def test_what_is_loaded_is_read_back(qapp, document):
    wanted = normalise(document)
    qdoc = QTextDocument()
    load(wanted, qdoc)
    assert normalise(read(qdoc)) == wanted


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
