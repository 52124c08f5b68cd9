"""Review: who may, what blocks, what an approval writes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsroom.desk import house_lists, reading, vocabulary
from newsroom.desk.checking import check_content, checker_for, read_frame
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve, blockers_of, return_article, submit
from newsroom.desk.scheduling import publish_now, schedule, withdraw
from newsroom.desk.writing import create_article, plan_article, save_article
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.errors import Blocked, Forbidden, InvalidInput, NotFound, NotNow, Unsettled
from newsroom.domain.findings import Field, Severity
from newsroom.domain.ids import ArticleId
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import Label, QueueState, ReviewState
from newsroom.domain.vocabulary import HouseWord, Verdict
from tests.newsrooms import GOOD, Desks
from tests.photos.pictures import encoded, picture


def test_submitting_lists_every_blocker_at_once(desks: Desks) -> None:
    article = create_article(desks.editor, Content(headline="а" * 91)).value
    with pytest.raises(Blocked) as refused:
        submit(desks.editor, article)
    named = {blocker.field for blocker in refused.value.blockers}
    assert named == {Field.HEADLINE, Field.LEAD, Field.BODY, Field.RUBRIC, Field.AGE}
    assert reading.read_article(desks.editor, article).review is ReviewState.DRAFT


def test_a_photo_lost_from_the_store_blocks(desks: Desks) -> None:
    photo = add_photo(desks.editor, encoded(picture()), "most.jpg").value
    content = GOOD.with_(photo=LeadPhoto(photo.id, "Мост", "Анна Ким", "Мост утром"))
    assert blockers_of(desks.editor, content) == []
    desks.editor.photos.path(photo.id).unlink()
    assert [blocker.field for blocker in blockers_of(desks.editor, content)] == [Field.PHOTO]


def test_returning_needs_a_reason_and_shows_it_to_the_author(desks: Desks) -> None:
    article = desks.submitted()
    with pytest.raises(InvalidInput):
        return_article(desks.chief, article, "  ")
    return_article(desks.chief, article, "Нет второго источника")
    now = reading.read_article(desks.editor, article)
    assert (now.label, now.return_reason) == (Label.RETURNED, "Нет второго источника")
    submit(desks.editor, article)
    assert reading.read_article(desks.editor, article).return_reason == ""


def test_the_reason_stays_while_the_author_mends_the_text(desks: Desks) -> None:
    article = desks.submitted()
    return_article(desks.chief, article, "Нет второго источника")
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    assert reading.read_article(desks.editor, article).return_reason == "Нет второго источника"


def test_approval_without_a_time_waits_for_one(desks: Desks) -> None:
    desks.approved()
    assert [(item.state, item.due_at) for item in reading.read_queue(desks.chief)] == [(QueueState.HELD, None)]
    assert desks.publish() == []


def test_approval_takes_the_planned_time(desks: Desks) -> None:
    article = desks.submitted()
    due = reading.read_counters(desks.chief).now + timedelta(hours=2)
    plan_article(desks.editor, article, due)
    approve(desks.chief, article)
    assert [(item.state, item.due_at) for item in reading.read_queue(desks.chief)] == [(QueueState.SCHEDULED, due)]
    assert reading.read_article(desks.chief, article).label is Label.SCHEDULED


def test_nothing_can_be_approved_twice_or_unsubmitted(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD).value
    with pytest.raises(NotNow):
        approve(desks.chief, article)
    submit(desks.editor, article)
    approve(desks.chief, article)
    with pytest.raises(NotNow):
        approve(desks.chief, article)


@pytest.mark.parametrize("login", ["editor", "proofreader"])
def test_only_the_chief_approves(desks: Desks, login: str) -> None:
    article = desks.submitted()
    with pytest.raises(Forbidden, match="главный редактор"):
        approve(desks.newsroom.sign_in(login), article)
    assert reading.read_queue(desks.chief) == []


def test_returning_an_approved_article_takes_it_out_of_the_queue(desks: Desks) -> None:
    article = desks.approved()
    return_article(desks.chief, article, "Уточнить цифру")
    assert [item.state for item in reading.read_queue(desks.chief)] == [QueueState.CANCELLED]


def test_an_unknown_article_is_not_found(desks: Desks) -> None:
    with pytest.raises(NotFound):
        submit(desks.editor, ArticleId(404))


def test_everything_done_is_on_the_record(desks: Desks) -> None:
    article = desks.approved()
    lines = reading.read_activity(desks.chief, article)
    assert [(line.who, line.what) for line in reversed(lines)] == [
        ("editor", "create"),
        ("editor", "submit"),
        ("chief", "approve"),
        ("chief", "queue"),
    ]
    newest, changes = reading.changes_since(desks.chief, lines[1].id)
    assert newest == lines[0].id
    assert changes.articles == {article}
    assert reading.changes_since(desks.chief, newest) == (newest, type(changes)())


#: It is about a word of `GOOD`.
RULE = HouseRule("подрядчик", "подрядчик", None, "Назовите подрядчика.", finds=("подрядчик закончил",))


def test_warnings_are_asked_about_until_they_are_said_to_be_seen(desks: Desks) -> None:
    house_lists.save_rule(desks.proofreader, RULE)
    article = desks.submitted()
    with pytest.raises(Unsettled) as asked:
        approve(desks.chief, article)
    (warning,) = asked.value.warnings
    assert (warning.code, str(asked.value)) == ("rule:подрядчик", "Проверьте, текст: Назовите подрядчика.")
    assert reading.read_article(desks.chief, article).review is ReviewState.SUBMITTED
    house_lists.save_rule(desks.proofreader, replace(RULE, name="мост", pattern="мосту", finds=("по мосту",)))
    with pytest.raises(Unsettled):
        approve(desks.chief, article, warnings_seen=[warning.key])
    house_lists.remove_rules(desks.proofreader, ["мост"])
    approve(desks.chief, article, warnings_seen=[warning.key])
    recorded = next(line for line in reading.read_activity(desks.chief, article) if line.what == "approve")
    assert recorded.detail == "версия 1; просмотрено: Назовите подрядчика."


def test_what_is_passed_over_with_a_reason_is_not_asked_about_and_notes_never_are(desks: Desks) -> None:
    house_lists.save_rule(desks.proofreader, RULE)
    note = replace(RULE, name="мост", pattern="мосту", finds=("по мосту",), severity=Severity.NOTE)
    house_lists.save_rule(desks.proofreader, note)
    article = desks.submitted()
    found = check_content(desks.editor, GOOD, checker_for(read_frame(desks.editor)), article=article)
    warning = next(one for one in found if one.severity is Severity.WARNING)
    house_lists.ignore_finding(desks.editor, article, warning, "назван в прошлой заметке")
    approve(desks.chief, article)


def test_errors_of_the_lists_block_whatever_was_seen(desks: Desks) -> None:
    article = desks.submitted()
    house_lists.save_rule(desks.proofreader, replace(RULE, severity=Severity.ERROR))
    with pytest.raises(Blocked) as refused:
        approve(desks.chief, article, warnings_seen=[f"rule:{RULE.name}|body|подрядчик"])
    assert [one.code for one in refused.value.blockers] == ["rule:подрядчик"]


def test_an_old_text_that_goes_out_again_is_asked_about_by_todays_lists_alone(desks: Desks) -> None:
    house_lists.save_rule(desks.proofreader, RULE)
    article = desks.submitted()
    approve(desks.chief, article, warnings_seen=[f"rule:{RULE.name}|body|подрядчик"])
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    withdraw(desks.chief, article, "спор")
    assert desks.publish() == ["verified"]
    new = replace(RULE, name="мост", pattern="мосту", finds=("по мосту",))
    house_lists.save_rule(desks.proofreader, new)
    with pytest.raises(Unsettled) as asked:
        publish_now(desks.chief, article)
    assert [one.code for one in asked.value.warnings] == ["rule:мост"]
    later = reading.read_counters(desks.chief).now + timedelta(hours=1)
    with pytest.raises(Unsettled):
        schedule(desks.editor, article, later)
    house_lists.save_rule(desks.proofreader, replace(new, severity=Severity.ERROR))
    with pytest.raises(Blocked):
        publish_now(desks.chief, article, warnings_seen=["rule:мост|body|мосту"])
    house_lists.save_rule(desks.proofreader, new)
    publish_now(desks.chief, article, warnings_seen=["rule:мост|body|мосту"])
    assert desks.publish() == ["verified"]


def test_a_forbidden_word_is_asked_about_and_in_an_old_text_only_where_it_is_newer(desks: Desks) -> None:
    article = desks.submitted()
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    withdraw(desks.chief, article, "спор")
    assert desks.publish() == ["verified"]
    vocabulary.save_word(desks.proofreader, HouseWord("подрядчик", Verdict.FORBIDDEN, meant="строитель"))
    with pytest.raises(Unsettled) as asked:
        publish_now(desks.chief, article)
    (warning,) = asked.value.warnings
    assert (warning.code, warning.fix) == ("spelling-forbidden", "строитель")
    publish_now(desks.chief, article, warnings_seen=[warning.key])
    assert desks.publish() == ["verified"]

    other = desks.submitted(GOOD.with_(headline="Второй мост через протоку"))
    with pytest.raises(Unsettled) as asked:
        approve(desks.chief, other)
    assert [one.key for one in asked.value.warnings] == [warning.key]
    vocabulary.ignore_word(desks.editor, other, "Подрядчик")
    approve(desks.chief, other)
