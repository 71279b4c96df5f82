"""Time, death and accidents for tests of the engine: all virtual, all on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bridge_gui.store.database import Database

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


DIALECTS: dict[bool, object] = {}
COMPILED: dict[object, object] = {}
"""Statements compiled once for all the processes a test pretends to start."""


class Killed(BaseException):
    """The process is dead: nothing after this reaches the disk or a vendor."""


class VirtualClock:
    """A clock that goes on only when it is told to."""

    def __init__(self, begin: datetime = BEGIN) -> None:
        self.at = begin
        self.spent = 0.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.spent

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.spent += seconds


class VirtualCancel:
    """A stop button whose waits pass virtual time; `after` presses it at the n-th look."""

    def __init__(self, clock: VirtualClock, after: int | None = None) -> None:
        self.clock = clock
        self.looks = 0
        self.after = after

    def is_set(self) -> bool:
        self.looks += 1
        return self.after is not None and self.looks > self.after

    def wait(self, timeout: float | None = None) -> bool:
        self.clock.advance(timeout or 0.0)
        return self.is_set()


class Fate:
    """Counts the points at which a process may die, and lets it die at one of them."""

    def __init__(self) -> None:
        self.points = 0
        self.kill_at: int | None = None
        self.kill_on = ""
        self.dead = False
        self.trail: list[str] = []
        self.visits: Counter[str] = Counter()

    def alive(self) -> None:
        if self.dead:
            raise Killed

    def point(self, name: str) -> None:
        """One instant of a run; dies here if so decided."""
        self.alive()
        self.points += 1
        self.visits[name] += 1
        self.trail.append(name)
        if self.points == self.kill_at or name == self.kill_on:
            self.dead = True
            raise Killed

    def born_again(self) -> None:
        self.dead = False
        self.kill_at, self.kill_on = None, ""


class MortalDatabase(Database):
    """The real file, in a process that may die before or after any commit."""

    def __init__(self, path: Path, fate: Fate) -> None:
        super().__init__(path)
        self.fate = fate
        for engine in (self._write, self._read):
            engine.dialect = engine.pool._dialect = DIALECTS.setdefault(engine is self._write, engine.dialect)
            engine.update_execution_options(compiled_cache=COMPILED)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        self.fate.alive()
        with super().write() as connection:
            yield connection
            self.fate.point("before commit")
        self.fate.point("after commit")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        self.fate.alive()
        with super().read() as connection:
            yield connection
