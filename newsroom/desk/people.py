"""Who works here."""

from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.ids import PersonId
from newsroom.domain.people import Role


def add_person(desk: Desk, login: str, name: str, role: Role) -> Done[PersonId]:
    raise NotImplementedError


def change_person(
    desk: Desk,
    login: str,
    *,
    new_login: str | None = None,
    name: str | None = None,
    role: Role | None = None,
    active: bool | None = None,
) -> Done[None]:
    """Rename, change role, switch off or on. The last active chief editor cannot be lost (`NotNow`)."""
    raise NotImplementedError
