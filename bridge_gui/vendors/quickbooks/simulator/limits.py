"""QuickBooks' limits: requests a minute and a second, batches a minute, metered reads.

Facts: quickbooks.md 0, 4. Inferred: that refused requests do not count; the answer once the month's reads are
spent, and that only accounting reads count as such.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from flask import request

from bridge_gui.sandbox.kit import Refusal
from bridge_gui.vendors.quickbooks.simulator.books import Books
from bridge_gui.vendors.quickbooks.simulator.says import Unsure, gateway


class Limits:
    """Counts what was asked."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._asked: deque[datetime] = deque()
        self._batches: deque[datetime] = deque()

    def check(self, *, batch: bool) -> None:
        """Refuses a request that is one too many; QUIRK: no Retry-After with it (quickbooks.md 4)."""
        now, settings = self._books.now(), self._books.settings
        _forget(self._asked, now)
        _forget(self._batches, now)
        last_second = sum(1 for at in self._asked if at > now - timedelta(seconds=1))
        if len(self._asked) >= settings["minute_limit"] or last_second >= settings["second_limit"]:
            raise throttled()
        if batch and len(self._batches) >= settings["batch_limit"]:
            raise throttled()
        if request.method == "GET":
            self._read(now)
        self._asked.append(now)
        if batch:
            self._batches.append(now)

    def _read(self, now: datetime) -> None:
        month = f"{now:%Y-%m}"
        kept = self._books.state.value("reads") or {}
        count = kept.get("count", 0) if kept.get("month") == month else 0
        if count >= self._books.settings["month_reads"]:
            raise gateway(429, 3001, "ThrottleExceeded", Unsure.READS, "SERVICE")
        self._books.state.set_value("reads", {"month": month, "count": count + 1})


def throttled() -> Refusal:
    """One too many."""
    return gateway(
        429, 3001, "ThrottleExceeded", "message=ThrottleExceeded; errorCode=003001; statusCode=429", "SERVICE"
    )


def _forget(asked: deque[datetime], now: datetime) -> None:
    while asked and not now - timedelta(minutes=1) < asked[0] <= now:
        asked.popleft()
