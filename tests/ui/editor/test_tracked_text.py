"""The text is read block by block, and only where it has changed."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from newsroom.text.document import Document, Paragraph, Run
from tests.text.documents import documents
from ui.editor import commands, document_io
from ui.editor.blocks import Kind, Style
from ui.editor.tracked_text import TrackedText

places = st.integers(0, 400)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("type"), places, st.text("абв \n😀\u2028", max_size=6)),
        st.tuples(st.just("delete"), places, places),
        st.tuples(st.just("style"), places, st.sampled_from([Style(Kind.BULLET), Style(Kind.HEADING, 2), Style()])),
        st.tuples(st.just("undo"), st.just(0), st.just("")),
        st.tuples(st.just("redo"), st.just(0), st.just("")),
        st.tuples(st.just("load"), st.just(0), documents),
    ),
    max_size=12,
)


@given(documents, edits)
def test_what_is_tracked_is_what_stands_in_the_document(qapp, document, edits):
    qdoc = QTextDocument()
    tracked = TrackedText(qdoc)
    document_io.load(document, qdoc)
    for kind, place, what in edits:
        cursor = QTextCursor(qdoc)
        cursor.setPosition(min(place, qdoc.characterCount() - 1))
        match kind:
            case "type":
                cursor.insertText(what)
            case "delete":
                cursor.setPosition(min(what, qdoc.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
            case "style":
                commands.toggle_kind(cursor, what)
            case "load":
                document_io.load(what, qdoc)
            case _:
                getattr(qdoc, kind)()
        assert document_io.blocks_of(tracked.parts()) == document_io.read(qdoc).blocks
        assert tracked.counts() == TrackedText(qdoc).counts()


def test_only_the_block_that_was_typed_into_is_read_again(qapp, monkeypatch):
    qdoc = QTextDocument()
    document_io.load(Document(tuple(Paragraph((Run(f"Абзац {number}"),)) for number in range(50))), qdoc)
    tracked = TrackedText(qdoc)
    before = tracked.parts()
    QTextCursor(qdoc.findBlockByNumber(20)).insertText("Новый ")
    after = tracked.parts()
    assert [number for number in range(50) if before[number] is not after[number]] == [20]
    assert after[20] == Paragraph((Run("Новый Абзац 20"),))


def test_a_long_text_is_read_in_several_goes(qapp):
    qdoc = QTextDocument("\n".join(["слово " * 80] * 400))
    tracked = TrackedText(qdoc)
    goes = 1
    while not tracked.catch_up(0):
        goes += 1
        assert goes < 1000
    assert goes > 1
    assert tracked.counts().words == 400 * 80
