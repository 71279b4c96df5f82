"""The token endpoint and what a token may do.

Facts: twentyfoursevenoffice.md section 2.1. Inferred: the life of a token (a switch), the texts of
refusals, that a withdrawn approval is refused at the token endpoint, and that JSON and form bodies are
both read.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Doc, Refusal, Route, instant
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, named
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import refusal

API = "/v1/"
AUDIENCE = "https://api.24sevenoffice.com"
CLIENT_ID = "bridgeExampleApplicationId000000"
CLIENT_SECRET = "example-secret-that-opens-only-the-sandbox"  # noqa: S105 - the demo's own
ORGANIZATION = "100200300"
_PLACES = (
    ("customers", "crm.customer", ""),
    ("products", "product.product", ""),
    ("productcategories", "product.category", ""),
    ("productunits", "product.unit", ""),
    ("salestypes", "product.salestype", ""),
    ("taxes", "accounting.tax", ""),
    ("accounts", "accounting.account", ""),
    ("transactionlines", "accounting.transaction", ""),
    ("transactiontypes", "accounting.transaction", ""),
    ("salesorders", "invoicing.salesorder", "delete"),
    ("paymentmethods", "invoicing.paymentmethod", ""),
    ("organization/information", "organization.information", ""),
)
SCOPES = tuple(
    f"api.{place}:{right}"
    for place, rights in (
        ("organization.information", "r"),
        ("crm.customer", "rw"),
        ("product.product", "rw"),
        ("product.category", "rw"),
        ("product.unit", "r"),
        ("product.salestype", "r"),
        ("accounting.tax", "r"),
        ("accounting.account", "r"),
        ("accounting.transaction", "r"),
        ("invoicing.salesorder", "rwd"),
        ("invoicing.salesorder.line", "rwd"),
        ("invoicing.paymentmethod", "r"),
    )
    for right in ({"r": "read", "w": "write", "d": "delete"}[letter] for letter in rights)
)


class SignInDesk:
    """Gives out tokens, each for one organisation, and checks them."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The login host's one path."""
        return [("POST", "/oauth/token", self.token)]

    def token(self) -> Doc:
        """A token for the application's id and secret; there is no refresh token."""
        told = _told()
        self._judge(told)
        life = int(self._books.settings["token_life"])
        text = "eyJ" + named(f"token {self._books.state.next_number('token')}").replace("-", "")
        ends = self._books.now() + timedelta(seconds=life)
        self._books.tokens.put({"id": text, "ends": ends.isoformat(), "scopes": self._scopes()})
        scope = " ".join(self._scopes())
        return {"access_token": text, "expires_in": life, "token_type": "Bearer", "scope": scope}

    def check(self) -> None:
        """Refuses a call whose token does not hold, or whose scope was not granted."""
        if not request.path.startswith(API):
            return
        text = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = self._books.tokens.get(text)
        if token is None or instant(token["ends"]) <= self._books.now():
            raise refusal(401, "UnauthorizedError", "Invalid or expired access token")
        needed = scope_of(request.method, request.path)
        if needed and needed not in token["scopes"]:
            raise refusal(403, "ForbiddenError", f"Missing scope: {needed}")

    def expire(self) -> None:
        """Makes every token worthless."""
        for token in self._books.tokens.find():
            self._books.tokens.drop(token["id"])

    def _judge(self, told: Doc) -> None:
        if told.get("grant_type") != "client_credentials":
            raise _refused(400, "unsupported_grant_type", "Unsupported grant type")
        if (told.get("client_id"), told.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise _refused(401, "access_denied", "Unauthorized")
        if told.get("audience") != AUDIENCE:
            raise _refused(403, "access_denied", "Service not enabled within domain")
        connected = self._books.settings["connected"]
        if told.get("login_organization") != ORGANIZATION or not connected:
            raise _refused(403, "access_denied", "Unauthorized")

    def _scopes(self) -> list[str]:
        withheld = set(self._books.settings["withheld_scopes"])
        return [scope for scope in SCOPES if scope not in withheld]


def scope_of(method: str, path: str) -> str:
    """The scope that a call needs; nothing for those that need none."""
    place = path.removeprefix(API)
    right = {"GET": "read", "DELETE": "delete"}.get(method, "write")
    for prefix, scope, deletes in _PLACES:
        if place == prefix or place.startswith(f"{prefix}/"):
            line = ".line" if prefix == "salesorders" and "/lines" in place else ""
            kind = "write" if right == "delete" and not deletes else right
            return f"api.{scope}{line}:{kind}"
    return ""


def _told() -> Doc:
    if request.is_json:
        try:
            read = msgspec.json.decode(request.get_data())
        except msgspec.DecodeError as error:
            raise _refused(400, "invalid_request", "Malformed body") from error
        return read if isinstance(read, dict) else {}
    return dict(request.form.to_dict())


def _refused(status: int, error: str, text: str) -> Refusal:
    return Refusal(status, {"error": error, "error_description": text})
