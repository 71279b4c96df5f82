"""Pipedrive's limits: calls in two seconds, a budget of tokens a day, and Cloudflare behind both.

Facts: pipedrive.md section 4. Inferred: the 429's body; that the server's midnight is UTC; after how many
refused calls Cloudflare blocks (a switch), and for how long (15 minutes).
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from flask import Response, request

from bridge_gui.sandbox.kit import Refusal
from bridge_gui.vendors.pipedrive.simulator.crm import Crm

WINDOW, BLOCK = timedelta(seconds=2), timedelta(minutes=15)
SEARCHES = 10
HTML = "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head></html>"


class Budget:
    """Counts calls and tokens; a refused call leaves no trace in the state, so the count is here too."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._calls: deque[datetime] = deque()
        self._searches: deque[datetime] = deque()
        self._refused: deque[datetime] = deque()
        self._blocked: datetime | None = None
        self._day = ""
        self._spent = 0

    def check(self, cost: int, *, search: bool, oauth: bool) -> None:
        """Refuses a call that is one too many; spends its tokens."""
        now = self._crm.now()
        self._roll(now)
        if self._blocked is not None:
            raise _Html(403, HTML)
        if self._spent + cost > self._crm.settings["daily_tokens"]:
            raise self._refusal(now, 86_400 - (now.hour * 3600 + now.minute * 60 + now.second))
        if len(self._calls) >= self._limit(oauth=oauth) or (search and len(self._searches) >= SEARCHES):
            raise self._refusal(now, 2)
        self._calls.append(now)
        if search:
            self._searches.append(now)
        self._spent += cost

    def stamp(self, answer: Response, *, oauth: bool) -> Response:
        """Writes what is left into the headers, and the day's spending into the state where it may."""
        settings = self._crm.settings
        limit = self._limit(oauth=oauth)
        answer.headers["x-ratelimit-limit"] = str(limit)
        answer.headers["x-ratelimit-remaining"] = str(max(0, limit - len(self._calls)))
        answer.headers["x-ratelimit-reset"] = "2"
        if settings["daily_headers"]:
            left = max(0, settings["daily_tokens"] - self._spent)
            answer.headers["x-daily-ratelimit-token-limit"] = str(settings["daily_tokens"])
            answer.headers["x-daily-ratelimit-token-remaining"] = str(left)
        if not oauth and request.method != "GET":
            answer.headers["x-daily-requests-left"] = str(max(0, 10_000 - self._spent))
        self._crm.state.set_value("spent", {"day": self._day, "tokens": self._spent})
        return answer

    def _limit(self, *, oauth: bool) -> int:
        return int(self._crm.settings["burst_oauth" if oauth else "burst_token"])

    def _roll(self, now: datetime) -> None:
        day = now.date().isoformat()
        if day != self._day:
            kept = self._crm.state.value("spent") or {}
            self._day, self._spent = day, kept.get("tokens", 0) if kept.get("day") == day else 0
        for calls in (self._calls, self._searches):
            while calls and not now - WINDOW < calls[0] <= now:
                calls.popleft()
        while self._refused and not now - timedelta(minutes=1) < self._refused[0] <= now:
            self._refused.popleft()
        if self._blocked is not None and now >= self._blocked:
            self._blocked = None

    def _refusal(self, now: datetime, wait: int) -> Refusal:
        """QUIRK: who goes on after 429 meets Cloudflare's 403 with HTML (pipedrive.md 4)."""
        self._refused.append(now)
        if len(self._refused) >= self._crm.settings["cloudflare_after"]:
            self._blocked = now + BLOCK
            self._refused.clear()
        told = {"success": False, "error": "request over limit", "errorCode": 429}
        return Refusal(429, told, {"x-ratelimit-reset": str(wait), "x-ratelimit-remaining": "0"})


class _Html(Refusal):
    """A page in place of JSON."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status, text, {"Server": "cloudflare"})
