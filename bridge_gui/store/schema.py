"""The tables as a first migration: `python -m bridge_gui.store.schema > .../versions/v0001_begin.py`.

Plain SQLAlchemy types only, so that a migration never changes with our code. A test compares both, and
another holds each migration to the schema it made when it was handed out: what comes later is one more.
"""

from __future__ import annotations

import sys
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.types import TypeDecorator

from bridge_gui.store.tables import metadata

HEAD = '''"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    '''


def drafted() -> str:
    """The migration's text, still to be formatted."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        operations = produce_migrations(context, metadata).upgrade_ops
    engine.dispose()
    assert operations is not None
    lines = str(render_python_code(operations, render_item=_plain)).splitlines()
    return HEAD + "\n".join(line for line in lines if not line.strip().startswith("# ###")).strip() + "\n"


def _plain(kind: str, item: Any, context: Any) -> Any:
    """A column type of ours is rendered as what it is kept in."""
    del context
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


if __name__ == "__main__":
    sys.stdout.write(drafted())
