"""What Markdown means to the editor."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain.errors import InvalidInput
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
    photos_in,
)
from newsroom.text.fragments import MAX_CHARACTERS
from newsroom.text.markdown import parse
from tests.text.documents import markdown, text

PHOTO = PhotoId("ab" * 32)


def one(source):
    (block,) = parse(source).blocks
    return block


def words(text):
    return (Run(text),)


@pytest.mark.parametrize(
    ("source", "block"),
    [
        ("а\nб", Paragraph(words("а б"))),
        ("а\\\nб", Paragraph((Run("а"), HardBreak(), Run("б")))),
        ("а  \nб", Paragraph((Run("а"), HardBreak(), Run("б")))),
        (
            "**а** *б* ***в***",
            Paragraph(
                (Run("а", bold=True), Run(" "), Run("б", italic=True), Run(" "), Run("в", bold=True, italic=True))
            ),
        ),
        ("[а](https://a.ru/%D0%B1?в=1&amp;г)", Paragraph((Run("а", link="https://a.ru/%D0%B1?в=1&г"),))),
        ("<https://a.ru>", Paragraph((Run("https://a.ru", link="https://a.ru"),))),
        ("[а](javascript:x)", Paragraph(words("[а](javascript:x)"))),
        ("<b>а</b> &laquo;", Paragraph(words("<b>а</b> «"))),
        ("[а]: http://a.ru", Paragraph(words("[а]: http://a.ru"))),
        ("\u00a0а\u00a0", Paragraph(words("\u00a0а\u00a0"))),
        ("## Два ##", Heading(2, words("Два"))),
        ("Два\nстроки\n---", Heading(2, words("Два строки"))),
        ("***", Rule()),
        ("- а\n\n- б", List((Item(words("а")), Item(words("б"))))),
        ("3) а\n   - б", List((Item(words("а"), (List((Item(words("б")),)),)),), ordered=True, start=3)),
        ("- а\n* б", List((Item(words("а")), Item(words("б"))))),
        ("> а\n>\n> б\n>\n> — Иванов, мэр", Quote((words("а"), words("б")), "Иванов, мэр")),
        ("> а\n> — Иванов", Quote((words("а"),), "Иванов")),
        ("> — да\n> — нет", Quote((words("— да — нет"),))),
        ("> — Иванов", Quote((words("— Иванов"),))),
        ("> а\n>\n> &mdash; б", Quote((words("а"), words("— б")))),
        (f"![вид](photo:{PHOTO} 'Мост. Фото: Иван')", PhotoBlock(PHOTO, "Мост.", "Иван", "вид")),
        (f"![](photo:{PHOTO} 'Фото: Иван')", PhotoBlock(PHOTO, "", "Иван")),
        (f"![](photo:{PHOTO} 'Мост')", PhotoBlock(PHOTO, "Мост")),
    ],
)
def test_the_vocabulary(source, block):
    assert one(source) == block


@pytest.mark.parametrize(
    "source",
    [
        "| а | б |\n|---|---|\n| 1 | 2 |",
        "текст с `кодом`\nв две строки",
        "~~нет~~",
        "```\nкод\n\n  ещё\n```",
        "    код",
        "# Первый",
        "#### Четвёртый",
        "- а\n\n  второй абзац",
        "> - список",
        "> > цитата",
        "![вид](https://a.ru/x.png)",
        f"текст ![вид](photo:{PHOTO})",
        '[а](https://a.ru "подсказка")',
        "[](https://a.ru)",
    ],
)
def test_what_the_vocabulary_lacks_is_kept_verbatim(source):
    assert parse(f"до\n\n{source}\n\nпосле").blocks == (Paragraph(words("до")), Raw(source), Paragraph(words("после")))


def test_photos_of_a_text_are_found():
    assert photos_in(parse(f"а\n\n![](photo:{PHOTO})\n\n![](photo:{PHOTO})")) == [PHOTO]


def test_line_ends_and_invisible_characters_are_settled():
    assert parse("\ufeffа\r\n\r\nб\u2028в\x07\u2029г\rд") == parse("а\n\nб\nв\n\nг\nд")
    assert parse("") == parse(" \n\n ") == Document()


@pytest.mark.parametrize("damaged", ["а\nб\x00", "а\nб\ud83d"])
def test_damaged_text_is_refused_with_its_line(damaged):
    with pytest.raises(InvalidInput, match="строке 2"):
        parse(damaged)


@pytest.mark.parametrize(
    "source",
    [
        "> " * 5_000 + "а",
        "- " * 5_000 + "а",
        "".join("  " * n + "- а\n" for n in range(30)),
        "а" * (MAX_CHARACTERS + 1),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(source):
    with pytest.raises(InvalidInput):
        parse(source)


@pytest.mark.parametrize(
    "piece", ["[", "![", "*а ", "а**б ", "_*", "](", "<", "&", "`", "\\", "~~а ", "а\n", "\u00a0", "[а](", "**а***б*"]
)
def test_hostile_text_is_read_in_linear_time(piece):
    started = time.process_time()
    parse(piece * 8_000)
    assert time.process_time() - started < 8


separators = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n \n", "\n\t\n\n", "\n    ", "\n\n    "])
lines = st.one_of(
    st.sampled_from(["Слово и дело.", "«Заря» вышла", "— Да, сказал он", "24 ноября", "1986. год", "текст — текст  "]),
    text,
    markdown,
)


@given(st.lists(st.tuples(lines, separators), max_size=8).map(lambda found: "".join(map("".join, found))))
def test_paragraphs_that_need_no_parser_read_as_the_parser_reads_them(source):
    # A fence at the end, which the shorter way leaves to the parser, makes it read the same text whole.
    whole = parse(f"{source}\n\n~~~")
    assert parse(source) == Document(whole.blocks[:-1]) or "~~~" in source or "```" in source
