"""A PostgreSQL connection that does not wait for ever.

The server's own time-outs end a slow statement, and the kernel notices a lost network; neither helps against a server
that is frozen while its machine still acknowledges packets.
"""

from typing import Any

import psycopg
from psycopg import errors
from psycopg.abc import PQGen


class PatientConnection(psycopg.Connection[Any]):
    """Closes itself and raises `psycopg.OperationalError` where the server has not answered in time."""

    #: Seconds to wait for one answer; longer than the server may work on a statement.
    patience: float = 60

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout if timeout is not None else self.patience)
        except errors._WaitTimeout:
            # The connection is in an unknown state; closed, the pool takes it for lost.
            self.pgconn.finish()
            raise psycopg.OperationalError("the server has stopped answering: connection closed") from None
