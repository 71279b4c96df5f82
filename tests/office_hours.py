"""The clock of tests that work through days: whatever the hour they are run at, theirs begins in the morning."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bridge_gui.web.waiting import SystemClock


class OfficeHours:
    """Today from nine o'clock on, so that a test of some hours does not run into the next day by itself."""

    def __init__(self) -> None:
        self._system = SystemClock()
        real = self._system.now()
        self._by = datetime.combine(real.date(), time(9), UTC) - real

    def now(self) -> datetime:
        """This instant, aware, UTC."""
        return self._system.now() + self._by

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self._system.monotonic()


CLOCK = OfficeHours()
