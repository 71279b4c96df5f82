"""How many calls each connection has cost."""

from __future__ import annotations

import threading
from collections import Counter


class Meter:
    """Counts the requests that left, by connection; any thread may count and look."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: Counter[str] = Counter()

    def sent(self, connection: str) -> None:
        """One request of `connection` left."""
        with self._lock:
            self._calls[connection] += 1

    def snapshot(self) -> dict[str, int]:
        """The counts as they stand now."""
        with self._lock:
            return dict(self._calls)
