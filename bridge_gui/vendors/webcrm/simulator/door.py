"""The door: the sign-in by application token, tokens of an hour, rights, 250 calls a sliding minute.

Facts: webcrm.md 1, 2, 4. Inferred: a refused call does not count; signing in counts; a wrong application
token is a 200 with `IsError`; a missing right is a 403.
"""

from __future__ import annotations

import hashlib
import math
from collections import deque
from datetime import datetime, timedelta
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Route, answer, instant
from bridge_gui.vendors.webcrm.simulator.crm import Crm
from bridge_gui.vendors.webcrm.simulator.says import too_many, unauthorized

APPLICATION = "5eed0000-0000-4000-8000-00000000c0de"
SIGN_IN = {"/Auth", "/Auth/ApiLogin", "/Auth/ApiRefresh"}
MINUTE = timedelta(minutes=1)


class Door:
    """Signs in, and checks each request before it is answered."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._tokens = crm.state.table("tokens")
        self._asked: deque[datetime] = deque()

    def routes(self) -> list[Route]:
        """The sign-in's paths."""
        return [
            ("GET", "/Auth", self.who),
            ("POST", "/Auth/ApiLogin", self.login),
            ("POST", "/Auth/ApiRefresh", self.refresh),
        ]

    def check(self) -> None:
        """Refuses what may not come in."""
        self._counted()
        if request.path.rstrip("/") in SIGN_IN and request.method == "POST":
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        known = self._tokens.get(_hidden(token)) if token else None
        if scheme.lower() != "bearer" or known is None or known["kind"] != "access":
            raise unauthorized()
        if self._crm.now() >= instant(known["until"]):
            raise unauthorized("The token is expired.")
        self._right()

    def login(self) -> Any:
        """A token for the application token in the form field `authCode`."""
        if request.form.get("authCode", "") != self.application():
            return self._not("invalid_grant", "The authentication code is not valid.")
        return self._given()

    def refresh(self) -> Any:
        """QUIRK: the refresh token comes in a header of its own (webcrm.md 2)."""
        token = request.headers.get("refreshToken", "") or request.form.get("refreshToken", "")
        known = self._tokens.get(_hidden(token))
        if known is None or known["kind"] != "refresh":
            return self._not("invalid_grant", "The refresh token is not valid.")
        if self._crm.settings["rotate_refresh"]:
            self._tokens.drop(known["id"])
            return self._given()
        return self._given(token)

    def who(self) -> Doc:
        """INFERRED: what the caller is told of himself; the document names no shape."""
        return {"UserName": "Bridge", "IsAuthenticated": True}

    def application(self) -> str:
        """The application token of today."""
        told: str = self._crm.state.value("application") or APPLICATION
        return told

    def rotate(self) -> str:
        """A person makes a new application token and removes the old one."""
        made = f"5eed0000-0000-4000-8000-{self._crm.state.next_number('application'):012}"
        self._crm.state.set_value("application", made)
        self.expire()
        return made

    def expire(self) -> None:
        """Every access token becomes worthless; refresh tokens stay."""
        for row in self._tokens.find(("kind", "=", "access")):
            self._tokens.drop(row["id"])

    def _given(self, again: str = "") -> Doc:
        number = self._crm.state.next_number("token")
        access, fresh = _made(f"access {number}"), again or _made(f"refresh {number}")
        life = int(self._crm.settings["token_seconds"])
        until = (self._crm.now() + timedelta(seconds=life)).isoformat()
        self._tokens.put({"id": _hidden(access), "kind": "access", "until": until})
        self._tokens.put({"id": _hidden(fresh), "kind": "refresh", "until": ""})
        return {
            "AccessToken": access,
            "RefreshToken": fresh,
            "TokenType": "Bearer",
            "ExpiresIn": life,
            "IsError": False,
            "Error": None,
            "ErrorDescription": None,
        }

    def _not(self, error: str, words: str) -> Any:
        told = dict.fromkeys(("AccessToken", "RefreshToken", "TokenType"))
        status = int(self._crm.settings["login_refusal"])
        body = {**told, "ExpiresIn": 0, "IsError": True, "Error": error, "ErrorDescription": words}
        return answer(body, status)

    def _counted(self) -> None:
        """A burst may use the whole quota; the oldest call of the last minute says when there is room."""
        now, quota = self._crm.now(), int(self._crm.settings["minute_quota"])
        while self._asked and not now - MINUTE < self._asked[0] <= now:
            self._asked.popleft()
        if len(self._asked) >= quota:
            room = (self._asked[len(self._asked) - quota] + MINUTE - now).total_seconds()
            raise too_many(max(1, math.ceil(room)))
        self._asked.append(now)

    def _right(self) -> None:
        """Rights are cut per area: `none`, `read` or `write`."""
        area = request.path.strip("/").split("/")[0]
        self._crm.may(area, write=request.method != "GET")


def _made(seed: str) -> str:
    return hashlib.sha256(f"webcrm {seed}".encode()).hexdigest()


def _hidden(token: str) -> str:
    """Tokens are not kept as they are."""
    return hashlib.sha256(f"kept {token}".encode()).hexdigest()
