"""CSV that opens right in a spreadsheet of this country, and in which nothing that strangers wrote is a formula."""

import csv
import io

import pytest

from newsroom.text.spreadsheet import csv_bytes, harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 914", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =HYPERLINK(1)", "=cmd|'/c calc'!A1"]
)
def test_what_begins_like_a_formula_is_written_as_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Общество", "5-7 мая", "а=б", "'уже"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_the_file_has_its_mark_semicolons_and_decimal_commas() -> None:
    data = csv_bytes([["Автор", "Часов"], ['Ким; Анна "А"', 1.5], ["=1", None], ["Ещё\nстрока", -2]])
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert "\r\n" in text
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read == [["Автор", "Часов"], ['Ким; Анна "А"', "1,5"], ["'=1", ""], ["Ещё\nстрока", "-2"]]
