"""What the list shows: filters, search, order."""

from datetime import timedelta

import pytest

from newsroom.desk import reading
from newsroom.desk.commenting import comment_on_words, resolve_comment
from newsroom.desk.writing import create_article, plan_article
from newsroom.domain.article import ArticleFilter
from newsroom.domain.ids import ArticleId, RubricSlug
from newsroom.domain.states import Label
from tests.newsrooms import GOOD, Desks


@pytest.fixture
def three(desks: Desks) -> list[ArticleId]:
    return [
        create_article(desks.editor, GOOD.with_(headline="Ёлка на площади", rubric=RubricSlug("kultura"))).value,
        create_article(desks.proofreader, GOOD.with_(headline="Пожар в Усть-Каменке", body="Огонь на складе.")).value,
        desks.submitted(GOOD.with_(headline="100% явка", tags=("выборы",))),
    ]


def headlines(desks: Desks, **wanted: object) -> list[str]:
    ids = reading.article_ids(desks.editor, ArticleFilter(**wanted))  # type: ignore[arg-type]
    return [row.headline for row in reading.article_rows(desks.editor, ids)]


def test_the_newest_comes_first(desks: Desks, three: list[ArticleId]) -> None:
    assert headlines(desks) == ["100% явка", "Пожар в Усть-Каменке", "Ёлка на площади"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("елка", ["Ёлка на площади"]),
        ("ПЛОЩ", ["Ёлка на площади"]),
        ("каменк", ["Пожар в Усть-Каменке"]),
        ("усть-каменке", ["Пожар в Усть-Каменке"]),
        ("огонь пожар", ["Пожар в Усть-Каменке"]),
        ("выборы", ["100% явка"]),
        ("100%", ["100% явка"]),
        ("ожар", []),
        ("_", ["100% явка", "Пожар в Усть-Каменке", "Ёлка на площади"]),
    ],
)
def test_search_finds_beginnings_of_words_in_any_case(
    desks: Desks, three: list[ArticleId], search: str, found: list[str]
) -> None:
    assert headlines(desks, search=search) == found


def test_filters_are_joined(desks: Desks, three: list[ArticleId]) -> None:
    assert headlines(desks, labels=frozenset({Label.SUBMITTED})) == ["100% явка"]
    assert headlines(desks, rubric=RubricSlug("kultura")) == ["Ёлка на площади"]
    assert headlines(desks, person=desks.proofreader.person.id) == ["Пожар в Усть-Каменке"]
    assert headlines(desks, rubric=RubricSlug("kultura"), labels=frozenset({Label.SUBMITTED})) == []
    now = reading.read_counters(desks.editor).now
    assert headlines(desks, since=now + timedelta(minutes=1)) == []
    assert len(headlines(desks, until=now + timedelta(minutes=1))) == 3


def test_rows_keep_the_order_asked_for_and_leave_out_what_is_gone(desks: Desks, three: list[ArticleId]) -> None:
    asked = [three[2], ArticleId(999), three[0]]
    assert [row.id for row in reading.article_rows(desks.editor, asked)] == [three[2], three[0]]
    assert reading.article_rows(desks.editor, []) == []


def test_a_row_counts_the_comments_that_wait(desks: Desks, three: list[ArticleId]) -> None:
    first = comment_on_words(desks.chief, three[1], "Огонь", "Где?").value
    comment_on_words(desks.chief, three[1], "складе", "Чьём?")
    assert [row.comments for row in reading.article_rows(desks.editor, three)] == [0, 2, 0]
    resolve_comment(desks.editor, first)
    assert [row.comments for row in reading.article_rows(desks.editor, three)] == [0, 1, 0]


def test_who_waits_for_the_chief_waits_with_the_plan(desks: Desks) -> None:
    article = desks.submitted(GOOD)
    when = reading.read_article(desks.editor, article).updated_at + timedelta(hours=3)
    plan_article(desks.editor, article, when)
    [row] = reading.waiting_articles(desks.chief)
    assert (row.id, row.when) == (article, when)
