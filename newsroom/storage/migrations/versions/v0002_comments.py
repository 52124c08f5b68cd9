"""Comments of the desk on articles."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0002"
down_revision = "0001"

Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "comments",
        sa.Column("id", Number, nullable=False),
        sa.Column("article", Number, nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("first_anchor", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", Number, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("reworded_at", Instant(), nullable=True),
        sa.Column("resolved_by", Number, nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.CheckConstraint("field IN ('headline', 'lead', 'body')", name=op.f("ck_comments_field")),
        sa.CheckConstraint("(resolved_by IS NULL) = (resolved_at IS NULL)", name=op.f("ck_comments_resolved")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_comments_article")),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_comments_author")),
        sa.ForeignKeyConstraint(["resolved_by"], ["people.id"], name=op.f("fk_comments_resolved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_comments_article"), "comments", ["article"], unique=False)
