"""Xero's sign-in: authorise with PKCE, tokens that rotate, connections, revocation.

Facts: xero.md sections 2.1 to 2.4 and 4 (401, 403). Inferred: the page shown for a redirect address that is
not registered, and that the person at the browser always grants (a switch).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, Route, instant
from bridge_gui.vendors.xero.simulator.books import Books, named
from bridge_gui.vendors.xero.simulator.chart import ORGANISATION, TENANT, USER
from bridge_gui.vendors.xero.simulator.forms import NotHere, problem
from bridge_gui.vendors.xero.simulator.limits import API
from bridge_gui.vendors.xero.simulator.scopes import GRANULAR, needed

CLIENT_ID = "0123456789ABCDEF0123456789ABCDEF"
CODE_LIFE, ACCESS_LIFE = timedelta(minutes=5), timedelta(minutes=30)
REFRESH_LIFE, GRACE = timedelta(days=60), timedelta(minutes=30)


class SignInDesk:
    """Gives out codes and tokens, checks them, and lists the connections."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The paths of login, identity and the connections."""
        return [
            ("GET", "/identity/connect/authorize", self.authorize),
            ("POST", "/connect/token", self.token),
            ("POST", "/connect/revocation", self.revoke),
            ("GET", "/.well-known/openid-configuration", _discovery),
            ("GET", "/connections", self.connections),
            ("DELETE", "/connections/<key>", self.disconnect),
        ]

    def authorize(self) -> Response:
        """A person's consent, given at once; the browser goes back with a code."""
        asked = request.args
        where = asked.get("redirect_uri", "")
        if asked.get("client_id") != CLIENT_ID or not self._registered(where):
            raise Refusal(400, "Sorry, something went wrong. Error: unauthorized_client")
        refused = self._refused(asked.to_dict())
        if refused:
            return _back(where, {"error": refused, "state": asked.get("state", "")})
        code = secrets.token_urlsafe(32)
        kept = {name: asked[name] for name in ("scope", "redirect_uri", "code_challenge")}
        self._books.codes.put({"id": code, **kept, "at": self._books.now().isoformat()})
        back = {"code": code, "scope": asked["scope"], "state": asked.get("state", "")}
        return _back(where, back)

    def token(self) -> Response | Doc:
        """A pair of tokens for a code or for a refresh token."""
        sent = request.form
        if sent.get("client_id") != CLIENT_ID:
            raise _oauth("unauthorized_client")
        if sent.get("grant_type") == "authorization_code":
            return self._first(sent.to_dict())
        if sent.get("grant_type") == "refresh_token":
            return self._next(sent.get("refresh_token", ""))
        raise _oauth("unsupported_grant_type")

    def revoke(self) -> Response:
        """Ends a consent with all its tokens and connections; the answer is empty."""
        known = self._books.refreshers.get(request.form.get("token", ""))
        if known is not None:
            self._end(known["event"])
        return Response(status=200)

    def connections(self) -> list[Doc]:
        """The organisations of this user; `authEventId` limits to one consent."""
        self._bearer()
        wanted = request.args.get("authEventId")
        rows = self._books.connections.find()
        return [
            {name: value for name, value in row.items() if name != "gone"}
            for row in rows
            if not row["gone"] and wanted in {None, row["authEventId"]}
        ]

    def disconnect(self, key: str) -> Response:
        """Takes a connection away."""
        self._bearer()
        found = self._books.connections.get(key)
        if found is None or found["gone"]:
            raise NotHere
        self._books.connections.put({**found, "gone": True})
        return Response(status=204)

    def check(self) -> None:
        """Refuses a call of the accounting interface that may not be made."""
        if not request.path.startswith(API):
            return
        token = self._bearer()
        wanted = needed(request.method, request.path)
        if wanted and not wanted & set(token["scope"].split()):
            raise problem(401, "Unauthorized", "AuthorizationUnsuccessful")
        known = self._books.connections.first(("gone", "=", 0))
        if known is None or request.headers.get("xero-tenant-id") != known["tenantId"]:
            raise problem(403, "Forbidden", "AuthenticationUnsuccessful")

    def expire(self) -> None:
        """Makes every access token worthless; refresh tokens stay."""
        for token in self._books.tokens.find():
            self._books.tokens.put({**token, "ends": self._books.now().isoformat()})

    def leave(self) -> None:
        """A person disconnects the app in Xero: refreshing goes on working, calls are a 403."""
        for row in self._books.connections.find():
            self._books.connections.put({**row, "gone": True})

    def _bearer(self) -> Doc:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        known = self._books.tokens.get(text) if scheme.lower() == "bearer" else None
        if known is None:
            raise problem(401, "Unauthorized", "AuthenticationUnsuccessful")
        ends = instant(known["ends"])
        if ends <= self._books.now():
            raise problem(401, "Unauthorized", f"TokenExpired: token expired at {_american(ends)}")
        return known

    def _registered(self, where: str) -> bool:
        """QUIRK: http is for `localhost` only, never for 127.0.0.1; the whole address counts (xero.md 0)."""
        known = self._books.settings["redirect_uris"]
        parts = urlsplit(where)
        fits = parts.scheme == "https" or parts.hostname == "localhost"
        return fits and (not known or where in known)

    def _refused(self, asked: Doc) -> str:
        scopes = set(str(asked.get("scope", "")).split())
        if not scopes or scopes - GRANULAR:
            return "invalid_scope"
        if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
            return "invalid_request"
        if not asked.get("code_challenge"):
            return "invalid_request"
        return "" if self._books.settings["grants"] else "access_denied"

    def _first(self, sent: Doc) -> Doc:
        code = self._books.codes.get(sent.get("code", ""))
        if code is None or instant(code["at"]) + CODE_LIFE <= self._books.now():
            raise _oauth("invalid_grant")
        self._books.codes.drop(code["id"])
        verifier = str(sent.get("code_verifier", ""))
        if not 43 <= len(verifier) <= 128 or _challenge(verifier) != code["code_challenge"]:
            raise _oauth("invalid_grant", keep=True)
        if sent.get("redirect_uri") != code["redirect_uri"]:
            raise _oauth("invalid_grant", keep=True)
        event = self._books.new_id()
        self._connect(event)
        return self._pair(event, code["scope"])

    def _next(self, text: str) -> Doc:
        """QUIRK: the token before the last still works for 30 minutes after its use (xero.md 2.2)."""
        known = self._books.refreshers.get(text)
        now = self._books.now()
        if known is None or instant(known["ends"]) <= now:
            raise _oauth("invalid_grant")
        if not known["used"]:
            ends = min(instant(known["ends"]), now + GRACE)
            self._books.refreshers.put({**known, "used": True, "ends": ends.isoformat()})
        return self._pair(known["event"], known["scope"])

    def _pair(self, event: str, scope: str) -> Doc:
        now = self._books.now()
        ends = now + ACCESS_LIFE
        claims = {"xero_userid": USER, "authentication_event_id": event, "scope": scope.split()}
        access = _jwt({**claims, "exp": int(ends.timestamp())})
        self._books.tokens.put({"id": access, "ends": ends.isoformat(), "scope": scope, "event": event})
        told: Doc = {"access_token": access, "expires_in": int(ACCESS_LIFE.total_seconds())}
        if "openid" in scope.split():
            told["id_token"] = _jwt({"sub": USER, "email": self._books.settings["user_email"]})
        told |= {"token_type": "Bearer", "scope": scope}
        if "offline_access" in scope.split():
            refresh = secrets.token_urlsafe(32)
            kept = {"id": refresh, "ends": (now + REFRESH_LIFE).isoformat(), "used": False}
            self._books.refreshers.put({**kept, "event": event, "scope": scope})
            told["refresh_token"] = refresh
        return told

    def _connect(self, event: str) -> None:
        stamp = f"{self._books.stamp()}0000"
        key = named("connection")
        known = self._books.connections.get(key) or {"createdDateUtc": stamp}
        self._books.connections.put(
            {
                **known,
                "id": key,
                "authEventId": event,
                "tenantId": TENANT,
                "tenantType": "ORGANISATION",
                "tenantName": ORGANISATION,
                "updatedDateUtc": stamp,
                "gone": False,
            }
        )

    def _end(self, event: str) -> None:
        for table in (self._books.tokens, self._books.refreshers):
            for row in table.find(("event", "=", event)):
                table.drop(row["id"])
        self.leave()


def _back(where: str, told: dict[str, str]) -> Response:
    return Response(status=302, headers={"Location": f"{where}?{urlencode(told)}"})


def _oauth(error: str, *, keep: bool = False) -> Refusal:
    return Refusal(400, {"error": error}, keep=keep)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _american(moment: datetime) -> str:
    return moment.strftime("%m/%d/%Y %H:%M:%S")


def _jwt(claims: Any) -> str:
    parts = [msgspec.json.encode({"alg": "RS256", "typ": "JWT"}), msgspec.json.encode(claims)]
    packed = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*packed, secrets.token_urlsafe(24)])


def _discovery() -> Doc:
    base = request.host_url.rstrip("/")
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/identity/connect/authorize",
        "token_endpoint": f"{base}/connect/token",
        "revocation_endpoint": f"{base}/connect/revocation",
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": sorted(GRANULAR),
    }
