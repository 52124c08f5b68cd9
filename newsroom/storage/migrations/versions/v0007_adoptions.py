"""Articles that were on a site before the newsroom, and edits made there."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0007"
down_revision = "0006"

Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("sites", sa.Column("archive_cursor", sa.String(length=255), nullable=False, server_default=""))
    op.create_table(
        "adoptions",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("site_pk", sa.String(length=255), nullable=False),
        sa.Column("article", Number, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("losses", sa.Text(), nullable=False),
        sa.Column("adopted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_adoptions_article")),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name=op.f("fk_adoptions_site")),
        sa.PrimaryKeyConstraint("site", "site_pk", name=op.f("pk_adoptions")),
        sa.UniqueConstraint("article", "site", name=op.f("uq_adoptions_article_site")),
    )
