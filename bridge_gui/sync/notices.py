"""Change notices: what a bridge understands of them, and how often one may make it look early.

A notice is only a hint: it asks for an early look at the vendor, so a forged or repeated one does no harm,
and however many come, the looks stay few.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bridge_gui.web.notices_read import ChangeNotice
from bridge_gui.web.waiting import Clock

HEARD, TOO_MANY = 200, 429
MOST_RECORDS = 50
"""More of them at once are left to what the flows read."""


@dataclass(frozen=True, kw_only=True)
class NoticeSpec:
    """One address that a vendor can tell of changes, `/webhook/<secret>/<path>`.

    `record` gives the flow and the id of the one record that is to be read afresh, or nothing; the run looks
    at all its flows besides. `forgets` are the bridge's notes by which it would say that it has looked
    lately. `title` is what changed, `help` where the address is entered at the vendor.
    """

    path: str
    title: str
    help: str = ""
    forgets: tuple[str, ...] = ()
    record: Callable[[ChangeNotice], tuple[str, str] | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An early look that notices of one path asked for; `records` are flows with ids."""

    forgets: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()


class Bucket:
    """Lets `burst` through at once, and then one each `seconds`."""

    def __init__(self, clock: Clock, burst: int, seconds: float) -> None:
        self._clock, self._burst, self._seconds = clock, burst, seconds
        self._full = float(burst)
        self._at = clock.monotonic()

    def has(self) -> bool:
        """Whether one would be let through now."""
        now = self._clock.monotonic()
        self._full = min(float(self._burst), self._full + (now - self._at) / self._seconds)
        self._at = now
        return self._full >= 1

    def take(self) -> bool:
        """Let one through, if there is room."""
        if not self.has():
            return False
        self._full -= 1
        return True


@dataclass
class _Line:
    """One path of one bridge: what was heard since its last look."""

    spec: NoticeSpec
    hearing: Bucket
    looks: Bucket
    wanted: bool = False
    records: set[tuple[str, str]] = field(default_factory=set)


class Board:
    """What was heard and not looked at yet; told by the listener's thread, asked by the one that syncs.

    Of one path 2 notices are heard a second (60 at once), of all together 4 (120); the others are put off.
    A path leads to a look each two minutes at most, after the first 3, and all paths of a bridge to an early
    run each five minutes, after the first 20. So whoever sends them without end causes 308 runs in a day:
    where a run reads 8 tables at Uniconta, half of its 5,000 calls.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._mutex = threading.Lock()
        self._all = Bucket(clock, 120, 0.25)
        self._lines: dict[tuple[str, str], _Line] = {}
        self._runs: dict[str, Bucket] = {}

    def open(self, bridge: str, specs: Collection[NoticeSpec]) -> None:
        """From now on hear what this bridge understands."""
        self._runs[bridge] = Bucket(self._clock, 20, 300.0)
        for spec in specs:
            line = _Line(spec, Bucket(self._clock, 60, 0.5), Bucket(self._clock, 3, 120.0))
            self._lines[bridge, spec.path] = line

    def hear(self, bridge: str, path: str, notice: ChangeNotice) -> int | None:
        """Note what a notice asks for; the status to answer with, None if nobody understands it."""
        with self._mutex:
            line = self._lines.get((bridge, path))
            if line is None:
                return None
            line.wanted = True  # put off or not: what came since the last look is looked at
            if not (line.hearing.take() and self._all.take()):
                return TOO_MANY
            record = line.spec.record(notice) if line.spec.record is not None else None
            if record is not None and len(line.records) < MOST_RECORDS:
                line.records.add(record)
            return HEARD

    def wanted(self, among: Collection[str]) -> str:
        """The first of these bridges that is to run early, empty if none may now."""
        with self._mutex:
            found = {name for (name, _path), line in self._lines.items() if line.wanted and line.looks.has()}
            return next((name for name in among if name in found and self._runs[name].has()), "")

    def take(self, bridge: str, *, early: bool) -> tuple[Asked, ...]:
        """What the run that begins now looks at, and is then done with; `early` if it runs for that."""
        taken = []
        with self._mutex:
            if early:
                self._runs[bridge].take()
            for (name, _path), line in self._lines.items():
                if name == bridge and line.wanted and line.looks.take():
                    records = tuple(sorted(line.records))
                    taken.append(Asked(forgets=line.spec.forgets, records=records))
                    line.wanted, line.records = False, set()
        return tuple(taken)
