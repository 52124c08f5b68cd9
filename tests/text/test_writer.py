"""How documents look as Markdown, beyond the round trip."""

from newsroom.domain.ids import PhotoId
from newsroom.text.document import (
    Document,
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


def words(text):
    return (Run(text),)


def test_a_whole_document_is_readable_markdown():
    document = Document(
        (
            Heading(2, words("Итоги 1986. года")),
            List((Item(words("раз"), (List((Item(words("внутри")),), ordered=True, start=9),)), Item(words("два")))),
            Quote((words("Мост открыт."),), "Иван Иванов, мэр"),
            Rule(),
            PhotoBlock(PhotoId("ab" * 32), 'Клуб "Заря"', "Иван Иванов", "Люди [на мосту]"),
        )
    )
    assert write(document) == (
        "## Итоги 1986. года\n\n- раз\n\n  9. внутри\n- два\n\n> Мост открыт.\n>\n> — Иван Иванов, мэр\n\n---\n\n"
        f"![Люди \\[на мосту\\]](photo:{'ab' * 32} 'Клуб \"Заря\" Фото: Иван Иванов')"
    )


def test_neighbouring_lists_of_one_kind_become_one():
    one, two = List((Item(words("а")),), ordered=True, start=3), List((Item(words("б")),), ordered=True)
    assert write(Document((one, two))) == "3. а\n4. б"


def test_a_list_beside_a_raw_list_takes_another_marker():
    document = Document((Raw("- а\n\n  б"), List((Item(words("в")),)), Raw("* г\n\n  д")))
    assert write(document) == "- а\n\n  б\n\n+ в\n\n* г\n\n  д"
    assert parse(write(document)) == document


def test_an_open_code_fence_is_closed_before_what_follows():
    document = Document((Raw("~~~~\nкод"), Paragraph(words("после"))))
    assert write(document) == "~~~~\nкод\n~~~~\n\nпосле"


def test_raw_text_that_the_vocabulary_knows_becomes_ordinary_blocks():
    assert normalise(Document((Raw("просто *текст*"),))) == Document(
        (Paragraph((Run("просто "), Run("текст", italic=True))),)
    )


def test_empty_blocks_and_unsafe_links_go():
    document = Document((Paragraph(words("  ")), Quote(()), List(()), Paragraph((Run("а", link="data:x"),))))
    assert normalise(document) == Document((Paragraph(words("а")),))
