"""The newsroom database as it began."""

import sqlalchemy as sa
from alembic import op

from newsroom.sql.types import Instant

revision = "0001"
down_revision = None

Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")

#: Tables that only take inserts; the database itself refuses the rest.
APPEND_ONLY = ("revisions", "payloads", "activity")


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("article", Number, nullable=True),
        sa.Column("queue_item", Number, nullable=True),
        sa.Column("report", Number, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_article", "activity", ["article", "id"], unique=False)
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("headline_limit", sa.Integer(), nullable=False),
        sa.Column("lead_limit", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_house_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    op.create_table(
        "people",
        sa.Column("id", Number, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('editor', 'proofreader', 'chief')", name=op.f("ck_people_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_added_at"), "photos", ["added_at"], unique=False)
    op.create_table(
        "publishers",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_publishers")),
    )
    op.create_table(
        "rubrics",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_rubrics")),
        sa.UniqueConstraint("title", name=op.f("uq_rubrics_title")),
    )
    op.create_table(
        "sites",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("public_url", sa.String(length=500), nullable=False),
        sa.Column("report_cursor", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sites")),
    )
    op.create_table(
        "articles",
        sa.Column("id", Number, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("review", sa.String(length=16), nullable=False),
        sa.Column("return_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("planned_at", Instant(), nullable=True),
        sa.Column("killed", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", Number, nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("rubric", sa.String(length=64), nullable=True),
        sa.Column("age", sa.String(length=3), nullable=True),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("pinned_until", Instant(), nullable=True),
        sa.Column("label", sa.String(length=16), nullable=False),
        sa.Column("when_at", Instant(), nullable=True),
        sa.Column("sort_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("updated_by", Number, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "label IN ('draft', 'submitted', 'returned', 'approved', 'scheduled', 'under_way', 'needs_person', 'live', "
            "'live_edited', 'withdrawn', 'killed')",
            name=op.f("ck_articles_label"),
        ),
        sa.CheckConstraint("review IN ('draft', 'submitted', 'returned', 'approved')", name=op.f("ck_articles_review")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_articles_created_by")),
        sa.ForeignKeyConstraint(["rubric"], ["rubrics.slug"], name=op.f("fk_articles_rubric")),
        sa.ForeignKeyConstraint(["updated_by"], ["people.id"], name=op.f("fk_articles_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("slug", name=op.f("uq_articles_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_articles_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_label_sort", "articles", ["label", "sort_at", "id"], unique=False)
    op.create_index("ix_articles_photo", "articles", ["photo"], unique=False)
    op.create_index("ix_articles_rubric_sort", "articles", ["rubric", "sort_at", "id"], unique=False)
    op.create_index("ix_articles_sort", "articles", ["sort_at", "id"], unique=False)
    op.create_table(
        "live",
        sa.Column("article", Number, nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("first_published_at", Instant(), nullable=True),
        sa.Column("url", sa.String(length=800), nullable=False),
        sa.CheckConstraint("state IN ('live', 'withdrawn', 'killed')", name=op.f("ck_live_state")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_live_article")),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name=op.f("fk_live_site")),
        sa.PrimaryKeyConstraint("article", "site", name=op.f("pk_live")),
    )
    op.create_table(
        "payloads",
        sa.Column("id", Number, nullable=False),
        sa.Column("article", Number, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("operation IN ('publish', 'withdraw', 'kill')", name=op.f("ck_payloads_operation")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_payloads_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payloads")),
        sa.UniqueConstraint("article", "sequence", name=op.f("uq_payloads_article_sequence")),
    )
    op.create_table(
        "reports",
        sa.Column("id", Number, nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("site_report_id", sa.String(length=64), nullable=False),
        sa.Column("article", Number, nullable=True),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("selected", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("closed_by", Number, nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("told_site", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('new', 'fixed', 'rejected')", name=op.f("ck_reports_state")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_reports_article")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_reports_closed_by")),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name=op.f("fk_reports_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("site", "site_report_id", name=op.f("uq_reports_site_site_report_id")),
    )
    op.create_index(op.f("ix_reports_article"), "reports", ["article"], unique=False)
    op.create_index("ix_reports_state", "reports", ["state", "reported_at"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", Number, nullable=False),
        sa.Column("article", Number, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("author", Number, nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_revisions_article")),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_revisions_author")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("article", "number", name=op.f("uq_revisions_article_number")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", Number, nullable=False),
        sa.Column("article", Number, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("approved_by", Number, nullable=False),
        sa.Column("approved_at", Instant(), nullable=False),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_approvals_approved_by")),
        sa.ForeignKeyConstraint(
            ["article", "revision"],
            ["revisions.article", "revisions.number"],
            name=op.f("fk_approvals_article_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index(
        "uq_approvals_standing",
        "approvals",
        ["article"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "queue",
        sa.Column("id", Number, nullable=False),
        sa.Column("article", Number, nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("requested_by", Number, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), server_default="", nullable=False),
        sa.Column("epoch", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("url", sa.String(length=800), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('scheduled', 'delivering', 'retrying', 'delivered', 'verified', 'needs_person', 'held', "
            "'cancelled', 'superseded')",
            name=op.f("ck_queue_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('scheduled', 'delivering', 'retrying') OR due_at IS NOT NULL", name=op.f("ck_queue_due")
        ),
        sa.ForeignKeyConstraint(
            ["article", "sequence"], ["payloads.article", "payloads.sequence"], name=op.f("fk_queue_article_sequence")
        ),
        sa.ForeignKeyConstraint(["requested_by"], ["people.id"], name=op.f("fk_queue_requested_by")),
        sa.ForeignKeyConstraint(["site"], ["sites.name"], name=op.f("fk_queue_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue")),
        sa.UniqueConstraint("site", "article", "sequence", name=op.f("uq_queue_site_article_sequence")),
    )
    op.create_index("ix_queue_article", "queue", ["article"], unique=False)
    op.create_index("ix_queue_state_due", "queue", ["state", "due_at"], unique=False)
    op.create_index(
        "uq_queue_under_way",
        "queue",
        ["site", "article"],
        unique=True,
        sqlite_where=sa.text("state = 'delivering'"),
        postgresql_where=sa.text("state = 'delivering'"),
    )
    _forbid_changes()


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table}: only inserts'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION newsroom_only_inserts() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: only inserts', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_only_inserts BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION newsroom_only_inserts()"
        )
