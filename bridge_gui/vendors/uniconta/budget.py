"""The calls of one day: counted as they leave, told to whoever looks, and kept.

QUIRK: more than the day's calls are not refused, each further call is only slower, for everybody who uses
this login (uniconta.md 4, spec). So Bridge counts by itself and stops by itself.
"""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

from bridge_gui.errors import Passing
from bridge_gui.vendors.uniconta import assumed
from bridge_gui.web.answer import Answer, Lost, Request
from bridge_gui.web.manners import Manners
from bridge_gui.web.waiting import Cancel, Clock
from bridge_gui.web.wire import Transport, Wire


class Budget:
    """The calls of a Danish day; any thread may count and look."""

    def __init__(self, limit: int, clock: Clock) -> None:
        self.limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._day = self.today
        self._spent = 0

    @property
    def today(self) -> date:
        """The day that calls count for now."""
        return self._clock.now().astimezone(assumed.ZONE).date()

    @property
    def spent(self) -> int:
        """The calls of today, as far as they are known here."""
        with self._lock:
            self._turn()
            return self._spent

    @property
    def left(self) -> int:
        """How many calls are left today."""
        return max(0, self.limit - self.spent)

    def begin(self, day: date, spent: int) -> None:
        """What was spent before, by others or by an earlier start of the program, on that day."""
        with self._lock:
            self._turn()
            if day == self._day:
                self._spent = max(self._spent, spent)

    def count(self) -> None:
        """One call left."""
        with self._lock:
            self._turn()
            self._spent += 1

    def check(self, calls: int = 1) -> None:
        """Raises `Passing` until midnight when not so many calls are left."""
        if self.left < calls:
            raise Passing("uniconta.daily_budget", retry_after=self.until_midnight(), limit=self.limit)

    def until_midnight(self) -> float:
        """Seconds until the count begins anew."""
        now = self._clock.now()
        tomorrow = now.astimezone(assumed.ZONE).date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, datetime.min.time(), assumed.ZONE)
        return (midnight - now).total_seconds()

    def _turn(self) -> None:
        if (today := self.today) != self._day:
            self._day, self._spent = today, 0


class CountingTransport:
    """Sends as the transport below does, while the day's calls last, and tells the meter what is left."""

    def __init__(self, wire: Wire, budget: Budget) -> None:
        self._below: Transport = wire.transport
        self._meter = wire.meter
        self._connection = wire.connection
        self._budget = budget

    def send(self, request: Request, manners: Manners, cancel: Cancel) -> Answer:
        """The answer, or `Lost`; `Passing` when the day's calls are used up, and nothing is sent."""
        self._budget.check()
        left = True
        try:
            return self._below.send(request, manners, cancel)
        except Lost as lost:
            left = lost.left
            raise
        finally:
            if left:
                self._budget.count()
                self._meter.told(self._connection, "day", self._budget.left, self._budget.limit)

    def close(self) -> None:
        """Let go of every connection."""
        self._below.close()
