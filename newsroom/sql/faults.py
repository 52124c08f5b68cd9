"""Database errors put into the families of `newsroom.domain.errors`: the environment's, the data's, or ours."""

import re
import sqlite3
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
    #: A table, column or right is missing, or an unknown column demands a value: the structure is not ours.
    STRUCTURE = auto()
    #: A value does not fit or breaks a constraint.
    DATA = auto()
    BUG = auto()


#: PyMySQL files these under several classes; the number tells (MariaDB error reference).
_MARIADB_STRUCTURE = {1005, 1048, 1054, 1142, 1143, 1146, 1227, 1364}
_MARIADB_DATA = {1062, 1118, 1153, 1264, 1265, 1366, 1406, 1451, 1452, 3988, 4025}
_MARIADB_ENVIRONMENT = {1020, 1021, 1040, 1044, 1045, 1049, 1114, 1205, 1213, 1290, 1792, 1836, 2003, 2006, 2013}
_MARIADB = (
    dict.fromkeys(_MARIADB_STRUCTURE, Kind.STRUCTURE)
    | dict.fromkeys(_MARIADB_DATA, Kind.DATA)
    | dict.fromkeys(_MARIADB_ENVIRONMENT, Kind.ENVIRONMENT)
)

#: SQLite tells these apart by words only.
_SQLITE = (
    ("no such table", Kind.STRUCTURE),
    ("no such column", Kind.STRUCTURE),
    ("has no column", Kind.STRUCTURE),
    ("NOT NULL constraint failed", Kind.STRUCTURE),
    ("syntax error", Kind.BUG),
)

#: PostgreSQL's SQLSTATE, whole or its class; what is not here is the environment. 0A000 is a prepared statement whose
#: table has changed since. A missing value (23502, and MariaDB's 1048) means a column that we do not know of: this
#: program never writes NULL where its own schema forbids it.
_SQLSTATE = {
    "0A000": Kind.STRUCTURE,
    "23502": Kind.STRUCTURE,
    "3F000": Kind.STRUCTURE,
    "42601": Kind.BUG,
    "42": Kind.STRUCTURE,
    "22": Kind.DATA,
    "23": Kind.DATA,
    "54": Kind.DATA,
}

#: Serialization failure and deadlock; record changed since last read and deadlock on MariaDB.
_LOST_RACES = {"40001", "40P01", 1020, 1213}


def kind_of(error: Exception) -> Kind:
    """To which family a SQLAlchemy error belongs."""
    if isinstance(error, (PoolTimeout, DisconnectionError)):
        return Kind.ENVIRONMENT
    if not isinstance(error, DBAPIError):
        return Kind.BUG
    if error.connection_invalidated:
        return Kind.ENVIRONMENT
    code = number_of(error)
    if code in _MARIADB:
        return _MARIADB[code]
    if isinstance(code, str):
        return _SQLSTATE.get(code) or _SQLSTATE.get(code[:2], Kind.ENVIRONMENT)
    if isinstance(error.orig, sqlite3.Error):
        for words, kind in _SQLITE:
            if words in str(error.orig):
                return kind
    if isinstance(error, (DataError, IntegrityError)):
        return Kind.DATA
    if isinstance(error, (OperationalError, InterfaceError)):
        return Kind.ENVIRONMENT
    if isinstance(error, (ProgrammingError, NotSupportedError)):
        return Kind.BUG
    return Kind.ENVIRONMENT


def lost_race(error: DBAPIError) -> bool:
    """Whether the transaction only lost to another one, so that the same work from a fresh read may succeed at once."""
    return number_of(error) in _LOST_RACES


def number_of(error: DBAPIError) -> str | int | None:
    """MariaDB's number, PostgreSQL's SQLSTATE, or None where the driver knows neither."""
    number = next(iter(getattr(error.orig, "args", ())), None)
    if isinstance(number, int):
        return number
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None


def brief(error: Exception) -> str:
    """The server's own words, one line, without the statement, its values or a password."""
    original = getattr(error, "orig", None) or error
    arguments = getattr(original, "args", ())
    text = (
        " ".join(str(part) for part in arguments[1:]) if isinstance(next(iter(arguments), None), int) else str(original)
    )
    line = " ".join(text.split("\n")[0].split())
    return line[:300] or type(original).__name__


_REFUSED = (
    r"password authentication|access denied for user|authentication failed|role \".*\" does not exist|no password"
)
#: What only a person can mend: a password that was changed, a certificate that expired.
_LOCKED_OUT = rf"{_REFUSED}|certificate|does not support SSL|doesn't support it|no pg_hba.conf entry"

#: Regular expressions for what the servers say, whatever the case, and what it means.
_PHRASES = (
    (
        r"does not support SSL|doesn't support it|server does not support TLS",
        later("сервер не шифрует соединение (TLS)"),
    ),
    (r"certificate has expired|certificate expired", later("сертификат сервера просрочен")),
    (
        r"certificate verify failed|self.signed|does not match|hostname mismatch|IP address mismatch|bad certificate",
        later("сертификат сервера не принят: подписан не тем, на другое имя или просрочен"),
    ),
    (r"root certificate file|no such file.*cert", later("нет файла сертификатов, которым верить")),
    (r"disk is full|no space left|disk I/O error|could not extend file", later("диск переполнен или недоступен")),
    (r"readonly|read-only|read only", later("база открыта только для чтения")),
    (r"locked|lock wait timeout|lock timeout|statement timeout|deadlock", later("база занята другим процессом")),
    (_REFUSED, later("база не приняла имя или пароль")),
    (r"unknown database|database \".*\" does not exist", later("такой базы на сервере нет")),
    (r"unable to open database file", later("файл базы не открывается")),
    (r"not a database|malformed", later("файл повреждён или это не база")),
    (r"starting up|shutting down|shutdown in progress|administrator command", later("сервер базы перезапускается")),
    (r"timeout expired|timed out|stopped answering", later("сервер базы молчит дольше положенного")),
    (
        r"connection refused|can.t connect|could not connect|could not translate|name or service not known"
        r"|no route to host|network is unreachable",
        later("сервер базы выключен или недоступен"),
    ),
    (
        r"closed the connection|lost connection|gone away|reset by peer|broken pipe|connection is (lost|closed)"
        r"|bad file descriptor|eof detected",
        later("соединение с сервером базы оборвалось"),
    ),
)


def explain(error: Exception) -> str:
    """What happened, in words that go after a colon, followed by the server's own words in brackets."""
    text = str(getattr(error, "orig", None) or error)
    for signs, phrase in _PHRASES:
        if re.search(signs, text, re.IGNORECASE):
            return f"{_(phrase)} ({brief(error)})"
    return _("база недоступна ({words})").format(words=brief(error))


def locked_out(error: Exception) -> bool:
    """Whether the server did not let us in, or we did not trust it: trying again and again would only make it worse."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return bool(re.search(_LOCKED_OUT, str(error.orig), re.IGNORECASE))


@contextmanager
def environment_faults(
    fault: type[EnvironmentFault], prefix: str, shut: type[EnvironmentFault] | None = None
) -> Iterator[None]:
    """Raise *fault*, in words that begin with *prefix*, for what the environment broke; let the rest through.

    Where the server does not let us in it is *shut*, if that is given.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, DisconnectionError) as error:
        if kind_of(error) is Kind.ENVIRONMENT:
            kind = shut if shut and locked_out(error) else fault
            raise kind(f"{prefix}: {explain(error)}.") from error
        raise
