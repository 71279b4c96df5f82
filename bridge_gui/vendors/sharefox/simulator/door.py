"""The sign-in, the headers that say which shop, and the limits.

Facts: sharefox.md sections 1 and 2. Inferred: texts of refusals, the order in which things are looked at,
and the administrator's password in the demo.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, Route
from bridge_gui.sandbox.rentals import OWNER
from bridge_gui.vendors.sharefox.simulator.assumed import BASES
from bridge_gui.vendors.sharefox.simulator.shop import Shop

DOMAIN = "eksempelutleie.mysharefox.com"
TOKEN = "adm_example_00000000000000000000000000000001"  # noqa: S105 - the demo's own
PASSWORD = "example-password-of-the-sandbox"  # noqa: S105 - the demo's own
MINUTE = timedelta(minutes=1)


class Door:
    """Lets in who names the shop and has the administrator's token."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._calls: deque[datetime] = deque()

    def routes(self) -> list[Route]:
        """The administrator's sign-in, below both bases."""
        return [("POST", f"{base}/admin/login", self.login) for base in BASES]

    def plant(self) -> None:
        """The token that the administrator already has."""
        self._shop.tokens.put({"id": TOKEN})

    def login(self) -> Response | Doc:
        """An opaque token for the administrator; QUIRK: the path ends with a slash (sharefox.md 2)."""
        if not request.path.endswith("/") and self._shop.settings["login_redirects"]:
            return Response(status=308, headers={"Location": f"{request.base_url}/"})
        told = _sent()
        if (told.get("email"), told.get("password")) != (OWNER[1], PASSWORD):
            raise refused(401, "unauthorized", "Wrong e-mail or password")
        text = f"adm_example_{self._shop.state.next_number('token', 2):032}"
        self._shop.tokens.put({"id": text})
        return {str(self._shop.settings["token_name"]): text}

    def check(self) -> None:
        """Refuses whatever the shop would refuse before it looks at the call."""
        self._count()
        if place() == "/admin/login" or not place().startswith(("/admin", "/orders", "/products")):
            return
        if not self._shop.settings["api_enabled"]:
            raise refused(404, "not_found", "Not found")
        self._domains()
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self._shop.tokens.get(token) is None:
            raise refused(401, "unauthorized", "Invalid token")

    def expire(self) -> None:
        """Makes every token worthless."""
        for token in self._shop.tokens.find():
            self._shop.tokens.drop(token["id"])

    def _domains(self) -> None:
        """QUIRK: the whole domain or nothing (sharefox.md 8)."""
        names = ["x-sharefox-shop-domain"]
        if place().startswith("/admin"):
            names.append("x-sharefox-admin-domain")
        for name in names:
            if request.headers.get(name, "") != DOMAIN:
                raise refused(400, "bad_request", f"Missing or unknown {name}")

    def _count(self) -> None:
        limit, now = self._shop.settings["minute_limit"], self._shop.clock.now()
        while self._calls and not now - MINUTE < self._calls[0] <= now:
            self._calls.popleft()
        self._calls.append(now)
        if limit and len(self._calls) > limit:
            headers = {"Retry-After": "30"} if self._shop.settings["retry_after"] else {}
            raise Refusal(429, {"error": "too_many_requests", "message": "Too many requests"}, headers)


def place() -> str:
    """The path without its base and without a slash at the end."""
    path = request.path.rstrip("/")
    return path.removeprefix(BASES[1]) if path.startswith(f"{BASES[1]}/") else path


def refused(status: int, error: str, message: str) -> Refusal:
    """A refusal in the form that was seen (sharefox.md 4, weak code)."""
    return Refusal(status, {"error": error, "message": message})


def _sent() -> Doc:
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise refused(400, "bad_request", "Malformed body") from error
    return read if isinstance(read, dict) else {}
