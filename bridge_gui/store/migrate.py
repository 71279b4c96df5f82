"""Bring a file to the present schema, with a snapshot before anything is touched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store.database import Database
from bridge_gui.store.tables import metadata

HEAD = "0001"
KEPT_SNAPSHOTS = 3
MIGRATIONS = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str:
    """The schema version a file is at, empty for a new one."""
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).first()
    if known is None:
        return ""
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return "" if row is None else str(row[0])


def migrate(database: Database, now: datetime) -> None:
    """Migrate to HEAD; a file of a newer Bridge is refused, an older one is snapshotted first.

    A file that is at HEAD by its number only, as one that an unfinished version made, is refused as well.
    """
    with database.read() as connection:
        version = version_of(connection)
        missing = _missing(connection) if version == HEAD else []
    if missing:
        raise SetupError("store.unfinished", file=str(database.path), missing=missing[0])
    if version == HEAD:
        return
    if version > HEAD:
        raise SetupError("store.newer", file=str(database.path), version=version)
    if version:
        snapshot(database, now)
    _upgrade(database)


def _missing(connection: Connection) -> list[str]:
    """The columns that this version's tables have and the file's have not."""
    found = connection.exec_driver_sql(
        "SELECT made.name, part.name FROM sqlite_master AS made, pragma_table_xinfo(made.name) AS part"
        " WHERE made.type = 'table'"
    )
    there = {tuple(row) for row in found}
    wanted = ((table.name, column.name) for table in metadata.sorted_tables for column in table.columns)
    return [f"{table}.{column}" for table, column in wanted if (table, column) not in there]


def snapshot(database: Database, now: datetime) -> Path:
    """Keep a copy beside the file; the last three stay."""
    folder = database.path.parent / "snapshots"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{database.path.stem}-{now:%Y%m%d-%H%M%S-%f}.db"
    database.copy_to(target)
    for old in sorted(folder.glob(f"{database.path.stem}-*.db"))[:-KEPT_SNAPSHOTS]:
        old.unlink()
    return target


def _upgrade(database: Database, to: str = "head") -> None:
    """Run the migrations from code, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
