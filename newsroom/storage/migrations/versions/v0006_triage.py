"""Reports: more states, the mistake they share, the revision they came to, why rejected; minor corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("revision", sa.Integer(), nullable=True))
        reports.add_column(sa.Column("mistake", sa.String(length=64), nullable=False, server_default=""))
        reports.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        reports.drop_constraint(op.f("ck_reports_state"), type_="check")
        reports.create_check_constraint(
            op.f("ck_reports_state"), "state IN ('new', 'fixed', 'already_fixed', 'rejected', 'duplicate')"
        )
    # Old reports are told apart by their words until they are located in the text.
    op.execute("UPDATE reports SET mistake = substr(selected, 1, 64)")
    op.create_index("ix_reports_mistake", "reports", ["state", "article", "mistake"], unique=False)
    op.create_index("ix_reports_untold", "reports", ["site", "told_site"], unique=False)
    op.create_index(op.f("ix_live_url"), "live", ["url"], unique=False)
    op.add_column("house", sa.Column("minor_corrections", sa.Boolean(), nullable=False, server_default=sa.true()))
