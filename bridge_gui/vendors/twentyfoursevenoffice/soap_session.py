"""A session of the classic services: fetched once, kept in memory only, renewed once when it has ended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from bridge_gui.web.waiting import Cancel, check

COOKIE = "ASP.NET_SessionId"


class Session:
    """`Cookie: ASP.NET_SessionId=...`; whatever the number of threads, one sign-in at a time.

    QUIRK: signing in again and again is throttled (twentyfoursevenoffice.md 2.2, spec), so one is used until
    the vendor says that it has ended.
    """

    def __init__(self, fetch: Callable[[], str], cancel: Cancel) -> None:
        self._fetch = fetch
        self._cancel = cancel
        self._lock = threading.Lock()
        self._id = ""

    def __repr__(self) -> str:
        return "Session()"

    def headers(self, method: str, url: str, body: bytes) -> Mapping[str, str]:
        """The header with the session."""
        del method, url, body
        with self._alone():
            self._id = self._id or self._fetch()
            return self._header()

    def renew(self, stale: Mapping[str, str]) -> bool:
        """Sign in anew, unless another thread already did since `stale` was handed out."""
        with self._alone():
            if stale == self._header():
                self._id = ""
                self._id = self._fetch()
            return True

    def _header(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self._id}"}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock; whoever waits for another's sign-in can be stopped meanwhile."""
        while not self._lock.acquire(timeout=0.2):
            check(self._cancel)
        try:
            yield
        finally:
            self._lock.release()
