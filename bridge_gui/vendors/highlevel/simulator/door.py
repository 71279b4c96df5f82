"""The door: firewall, version, token, location, scope, and how often.

Facts: highlevel.md 0, 1, 2, 4. Inferred: refused requests do not count; the reset of the day is told in
seconds and comes at midnight UTC; which of the two sentences a wrong location gets.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Refusal
from bridge_gui.vendors.highlevel.simulator.crm import LOCATION, TOKEN, Crm
from bridge_gui.vendors.highlevel.simulator.says import (
    CLOUDFLARE,
    NO_ACCESS,
    NO_SCOPE,
    NO_TOKEN,
    NO_VERSION,
    NOT_ACCESSIBLE,
    WRONG_VERSION,
    unauthorized,
    unprocessable,
)

VERSIONS = {"2021-04-15", "2021-07-28", "2023-02-21", "v3", "legacy"}
STOCK = ("python-requests", "python-urllib", "urllib", "python-httpx", "aiohttp", "python/")
INTERVAL = timedelta(seconds=10)
SCOPES = {
    "/contacts": "contacts",
    "/invoices": "invoices",
    "/payments/orders": "payments/orders",
    "/payments/transactions": "payments/transactions",
    "/payments/subscriptions": "payments/subscriptions",
    "/workflows": "workflows",
    "/calendars": "calendars",
    "/products": "products",
    "/conversations/messages": "conversations/message",
    "/conversations": "conversations",
}


class Door:
    """Checks each request before it is answered."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._asked: deque[datetime] = deque()

    def check(self) -> None:
        """Refuses what may not come in."""
        agent = request.headers.get("User-Agent", "").lower()
        if not agent or agent.startswith(STOCK):
            raise Refusal(403, CLOUDFLARE)
        self._version()
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token != self.token():
            raise unauthorized(NO_TOKEN)
        self._counted()
        if request.path.startswith("/reputation") or not self._scope_held():
            raise unauthorized(NO_SCOPE)
        self._location()

    def token(self) -> str:
        """The token of today."""
        told: str = self._crm.state.value("token") or TOKEN
        return told

    def rotate(self) -> str:
        """A person rotates the token."""
        made = f"pit-00000000-0000-4000-8000-{self._crm.state.next_number('token'):012}"
        self._crm.state.set_value("token", made)
        return made

    def stamp(self, told: Response) -> Response:
        """What is left, in every answer's headers."""
        if told.status_code == 403 and told.content_type.startswith("text/plain"):
            told.content_type = "text/html; charset=UTF-8"
            return told
        settings, now = self._crm.settings, self._crm.now()
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        told.headers.extend(
            {
                "X-RateLimit-Max": str(settings["burst_limit"]),
                "X-RateLimit-Remaining": str(max(0, settings["burst_limit"] - len(self._asked))),
                "X-RateLimit-Interval-Milliseconds": "10000",
                "X-RateLimit-Limit-Daily": str(settings["day_limit"]),
                "X-RateLimit-Daily-Remaining": str(max(0, settings["day_limit"] - self._count(now))),
                "X-RateLimit-Daily-Reset": str(int((midnight - now).total_seconds())),
            }
        )
        return told

    def _version(self) -> None:
        told = request.headers.get("Version")
        if not told:
            raise unauthorized(NO_VERSION)
        if told not in VERSIONS:
            raise unauthorized(WRONG_VERSION)

    def _counted(self) -> None:
        now, settings = self._crm.now(), self._crm.settings
        while self._asked and not now - INTERVAL < self._asked[0] <= now:
            self._asked.popleft()
        count = self._count(now)
        if count >= settings["day_limit"] or len(self._asked) >= settings["burst_limit"]:
            raise Refusal(429, {"statusCode": 429, "message": "Too Many Requests"})
        self._asked.append(now)
        self._crm.state.set_value("calls", {"day": now.date().isoformat(), "count": count + 1})

    def _count(self, now: datetime) -> int:
        kept = self._crm.state.value("calls") or {}
        return int(kept["count"]) if kept.get("day") == now.date().isoformat() else 0

    def _scope_held(self) -> bool:
        held = self._crm.settings["scopes"]
        path = request.path
        if path.startswith("/locations/"):
            part = path.rstrip("/").split("/")[-1]
            wanted = f"locations/{part}" if part in {"tags", "customFields"} else "locations"
        else:
            wanted = next((scope for start, scope in SCOPES.items() if path.startswith(start)), "")
        reads = request.method == "GET" or path.rstrip("/") == "/contacts/search"
        return not wanted or f"{wanted}.{'readonly' if reads else 'write'}" in held

    def _location(self) -> None:
        if request.path.startswith("/locations/"):
            if request.path.split("/")[2] != LOCATION:
                raise unauthorized(NOT_ACCESSIBLE)
            return
        told = _told()
        named = [told[name] for name in ("locationId", "altId") if told.get(name)]
        if any(name != LOCATION for name in named):
            raise unauthorized(NO_ACCESS, 403)
        if request.path.startswith(("/payments", "/invoices")):
            wrong = [] if told.get("altId") else ["altId should not be empty"]
            needs_type = not request.path.startswith("/payments/orders")
            if needs_type and told.get("altType") != "location":
                wrong.append("altType must be one of the following values: location")
            if wrong:
                raise unprocessable(*wrong)
        elif not named and _needs_location():
            raise unauthorized(NO_ACCESS, 403)


def _told() -> dict[str, str]:
    told = request.args.to_dict()
    if request.method in {"POST", "PUT"}:
        try:
            read = msgspec.json.decode(request.get_data())
        except msgspec.DecodeError:
            return told
        if isinstance(read, dict):
            told |= {name: str(read[name]) for name in ("locationId", "altId", "altType") if read.get(name)}
    return told


def _needs_location() -> bool:
    """Lists and searches name the location; what has an id of its own does not."""
    path = request.path.rstrip("/")
    whole = {"/contacts", "/contacts/search", "/contacts/search/duplicate", "/contacts/upsert"}
    return path in whole | {"/workflows", "/calendars", "/products"}
