"""How publishing is doing, for the queue page and for monitors."""

from newsroom.desk.session import Desk
from newsroom.domain.health import Health


def read_health(desk: Desk) -> Health:
    with desk.database.read() as work:
        return work.health.read(work.now)
