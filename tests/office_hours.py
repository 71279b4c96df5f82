"""The clock of tests that work through days: whenever they are run, theirs begins on one Wednesday morning."""

from __future__ import annotations

from datetime import UTC, datetime

from bridge_gui.web.waiting import SystemClock

BEGIN = datetime(2026, 11, 18, 9, tzinfo=UTC)
"""The imitated vendors' trade hangs on the day, and some hours of it must not run into the next one."""


class OfficeHours:
    """The time since this was made, from `BEGIN` on."""

    def __init__(self) -> None:
        self._system = SystemClock()
        self._began = self._system.now()

    def now(self) -> datetime:
        """This instant, aware, UTC."""
        return BEGIN + (self._system.now() - self._began)

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self._system.monotonic()


CLOCK = OfficeHours()
