"""What is offered for an article, by state and role."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsroom.domain.article import Article, Content, LiveOnSite
from newsroom.domain.ids import ArticleId, ArticleUid, PersonId, RevisionId
from newsroom.domain.people import Action, Role
from newsroom.domain.states import Label, LiveState, ReviewState
from ui.editor.moves import moves_for

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DRAFT = Article(
    id=ArticleId(1),
    uid=ArticleUid("u"),
    content=Content(headline="Дорога"),
    slug="doroga",
    revision=1,
    revision_id=RevisionId(1),
    hash="",
    review=ReviewState.DRAFT,
    return_reason="",
    approved_revision=None,
    planned_at=None,
    label=Label.DRAFT,
    live=(),
    killed=False,
    created_at=NOW,
    created_by=PersonId(1),
    updated_at=NOW,
    updated_by="Анна",
)
ON_SITE = LiveOnSite("main", LiveState.LIVE, 1, 1, NOW, NOW)
STATES = {
    "new": None,
    "draft": DRAFT,
    "submitted": replace(DRAFT, review=ReviewState.SUBMITTED, label=Label.SUBMITTED),
    "returned": replace(DRAFT, review=ReviewState.RETURNED, label=Label.RETURNED),
    "approved": replace(DRAFT, review=ReviewState.APPROVED, label=Label.APPROVED),
    "scheduled": replace(DRAFT, review=ReviewState.APPROVED, label=Label.SCHEDULED),
    "under way": replace(DRAFT, review=ReviewState.APPROVED, label=Label.UNDER_WAY),
    "stuck": replace(DRAFT, review=ReviewState.APPROVED, label=Label.NEEDS_PERSON),
    "live": replace(DRAFT, review=ReviewState.APPROVED, label=Label.LIVE, live=(ON_SITE,)),
    "killed": replace(DRAFT, label=Label.KILLED, killed=True),
}


@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("new", Action.SUBMIT),
        ("draft", Action.SUBMIT),
        ("submitted", Action.APPROVE),
        ("returned", Action.SUBMIT),
        ("approved", Action.PUBLISH_NOW),
        ("scheduled", Action.PUBLISH_NOW),
        ("stuck", Action.RETRY),
        ("under way", None),
        ("live", None),
        ("killed", None),
    ],
)
def test_one_action_is_prominent(state, action):
    primary, _moves = moves_for(STATES[state], Role.CHIEF)
    assert (primary.action if primary else None) is action
    assert primary is None or primary.refusal == ""


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("new", {Action.SUBMIT}),
        ("draft", {Action.SUBMIT, Action.SCHEDULE, Action.KILL}),
        ("submitted", {Action.APPROVE, Action.RETURN, Action.SCHEDULE, Action.KILL}),
        ("scheduled", {Action.RETURN, Action.SCHEDULE, Action.PUBLISH_NOW, Action.HOLD, Action.KILL}),
        ("live", {Action.RETURN, Action.SCHEDULE, Action.WITHDRAW, Action.KILL}),
        ("killed", set()),
    ],
)
def test_a_chief_may_do_what_the_state_allows(state, allowed):
    _primary, moves = moves_for(STATES[state], Role.CHIEF)
    assert {move.action for move in moves if not move.refusal} == allowed


@pytest.mark.parametrize("state", STATES)
def test_every_refusal_is_a_sentence(state):
    for role in Role:
        for move in moves_for(STATES[state], role)[1]:
            assert move.refusal == "" or move.refusal.endswith(".")


def test_an_editor_is_told_who_approves():
    primary, _moves = moves_for(STATES["submitted"], Role.EDITOR)
    assert primary is not None
    assert "главный редактор" in primary.refusal
