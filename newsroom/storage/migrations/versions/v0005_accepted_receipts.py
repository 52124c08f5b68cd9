"""Receipts on sites that the newsroom has forgotten and a person has taken as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "accepted_receipts",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("article_uid", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name=op.f("fk_accepted_receipts_site")),
        sa.PrimaryKeyConstraint("site", "article_uid", name=op.f("pk_accepted_receipts")),
    )
