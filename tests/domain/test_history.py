"""Which revisions are shown together as one sitting."""

from datetime import UTC, datetime, timedelta

import pytest

from newsroom.domain.history import History, Milestone, MilestoneKind, RevisionLine, sittings
from newsroom.domain.ids import ArticleId, PersonId

START = datetime(2022, 2, 25, 8, tzinfo=UTC)


def saved(number: int, minute: float, author: int = 1, reason: str = "") -> RevisionLine:
    return RevisionLine(
        number, PersonId(author), f"Автор {author}", START + timedelta(minutes=minute), reason, "0" * 64
    )


def stone(revision: int, kind: MilestoneKind = MilestoneKind.SUBMITTED) -> Milestone:
    return Milestone(revision, kind, START)


def numbers(revisions: list[RevisionLine], *milestones: Milestone) -> list[list[int]]:
    """The numbers of each sitting; *revisions* oldest first, the answer newest first."""
    return [[one.number for one in sitting.revisions] for sitting in sittings(revisions[::-1], milestones)]


@pytest.mark.parametrize(
    ("revisions", "milestones", "expected"),
    [
        ([], [], []),
        ([saved(1, 0)], [], [[1]]),
        ([saved(1, 0), saved(2, 5), saved(3, 10)], [], [[3, 2, 1]]),
        ([saved(1, 0), saved(2, 29.9), saved(3, 59)], [], [[3, 2, 1]]),
        ([saved(1, 0), saved(2, 30)], [], [[2], [1]]),
        ([saved(1, 0), saved(2, 1, author=2), saved(3, 2)], [], [[3], [2], [1]]),
        ([saved(1, 0), saved(2, 1, reason="возвращена версия 1"), saved(3, 2)], [], [[3], [2], [1]]),
        ([saved(1, 0), saved(2, 1), saved(3, 2), saved(4, 3)], [stone(2)], [[4, 3], [2], [1]]),
        ([saved(1, 0), saved(2, 1), saved(3, 2)], [stone(3, MilestoneKind.APPROVED)], [[3], [2, 1]]),
    ],
    ids=[
        "no revision",
        "a single one",
        "one go",
        "the pause counts between neighbours",
        "half an hour ends a sitting",
        "another author ends a sitting",
        "a reason stands alone",
        "what was submitted stands alone",
        "what was approved stands alone",
    ],
)
def test_revisions_of_one_go_are_shown_together(
    revisions: list[RevisionLine], milestones: list[Milestone], expected: list[list[int]]
) -> None:
    assert numbers(revisions, *milestones) == expected


def test_a_sitting_carries_the_milestones_of_its_revision() -> None:
    approved = stone(1, MilestoneKind.APPROVED)
    newer, older = sittings([saved(2, 1), saved(1, 0)], [stone(1), approved])
    assert newer.milestones == ()
    assert older.milestones == (stone(1), approved)


def test_the_last_approved_is_the_newest_one_older_than_the_text() -> None:
    approvals = tuple(stone(number, MilestoneKind.APPROVED) for number in (2, 4))
    lines = tuple(saved(number, number) for number in range(6, 0, -1))
    history = History(ArticleId(1), lines, (*approvals, stone(4, MilestoneKind.LIVE)))
    assert [history.approved_before(number) for number in (6, 4, 2)] == [4, 2, None]
    assert (history.newest, history.live) == (6, 4)
