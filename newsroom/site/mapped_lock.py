"""Locks by name within a site's database, so that two deliveries of one article wait for each other.

A row that is not there yet cannot be locked, and a description need not have any row that always is.
"""

import hashlib
from contextlib import suppress
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from newsroom.domain.errors import SiteUnavailable
from newsroom.sql import engine
from newsroom.words import _

#: Ends with the transaction; the server's lock_timeout bounds the wait.
_POSTGRESQL: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_MARIADB: Final = text("SELECT GET_LOCK(:name, :seconds)")
_RELEASE: Final = text("DO RELEASE_LOCK(:name)")


class Locks:
    """The locks of one transaction over one connection. On SQLite the transaction itself is the lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._taken: list[str] = []

    def take(self, name: str) -> None:
        """Wait for the lock. Raises `SiteUnavailable` where somebody holds it for too long."""
        # GET_LOCK is common to all bases of a server, takes 64 characters, and ends with the session only.
        key = hashlib.sha256(f"{self._connection.engine.url.database} {name}".encode()).hexdigest()[:48]
        if self._dialect == "postgresql":
            self._connection.execute(_POSTGRESQL, {"name": f"newsroom {key}"})
        elif self._dialect in ("mysql", "mariadb"):
            lock = f"newsroom-{key}"
            if self._connection.execute(_MARIADB, {"name": lock, "seconds": engine.LOCK_SECONDS}).scalar_one() != 1:
                raise SiteUnavailable(_("Сайт сейчас не отвечает: база занята другим процессом."))
            self._taken.append(lock)

    def release(self) -> None:
        """Let go after the transaction; a lost connection has let go already."""
        for name in reversed(self._taken):
            with suppress(DBAPIError, InvalidRequestError):
                self._connection.execute(_RELEASE, {"name": name})
        self._taken.clear()
