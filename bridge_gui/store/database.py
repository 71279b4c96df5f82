"""One SQLite file: who may write, who only reads, how it is copied and kept private."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc

from bridge_gui.errors import SetupError

BUSY_MILLISECONDS = 5_000


def _engine(path: Path, *, reading: bool) -> Engine:
    """An engine whose transactions are ours alone: immediate to write, query-only to read."""
    engine = create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=16)

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        raw.create_function("casefold", 1, _folded, deterministic=True)
        for pragma in _pragmas(reading=reading):
            raw.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _folded(text: str | None) -> str | None:
    """A text without regard to case, in any language."""
    return None if text is None else text.casefold()


def _pragmas(*, reading: bool) -> tuple[str, ...]:
    """FULL: a claim is on the disk before its request leaves, even when the power goes."""
    common = (f"PRAGMA busy_timeout={BUSY_MILLISECONDS}", "PRAGMA foreign_keys=ON")
    if reading:
        return (*common, "PRAGMA query_only=ON")
    return (*common, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """What the disk refuses becomes a sentence with the file in it."""
    try:
        yield
    except (exc.OperationalError, exc.DatabaseError) as error:
        if isinstance(error, exc.IntegrityError):
            raise
        for text in _told(error):
            for sign, code in _SIGNS:
                if sign in text:
                    raise SetupError(code, file=str(path), detail=text) from error
        raise


def _told(error: BaseException | None) -> Iterator[str]:
    """What the database said, and what came before it: a full disk ends the transaction by itself.

    The savepoint within it is then gone, and rolling back to it is what fails last.
    """
    while error is not None:
        if isinstance(error, exc.DBAPIError):
            yield str(error.orig)
        error = error.__context__


_SIGNS = (
    ("disk is full", "store.disk_full"),
    ("readonly", "store.read_only"),
    ("unable to open", "store.cannot_open"),
    ("locked", "store.locked"),
    ("malformed", "store.damaged"),
    ("not a database", "store.damaged"),
)


class Database:
    """The file, through two engines. Sessions are short and never open while the network is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.touch(mode=0o600)
        except OSError as error:
            raise SetupError("store.cannot_open", file=str(path), detail=str(error)) from error
        self._write = _engine(path, reading=False)
        self._read = _engine(path, reading=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction; committed when the block ends, rolled back when it raises."""
        with _translated(self.path), self._write.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; writing in it is an error."""
        with _translated(self.path), self._read.begin() as connection:
            yield connection

    def copy_to(self, target: Path) -> None:
        """A complete copy at one instant, private to the user (never a copy of the file itself)."""
        partial = target.with_name(target.name + ".part")
        partial.unlink(missing_ok=True)
        with _translated(target):
            raw = self._write.raw_connection()
            try:
                raw.cursor().execute("VACUUM INTO ?", (str(partial),))
            finally:
                raw.close()
        partial.chmod(0o600)
        os.replace(partial, target)  # noqa: PTH105 - atomic on all three systems

    def close(self) -> None:
        """Let go of the file."""
        self._write.dispose()
        self._read.dispose()


def copy_closed(source: Path, target: Path) -> None:
    """A copy of a file that nobody works on, made and checked by only reading it."""
    target.unlink(missing_ok=True)
    if not source.is_file():
        raise SetupError("copies.not_found", file=str(source))
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            sound = raw.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            if sound:
                raw.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.DatabaseError as error:
        code = "store.disk_full" if "disk is full" in str(error) else "copies.not_ours"
        raise SetupError(code, file=str(source), detail=str(error)) from error
    if not sound:
        raise SetupError("copies.not_ours", file=str(source))
    target.chmod(0o600)
