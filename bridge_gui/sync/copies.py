"""Copies of the data file: to a folder of one's choice, to another computer, and put back again.

Secrets are in the keychain and so in none of them. Whatever is put back is doubted: each bridge first looks
at its books for what was booked since.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, migrate
from bridge_gui.store.database import Database, copy_closed
from bridge_gui.store.folder import DataFolder

SNAPSHOT_EVERY = timedelta(days=1)
FOLDERS_OWN = ("folder", "counter")


def back_up(database: Database, folder: Path, now: datetime) -> Path:
    """A whole copy in that folder, private to the user; gives its place."""
    target = _place(folder, f"bridge-{now:%Y%m%d-%H%M%S}.db")
    database.copy_to(target)
    return target


def pack(database: Database, folder: Path, now: datetime) -> Path:
    """A copy to go on with on another computer: it looks at the books first and signs in anew there."""
    target = _place(folder, f"bridge-move-{now:%Y%m%d-%H%M%S}.db")
    partial = target.with_suffix(".packing")
    database.copy_to(partial)
    try:
        with closing(Database(partial)) as copy:
            _doubt(copy, apart=True)
            copy.copy_to(target)
    finally:
        for file in partial.parent.glob(f"{partial.name}*"):
            file.unlink()
    return target


def snapshots(folder: DataFolder) -> Sequence[Path]:
    """The copies that Bridge keeps by itself, the latest first."""
    return sorted(folder.snapshots.glob("*.db"), reverse=True)


def keep_snapshot(database: Database, now: datetime) -> None:
    """Keep a copy beside the file once a day; a disk that has no room for it stops nothing."""
    folder = DataFolder(database.path.parent)
    made = max((file.stat().st_mtime for file in snapshots(folder)), default=0.0)
    if now.timestamp() - made < SNAPSHOT_EVERY.total_seconds():
        return
    with suppress(SetupError, OSError):
        os.utime(migrate.snapshot(database, now), (now.timestamp(), now.timestamp()))


def put_back(folder: DataFolder, file: Path | None, now: datetime) -> Path:
    """Make that copy, or the latest snapshot, the data file; what was there is kept beside it.

    Who calls holds the folder's lock and has the data file closed. Gives the copy taken.
    """
    chosen = file or next(iter(snapshots(folder)), None)
    if chosen is None:
        raise SetupError("copies.no_snapshot", folder=str(folder.snapshots))
    ready = folder.path / "bridge.db.restoring"
    try:
        _make_ready(chosen, ready, now)
        _set_aside(folder, now)
        ready.replace(folder.database)
    except OSError as error:
        raise SetupError("folder.cannot_make", folder=str(folder.path), detail=str(error)) from error
    finally:
        for left in folder.path.glob(f"{ready.name}*"):
            left.unlink()
    return chosen


def _make_ready(chosen: Path, ready: Path, now: datetime) -> None:
    """A sound copy of a Bridge's data, of this version, with every bridge in doubt; the original stays."""
    copy_closed(chosen, ready)
    with closing(Database(ready)) as copy:
        with copy.read() as connection:
            if not migrate.version_of(connection):
                raise SetupError("copies.not_ours", file=str(chosen))
        migrate.migrate(copy, now)
        _doubt(copy)


def _doubt(copy: Database, *, apart: bool = False) -> None:
    """What was booked since is not known to this copy; one set `apart` has a folder of its own."""
    with copy.write() as connection:
        bridges.doubt_bridge(connection)
        for fact in FOLDERS_OWN if apart else ():
            bridges.set_fact(connection, fact, "")


def _set_aside(folder: DataFolder, now: datetime) -> None:
    """Keep the present file, damaged or not; there is a data file at every moment in between."""
    kept = folder.path / f"replaced-{now:%Y%m%d-%H%M%S}.db"
    if folder.database.exists():
        shutil.copy2(folder.database, kept)
    for suffix in ("-wal", "-shm"):
        there = folder.path / f"{folder.database.name}{suffix}"
        if there.exists():
            there.replace(f"{kept}{suffix}")


def _place(folder: Path, name: str) -> Path:
    """A file in that folder; a sentence if there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError("copies.no_place", folder=str(folder), detail=str(error)) from error
    if not os.access(folder, os.W_OK):
        raise SetupError("copies.no_place", folder=str(folder), detail="read-only")
    return folder / name
