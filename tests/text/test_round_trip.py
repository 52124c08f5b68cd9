"""What is written can be read: the promise between `newsroom.text.markdown` and `newsroom.text.writer`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.document import Document, HardBreak, Paragraph, Run
from newsroom.text.markdown import parse
from newsroom.text.normal_form import normal_form
from newsroom.text.writer import normalise, write
from tests.examples import lossless
from tests.text.documents import NASTY, documents, documents_with_raws, inlines, markdown


def shown(document: Document) -> str:
    """The letters of paragraphs, without what normalising may drop."""
    return "".join(
        "".join(run.text for run in block.inlines if isinstance(run, Run)).replace(" ", "").replace("\t", "")
        for block in document.blocks
        if isinstance(block, Paragraph)
    )


@lossless
@given(inlines)
def test_every_paragraph_reads_back_as_written_without_losing_a_letter(inlines):
    typed = Document((Paragraph(inlines),))
    document = normal_form(typed)
    assert parse(write(document)) == document
    assert shown(document) == shown(typed)


@lossless
@given(documents)
def test_every_document_reads_back_as_written(document):
    settled = normalise(document)
    assert normalise(settled) == settled
    written = write(document)
    assert parse(written) == settled
    assert write(settled) == written
    assert write(parse(written)) == written


@lossless
@given(documents_with_raws)
def test_documents_with_raw_blocks_read_back_as_written(document):
    settled = normalise(document)
    assert parse(write(settled)) == settled
    assert write(parse(write(document))) == write(document)


@lossless
@given(markdown)
def test_any_markdown_settles_after_one_reading(source):
    document = parse(source)
    assert normal_form(document) == document
    assert parse(write(document)) == document


TYPED = [
    "> не цитата",
    "_под_",
    "[текст](url)",
    "1986. год",
    "1) один",
    "`код`",
    "~~~",
    "~~нет~~",
    "# решётка",
    "#",
    "- минус",
    "-",
    "+",
    "+ плюс",
    "* звезда",
    "*",
    "**жирно**",
    "&nbsp;",
    "&amp;",
    "&#35;",
    "<b>жирно</b>",
    "<https://a.ru>",
    "<a@b.ru>",
    "<1@b.ru>",
    "===",
    "---",
    "___",
    "***",
    "- - -",
    "![x](y)",
    "\\",
    "\\*",
    "конец\\",
    "\u00a0с\u00a0края\u00a0",
    "| a | b |",
    "|---|---|",
    ":--",
    "[a]: http://b",
    "[^1]: сноска",
    "snake_case_name и _подчёркнуто",
    "5 * 3 * 2",
    "a*b*c",
    "https://a.ru/x_y_z?a=1&b=2&copy;",
    "— Привет",
    "…",
    "😀\u200d👩‍🚀 и\u0306",
]


@pytest.mark.parametrize("typed", TYPED)
def test_typed_text_comes_back_as_the_same_text(typed):
    document = Document(
        (Paragraph((Run("до"),)), Paragraph((Run(typed), HardBreak(), Run(typed), HardBreak(), Run("я"))))
    )
    assert parse(write(document)) == document


@lossless
@given(st.lists(st.sampled_from([*NASTY, *TYPED]), max_size=6).map("".join))
def test_any_typed_text_comes_back_as_the_same_text(typed):
    document = normal_form(Document((Paragraph((Run(typed),)), Paragraph((Run("ниже"),)))))
    assert parse(write(document)) == document
    assert shown(document) == (typed + "ниже").replace(" ", "").replace("\t", "")


@pytest.mark.parametrize(
    "typed",
    [
        "«Заря» — „клуб“ №5 (12+), 40 % [так в тексте], т. д.",
        "Цена: 5 * 3 = 15; a|b; 3 < 5 > 2; Q&A; C:\\Новости",
        "Tele2_Россия, #хэштег, 1986.5, -20 °C, +7 (924) 000-00-00",
        "I♥ news! Да? Нет… «А» & «Б»",
        "A/B @ник ~ 5 ^ $ {x} = y",
    ],
)
def test_ordinary_russian_text_is_stored_as_typed(typed):
    assert write(Document((Paragraph((Run(typed),)),))) == typed


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run("«ж»", bold=True), Run("слово")], "**«ж»**&#1089;лово"),
        ([Run("а"), Run("«ж»", italic=True)], "&#1072;*«ж»*"),
        ([Run("сло"), Run("во", bold=True), Run("м")], "сло**во**м"),
        ([Run("а", bold=True), Run("б", italic=True)], "**а***б*"),
        ([Run("и", bold=True, italic=True)], "***и***"),
        ([Run("Весь "), Run("этот ", bold=True), Run("текст", bold=True, link="/a")], "Весь **этот [текст](/a)**"),
        ([Run("а", bold=True, link="/a"), Run("б", link="/a")], "[**а**б](/a)"),
        ([Run("жирный ", bold=True), Run("нет")], "**жирный** нет"),
        ([Run("!"), Run("ссылка", link="/a b")], r"\![ссылка](</a b>)"),
        ([Run("x", link="javascript:alert(1)")], "x"),
        ([Run("строка"), HardBreak(), Run("- вторая")], "строка\\\n\\- вторая"),
    ],
)
def test_styles_are_written_plainly(runs, expected):
    document = Document((Paragraph(tuple(runs)),))
    assert write(document) == expected
    assert parse(expected) == normalise(document)
