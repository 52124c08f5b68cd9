"""Review: who may, what blocks, what an approval writes."""

from datetime import timedelta

import pytest

from newsroom.desk import reading
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve, blockers_of, return_article, submit
from newsroom.desk.writing import create_article, plan_article, save_article
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.errors import Blocked, Forbidden, InvalidInput, NotFound, NotNow
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label, QueueState, ReviewState
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
