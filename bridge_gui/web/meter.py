"""How many calls each connection has cost, and what its vendor says is left."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a vendor said is left of an allowance; `span` is "minute", "day" and the like."""

    span: str
    left: int
    limit: int | None = None


class Meter:
    """Counts the requests that left and keeps the allowances, by connection; any thread may tell and look."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: Counter[str] = Counter()
        self._allowances: dict[tuple[str, str], Allowance] = {}

    def sent(self, connection: str) -> None:
        """One request of `connection` left."""
        with self._lock:
            self._calls[connection] += 1

    def told(self, connection: str, span: str, left: int, limit: int | None = None) -> None:
        """The vendor told what is left of an allowance; what it told before is replaced."""
        with self._lock:
            self._allowances[connection, span] = Allowance(span=span, left=left, limit=limit)

    def snapshot(self) -> dict[str, int]:
        """The counts as they stand now."""
        with self._lock:
            return dict(self._calls)

    def allowances(self) -> dict[str, tuple[Allowance, ...]]:
        """What was told last, by connection."""
        with self._lock:
            told = dict(self._allowances)
        names = dict.fromkeys(name for name, _ in told)
        return {name: tuple(one for (who, _), one in told.items() if who == name) for name in names}
