"""Database errors put into the families of `newsroom.domain.errors`: the environment's, the data's, or ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from newsroom.domain.errors import EnvironmentFault
from newsroom.words import _, later


class Kind(Enum):
    #: Connection, lock, deadlock, disk, permission to connect: the same work may succeed later.
    ENVIRONMENT = auto()
    #: A table, column or right is missing: the structure is not what was expected.
    STRUCTURE = auto()
    #: A value does not fit or breaks a constraint.
    DATA = auto()
    BUG = auto()


#: PyMySQL files these under OperationalError or ProgrammingError by number (MariaDB error reference).
_MARIADB_STRUCTURE = {1049, 1054, 1142, 1143, 1146, 1364}
_MARIADB_DATA = {1062, 1153, 1264, 1265, 1366, 1406, 1451, 1452, 3988, 4025}
_MARIADB_ENVIRONMENT = {1020, 1021, 1040, 1044, 1045, 1114, 1205, 1213, 1290, 1836, 2003, 2006, 2013}
_SQLITE_STRUCTURE = ("no such table", "no such column", "has no column")


def kind_of(error: Exception) -> Kind:
    """To which family a SQLAlchemy error belongs."""
    if isinstance(error, (PoolTimeout, DisconnectionError)):
        return Kind.ENVIRONMENT
    if not isinstance(error, DBAPIError):
        return Kind.BUG
    if error.connection_invalidated:
        return Kind.ENVIRONMENT
    number = next(iter(getattr(error.orig, "args", ())), None)
    if isinstance(number, int):
        for numbers, kind in (
            (_MARIADB_STRUCTURE, Kind.STRUCTURE),
            (_MARIADB_DATA, Kind.DATA),
            (_MARIADB_ENVIRONMENT, Kind.ENVIRONMENT),
        ):
            if number in numbers:
                return kind
    text = str(error.orig)
    if any(phrase in text for phrase in _SQLITE_STRUCTURE):
        return Kind.STRUCTURE
    # SQLSTATE 42 is structure and rights, 22 and 23 data, the rest of what servers raise is the environment.
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        return {"42": Kind.STRUCTURE, "22": Kind.DATA, "23": Kind.DATA}.get(state[:2], Kind.ENVIRONMENT)
    if isinstance(error, (DataError, IntegrityError)):
        return Kind.DATA
    if isinstance(error, (OperationalError, InterfaceError)):
        return Kind.ENVIRONMENT
    if isinstance(error, (ProgrammingError, NotSupportedError)):
        return Kind.BUG
    return Kind.ENVIRONMENT


def brief(error: Exception) -> str:
    """The server's own words, one line, without the statement and its values, and never with an address."""
    original = getattr(error, "orig", None) or error
    arguments = getattr(original, "args", ())
    text = (
        " ".join(str(part) for part in arguments[1:]) if isinstance(next(iter(arguments), None), int) else str(original)
    )
    line = " ".join(text.split("\n")[0].split())
    return line[:300] or type(original).__name__


_PHRASES = (
    (
        ("disk is full", "No space left", "disk I/O error", "could not extend file"),
        later("Диск переполнен или недоступен"),
    ),
    (("readonly", "read-only", "read only"), later("База открыта только для чтения")),
    (("locked", "Lock wait timeout", "lock timeout", "statement timeout"), later("База занята другим процессом")),
    (("password authentication", "Access denied", "authentication failed"), later("База не приняла имя или пароль")),
    (("unable to open database file",), later("Файл базы не открывается")),
    (("not a database", "malformed"), later("Файл повреждён или это не база")),
)


def explain(error: Exception) -> str:
    """What happened, in words for a person, followed by the server's own words in brackets."""
    text = str(getattr(error, "orig", None) or error)
    for signs, phrase in _PHRASES:
        if any(sign in text for sign in signs):
            return f"{_(phrase)} ({brief(error)})"
    return _("База недоступна ({words})").format(words=brief(error))


@contextmanager
def environment_faults(fault: type[EnvironmentFault], prefix: str) -> Iterator[None]:
    """Raise *fault*, in words that begin with *prefix*, for what the environment broke; let the rest through."""
    try:
        yield
    except (DBAPIError, PoolTimeout, DisconnectionError) as error:
        if kind_of(error) is Kind.ENVIRONMENT:
            raise fault(f"{prefix}: {explain(error)}.") from error
        raise
