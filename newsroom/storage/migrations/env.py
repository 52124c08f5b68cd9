"""Runs migrations on the connection that `newsroom.storage.database` hands over; there is no configuration file."""

from alembic import context

from newsroom.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
