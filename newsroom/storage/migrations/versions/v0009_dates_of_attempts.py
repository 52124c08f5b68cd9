"""The date under which a queued publication was first carried, and an index of what waits for another look."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("queue", sa.Column("dated_at", Instant(), nullable=True))
    op.execute("UPDATE queue SET dated_at = due_at WHERE attempts > 0")
    waits = sa.text("next_attempt_at IS NOT NULL")
    op.create_index("ix_queue_next_attempt", "queue", ["next_attempt_at"], sqlite_where=waits, postgresql_where=waits)
