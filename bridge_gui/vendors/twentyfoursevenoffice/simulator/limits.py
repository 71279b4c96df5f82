"""Limits of calls: none that the vendor names for REST, 7200 an hour for SOAP.

Facts: twentyfoursevenoffice.md section 6. Inferred: the 429's body, that SOAP's refusal is a fault, and a
window of one hour that begins with the first call.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from flask import Response, request

from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import refusal, tracking
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap import SERVICES, SoapFault

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Limits:
    """Counts calls; a refused one counts too, so the count is not in the state."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._rest: deque[datetime] = deque()
        self._soap: deque[datetime] = deque()

    def check(self) -> None:
        """Refuses a call that is one too many."""
        if request.path.startswith(API):
            self._check_rest()
        elif request.path.lower() in SERVICES:
            self._check_soap()

    def stamp(self, answer: Response) -> Response:
        """The headers that every answer carries."""
        if request.path.startswith(API):
            answer.headers["X-Trace-Id"] = tracking()
        elif request.path.lower() in SERVICES and self._soap:
            left = max(0, self._books.settings["soap_hour_limit"] - len(self._soap))
            answer.headers["APILimitRemaining"] = str(left)
            answer.headers["APILimitReset"] = (self._soap[0] + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
        return answer

    def _check_rest(self) -> None:
        settings, now = self._books.settings, self._books.now()
        _roll(self._rest, now, MINUTE)
        self._rest.append(now)
        if settings["minute_limit"] and len(self._rest) > settings["minute_limit"]:
            wait = max(1, int((self._rest[0] + MINUTE - now).total_seconds()))
            headers = {"Retry-After": str(wait)} if settings["retry_after"] else {}
            raise refusal(429, "TooManyRequestsError", "Too many requests", headers)

    def _check_soap(self) -> None:
        limit, now = self._books.settings["soap_hour_limit"], self._books.now()
        _roll(self._soap, now, HOUR)
        self._soap.append(now)
        if len(self._soap) > limit:
            ends = (now + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
            over = len(self._soap) - limit
            raise SoapFault(f"Limit exceeded by {over}. Request is blocked. Quarantine ends at {ends}")


def _roll(calls: deque[datetime], now: datetime, window: timedelta) -> None:
    while calls and not now - window < calls[0] <= now:
        calls.popleft()
