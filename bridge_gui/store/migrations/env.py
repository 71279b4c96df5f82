"""Alembic's entry: only ever run from code, with the connection handed over."""

from alembic import context

from bridge_gui.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
