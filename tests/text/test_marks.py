"""Which mentions lack their mark, and how it is added."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from newsroom.desk.house_lists import mark_forms
from newsroom.domain.ages import AgeRating
from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.marks import KeptMark, Mark, Mentions, Placement
from newsroom.text.mark_files import read_mark_file, write_mark_file
from newsroom.text.marks import Marks, check_marks
from tests.text.checks.articles import around, found, material, mended

DAWN = Mark("Заря", "(12+)")
PIER = Mark(
    "Серый Причал",
    "*",
    placement=Placement.FOOT,
    note="Сноска о движении.",
    rating=AgeRating.EIGHTEEN,
    severity=Severity.ERROR,
    valid_from=date(2024, 1, 1),
)


def check(mark: Mark, body: str, **fields: object) -> list[Finding]:
    marks = Marks([KeptMark(mark, mark_forms(mark))])
    return list(check_marks(marks, material(body, **fields), around()))


def after(mark: Mark, body: str) -> str:
    """The text of one paragraph after all that is missing was put in."""
    for finding in reversed([one for one in check(mark, body) if one.field is Field.BODY]):
        body = mended(Field.BODY, body, finding)
    return body


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Вышла «Заря».", "Вышла «Заря» (12+)."),
        ("Вышла «Заря» (12+).", None),
        ("Вышла «Заря»(12+).", None),
        ("Вышла «Заря» (16+).", "Вышла «Заря» (12+)."),
        ("Пишут в «Заре» и о «Зарёй».", "Пишут в «Заре» (12+) и о «Зарёй» (12+)."),
        ("Наступила заря.", None),
        ("Зарянка Заря запела.", "Зарянка Заря (12+) запела."),
        ('Сеть "Заря" растёт.', 'Сеть "Заря" (12+) растёт.'),
    ],
)
def test_inline_marks(before: str, expected: str | None) -> None:
    assert after(DAWN, before) == (expected or before)
    assert check(DAWN, expected or before) == []


def test_only_the_first_mention_where_the_list_says_so() -> None:
    first = replace(DAWN, mentions=Mentions.FIRST)
    assert after(first, "«Заря» и «Заря».") == "«Заря» (12+) и «Заря»."
    assert check(first, "«Заря» и «Заря».", lead="О «Заре» (12+).") == []


def test_a_foot_note_and_the_rating() -> None:
    told = check(PIER, "О Сером Причале говорят.", age=AgeRating.SIX, note="Источник: мэрия.")
    assert [(one.code, one.field, one.severity) for one in told] == [
        ("mark-missing", Field.BODY, Severity.ERROR),
        ("mark-note-missing", Field.NOTE, Severity.ERROR),
        ("mark-raises-rating", Field.AGE, Severity.ERROR),
    ]
    assert mended(Field.BODY, "О Сером Причале говорят.", told[0]) == "О Сером Причале* говорят."
    assert mended(Field.NOTE, "Источник: мэрия.", told[1]) == "Источник: мэрия. * Сноска о движении."
    done = check(PIER, "О Сером Причале* говорят.", age=AgeRating.EIGHTEEN, note="* Сноска о движении.")
    assert done == []


def test_names_of_several_words_are_found_in_every_form_and_nowhere_else() -> None:
    assert len(check(replace(PIER, note="н"), "С Серым Причалом. Серый кот у Причала.")) == 2


def test_a_mark_is_due_between_its_days() -> None:
    ended = replace(DAWN, valid_to=date(2025, 1, 1))
    assert check(ended, "«Заря»") == []
    old = datetime(2023, 5, 1, tzinfo=UTC)
    marks, article = Marks([KeptMark(PIER, mark_forms(PIER))]), material("Серый Причал", date=old)
    # Going out again today, an old text is marked by today's list; where it only lies on the site, by its own day's.
    assert list(check_marks(marks, article, around()))
    assert not list(check_marks(marks, article, replace(around(), goes_out=False)))


def test_headlines_have_no_age_marks_but_other_ones() -> None:
    assert check(DAWN, headline="«Заря» вышла", body="Текст.") == []
    assert [one.field for one in check(replace(PIER, note="н", rating=None), headline="Серый Причал", body="")] == [
        Field.HEADLINE,
        Field.NOTE,
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("WhatsApp(12+) и «Заря»(6+)", ["(12+)", "(6+)"]),
        ("соцсеть (12+)(73%)", [")("]),
        ("WhatsApp (12+), Viber (12+) (3%), в (12) и в(уме)", []),
    ],
)
def test_glued_marks(body: str, words: list[str]) -> None:
    assert found("mark-glued", body) == words


def test_a_mark_above_the_rating_of_the_article() -> None:
    assert found("mark-above-rating", "«Заря» (6+) и «Ночь» (18+)", age=AgeRating.TWELVE) == ["(18+)"]
    assert found("mark-above-rating", "«Заря» (12+)", age=AgeRating.TWELVE) == []


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_lists_survive_a_file(suffix: str) -> None:
    marks = [replace(DAWN, aliases=("Зорька", "сеть «Заря»"), inflected=False, source="афиша, 5"), PIER]
    assert read_mark_file(write_mark_file(marks, suffix).encode(), suffix) == marks


def test_a_name_that_looks_like_a_formula_is_none_in_a_spreadsheet() -> None:
    marks = [Mark("=HYPERLINK(1)", "+", aliases=("@a", "-b"), note="'='"), Mark("''", "'@", source="д'Артаньян")]
    text = write_mark_file(marks, ".csv")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert read_mark_file(text.encode(), ".csv") == marks
    assert read_mark_file("name,sign\n'Заря,'\n".encode(), ".csv") == [Mark("'Заря", "'")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sign\n*\n", "нужны названия столбцов"),
        ("name,sign,valid_from\nЗаря,*,вчера\n", "2: «вчера» — не дата"),
        ("name,sign,placement\nЗаря,*,top\n", "2: «top» не бывает; бывает inline, foot"),
        ("name,sign,colour\nЗаря,*,red\n", "2: лишнее: colour"),
    ],
)
def test_a_wrong_file_says_where(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_mark_file(text.encode(), ".csv")
