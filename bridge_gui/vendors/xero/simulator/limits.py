"""Xero's limits: five at once, sixty a minute, a thousand a day, each told in every answer's headers.

Facts: xero.md section 4 (Rates, 429). Inferred: the day's window begins at midnight UTC; the minute's slides.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Response, request

from bridge_gui.sandbox.kit import Refusal
from bridge_gui.vendors.xero.simulator.books import Books

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CROWDED = "xero.crowded"
API = "/api.xro/"
_MINUTE = timedelta(minutes=1)


class Limits:
    """Counts what was asked; a refused call counts as well, so the count is not only in the state."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._minute: deque[datetime] = deque()
        self._day = ""
        self._count = 0

    def check(self) -> None:
        """Refuses a call that is one too many."""
        now = self._books.now()
        self._roll(now)
        if request.environ.get(CROWDED):
            raise self._refusal("concurrent", None)
        if self._count >= self._books.settings["day_limit"]:
            midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            raise self._refusal("day", (midnight - now).total_seconds())
        if len(self._minute) >= self._books.settings["minute_limit"]:
            raise self._refusal("minute", (self._minute[0] + _MINUTE - now).total_seconds())
        self._minute.append(now)
        self._count += 1

    def stamp(self, answer: Response) -> Response:
        """Writes what is left into the answer's headers; remembers the day's count where it may."""
        if request.path.startswith(API):
            answer.headers.extend(self._headers())
            self._books.state.set_value("calls", {"day": self._day, "count": self._count})
        return answer

    def _roll(self, now: datetime) -> None:
        day = now.date().isoformat()
        if day != self._day:
            kept = self._books.state.value("calls") or {}
            self._day, self._count = day, kept.get("count", 0) if kept.get("day") == day else 0
        while self._minute and not now - _MINUTE < self._minute[0] <= now:
            self._minute.popleft()

    def _refusal(self, problem: str, wait: float | None) -> Refusal:
        """QUIRK: an empty body; one too many at once brings no Retry-After (xero.md 4)."""
        headers = {"X-Rate-Limit-Problem": problem}
        if wait is not None:
            headers["Retry-After"] = str(max(1, -int(-wait // 1)))
        return Refusal(429, "", headers)

    def _headers(self) -> dict[str, str]:
        settings = self._books.settings
        return {
            "X-DayLimit-Remaining": str(max(0, settings["day_limit"] - self._count)),
            "X-MinLimit-Remaining": str(max(0, settings["minute_limit"] - len(self._minute))),
            "X-AppMinLimit-Remaining": str(max(0, 10_000 - len(self._minute))),
        }


class Crowd:
    """The layer before everything that counts the calls being answered at this moment."""

    def __init__(self, app: WSGIApplication, books: Books) -> None:
        self._app = app
        self._books = books
        self._lock = threading.Lock()
        self._inside = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Passes the call on, marked when too many are inside already."""
        if not environ["PATH_INFO"].startswith(API):
            return self._app(environ, start_response)
        with self._lock:
            self._inside += 1
            environ[CROWDED] = self._inside > self._books.settings["concurrent_limit"]
        try:
            return self._app(environ, start_response)
        finally:
            with self._lock:
                self._inside -= 1
