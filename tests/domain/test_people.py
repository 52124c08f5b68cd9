"""The table of permissions, as the newsroom would read it aloud."""

import pytest

from newsroom.domain.errors import Forbidden
from newsroom.domain.ids import PersonId
from newsroom.domain.people import PERMISSIONS, Action, Person, Role, may, refusal, require


def test_every_action_is_in_the_table_and_the_chief_may_do_everything() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert all(may(Role.CHIEF, action) for action in Action)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PROOFREADER])
@pytest.mark.parametrize(
    "action", [Action.APPROVE, Action.PUBLISH_NOW, Action.WITHDRAW, Action.KILL, Action.MANAGE_PEOPLE]
)
def test_what_answers_for_the_page_is_the_chiefs_alone(role: Role, action: Action) -> None:
    assert not may(role, action)
    assert "главный редактор" in refusal(role, action)


def test_somebody_switched_off_may_do_nothing() -> None:
    gone = Person(PersonId(1), "anna", "Анна", Role.CHIEF, active=False)
    with pytest.raises(Forbidden, match="anna"):
        require(gone, Action.WRITE)
