"""A simulator's clock: the real time, moved or stopped on demand, remembered in its state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bridge_gui.sandbox.state import State

Now = Callable[[], datetime]


def utcnow() -> datetime:
    """This instant, aware, UTC."""
    return datetime.now(UTC)


class Clock:
    """Tells the simulator's time; `shift` and `freeze` outlive a restart."""

    def __init__(self, state: State, now: Now) -> None:
        self._state = state
        self._now = now
        self._shift = timedelta(seconds=float(state.value("clock_shift", 0)))
        self._frozen = _parsed(state.value("clock_frozen"))

    def now(self) -> datetime:
        """The simulator's present instant."""
        return self._frozen or self._now() + self._shift

    def set(self, instant: datetime, *, frozen: bool = False) -> None:
        """Puts the clock to an instant; it goes on from there unless frozen."""
        self._shift = instant - self._now()
        self._frozen = instant if frozen else None
        self._state.set_value("clock_shift", self._shift.total_seconds())
        self._state.set_value("clock_frozen", instant.isoformat() if frozen else None)

    def stamp(self) -> str:
        """The present instant as vendors write it, to the microsecond so that it sorts."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """Reads an ISO 8601 instant; one without a zone is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _parsed(text: str | None) -> datetime | None:
    return instant(text) if text else None
