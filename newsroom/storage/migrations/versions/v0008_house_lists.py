"""Lists of marks, rules of the house, its style, and findings passed over in articles."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0008"
down_revision = "0007"

Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("person", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_marks_person")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
    op.create_table(
        "house_rules",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("person", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("accepted", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_house_rules_person")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_house_rules")),
    )
    op.create_table(
        "ignored_findings",
        sa.Column("article", Number, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_ignored_findings_article")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_ignored_findings_person")),
        sa.PrimaryKeyConstraint("article", "digest", name=op.f("pk_ignored_findings")),
    )
    op.add_column("house", sa.Column("style", sa.Text(), nullable=False, server_default="{}"))
