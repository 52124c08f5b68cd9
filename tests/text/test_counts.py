"""Characters and words as newsrooms count them."""

import pytest

from newsroom.domain.ids import PhotoId
from newsroom.text.counts import Counts, count, plain_text
from newsroom.text.document import Document, Paragraph, PhotoBlock, Run
from newsroom.text.markdown import parse


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", Counts(0, 0, 0)),
        ("Мост открыт.", Counts(12, 11, 2)),
        ("Мост — это\u00a0мост", Counts(15, 12, 3)),
        ("из-за Tele2 (12+) 40 %", Counts(22, 18, 4)),
        ("две\nстроки\r\n", Counts(9, 9, 2)),
        ("и\u0306", Counts(1, 1, 1)),
        ("-" * 50_000, Counts(50_000, 50_000, 0)),
    ],
)
def test_lengths_of_plain_text(text, counts):
    assert count(text) == counts


def test_markup_of_a_document_does_not_count():
    document = parse("**Мост** [открыт](https://a.ru).\n\n- да\n\n> слова\n>\n> — Иванов")
    assert plain_text(document) == "Мост открыт.\n\nда\n\nслова\n— Иванов"
    assert count(document) == count("Мост открыт.") + count("да") + count("слова") + count("— Иванов")


def test_captions_are_read_and_so_they_count():
    photo = PhotoBlock(PhotoId("ab" * 32), "Мост", "Иван Иванов", "невидимое описание")
    assert plain_text(Document((Paragraph((Run("а"),)), photo))) == "а\n\nМост\nИван Иванов"
