"""Marks, rules, style and passed-over findings: who may, what is kept, what the check makes of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.desk import house_lists, reading, sweeping
from newsroom.desk.checking import check_content, checker_for, read_frame
from newsroom.desk.review import submit
from newsroom.desk.session import Desk
from newsroom.desk.writing import create_article
from newsroom.domain.article import Content
from newsroom.domain.errors import Blocked, Forbidden, InvalidInput, NotFound
from newsroom.domain.findings import Finding, Severity
from newsroom.domain.ids import ArticleId
from newsroom.domain.marks import Mark
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import ReviewState
from newsroom.domain.style import HouseStyle, Quotes
from newsroom.text.rule_files import write_rule_file
from tests.newsrooms import GOOD, Desks

MARK = Mark("Серый Причал", "(12+)", severity=Severity.ERROR)
RULE = HouseRule("мост", "мостик", "мост", "Мостик — это на корабле.", finds=("мостик → мост",), passes=("мостики",))
NAMED = GOOD.with_(body="У Серого Причала открыли мостик.")


def checked(desk: Desk, content: Content, article: ArticleId | None = None) -> list[Finding]:
    return check_content(desk, content, checker_for(read_frame(desk)), article=article)


def codes(desk: Desk, content: Content, article: ArticleId | None = None) -> list[str]:
    return [one.code for one in checked(desk, content, article)]


def test_a_mark_of_the_list_is_missed_until_it_is_removed(desks: Desks) -> None:
    done = house_lists.save_marks(desks.proofreader, [MARK])
    assert (done.value, done.changes.words) == (house_lists.Taken((MARK.name,), (), 0), True)
    assert house_lists.save_marks(desks.proofreader, [MARK]).value == house_lists.Taken((), (), 1)
    assert house_lists.save_marks(desks.proofreader, [replace(MARK, sign="(16+)")]).value.changed == (MARK.name,)
    assert [kept.mark.sign for kept in house_lists.read_marks(desks.editor)] == ["(16+)"]
    assert codes(desks.editor, NAMED) == ["mark-missing"]
    article = create_article(desks.editor, NAMED).value
    with pytest.raises(Blocked, match="нужна пометка"):
        submit(desks.editor, article)
    with pytest.raises(NotFound):
        house_lists.remove_marks(desks.proofreader, [MARK.name, "Нигде"])
    assert codes(desks.editor, NAMED) == ["mark-missing"]
    house_lists.remove_marks(desks.proofreader, [MARK.name])
    assert codes(desks.editor, NAMED) == []
    with pytest.raises(NotFound):
        house_lists.remove_marks(desks.proofreader, [MARK.name])


def test_a_finding_passed_over_with_a_reason_stays_so_in_its_article(desks: Desks) -> None:
    house_lists.save_marks(desks.proofreader, [MARK])
    article = create_article(desks.editor, NAMED).value
    (found,) = checked(desks.editor, NAMED, article)
    with pytest.raises(InvalidInput, match="почему"):
        house_lists.ignore_finding(desks.editor, article, found, " ")
    house_lists.ignore_finding(desks.editor, article, found, "это причал, а не движение")
    moved = NAMED.with_(body="Новое начало.\n\n" + NAMED.body)
    assert codes(desks.editor, moved, article) == []
    assert codes(desks.editor, NAMED) == ["mark-missing"]
    assert "это причал" in reading.read_activity(desks.editor, article)[0].detail
    submit(desks.editor, article)
    house_lists.heed_finding(desks.editor, article, found.key)
    assert codes(desks.editor, NAMED, article) == ["mark-missing"]


def test_what_an_article_cannot_be_without_is_not_passed_over(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD.with_(age=None)).value
    (found,) = checked(desks.editor, GOOD.with_(age=None), article)
    with pytest.raises(InvalidInput, match="не выпустить"):
        house_lists.ignore_finding(desks.editor, article, found, "потом")


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_rules_go_into_a_file_and_come_back_all_or_none(desks: Desks, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"rules{suffix}"
    other = HouseRule(
        "пробел", " ,", ",", "Перед запятой пробела нет.", finds=("да , нет → да, нет",), whole_word=False
    )
    house_lists.save_rules(desks.proofreader, [RULE, other])
    assert house_lists.export_rules(desks.editor, file) == 2
    house_lists.remove_rules(desks.proofreader, [RULE.name])
    with pytest.raises(Forbidden):
        house_lists.import_rules(desks.editor, file)
    taken = house_lists.import_rules(desks.proofreader, file).value
    assert taken == house_lists.Taken((RULE.name,), (), 1)
    before = [kept.rule for kept in house_lists.read_rules(desks.editor)]
    assert before == [RULE, other]
    wrong = [replace(other, message="Иначе."), replace(RULE, finds=("паром → мост",))]
    file.write_text(write_rule_file(wrong, suffix), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"«мост»: .*не найден"):
        house_lists.import_rules(desks.proofreader, file)
    assert [kept.rule for kept in house_lists.read_rules(desks.editor)] == before


def test_a_rule_is_held_to_its_examples(desks: Desks) -> None:
    for wrong, words in (
        (replace(RULE, finds=("паром → мост",)), "не найден"),
        (replace(RULE, finds=("мостик → мостки",)), "становится «мост»"),
        (replace(RULE, passes=("мостик новый",)), "и то, что верно"),
        (replace(RULE, finds=()), "хотя бы один пример"),
        (replace(RULE, pattern="мост(", is_expression=True), "Не закрыта скобка"),
        (replace(RULE, pattern="(м|мм)+ё$", is_expression=True, finds=("м" * 90,)), "слишком сложное"),
        (replace(RULE, replacement=None, message=""), "замена или совет"),
    ):
        with pytest.raises(InvalidInput, match=words):
            house_lists.save_rule(desks.proofreader, wrong)
    assert house_lists.read_rules(desks.proofreader) == []


def test_a_rule_finds_is_counted_and_goes(desks: Desks) -> None:
    house_lists.save_rule(desks.proofreader, RULE)
    (found,) = checked(desks.editor, NAMED)
    assert (found.code, found.words, found.fix, found.message) == ("rule:мост", "мостик", "мост", RULE.message)
    house_lists.count_accepted(desks.editor, found)
    article = create_article(desks.editor, NAMED).value
    house_lists.ignore_finding(desks.editor, article, found, "речь о капитане")
    (kept,) = house_lists.read_rules(desks.editor)
    assert (kept.owner, kept.hits, kept.accepted) == (desks.proofreader.person.name, 2, 1)
    with pytest.raises(NotFound):
        house_lists.remove_rules(desks.proofreader, [RULE.name, "нигде"])
    assert len(house_lists.read_rules(desks.editor)) == 1
    house_lists.remove_rules(desks.proofreader, [RULE.name, RULE.name])
    assert checked(desks.editor, NAMED) == []


def test_editors_do_not_decide_for_the_house(desks: Desks) -> None:
    for act in (
        lambda: house_lists.save_marks(desks.editor, [MARK]),
        lambda: house_lists.save_rule(desks.editor, RULE),
        lambda: house_lists.change_style(desks.editor, HouseStyle(quotes=Quotes.STRAIGHT)),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_style_of_the_house_is_kept(desks: Desks) -> None:
    content = GOOD.with_(body='Журнал "Заря" вышел.')
    assert codes(desks.editor, content) == ["typography"]
    house_lists.change_style(desks.proofreader, HouseStyle(quotes=Quotes.STRAIGHT))
    assert reading.read_settings(desks.editor).house.style.quotes is Quotes.STRAIGHT
    assert codes(desks.editor, content) == []


def test_a_sweep_proposes_and_what_is_accepted_goes_to_review(desks: Desks) -> None:
    live = desks.approved(GOOD.with_(headline="Мостик", body="Открыли **мостик** и мостик."))
    other = desks.approved(GOOD.with_(headline="Паром"))
    draft = create_article(desks.editor, NAMED).value
    assert [number for number, _words in sweeping.would_change(desks.proofreader, RULE)] == [live] * 3
    (proposal,) = sweeping.propose(desks.proofreader, [RULE])
    assert (proposal.article, len(proposal.differences)) == (live, 3)
    assert (proposal.content.headline, proposal.content.body) == ("Мост", "Открыли **мост** и мост.")
    (accepted,) = sweeping.accept(desks.proofreader, [proposal], "правка архива").value
    article = reading.read_article(desks.editor, live)
    assert (accepted.revision, article.revision, article.review) == (2, 2, ReviewState.SUBMITTED)
    assert reading.read_article(desks.editor, other).revision == 1
    assert reading.read_article(desks.editor, draft).revision == 1
    assert sweeping.propose(desks.proofreader, [RULE]) == []


def test_an_article_edited_after_a_sweep_is_left_alone(desks: Desks) -> None:
    article = desks.approved(GOOD.with_(body="Открыли мостик."))
    (proposal,) = sweeping.propose(desks.proofreader, [RULE])
    stale = replace(proposal, revision=0)
    (answer,) = sweeping.accept(desks.proofreader, [stale], "правка").value
    assert answer.revision is None
    assert "тем временем" in answer.problem
    assert reading.read_article(desks.editor, article).revision == 1
