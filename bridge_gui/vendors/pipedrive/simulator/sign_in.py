"""Pipedrive's two ways in: a personal API token, or OAuth with the customer's own private app.

Facts: pipedrive.md section 2. Inferred: the JSON around the token endpoint's texts; the refusal of a call
whose scope was not ticked.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, Route, instant
from bridge_gui.vendors.pipedrive.simulator.crm import Crm

FIRST_TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 - invented, for the sandbox only
APP_ID, APP_SECRET = "0123456789abcdef", "fedcba9876543210fedcba9876543210"
CODE_LIFE, ACCESS_LIFE, REFRESH_LIFE = timedelta(minutes=5), timedelta(seconds=3599), timedelta(days=60)


class SignInDesk:
    """Gives out tokens and checks them."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._codes = crm.state.table("codes")
        self._tokens = crm.state.table("tokens")

    def routes(self) -> list[Route]:
        """The paths of the authorisation server."""
        return [
            ("GET", "/oauth/authorize", self.authorize),
            ("POST", "/oauth/token", self.token),
            ("POST", "/oauth/revoke", self.revoke),
        ]

    def api_token(self) -> str:
        """The user's one token that is valid now."""
        return str(self._crm.state.value("api_token", FIRST_TOKEN))

    def regenerate(self) -> str:
        """A new token; the old one dies."""
        token = f"{self._crm.state.next_number('api token'):040x}"
        self._crm.state.set_value("api_token", token)
        return token

    def by_oauth(self) -> bool:
        """Whether the call carries a bearer token."""
        return request.headers.get("Authorization", "").lower().startswith("bearer ")

    def check(self, scopes: frozenset[str]) -> None:
        """Refuses a call without a living token, or one that its scopes do not cover."""
        if self.by_oauth():
            text = request.headers["Authorization"].partition(" ")[2]
            known = self._tokens.get(text)
            if known is None or known["kind"] != "access" or instant(known["ends"]) <= self._crm.now():
                raise _unauthorized()
            if scopes and not scopes & set(str(known["scope"]).split(",")):
                mismatch = {"success": False, "error": "Scope and URL mismatch", "errorCode": 403}
                raise Refusal(403, mismatch)
        elif request.headers.get("x-api-token") != self.api_token() or not self._crm.settings["can_use_api"]:
            raise _unauthorized()

    def authorize(self) -> Response:
        """A person's consent, given at once; scopes are the app's, not the call's."""
        asked = request.args
        back = asked.get("redirect_uri", "")
        if asked.get("client_id") != APP_ID or not self._callback(back):
            raise Refusal(400, "Invalid request: redirect_uri is invalid")
        state = {"state": asked["state"]} if "state" in asked else {}
        if not self._crm.settings["grants"]:
            return _to(back, {"error": "access_denied", **state})
        code = secrets.token_hex(20)
        at = self._crm.now().isoformat()
        self._codes.put({"id": code, "redirect_uri": back, "at": at})
        return _to(back, {"code": code, **state})

    def token(self) -> Doc | Response:
        """Tokens for a code or a refresh token. QUIRK: a slash at the end redirects (pipedrive.md 2.2)."""
        if request.path.endswith("/"):
            return Response(status=301, headers={"Location": "/oauth/token"})
        self._check_app()
        kind = request.form.get("grant_type")
        if kind is None:
            raise _oauth("Missing parameter: grant_type", "invalid_request")
        if kind == "authorization_code":
            return self._pair(self._redeemed())
        if kind == "refresh_token":
            known = self._tokens.get(request.form.get("refresh_token", ""))
            if known is None or known["kind"] != "refresh" or instant(known["ends"]) <= self._crm.now():
                raise _oauth("Invalid grant: refresh_token is invalid", "invalid_grant")
            return self._pair(known["id"])
        raise _oauth("Unsupported grant type: grant_type is invalid", "unsupported_grant_type")

    def revoke(self) -> Doc:
        """A refresh token's end is the app's uninstallation."""
        self._check_app()
        known = self._tokens.get(request.form.get("token", ""))
        if known is not None and known["kind"] == "refresh":
            self.uninstall()
        elif known is not None:
            self._tokens.drop(known["id"])
        return {"success": True}

    def uninstall(self) -> None:
        """Every token of the app dies."""
        for row in self._tokens.find():
            self._tokens.drop(row["id"])

    def expire(self) -> None:
        """Access tokens die; refresh tokens stay."""
        for row in self._tokens.find(("kind", "=", "access")):
            self._tokens.drop(row["id"])

    def _check_app(self) -> None:
        scheme, _, packed = request.headers.get("Authorization", "").partition(" ")
        try:
            pair = base64.b64decode(packed).decode() if scheme.lower() == "basic" else ""
        except (binascii.Error, UnicodeDecodeError):
            pair = ""
        if not pair:
            raise _oauth("Invalid client: cannot retrieve client credentials", "invalid_client")
        if pair != f"{APP_ID}:{APP_SECRET}":
            raise _oauth("Invalid client: client is invalid", "invalid_client")

    def _redeemed(self) -> str:
        code = self._codes.get(request.form.get("code", ""))
        if code is None:
            raise _oauth("Invalid grant: authorization_code is invalid", "invalid_grant")
        if instant(code["at"]) + CODE_LIFE <= self._crm.now():
            raise _oauth("Invalid grant: authorization_code has expired", "invalid_grant")
        if request.form.get("redirect_uri") != code["redirect_uri"]:
            raise _oauth("Invalid request: redirect_uri is invalid", "invalid_request")
        self._codes.drop(code["id"])
        return f"1:1:{secrets.token_hex(20)}"

    def _pair(self, refresh: str) -> Doc:
        """The same refresh token again; its sixty days begin anew."""
        now = self._crm.now()
        scope = ",".join(self._crm.settings["scopes"])
        access = f"1:1:{secrets.token_hex(24)}"
        for key, kind, life in ((access, "access", ACCESS_LIFE), (refresh, "refresh", REFRESH_LIFE)):
            self._tokens.put({"id": key, "kind": kind, "scope": scope, "ends": (now + life).isoformat()})
        return {
            "access_token": access,
            "token_type": "Bearer",
            "refresh_token": refresh,
            "scope": scope,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "api_domain": request.host_url.rstrip("/"),
        }

    def _callback(self, back: str) -> bool:
        """QUIRK: exactly one callback address for each app (pipedrive.md 2.2)."""
        registered = self._crm.settings["callback"]
        return back == registered if registered else urlsplit(back).hostname in {"localhost", "127.0.0.1"}


def _to(back: str, told: dict[str, str]) -> Response:
    return Response(status=302, headers={"Location": f"{back}?{urlencode(told)}"})


def _unauthorized() -> Refusal:
    body = {"success": False, "error": "unauthorized access", "errorCode": 401}
    return Refusal(
        401, {**body, "error_info": "Please check developers.pipedrive.com"}, {"x-401-by-gw": "true"}
    )


def _oauth(text: str, error: str) -> Refusal:
    return Refusal(400, {"success": False, "message": text, "error": error})
