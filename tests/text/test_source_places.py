"""Where in the Markdown what readers see stands."""

from newsroom.domain.findings import Field
from newsroom.text.counts import plain_text
from newsroom.text.markdown import parse
from newsroom.text.source_places import SourcePlaces, places_in_source

SOURCE = """---
headline: 'Мост открыт.'
lead: Подводка
---

Первый абзац, простой.

Второй **важный** абзац со [ссылкой](https://vesti.example/aaa) и \\* звёздочкой, конец.

- пункт *раз*
- пункт два
"""


def test_each_word_is_found_where_it_is_written() -> None:
    body = SOURCE.split("---\n")[2].strip()
    plain = plain_text(parse(body))
    places = places_in_source(plain, SOURCE, SOURCE.index("Первый"))
    assert len(places) == len(plain) + 1
    for word in ("Первый", "простой", "Второй", "важный", "ссылкой", "звёздочкой", "конец", "раз", "два"):
        assert places[plain.index(word)] == SOURCE.index(word), word


def test_lines_and_columns_count_from_one() -> None:
    places = SourcePlaces(SOURCE)
    assert places.line_column(0) == (1, 1)
    assert places.line_column(SOURCE.index("важный")) == (8, 10)
    assert places.line_column(places.of_key(Field.HEADLINE, "открыт")) == (2, 17)
    assert places.line_column(places.of_key(Field.LEAD, "")) == (3, 7)
    assert places.of_key(Field.NOTE, "") == 0
