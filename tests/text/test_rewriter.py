"""A text that is written again after each edit comes to the same Markdown as one that is written afresh."""

from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.document import Document, Paragraph, Run
from newsroom.text.rewriter import Rewriter, Written
from newsroom.text.writer import normalise, write
from tests.text.documents import blocks, documents_with_raws


@given(st.lists(st.one_of(blocks, documents_with_raws.map(lambda found: found.blocks)), max_size=5), st.data())
def test_rewriting_after_any_edits_gives_what_writing_gives(found, data):
    rewriter = Rewriter()
    standing = [block for one in found for block in (one if isinstance(one, tuple) else (one,))]
    for _edit in range(4):
        document = Document(tuple(standing))
        written = rewriter.write(document)
        assert written == Written(document, normalise(document), write(document))
        assert written.reads_back()
        place = data.draw(st.integers(0, len(standing)))
        standing[place : place + data.draw(st.integers(0, 2))] = data.draw(st.lists(blocks, max_size=2))


def test_blocks_that_stay_are_not_written_again(monkeypatch):
    stays = Paragraph((Run("Стоит как стояло"),))
    rewriter = Rewriter()
    rewriter.write(Document((stays,)))
    asked = []
    monkeypatch.setattr("newsroom.text.writer.normalise", lambda document: asked.append(document) or document)
    new = Paragraph((Run("Новый абзац"),))
    assert rewriter.write(Document((new, stays))).markdown == "Новый абзац\n\nСтоит как стояло"
    assert set(asked) == {Document((new,))}


def test_markdown_that_says_something_else_is_noticed():
    document = Document((Paragraph((Run("Не цитата"),)),))
    assert not Written(document, document, "> Не цитата").reads_back()
