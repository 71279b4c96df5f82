"""Signing in with a token that is fetched, kept in memory only, and fetched anew when it ages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bridge_gui.web.waiting import Cancel, Clock, check

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLY = 60.0
"""Seconds before its end at which a token counts as old."""

Fetch = Callable[[], tuple[str, float]]
"""Asks the vendor for a token and the seconds it lives; raises `BridgeError`."""


class BearerSignIn:
    """`Authorization: Bearer ...`; whatever the number of threads, one fetch at a time."""

    def __init__(
        self, fetch: Fetch, clock: Clock, cancel: Cancel, learn: Callable[[str], None] | None = None
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._cancel = cancel
        self._learn = learn
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    def __repr__(self) -> str:
        return "BearerSignIn()"

    def headers(self, method: str, url: str, body: bytes) -> Mapping[str, str]:
        """The header with a token that is good for a while yet."""
        with self._alone():
            if not self._token or self._clock.monotonic() >= self._until:
                self._renew()
            return self._header()

    def renew(self, stale: Mapping[str, str]) -> bool:
        """Fetch a new token, unless another thread already did since `stale` was handed out."""
        with self._alone():
            if stale.get("Authorization") == self._header()["Authorization"]:
                self._renew()
            return True

    def _header(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _renew(self) -> None:
        asked = self._clock.monotonic()
        self._token = ""
        token, seconds = self._fetch()
        if self._learn is not None:
            self._learn(token)
        self._token, self._until = token, asked + seconds - min(EARLY, seconds / 2)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock; whoever waits for another's fetch can be stopped meanwhile."""
        while not self._lock.acquire(timeout=0.2):
            check(self._cancel)
        try:
            yield
        finally:
            self._lock.release()
