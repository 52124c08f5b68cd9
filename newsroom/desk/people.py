"""Who works here."""

import re
from dataclasses import replace

from newsroom.desk.case import Case, use_case
from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput, NotNow
from newsroom.domain.ids import PersonId
from newsroom.domain.people import Action, Person, Role
from newsroom.words import _

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def add_person(desk: Desk, login: str, name: str, role: Role) -> Done[PersonId]:
    """Raises `InvalidInput` for a login that is taken or not Latin letters, digits, dots and hyphens."""
    with use_case(desk, Action.MANAGE_PEOPLE) as case:
        _check(case, login, name, None)
        person = case.work.records.add_person(login, name.strip(), role)
        case.note("settings", detail=login)
        return case.done(person)


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
    with use_case(desk, Action.MANAGE_PEOPLE) as case:
        person = case.work.records.person(login)
        changed = replace(
            person,
            login=new_login or person.login,
            name=(name or person.name).strip(),
            role=role or person.role,
            active=person.active if active is None else active,
        )
        _check(case, changed.login, changed.name, person)
        case.work.records.save_person(changed)
        if not any(one.active and one.role is Role.CHIEF for one in case.work.records.people()):
            raise NotNow(_("В редакции должен остаться хотя бы один главный редактор."))
        case.note("settings", detail=changed.login)
        return case.done(None)


def _check(case: Case, login: str, name: str, own: Person | None) -> None:
    if not _LOGIN.fullmatch(login):
        raise InvalidInput(
            _("Логин «{login}» не годится: нужны латинские буквы, цифры, точки и дефисы.").format(login=login)
        )
    if not name.strip():
        raise InvalidInput(_("Напишите имя сотрудника."))
    if any(one.login == login and one != own for one in case.work.records.people()):
        raise InvalidInput(_("Логин «{login}» занят.").format(login=login))
