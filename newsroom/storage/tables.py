"""Tables of the newsroom database, as the newest migration leaves them.

What must never happen is forbidden here as well as in Python: unknown states, two standing approvals of an article, two
deliveries under way of one article to one site, two copies of a reader's report. Revisions, payloads and activity only
take inserts; the migrations put triggers on them.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from newsroom.domain.comments import COMMENTED
from newsroom.domain.marks import LONGEST_NAME
from newsroom.domain.people import Role
from newsroom.domain.reports import ReportState
from newsroom.domain.states import Label, LiveState, Operation, QueueState, ReviewState
from newsroom.domain.vocabulary import LONGEST_WORD, Verdict, WordKind
from newsroom.sql.types import Instant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

#: SQLite only numbers rows by itself in an INTEGER column.
Number = BigInteger().with_variant(Integer, "sqlite")


def _one_of(
    column: str,
    values: type[Role | ReviewState | QueueState | Operation | LiveState | Label | ReportState | Verdict | WordKind],
) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


house = Table(
    "house",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("headline_limit", Integer, nullable=False),
    Column("lead_limit", Integer, nullable=False),
    Column("yo", String(16), nullable=False, server_default="free"),
    #: JSON of `newsroom.domain.style.style_to_dict`; what is missing has its default.
    Column("style", Text, nullable=False, server_default="{}"),
    Column("minor_corrections", Boolean, nullable=False, server_default=true()),
    CheckConstraint("id = 1", name="only_one"),
)

people = Table(
    "people",
    metadata,
    Column("id", Number, primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    CheckConstraint(_one_of("role", Role), name="role"),
)

rubrics = Table(
    "rubrics",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("title", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
)

sites = Table(
    "sites",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("public_url", String(500), nullable=False),
    #: The site's number of the newest report that was brought in.
    Column("report_cursor", String(64), nullable=False, server_default=""),
    #: The site's key of the newest article of its archive that was brought in; empty where no import is unfinished.
    Column("archive_cursor", String(255), nullable=False, server_default=""),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Number, primary_key=True),
    Column("uid", String(36), nullable=False, unique=True),
    Column("slug", String(200), nullable=False, unique=True),
    #: Number of the newest revision.
    Column("revision", Integer, nullable=False),
    Column("review", String(16), nullable=False),
    Column("return_reason", Text, nullable=False, server_default=""),
    Column("planned_at", Instant),
    Column("killed", Boolean, nullable=False),
    #: Newest sequence given to a payload of this article.
    Column("sequence", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Number, ForeignKey("people.id"), nullable=False),
    # What lists show and sort by, kept here so that a page of rows is one read of one table.
    Column("headline", Text, nullable=False),
    Column("rubric", String(64), ForeignKey("rubrics.slug")),
    Column("age", String(3)),
    Column("photo", String(64)),
    Column("pinned_until", Instant),
    Column("label", String(16), nullable=False),
    Column("when_at", Instant),
    Column("sort_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("updated_by", Number, ForeignKey("people.id"), nullable=False),
    #: Folded words of the newest revision, each behind one blank (`newsroom.storage.search`).
    Column("words", Text, nullable=False),
    CheckConstraint(_one_of("review", ReviewState), name="review"),
    CheckConstraint(_one_of("label", Label), name="label"),
    Index("ix_articles_sort", "sort_at", "id"),
    Index("ix_articles_label_sort", "label", "sort_at", "id"),
    Index("ix_articles_rubric_sort", "rubric", "sort_at", "id"),
    Index("ix_articles_photo", "photo"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article", Number, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    #: JSON of `newsroom.domain.article.content_to_dict`.
    Column("content", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("author", Number, ForeignKey("people.id"), nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("article", "number"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article", Number, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("approved_by", Number, ForeignKey("people.id"), nullable=False),
    Column("approved_at", Instant, nullable=False),
    Column("voided_at", Instant),
    ForeignKeyConstraint(["article", "revision"], ["revisions.article", "revisions.number"]),
    Index(
        "uq_approvals_standing",
        "article",
        unique=True,
        sqlite_where=text("voided_at IS NULL"),
        postgresql_where=text("voided_at IS NULL"),
    ),
)

payloads = Table(
    "payloads",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article", Number, ForeignKey("articles.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("operation", String(16), nullable=False),
    #: JSON of `newsroom.domain.queue.payload_to_dict`.
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("article", "sequence"),
    CheckConstraint(_one_of("operation", Operation), name="operation"),
)

queue = Table(
    "queue",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article", Number, nullable=False),
    Column("site", String(64), ForeignKey("sites.name"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("operation", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant),
    #: When it was due at its first attempt: the date that readers see where that came through, whatever was decided
    #: since. None before, and where the site has said that it did not come through.
    Column("dated_at", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", Instant),
    Column("problem", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("requested_by", Number, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("claimed_by", String(100), nullable=False, server_default=""),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("delivered_at", Instant),
    Column("verified_at", Instant),
    Column("closed_at", Instant),
    Column("url", String(800), nullable=False, server_default=""),
    ForeignKeyConstraint(["article", "sequence"], ["payloads.article", "payloads.sequence"]),
    UniqueConstraint("site", "article", "sequence"),
    CheckConstraint(_one_of("state", QueueState), name="state"),
    CheckConstraint("state NOT IN ('scheduled', 'delivering', 'retrying') OR due_at IS NOT NULL", name="due"),
    Index(
        "uq_queue_under_way",
        "site",
        "article",
        unique=True,
        sqlite_where=text("state = 'delivering'"),
        postgresql_where=text("state = 'delivering'"),
    ),
    Index("ix_queue_state_due", "state", "due_at"),
    Index(
        "ix_queue_next_attempt",
        "next_attempt_at",
        sqlite_where=text("next_attempt_at IS NOT NULL"),
        postgresql_where=text("next_attempt_at IS NOT NULL"),
    ),
    Index("ix_queue_article", "article"),
)

live = Table(
    "live",
    metadata,
    Column("article", Number, ForeignKey("articles.id"), primary_key=True),
    Column("site", String(64), ForeignKey("sites.name"), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("revision", Integer),
    Column("sequence", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("first_published_at", Instant),
    Column("url", String(800), nullable=False, index=True),
    CheckConstraint(_one_of("state", LiveState), name="state"),
)

#: Rows of sites, made by other hands, that the newsroom has read: `newsroom.domain.adoption.Adopted`.
adoptions = Table(
    "adoptions",
    metadata,
    Column("site", String(64), ForeignKey("sites.name"), primary_key=True),
    Column("site_pk", String(255), primary_key=True),
    Column("article", Number, ForeignKey("articles.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("slug", Text, nullable=False),
    #: Whether the article came from the site's archive; otherwise it was merged with an edit made there.
    Column("imported", Boolean, nullable=False),
    #: JSON list of pairs: what could not be brought in as it was (`newsroom.domain.adoption.Loss`).
    Column("losses", Text, nullable=False),
    Column("adopted_at", Instant, nullable=False),
    UniqueConstraint("article", "site"),
)

photos = Table(
    "photos",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("mime", String(32), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("name", String(255), nullable=False),
    Column("credit", Text, nullable=False),
    Column("caption", Text, nullable=False),
    Column("added_at", Instant, nullable=False, index=True),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Number, primary_key=True),
    Column("site", String(64), ForeignKey("sites.name"), nullable=False),
    Column("site_report_id", String(64), nullable=False),
    Column("article", Number, ForeignKey("articles.id"), index=True),
    Column("page_url", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("selected", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("closed_by", Number, ForeignKey("people.id")),
    Column("closed_at", Instant),
    #: Whether the site's own table knows our decision.
    Column("told_site", Boolean, nullable=False),
    #: Number of the revision that readers saw when the report came in, where that is known.
    Column("revision", Integer),
    #: What reports of one mistake have in common (`newsroom.domain.reports.mistake_key`).
    Column("mistake", String(64), nullable=False, server_default=""),
    #: Why it was rejected.
    Column("reason", Text, nullable=False, server_default=""),
    UniqueConstraint("site", "site_report_id"),
    CheckConstraint(_one_of("state", ReportState), name="state"),
    Index("ix_reports_state", "state", "reported_at"),
    Index("ix_reports_mistake", "state", "article", "mistake"),
    Index("ix_reports_untold", "site", "told_site"),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article", Number, ForeignKey("articles.id"), nullable=False, index=True),
    Column("field", String(16), nullable=False),
    #: JSON of `newsroom.domain.anchors.Anchor`: where the fragment was last, and as it was when the comment was made.
    Column("anchor", Text, nullable=False),
    Column("first_anchor", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Number, ForeignKey("people.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("reworded_at", Instant),
    Column("resolved_by", Number, ForeignKey("people.id")),
    Column("resolved_at", Instant),
    CheckConstraint(f"field IN ({', '.join(repr(str(field)) for field in COMMENTED)})", name="field"),
    CheckConstraint("(resolved_by IS NULL) = (resolved_at IS NULL)", name="resolved"),
    sqlite_autoincrement=True,
)

house_words = Table(
    "house_words",
    metadata,
    Column("text", String(LONGEST_WORD), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("meant", String(LONGEST_WORD), nullable=False),
    Column("inflected", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    #: JSON of what `newsroom.text.spelling.inflections.forms_of` gives, so that reading needs no morphology.
    Column("forms", Text, nullable=False),
    #: Who decided it last.
    Column("person", Number, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint(_one_of("verdict", Verdict), name="verdict"),
    CheckConstraint(_one_of("kind", WordKind), name="kind"),
    CheckConstraint("(verdict = 'confirmed') = (meant = '')", name="meant"),
)

ignored_words = Table(
    "ignored_words",
    metadata,
    Column("article", Number, ForeignKey("articles.id"), primary_key=True),
    #: Lower-case, as `newsroom.text.spelling.tokens.as_written` gives it.
    Column("word", String(LONGEST_WORD), primary_key=True),
    Column("person", Number, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(LONGEST_NAME), primary_key=True),
    #: JSON of `newsroom.domain.marks.Mark`, and of its forms, so that reading needs no morphology.
    Column("mark", Text, nullable=False),
    Column("forms", Text, nullable=False),
    Column("person", Number, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

house_rules = Table(
    "house_rules",
    metadata,
    Column("name", String(LONGEST_NAME), primary_key=True),
    #: JSON of `newsroom.domain.rules.HouseRule`.
    Column("rule", Text, nullable=False),
    #: Who keeps it.
    Column("person", Number, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("hits", Integer, nullable=False, server_default="0"),
    Column("accepted", Integer, nullable=False, server_default="0"),
)

ignored_findings = Table(
    "ignored_findings",
    metadata,
    Column("article", Number, ForeignKey("articles.id"), primary_key=True),
    #: `newsroom.domain.findings.Finding.key`, as SHA-256.
    Column("digest", String(64), primary_key=True),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Number, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

activity = Table(
    "activity",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", String(100), nullable=False),
    Column("what", String(32), nullable=False),
    Column("article", Number),
    Column("queue_item", Number),
    Column("report", Number),
    Column("detail", Text, nullable=False),
    Index("ix_activity_article", "article", "id"),
    sqlite_autoincrement=True,
)

publishers = Table(
    "publishers",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("seen_at", Instant, nullable=False),
    #: When it said goodbye; None for one at work, and for one that died.
    Column("stopped_at", Instant),
    #: JSON: the sites that it knows how to reach, and whether a change may arrive there more than once.
    Column("sites", Text, nullable=False, server_default="[]"),
)

site_troubles = Table(
    "site_troubles",
    metadata,
    Column("site", String(64), ForeignKey("sites.name"), primary_key=True),
    Column("publisher", String(100), primary_key=True),
    Column("problem", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("next_attempt_at", Instant, nullable=False),
)

#: Receipts on sites that this newsroom never wrote, and that a person has taken as they are.
accepted_receipts = Table(
    "accepted_receipts",
    metadata,
    Column("site", String(64), ForeignKey("sites.name"), primary_key=True),
    Column("article_uid", String(36), primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)
