"""Transitions of review, and the one label that lists show."""

import pytest

from newsroom.domain.errors import NotNow
from newsroom.domain.states import (
    REVIEW_TRANSITIONS,
    Label,
    LiveState,
    QueueState,
    ReviewState,
    ReviewStep,
    label_of,
    next_review_state,
)

DRAFT, SUBMITTED, RETURNED, APPROVED = ReviewState


def test_an_edit_after_approval_falls_back_to_draft() -> None:
    assert next_review_state(APPROVED, ReviewStep.EDIT) is DRAFT


@pytest.mark.parametrize("state", [DRAFT, RETURNED, APPROVED])
def test_only_what_was_submitted_can_be_approved(state: ReviewState) -> None:
    with pytest.raises(NotNow, match="одобрить"):
        next_review_state(state, ReviewStep.APPROVE)


def test_every_state_can_be_edited_and_left() -> None:
    for state in ReviewState:
        steps = {step for known, step in REVIEW_TRANSITIONS if known is state}
        assert ReviewStep.EDIT in steps
        assert len(steps) >= 2


@pytest.mark.parametrize(
    ("review", "queue", "live", "killed", "label"),
    [
        (DRAFT, [], [], False, Label.DRAFT),
        (SUBMITTED, [], [], False, Label.SUBMITTED),
        (RETURNED, [], [LiveState.LIVE], False, Label.RETURNED),
        (APPROVED, [QueueState.HELD], [], False, Label.APPROVED),
        (APPROVED, [QueueState.SCHEDULED], [], False, Label.SCHEDULED),
        (APPROVED, [QueueState.RETRYING], [], False, Label.UNDER_WAY),
        (APPROVED, [QueueState.SCHEDULED, QueueState.NEEDS_PERSON], [], False, Label.NEEDS_PERSON),
        (APPROVED, [], [LiveState.LIVE], False, Label.LIVE),
        (DRAFT, [], [LiveState.LIVE], False, Label.LIVE_EDITED),
        (SUBMITTED, [], [LiveState.LIVE], False, Label.SUBMITTED),
        (APPROVED, [], [LiveState.WITHDRAWN], False, Label.WITHDRAWN),
        (APPROVED, [QueueState.DELIVERING], [LiveState.LIVE], True, Label.UNDER_WAY),
        (DRAFT, [], [], True, Label.KILLED),
    ],
)
def test_one_label_stands_for_review_queue_and_live(
    review: ReviewState, queue: list[QueueState], live: list[LiveState], killed: bool, label: Label
) -> None:
    assert label_of(review, queue, live, killed=killed) is label
