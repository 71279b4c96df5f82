"""Payday's sign-in: a client's pair for a bearer token of 24 hours.

Facts: payday.md section 2. Inferred: the body of a 401 for an expired or unknown token.
"""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from typing import Any

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Refusal, Route, instant
from bridge_gui.vendors.payday.simulator.books import Books
from bridge_gui.vendors.payday.simulator.reading import body

CLIENT_ID = "0123456789abcdef0123456789abcdef"
FIRST_SECRET = "fedcba9876543210fedcba9876543210"  # noqa: S105 - invented, for the sandbox only
LIFE = 86_400


class SignInDesk:
    """Gives out tokens and checks them."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The one endpoint that needs no token."""
        return [("POST", "/auth/token", self.token)]

    def secret(self) -> str:
        """The ClientSecret that is valid now."""
        return str(self._books.state.value("client_secret", FIRST_SECRET))

    def renew_secret(self) -> str:
        """What "Endurnýja" does: the old secret dies."""
        secret = f"{self._books.state.next_number('secret'):032x}"
        self._books.state.set_value("client_secret", secret)
        return secret

    def token(self) -> Any:
        """A new token for a right pair."""
        sent = body()
        if (sent.get("clientId"), sent.get("clientSecret")) != (CLIENT_ID, self.secret()):
            raise Refusal(401, _oauth("invalid_client", "Client authentication failed"))
        now = self._books.clock.now()
        ends = now + timedelta(seconds=LIFE)
        token = _jwt({"sub": CLIENT_ID, "exp": int(ends.timestamp())})
        self._books.tokens.put({"id": token, "ends": ends.isoformat()})
        return {
            "accessToken": token,
            "tokenType": "bearer",
            "expiresIn": LIFE,
            "createdAt": int(now.timestamp()),
        }

    def check(self) -> None:
        """Refuses a request without a living token."""
        if request.path.startswith("/auth/"):
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        known = self._books.tokens.get(token) if scheme.lower() == "bearer" else None
        if known is None or instant(known["ends"]) <= self._books.clock.now():
            raise Refusal(401, _oauth("invalid_token", "The access token is invalid or has expired"))

    def expire(self) -> None:
        """Makes every token worthless."""
        for token in self._books.tokens.find():
            self._books.tokens.drop(token["id"])


def _oauth(error: str, description: str) -> dict[str, str]:
    return {"error": error, "error_description": description}


def _jwt(claims: dict[str, Any]) -> str:
    parts = [msgspec.json.encode({"alg": "HS256", "typ": "JWT"}), msgspec.json.encode(claims)]
    packed = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*packed, secrets.token_urlsafe(32)])
