"""The three calls of OAuth 2 that a program makes itself: exchange a code, renew, revoke."""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import quote_plus

import msgspec
from msgspec import Struct

from bridge_gui.errors import BridgeError, OutcomeUnknown, Passing, SetupError, SignInError
from bridge_gui.web.address import origin
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE, decode
from bridge_gui.web.http import HttpClient
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.wire import Wire

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,60}")
LIFE = 1800.0
"""Seconds an access token lives where the vendor does not say."""


class Tokens(Struct, frozen=True, kw_only=True):
    """The answer of a token address; `refresh_token` empty where the old one stays."""

    access_token: str
    expires_in: float = LIFE
    refresh_token: str = ""

    def __repr__(self) -> str:
        return "Tokens()"


class _Refusal(Struct, frozen=True):
    error: str = ""
    access_token: str = ""


class TokenDoor:
    """Speaks to the token and revocation addresses, as one app."""

    def __init__(self, oauth: OAuth, secret: str, wire: Wire, vendor: str) -> None:
        wire.redactor.learn(secret)
        self._oauth, self._secret, self._wire, self._vendor = oauth, secret, wire, vendor

    def __repr__(self) -> str:
        return f"TokenDoor({self._oauth.host!r})"

    def exchange(self, code: str, redirect: str, verifier: str) -> Tokens:
        """The tokens for a code, which works once; nothing is repeated that may have left."""
        for value in (code, verifier):
            self._wire.redactor.learn(value)
        more = {"code_verifier": verifier} if self._oauth.pkce else {}
        body = self._body("authorization_code", code=code, redirect_uri=redirect, **more)
        return self._asked(body, again=False, ended="oauth.used")

    def renew(self, refresh: str) -> Tokens:
        """New tokens; repeated when the answer is lost, if the old value outlives its replacement."""
        self._wire.redactor.learn(refresh)
        again = bool(self._oauth.grace)
        return self._asked(
            self._body("refresh_token", refresh_token=refresh), again=again, ended="oauth.ended"
        )

    def revoke(self, refresh: str) -> None:
        """End the sign-in at the vendor; one that has ended already is no error."""
        self._wire.redactor.learn(refresh)
        self._door(self._oauth.revoke, "oauth.ended").read(
            "POST", self._oauth.revoke, body=self._revocation(refresh), headers=self._revoking()
        )

    def _revocation(self, refresh: str) -> bytes:
        if self._oauth.revoke_json:
            return msgspec.json.encode({"token": refresh})
        body = f"token={quote_plus(refresh)}&token_type_hint=refresh_token"
        if not self._oauth.basic:
            body += f"&client_id={quote_plus(self._oauth.client_id)}"
        return body.encode()

    def _revoking(self) -> dict[str, str]:
        json = {"Content-Type": "application/json"} if self._oauth.revoke_json else {}
        return {**self._headers(), **json}

    def _asked(self, body: str, *, again: bool, ended: str) -> Tokens:
        door, url = self._door(self._oauth.token, ended), self._oauth.token
        send = door.read if again else door.write
        try:
            answer = send("POST", url, body=body.encode(), headers=self._headers())
        except OutcomeUnknown as error:  # not a document: the next try shows whether the value still works
            raise Passing("net.cut", host=str(error.params.get("host", self._oauth.host))) from None
        tokens = decode(answer, Tokens, vendor=self._vendor)
        for value in (tokens.access_token, tokens.refresh_token):
            self._wire.redactor.learn(value)
        return tokens

    def _body(self, grant: str, **values: str) -> str:
        from oauthlib.oauth2.rfc6749.parameters import prepare_token_request

        if not self._oauth.basic:
            values["client_id"] = self._oauth.client_id
            if self._secret:
                values["client_secret"] = self._secret
        return str(prepare_token_request(grant, **values))

    def _headers(self) -> dict[str, str]:
        if not self._oauth.basic:
            return _FORM
        pair = f"{quote_plus(self._oauth.client_id)}:{quote_plus(self._secret)}"
        self._wire.redactor.learn(basic := b64encode(pair.encode()).decode())
        return {**_FORM, "Authorization": f"Basic {basic}"}

    def _door(self, url: str, ended: str) -> HttpClient:
        scheme, host, port = origin(url)
        base = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
        return HttpClient(base, wire=self._wire, translate=lambda answer: refusal(answer, ended))


def refusal(answer: Answer, ended: str) -> BridgeError | None:
    """What a token address says no with, whatever its status; `ended` is the code of an ended sign-in."""
    try:
        said = msgspec.json.decode(answer.body, type=_Refusal)
    except UNREADABLE:
        said = _Refusal()
    if not said.error or said.access_token or answer.status >= 500 or answer.status == 429:
        return None
    if said.error == "invalid_grant":
        return SignInError(ended, host=answer.host)
    if said.error in ("invalid_client", "unauthorized_client"):
        return SetupError("oauth.client", host=answer.host)
    if said.error == "invalid_scope":
        return SetupError("oauth.scope", host=answer.host)
    word = said.error if _WORD.fullmatch(said.error) else "?"
    return SignInError("oauth.refused", host=answer.host, text=word)
