"""How fast a connection may call its vendor: the setting a spec declares, and the gate that holds it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from bridge_gui.errors import Passing
from bridge_gui.web.waiting import Cancel, Clock, check, pause

LONGEST_WAIT = 60.0
"""Seconds; whoever would wait longer is told when to come back instead."""


@dataclass(frozen=True)
class Pace:
    """At most `per_second` calls a second, evenly spaced; `Pace.off()` has no limit."""

    per_second: float

    @classmethod
    def off(cls) -> Pace:
        """No limit: for benchmarks and simulators."""
        return cls(float("inf"))

    @property
    def gap(self) -> float:
        """Seconds between two calls."""
        return 0.0 if self.per_second == float("inf") else 1.0 / self.per_second


class Pacer:
    """The gate of one connection: lets its calls pass one by one, never faster than the pace.

    One pacer is shared by every thread and every job that uses the connection. The place is taken
    when the caller really goes, not when it asks, so that late wakers do not bunch up.
    """

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._pace = pace
        self._clock = clock
        self._lock = threading.Lock()
        self._next = clock.monotonic()

    def turn(self, cancel: Cancel) -> None:
        """Return when it is this caller's turn; raises `Cancelled`, or `Passing` for a long rest."""
        check(cancel)
        while (wait := self._take()) > 0:
            if wait > LONGEST_WAIT:
                raise Passing("net.too_many", retry_after=wait)
            pause(cancel, wait)

    def rest(self, seconds: float) -> None:
        """The vendor asked for quiet: nobody passes for `seconds`."""
        with self._lock:
            self._next = max(self._next, self._clock.monotonic() + seconds)

    def _take(self) -> float:
        """Take the place and return 0, or return how long it is until one is free."""
        with self._lock:
            now = self._clock.monotonic()
            if now < self._next:
                return self._next - now
            self._next = now + self._pace.gap
            return 0.0
