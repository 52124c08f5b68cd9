"""The people of a newsroom and what each role may do. Enforced in `newsroom.desk`, shown by the window."""

from dataclasses import dataclass
from enum import StrEnum

from newsroom.domain.errors import Forbidden
from newsroom.domain.ids import PersonId
from newsroom.words import _, later


class Role(StrEnum):
    EDITOR = "editor"
    PROOFREADER = "proofreader"
    CHIEF = "chief"

    @property
    def words(self) -> str:
        return _(_ROLE_TITLES[self])


_ROLE_TITLES = {
    Role.EDITOR: later("Редактор"),
    Role.PROOFREADER: later("Корректор"),
    Role.CHIEF: later("Главный редактор"),
}


@dataclass(frozen=True, slots=True)
class Person:
    id: PersonId
    #: Short Latin name for signing in, unique: ``--as chief``.
    login: str
    #: Name as it is shown to colleagues.
    name: str
    role: Role
    active: bool = True


class Action(StrEnum):
    """What a person may ask for. One line of `PERMISSIONS` each."""

    WRITE = "write"
    COMMENT = "comment"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    PUBLISH_NOW = "publish-now"
    HOLD = "hold"
    RETRY = "retry"
    WITHDRAW = "withdraw"
    KILL = "kill"
    TRIAGE_REPORTS = "triage-reports"
    CONFIRM_WORDS = "confirm-words"
    DECIDE_WORDS = "decide-words"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_RUBRICS = "manage-rubrics"
    MANAGE_SITES = "manage-sites"

    @property
    def words(self) -> str:
        return _(_ACTION_TITLES[self])


_ACTION_TITLES = {
    Action.WRITE: later("писать и править статьи"),
    Action.COMMENT: later("оставлять комментарии"),
    Action.SUBMIT: later("отправлять на проверку"),
    Action.RETURN: later("возвращать на доработку"),
    Action.APPROVE: later("одобрять"),
    Action.SCHEDULE: later("назначать время"),
    Action.PUBLISH_NOW: later("публиковать сейчас"),
    Action.HOLD: later("придерживать"),
    Action.RETRY: later("повторять доставку"),
    Action.WITHDRAW: later("снимать с сайта"),
    Action.KILL: later("аннулировать"),
    Action.TRIAGE_REPORTS: later("разбирать сообщения об опечатках"),
    Action.CONFIRM_WORDS: later("вносить слова в словарь редакции"),
    Action.DECIDE_WORDS: later("запрещать и убирать слова словаря редакции"),
    Action.MANAGE_PEOPLE: later("менять список сотрудников"),
    Action.MANAGE_RUBRICS: later("менять рубрики"),
    Action.MANAGE_SITES: later("подключать сайты"),
}

_E, _P, _C = Role.EDITOR, Role.PROOFREADER, Role.CHIEF

#: Who may do what: the whole policy, in one table.
PERMISSIONS: dict[Action, frozenset[Role]] = {
    Action.WRITE: frozenset({_E, _P, _C}),
    Action.COMMENT: frozenset({_E, _P, _C}),
    Action.SUBMIT: frozenset({_E, _P, _C}),
    Action.RETURN: frozenset({_C}),
    Action.APPROVE: frozenset({_C}),
    Action.SCHEDULE: frozenset({_E, _C}),
    Action.PUBLISH_NOW: frozenset({_C}),
    Action.HOLD: frozenset({_C}),
    Action.RETRY: frozenset({_E, _C}),
    Action.WITHDRAW: frozenset({_C}),
    Action.KILL: frozenset({_C}),
    Action.TRIAGE_REPORTS: frozenset({_E, _P, _C}),
    Action.CONFIRM_WORDS: frozenset({_E, _P, _C}),
    Action.DECIDE_WORDS: frozenset({_P, _C}),
    Action.MANAGE_PEOPLE: frozenset({_C}),
    Action.MANAGE_RUBRICS: frozenset({_C}),
    Action.MANAGE_SITES: frozenset({_C}),
}


def may(role: Role, action: Action) -> bool:
    """Whether *role* is allowed *action*."""
    return role in PERMISSIONS[action]


def refusal(role: Role, action: Action) -> str:
    """Why *role* may not do *action*, in words; empty where it may."""
    if may(role, action):
        return ""
    allowed = ", ".join(other.words.lower() for other in Role if may(other, action))
    return _("Роль «{role}» не может {action}; это делает: {allowed}.").format(
        role=role.words.lower(), action=action.words, allowed=allowed
    )


def require(person: Person, action: Action) -> None:
    """Raise `Forbidden` unless *person* may do *action*."""
    if not person.active:
        raise Forbidden(_("Сотрудник «{login}» отключён.").format(login=person.login))
    reason = refusal(person.role, action)
    if reason:
        raise Forbidden(reason)
