"""Time and stopping, passed in so that tests hold both in their hands."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol

from bridge_gui.errors import Cancelled


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()


class Cancel(Protocol):
    """A request to stop that every wait and every loop looks at."""

    def is_set(self) -> bool:
        """Whether stopping was asked for."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait at most `timeout` seconds; True at once when stopping is asked for."""
        ...


def never() -> Cancel:
    """A cancel that nobody sets."""
    return threading.Event()


def check(cancel: Cancel) -> None:
    """Raise `Cancelled` if stopping was asked for."""
    if cancel.is_set():
        raise Cancelled


def pause(cancel: Cancel, seconds: float) -> None:
    """Wait `seconds`, or raise `Cancelled` as soon as stopping is asked for."""
    if cancel.wait(max(0.0, seconds)):
        raise Cancelled
