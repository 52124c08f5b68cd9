"""What publishers say of themselves and of the sites."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("publishers", sa.Column("stopped_at", Instant(), nullable=True))
    op.add_column("publishers", sa.Column("sites", sa.Text(), server_default="[]", nullable=False))
    op.create_table(
        "site_troubles",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("publisher", sa.String(length=100), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name=op.f("fk_site_troubles_site")),
        sa.PrimaryKeyConstraint("site", "publisher", name=op.f("pk_site_troubles")),
    )
