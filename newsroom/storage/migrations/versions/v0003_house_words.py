"""The house dictionary, words passed over in articles, and how the house writes ё."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0003"
down_revision = "0002"

Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "house_words",
        sa.Column("text", sa.String(length=100), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("meant", sa.String(length=100), nullable=False),
        sa.Column("inflected", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("person", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("verdict IN ('confirmed', 'forbidden', 'confusable')", name=op.f("ck_house_words_verdict")),
        sa.CheckConstraint(
            "kind IN ('word', 'person', 'place', 'company', 'abbreviation')", name=op.f("ck_house_words_kind")
        ),
        sa.CheckConstraint("(verdict = 'confirmed') = (meant = '')", name=op.f("ck_house_words_meant")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_house_words_person")),
        sa.PrimaryKeyConstraint("text", name=op.f("pk_house_words")),
    )
    op.create_table(
        "ignored_words",
        sa.Column("article", Number, nullable=False),
        sa.Column("word", sa.String(length=100), nullable=False),
        sa.Column("person", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_ignored_words_article")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_ignored_words_person")),
        sa.PrimaryKeyConstraint("article", "word", name=op.f("pk_ignored_words")),
    )
    op.add_column("house", sa.Column("yo", sa.String(length=16), nullable=False, server_default="free"))
