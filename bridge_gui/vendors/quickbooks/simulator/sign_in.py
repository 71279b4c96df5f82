"""Intuit's sign-in: consent, tokens, the refresh value that changes daily, revocation.

Facts: quickbooks.md 2. Inferred: a code lives 10 minutes; the page for an address that is not registered; a
reused code ends nothing that was given before. The person at the browser always grants (a switch).
"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, Route, instant
from bridge_gui.vendors.quickbooks.simulator.books import Books
from bridge_gui.vendors.quickbooks.simulator.says import gateway

CLIENT_ID, CLIENT_SECRET = (
    "ABexampleexampleexampleexampleexampleexampleexample0",
    "examplesecretexamplesecretexamplesecret0",
)
REALM = "9130350000000001"
SCOPE = "com.intuit.quickbooks.accounting"
CODE_LIFE, ACCESS_LIFE = timedelta(minutes=10), timedelta(hours=1)
DAY, REFRESH_LIFE, HARD_LIFE = timedelta(hours=24), timedelta(seconds=8_726_400), timedelta(days=5 * 365)


class SignInDesk:
    """Gives out codes and tokens, and checks them."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._codes = books.state.table("codes")
        self._tokens = books.state.table("tokens")
        self._refreshers = books.state.table("refreshers")

    def routes(self) -> list[Route]:
        """The paths of the authorisation server."""
        return [
            ("GET", "/connect/oauth2", self.authorize),
            ("POST", "/oauth2/v1/tokens/bearer", self.token),
            ("POST", "/v2/oauth2/tokens/revoke", self.revoke),
            ("GET", "/.well-known/openid_configuration", _discovery),
            ("GET", "/.well-known/openid_sandbox_configuration", _discovery),
        ]

    def authorize(self) -> Response:
        """A person's consent, given at once; the browser goes back with a code and the company."""
        asked = request.args
        where, state = asked.get("redirect_uri", ""), asked.get("state", "")
        if asked.get("client_id") != CLIENT_ID or not self._registered(where):
            raise Refusal(400, "Sorry, but the redirect_uri or client_id query parameter value is invalid.")
        if SCOPE not in asked.get("scope", "").split():
            return _back(where, {"error": "invalid_scope", "state": state})
        if asked.get("response_type") != "code" or not state:
            return _back(where, {"error": "invalid_request", "state": state})
        if not self._books.settings["grants"]:
            return _back(where, {"error": "access_denied", "state": state})
        code = f"AB1{secrets.token_hex(20)}"
        self._codes.put({"id": code, "redirect_uri": where, "at": self._books.now().isoformat()})
        return _back(where, {"code": code, "state": state, "realmId": REALM})

    def token(self) -> Doc:
        """A pair of tokens for a code or for a refresh token."""
        _known_client()
        sent = request.form
        if sent.get("grant_type") == "authorization_code":
            return self._first(sent.to_dict())
        if sent.get("grant_type") == "refresh_token":
            return self._next(sent.get("refresh_token", ""))
        raise _oauth("unsupported_grant_type")

    def revoke(self) -> Response:
        """Ends the consent that a token is of; the answer is empty."""
        _known_client()
        try:
            text = str(msgspec.json.decode(request.get_data())["token"])
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise _oauth("invalid_request") from error
        known = self._refreshers.get(text) or self._tokens.get(text)
        if known is None:
            raise _oauth("invalid_request")
        self._end(known["consent"])
        return Response(status=200)

    def check(self, realm: str) -> None:
        """Refuses a call of the accounting interface that may not be made."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        known = self._tokens.get(text) if scheme.lower() == "bearer" else None
        if known is None or instant(known["ends"]) <= self._books.now():
            short = len(text) < 10
            detail = "Malformed bearer token: too short or too long" if short else "Token expired"
            raise gateway(401, 3200, "AuthenticationFailed", detail, "AUTHENTICATION")
        if realm != REALM:
            raise gateway(403, 3100, "ApplicationAuthorizationFailed", "Forbidden", "AUTHORIZATION")
        if not self._books.settings["user_access"]:
            detail = "--11014-You do not have access to use QuickBooks Online Plus."
            raise gateway(403, 120, "AuthorizationFailed", detail, "AuthorizationFault")

    def expire(self) -> None:
        """Makes every access token worthless; refresh tokens stay."""
        for token in self._tokens.find():
            self._tokens.put({**token, "ends": self._books.now().isoformat()})

    def leave(self) -> None:
        """A person disconnects the app in QuickBooks."""
        for row in self._refreshers.find():
            self._end(row["consent"])

    def _registered(self, where: str) -> bool:
        """QUIRK: plain http is for `localhost` and development keys only (quickbooks.md 0)."""
        known = self._books.settings["redirect_uris"]
        parts = urlsplit(where)
        local = (
            parts.scheme == "http"
            and parts.hostname == "localhost"
            and not self._books.settings["production_keys"]
        )
        fits = local or (parts.scheme == "https" and not (parts.hostname or "").replace(".", "").isdigit())
        return fits and (not known or where in known)

    def _first(self, sent: dict[str, str]) -> Doc:
        code = self._codes.get(sent.get("code", ""))
        if code is None or instant(code["at"]) + CODE_LIFE <= self._books.now():
            raise _oauth("invalid_grant")
        self._codes.drop(code["id"])
        if sent.get("redirect_uri") != code["redirect_uri"]:
            raise _oauth("invalid_grant", keep=True)
        now = self._books.now()
        return self._pair(self._refresher(secrets.token_hex(8), (now + HARD_LIFE).isoformat()))

    def _next(self, text: str) -> Doc:
        """QUIRK: the value changes about daily; the older one dies a day after (quickbooks.md 2)."""
        known = self._refreshers.get(text)
        now = self._books.now()
        if known is None or min(instant(known["ends"]), instant(known["hard"])) <= now:
            raise _oauth("invalid_grant", "Incorrect or invalid refresh token")
        following = self._refreshers.first(("before", "=", text))
        if following is not None:
            return self._pair(following)
        if instant(known["made"]) + DAY > now:
            known = {**known, "ends": (now + REFRESH_LIFE).isoformat()}
            self._refreshers.put(known)
            return self._pair(known)
        self._refreshers.put({**known, "ends": min(now + DAY, instant(known["ends"])).isoformat()})
        return self._pair(self._refresher(known["consent"], known["hard"], text))

    def _refresher(self, consent: str, hard: str, before: str = "") -> Doc:
        now = self._books.now()
        made = {
            "id": f"AB11{secrets.token_hex(23)}",
            "consent": consent,
            "before": before,
            "made": now.isoformat(),
            "ends": (now + REFRESH_LIFE).isoformat(),
            "hard": hard,
        }
        self._refreshers.put(made)
        return made

    def _pair(self, refresher: Doc) -> Doc:
        now = self._books.now()
        access = f"eyJlbmMi{secrets.token_urlsafe(60)}"
        self._tokens.put(
            {"id": access, "ends": (now + ACCESS_LIFE).isoformat(), "consent": refresher["consent"]}
        )
        told: Doc = {
            "token_type": "Bearer",
            "access_token": access,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "refresh_token": refresher["id"],
            "x_refresh_token_expires_in": int((instant(refresher["ends"]) - now).total_seconds()),
        }
        if request.headers.get("x-include-refresh-token-hard-expires-in") == "true":
            hard = int((instant(refresher["hard"]) - now).total_seconds())
            told["x_refresh_token_hard_expires_in"] = hard
        return told

    def _end(self, consent: str) -> None:
        for table in (self._tokens, self._refreshers):
            for row in table.find(("consent", "=", consent)):
                table.drop(row["id"])


def _known_client() -> None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    try:
        told = base64.b64decode(text, validate=True).decode() if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        told = ""
    if told != f"{CLIENT_ID}:{CLIENT_SECRET}":
        raise Refusal(401, {"error": "invalid_client"})


def _back(where: str, told: dict[str, str]) -> Response:
    return Response(status=302, headers={"Location": f"{where}?{urlencode(told)}"})


def _oauth(error: str, description: str = "", *, keep: bool = False) -> Refusal:
    body = {"error": error, **({"error_description": description} if description else {})}
    return Refusal(400, body, keep=keep)


def _discovery() -> Doc:
    base = request.host_url.rstrip("/")
    return {
        "issuer": "https://oauth.platform.intuit.com/op/v1",
        "authorization_endpoint": f"{base}/connect/oauth2",
        "token_endpoint": f"{base}/oauth2/v1/tokens/bearer",
        "revocation_endpoint": f"{base}/v2/oauth2/tokens/revoke",
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "email", "profile", SCOPE],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }
