"""Bridges kept open for a panel or a dialog, so that not each look signs in and lists accounts anew.

One job at a time works in a session; the stop button it hears is that of the job at work. A session is opened
anew after a while, when a setting has changed, and after an error that is about more than one record.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from bridge_gui.errors import Ambiguous, Cancelled, CannotMap, Conflict, Refused
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.opener import Job, Opener
from bridge_gui.sync.opening import Notes
from bridge_gui.sync.specs import OpenBridge
from bridge_gui.web.meter import Meter
from bridge_gui.web.waiting import Cancel, Clock, check, never

OLD = 300.0
"""Seconds after which what an open bridge knows is read afresh."""
LOOK = 0.1
OF_ONE = (Refused, CannotMap, Conflict, Ambiguous)


class Relay:
    """The stop button of whichever job is at work."""

    def __init__(self) -> None:
        self.now: Cancel = never()

    def is_set(self) -> bool:
        """Whether stopping was asked for."""
        return self.now.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait at most `timeout` seconds; True at once when stopping is asked for."""
        return self.now.wait(timeout)


@dataclass
class Session:
    """One open bridge and what is let go with it."""

    row: BridgeRow
    opened: OpenBridge
    ending: ExitStack
    since: float


class Lock:
    """A lock that is waited for with a stop button at hand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def free(self) -> bool:
        """Take it if it is free."""
        return self._lock.acquire(blocking=False)

    def release(self) -> None:
        """Let go of it."""
        self._lock.release()

    @contextmanager
    def held(self, cancel: Cancel) -> Iterator[None]:
        """Alone within the block; `Cancelled` if stopping is asked for first."""
        while not self._lock.acquire(timeout=LOOK):
            check(cancel)
        try:
            yield
        finally:
            self._lock.release()


class Sessions:
    """The open bridges of a house, by name."""

    def __init__(
        self, opener: Callable[[], Opener], clock: Clock, notes: Callable[[BridgeRow], Notes]
    ) -> None:
        self._opener = opener
        self._notes = notes
        self._clock = clock
        self._locks: dict[str, Lock] = {}
        self._relays: dict[str, Relay] = {}
        self._open: dict[str, Session] = {}

    @contextmanager
    def using(self, row: BridgeRow, cancel: Cancel) -> Iterator[tuple[OpenBridge, Relay]]:
        """The open bridge, for one job alone."""
        lock = self._locks.setdefault(row.name, Lock())
        relay = self._relays.setdefault(row.name, Relay())
        with lock.held(cancel):
            relay.now = cancel
            try:
                yield self._current(row, relay), relay
            except (Cancelled, *OF_ONE):
                raise
            except BaseException:
                self._end(row.name)
                raise

    def close(self) -> None:
        """Let go of all of them."""
        for name in list(self._open):
            self._end(name)

    def _current(self, row: BridgeRow, relay: Relay) -> OpenBridge:
        now = self._clock.monotonic()
        found = self._open.get(row.name)
        if found is not None and _same(found.row, row) and now - found.since < OLD:
            return found.opened
        self._end(row.name)
        ending = ExitStack()
        try:
            job = Job(cancel=relay, meter=Meter(), ending=ending)
            opened = self._opener().bridge(row, job, self._notes(row))
        except BaseException:
            ending.close()
            raise
        self._open[row.name] = Session(row=row, opened=opened, ending=ending, since=now)
        return opened

    def _end(self, name: str) -> None:
        found = self._open.pop(name, None)
        if found is not None:
            with suppress(OSError):
                found.ending.close()


def _same(one: BridgeRow, other: BridgeRow) -> bool:
    """Whether a bridge is set up as it was."""
    return (one.id, one.settings, one.mappings, one.start, one.sales, one.books) == (
        other.id, other.settings, other.mappings, other.start, other.sales, other.books,
    )  # fmt: skip
