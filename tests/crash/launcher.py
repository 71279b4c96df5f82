"""The program as it is, in a process of its own, under a clock of ours and with a place to die.

The product has no switch for this: whoever starts `tests.crash.launcher` says in `BRIDGE_CRASH_PLAN` how far
the clock is ahead, in which file the keychain is, and at which commit or which write the process kills itself.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.engine.default import DefaultDialect

from bridge_gui.app import means
from bridge_gui.cli.run import main as run
from bridge_gui.store import database
from bridge_gui.web.dial import Line
from bridge_gui.web.waiting import SystemClock

PLAN = "BRIDGE_CRASH_PLAN"
READS = ("GET", "HEAD")
QUERIES = ("/", "/graphql")
"""Where a POST only asks."""


class Plan(msgspec.Struct, frozen=True):
    """What the harness has in mind; `ports` are those whose writes are counted.

    `die` is "commit" (right after one), "send" (right before a write leaves), "flight" (right after it left)
    or "answer" (right after its answer came); `at` says at which of them. `pages` is where the
    disk is full. `leap` is how far the computer's clock is set, in seconds, right before the first write leaves.
    """

    keychain: str
    ahead: float = 0.0
    die: str = ""
    at: int = 1
    ports: tuple[int, ...] = ()
    pages: int = 0
    leap: float = 0.0


class PlannedClock(SystemClock):
    """The clock that program and vendors share."""

    def __init__(self, seconds: float) -> None:
        self._ahead = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self._ahead

    def leap(self, seconds: float) -> None:
        """Be set forward, or back; nothing else that tells time minds."""
        self._ahead += timedelta(seconds=seconds)


class FileKeychain:
    """A keychain in a file, so that it outlives the program; what is set is there when `set` returns."""

    def __init__(self, path: Path, folder: str) -> None:
        self._path = path
        self._folder = folder
        self._lock = threading.Lock()

    def _all(self) -> dict[str, str]:
        return json.loads(self._path.read_text("utf-8")) if self._path.exists() else {}

    def _keep(self, kept: dict[str, str]) -> None:
        partial = self._path.with_suffix(".part")
        partial.write_text(json.dumps(kept), "utf-8")
        partial.replace(self._path)

    def _name(self, connection: str, field: str) -> str:
        return f"{self._folder}|{connection}|{field}"

    def get(self, connection: str, field: str) -> str | None:
        with self._lock:
            return self._all().get(self._name(connection, field))

    def set(self, connection: str, field: str, value: str) -> None:
        with self._lock:
            self._keep(self._all() | {self._name(connection, field): value})

    def delete(self, connection: str, field: str) -> None:
        with self._lock:
            kept = self._all()
            kept.pop(self._name(connection, field), None)
            self._keep(kept)


class Reaper:
    """Counts what happens, and kills the process or sets its clock at the planned place."""

    def __init__(self, plan: Plan, clock: PlannedClock) -> None:
        self._plan = plan
        self._left = plan.at
        self._clock = clock
        self._leap = plan.leap

    def passes(self, place: str) -> None:
        """One more of this kind; the planned one is the last thing this process does."""
        if place == "send" and self._leap:
            self._clock.leap(self._leap)
            self._leap = 0.0
        if place != self._plan.die:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """Stand beside every commit of the store and every write to the books."""
        self._at_commits()
        self._at_writes()

    def _at_commits(self) -> None:
        commit = DefaultDialect.do_commit
        seen: dict[int, int] = {}

        def counted(dialect: DefaultDialect, connection: Any) -> None:
            commit(dialect, connection)
            changes = connection.total_changes
            if seen.get(id(connection.dbapi_connection), 0) != changes:
                seen[id(connection.dbapi_connection)] = changes
                self.passes("commit")

        DefaultDialect.do_commit = counted

    def _at_writes(self) -> None:
        request, getresponse = Line.request, Line.getresponse
        writing: set[int] = set()

        def sending(line: Line, method: str, *rest: Any, **more: Any) -> None:
            queries = method == "POST" and (rest[0] if rest else more["url"]) in QUERIES
            writes = method not in READS and not queries and line.port in self._plan.ports
            if writes:
                writing.add(id(line))
                self.passes("send")
            request(line, method, *rest, **more)
            if writes:
                self.passes("flight")

        def answered(line: Line) -> Any:
            answer = getresponse(line)
            if id(line) in writing:
                writing.discard(id(line))
                self.passes("answer")
            return answer

        Line.request = sending
        Line.getresponse = answered


def fill_disk(pages: int) -> None:
    """Let the data file grow no further than so many pages: SQLite then says that the disk is full."""
    pragmas = database._pragmas

    def fewer(*, reading: bool) -> tuple[str, ...]:
        return (*pragmas(reading=reading), f"PRAGMA max_page_count={pages}")

    database._pragmas = fewer


def main(words: list[str]) -> int:
    """One command of the real command line."""
    plan = msgspec.json.decode(os.environ[PLAN], type=Plan)
    keys = Path(plan.keychain)
    clock = PlannedClock(plan.ahead)
    if plan.die or plan.leap:
        Reaper(plan, clock).install()
    if plan.pages:
        fill_disk(plan.pages)
    changed = {"clock": clock, "keychain": lambda folder: FileKeychain(keys, folder)}
    return run(words, dataclasses.replace(means(), **changed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
