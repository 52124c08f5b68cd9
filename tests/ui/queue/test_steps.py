"""Which buttons of the queue can be pressed, and what the others say."""

import pytest

from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.people import Role
from newsroom.domain.states import QueueState, ReviewState
from tests.ui.queue.values import make_article, make_item
from ui.queue.steps import Facts, Step, hindrance

WAITING = Facts(make_article())
SCHEDULED = Facts(make_article(ReviewState.APPROVED), make_item())
HELD = Facts(make_article(ReviewState.APPROVED), make_item(state=QueueState.HELD, due_at=None))
DELIVERING = Facts(make_article(ReviewState.APPROVED), make_item(state=QueueState.DELIVERING))
FAILED = Facts(make_article(ReviewState.APPROVED), make_item(state=QueueState.NEEDS_PERSON))
OUT = Facts(make_article(ReviewState.APPROVED, live=True), make_item(state=QueueState.VERIFIED))


@pytest.mark.parametrize(
    ("facts", "possible"),
    [
        (WAITING, {Step.APPROVE, Step.RETURN, Step.TIME, Step.KILL}),
        (SCHEDULED, {Step.RETURN, Step.TIME, Step.NOW, Step.HOLD, Step.KILL}),
        (HELD, {Step.RETURN, Step.TIME, Step.NOW, Step.KILL}),
        (DELIVERING, {Step.WITHDRAW, Step.KILL}),
        (FAILED, {Step.RETURN, Step.TIME, Step.NOW, Step.HOLD, Step.RETRY, Step.KILL}),
        (OUT, {Step.RETURN, Step.UNDO, Step.WITHDRAW, Step.KILL}),
    ],
    ids=["waiting", "scheduled", "held", "delivering", "failed", "out"],
)
def test_what_the_chief_can_do(facts: Facts, possible: set[Step]) -> None:
    assert {step for step in Step if not hindrance(step, facts, Role.CHIEF)} == possible


def test_a_proofreader_hears_who_may_approve() -> None:
    assert "главный редактор" in hindrance(Step.APPROVE, WAITING, Role.PROOFREADER)


def test_blockers_are_all_named_and_remarks_do_not_block() -> None:
    blockers = (
        Finding(Field.AGE, Severity.ERROR, "age-missing", "Не выбран возрастной знак."),
        Finding(Field.RUBRIC, Severity.ERROR, "rubric-missing", "Не выбрана рубрика."),
        Finding(Field.LEAD, Severity.WARNING, "lead-long", "Подводка длинная."),
    )
    assert hindrance(Step.APPROVE, Facts(make_article(), None, blockers), Role.CHIEF).splitlines() == [
        "Не выбран возрастной знак.",
        "Не выбрана рубрика.",
    ]


def test_a_killed_article_can_only_be_looked_at() -> None:
    facts = Facts(make_article(ReviewState.DRAFT, killed=True), make_item(state=QueueState.VERIFIED))
    assert [step for step in Step if not hindrance(step, facts, Role.CHIEF)] == []
