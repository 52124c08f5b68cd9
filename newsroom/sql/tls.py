"""Encryption of connections: to another machine verified or not at all, unless the address asks for less in words.

The same four options stand in addresses of both servers: ``sslmode`` (``verify-full``, ``verify-ca``, ``require``,
``disable``), ``sslrootcert`` (a file of certificates; without it those that the system trusts), ``sslcert`` and
``sslkey`` (this side's own certificate). PostgreSQL's ``prefer`` and ``allow``, which fall back to plain text without a
word, are not taken.
"""

import ipaddress
import ssl
from typing import Any, Final

from sqlalchemy import URL

from newsroom.domain.errors import InvalidInput
from newsroom.words import _, system_words

MODES: Final = ("verify-full", "verify-ca", "require", "disable")
_OPTIONS: Final = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def secured(url: URL) -> tuple[URL, dict[str, Any]]:
    """*url* without the options of encryption, and the driver's arguments for them. Raises `InvalidInput`."""
    told = {name: str(url.query[name]) for name in _OPTIONS if name in url.query}
    if url.get_backend_name() != "postgresql" and (
        foreign := [name for name in url.query if name.startswith("ssl") and name not in _OPTIONS]
    ):
        raise InvalidInput(
            _("Настройки {names} в адресе базы не понимаются; бывает: {known}.").format(
                names=", ".join(foreign), known=", ".join(_OPTIONS)
            )
        )
    mode = told.get("sslmode") or ("" if is_local(url) and not told else MODES[0])
    if mode and mode not in MODES:
        raise InvalidInput(
            _("sslmode={mode} в адресе базы не годится: бывает {known}.").format(mode=mode, known=", ".join(MODES))
        )
    bare = url.difference_update_query(_OPTIONS)
    if not mode:
        return bare, {}
    arguments = _postgresql if url.get_backend_name() == "postgresql" else _mariadb
    return bare, arguments(mode, told)


def is_local(url: URL) -> bool:
    """Whether the connection never leaves this machine: a socket or a loopback address."""
    if url.query.get("unix_socket"):
        return True
    named = url.query.get("host", ())
    hosts = [url.host or "", *((named,) if isinstance(named, str) else named)]
    return all(_is_loopback(host) for host in hosts)


def _is_loopback(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _postgresql(mode: str, told: dict[str, str]) -> dict[str, Any]:
    arguments: dict[str, Any] = {name: told[name] for name in ("sslrootcert", "sslcert", "sslkey") if name in told}
    if mode.startswith("verify") and "sslrootcert" not in told:
        arguments["sslrootcert"] = "system"
        mode = MODES[0]  # with the system's certificates the server's library verifies the name too, or refuses
    return arguments | {"sslmode": mode}


def _mariadb(mode: str, told: dict[str, str]) -> dict[str, Any]:
    if mode == "disable":
        return {"ssl_disabled": True}
    try:
        context = ssl.create_default_context(cafile=told.get("sslrootcert"))
        if "sslcert" in told:
            context.load_cert_chain(told["sslcert"], told.get("sslkey"))
    except OSError as error:  # ssl.SSLError is one
        raise InvalidInput(
            _("Сертификаты из адреса базы не читаются: {words}.").format(words=system_words(error))
        ) from error
    context.check_hostname = mode == "verify-full"
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    # Given a context, the driver refuses a server that does not encrypt.
    return {"ssl": context}
