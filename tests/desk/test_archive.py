"""The archive place by place: found a little at a time, and what is accepted waits for the chief."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsroom.desk import archive, house_lists, reading, vocabulary
from newsroom.desk.archive import Sought, SweptPlace, accept_places, look, read_choices, read_swept
from newsroom.desk.checking import check_content, checker_for, read_frame
from newsroom.desk.review import approve
from newsroom.desk.writing import create_article, save_article
from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Field, Severity
from newsroom.domain.ids import ArticleId
from newsroom.domain.marks import Mark
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import QueueState, ReviewState
from newsroom.domain.vocabulary import HouseWord, Verdict
from tests.newsrooms import GOOD, Desks

RULE = HouseRule("мост", "мостик", "мост", finds=("мостик → мост",))
BODY = "Вчера открыли **мос**тик. Потом Мостик закрыли.\n\n> Нам нужен мостик.\n>\n> — Анна Ким, капитан"


def everything(desks: Desks, sought: Sought) -> list[SweptPlace]:
    found, looked = look(desks.proofreader, sought, read_swept(desks.proofreader), 60)
    assert looked == len(read_swept(desks.proofreader))
    return found


def test_places_are_found_in_their_sentences_and_only_where_readers_see_them(desks: Desks) -> None:
    article = desks.approved(GOOD.with_(headline="Мостик закрыли", body=BODY))
    create_article(desks.editor, GOOD.with_(body="Это черновик: мостик."))
    found = everything(desks, Sought((RULE,)))
    assert {place.article for place in found} == {article}
    assert [(place.place.field, place.before, place.words, place.fix, place.after) for place in found] == [
        (Field.HEADLINE, "", "Мостик", "Мост", " закрыли"),
        (Field.BODY, "Вчера открыли ", "мостик", "мост", "."),
        (Field.BODY, "Потом ", "Мостик", "Мост", " закрыли."),
        (Field.BODY, "Нам нужен ", "мостик", "мост", "."),
    ]
    assert len({place.kind for place in found}) == 1


def test_a_look_ends_in_time_and_goes_on_where_it_stopped(desks: Desks) -> None:
    for number in range(3):
        desks.approved(GOOD.with_(headline=f"Паром {number}", body="Открыли мостик."))
    articles = read_swept(desks.proofreader)
    seen: list[ArticleId] = []
    while articles:
        found, looked = look(desks.proofreader, Sought((RULE,)), articles, 0)
        assert looked == 1
        seen += [place.article for place in found]
        articles = articles[looked:]
    assert len(set(seen)) == 3


def test_what_is_accepted_is_one_revision_that_waits_for_the_chief(desks: Desks) -> None:
    article = desks.submitted(GOOD.with_(body=BODY))
    approve(desks.chief, article)
    first, second, third = everything(desks, Sought((RULE,)))
    done = accept_places(desks.proofreader, [third, first], "правка архива")
    assert (done.value.revision, done.value.refused) == (2, ())
    assert article in done.changes.articles
    now = reading.read_article(desks.chief, article)
    assert now.content.body == BODY.replace("**мос**тик", "**мост**").replace("нужен мостик", "нужен мост")
    assert now.review is ReviewState.SUBMITTED
    assert [item.state for item in reading.read_queue(desks.chief)] == [QueueState.CANCELLED]
    assert everything(desks, Sought((RULE,)))[0].words == second.words


def test_an_edit_made_meanwhile_is_kept_and_what_it_took_away_is_refused(desks: Desks) -> None:
    article = desks.approved(GOOD.with_(body="Открыли мостик.\n\nПотом закрыли мостик у причала."))
    places = everything(desks, Sought((RULE,)))
    edited = GOOD.with_(body="Новое начало, его никто не теряет.\n\nПотом закрыли мостик у причала.")
    save_article(desks.editor, article, edited, base_revision=1)
    done = accept_places(desks.proofreader, places, "правка архива").value
    assert (done.revision, [place for place, _why in done.refused]) == (3, [places[0]])
    assert "уже нет" in done.refused[0][1]
    body = reading.read_article(desks.chief, article).content.body
    assert body == "Новое начало, его никто не теряет.\n\nПотом закрыли мост у причала."


def test_what_cannot_be_submitted_is_refused_whole(desks: Desks) -> None:
    article = desks.approved(GOOD.with_(body="Открыли мостик."))
    (place,) = everything(desks, Sought((RULE,)))
    other = HouseRule("причал", "открыли", None, "Кто открыл?", finds=("открыли",))
    house_lists.save_rule(desks.proofreader, replace(other, severity=Severity.ERROR))
    done = accept_places(desks.proofreader, [place], "правка архива")
    assert (done.value.revision, [why for _place, why in done.value.refused]) == (None, ["Кто открыл?"])
    now = reading.read_article(desks.chief, article)
    assert (now.revision, now.review) == (1, ReviewState.APPROVED)


def test_what_somebody_passed_over_is_not_proposed(desks: Desks) -> None:
    article = desks.approved(GOOD.with_(body="Открыли мостик."))
    house_lists.save_rule(desks.proofreader, RULE)
    content = reading.read_article(desks.editor, article).content
    (found,) = check_content(desks.editor, content, checker_for(read_frame(desks.editor)), article=article)
    house_lists.ignore_finding(desks.editor, article, found, "речь о капитане")
    assert everything(desks, Sought((RULE,))) == []


@pytest.mark.parametrize(
    ("make", "title", "words", "fix"),
    [
        (lambda desks: house_lists.save_rule(desks.proofreader, RULE), "Правило: мост", "мостик", "мост"),
        (
            lambda desks: house_lists.save_marks(desks.proofreader, [Mark("Серый Причал", "(12+)")]),
            "Пометка: Серый Причал",
            "Серого Причала",
            "Серого Причала (12+)",
        ),
        (
            lambda desks: vocabulary.save_word(
                desks.proofreader, HouseWord("зебра", Verdict.FORBIDDEN, meant="переход")
            ),
            "Слово: зебра → переход",
            "Зебра",
            "Переход",
        ),
    ],
)
def test_every_list_of_the_house_can_be_looked_for(
    desks: Desks, make: Callable[[Desks], object], title: str, words: str, fix: str
) -> None:
    article = desks.approved(GOOD.with_(body="У Серого Причала открыли мостик. Зебра там есть."))
    make(desks)
    (choice,) = read_choices(desks.proofreader)
    assert choice.title == title
    (place,) = everything(desks, choice.sought)
    assert (place.words, place.fix) == (words, fix)
    assert accept_places(desks.proofreader, [place], "правка архива").value.revision == 2
    assert fix in reading.read_article(desks.chief, article).content.body


def test_blanks_are_mended_with_the_letters_beside_them(desks: Desks) -> None:
    desks.approved(GOOD.with_(body="Открыли  мост."))
    blanks = HouseRule("пробелы", "[ ]{2,}", " ", is_expression=True, whole_word=False)
    (place,) = everything(desks, Sought((blanks,)))
    assert (place.words, place.fix) == ("и  м", "и м")


def test_an_expression_that_cannot_be_read_is_said(desks: Desks) -> None:
    desks.approved()
    with pytest.raises(InvalidInput):
        everything(desks, Sought((HouseRule("скобка", "мост(", "мост", is_expression=True),)))
    assert archive.read_swept(desks.proofreader)
