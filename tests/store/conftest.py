"""A data file at the present schema, and one bridge in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bridge_gui.store import bridges, migrate
from bridge_gui.store.database import Database
from bridge_gui.store.rows import ConnectionRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
COMPILED: dict[object, object] = {}
"""Statements compiled once for all tests."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, made once."""
    path = tmp_path_factory.mktemp("template") / "bridge.db"
    database = Database(path)
    migrate.migrate(database, NOW)
    database.close()
    return path


@pytest.fixture
def path(tmp_path: Path, template: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "bridge.db"))


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    made = Database(path)
    for engine in (made._write, made._read):
        engine.update_execution_options(compiled_cache=COMPILED)
    yield made
    made.close()


@pytest.fixture
def add_bridge(database: Database) -> Callable[..., int]:
    """Adds a bridge with both its connections; gives its id."""

    def add(name: str, **values: object) -> int:
        with database.write() as connection:
            sides = [
                bridges.save_connection(
                    connection,
                    ConnectionRow(id=0, name=f"{name}.{side}", vendor=side, endpoint="", values={}),
                )
                for side in ("shop", "books")
            ]
            own = {
                "settings": {},
                "mappings": {},
                "start": date(2026, 3, 1),
                "created_at": NOW,
                "stopped_params": {},
            }
            return bridges.add_bridge(
                connection, name=name, kind="toy", sales_id=sides[0], books_id=sides[1], **own | values
            )

    return add


@pytest.fixture
def bridge(add_bridge: Callable[..., int]) -> int:
    return add_bridge("toy")
