"""Signing in with the application token: an hour's access token, kept in memory for all jobs."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from msgspec import Struct

from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.webcrm import assumed
from bridge_gui.vendors.webcrm.terms import VENDOR
from bridge_gui.web.decode import decode
from bridge_gui.web.http import HttpClient, Translate
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.wire import Wire

_BOUNDARY = "bridge-application-token"
_FORM = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
_EARLY = 600.0
"""Seconds before its end at which a token is left alone: clients renew at 50 minutes (webcrm.md 2)."""


class TokenAnswer(Struct, frozen=True, rename="pascal"):
    """The answer to a sign-in; what failed may come with a 200."""

    access_token: str | None = None
    expires_in: float | None = None
    is_error: bool = False
    error: str | None = None
    error_description: str | None = None


class TokenSignIn:
    """`Authorization: Bearer ...`; one fetch at a time, whatever the number of threads and jobs."""

    def __init__(self, base: str, code: str, access: Access, wire: Wire, translate: Translate) -> None:
        wire.redactor.learn(code)
        self._code, self._access, self._wire = code, access, wire
        self._session = sha256(f"{base}\0{code}".encode()).hexdigest()
        self._door = HttpClient(base, wire=wire, translate=translate)

    def __repr__(self) -> str:
        return "TokenSignIn()"

    def headers(self, method: str, url: str, body: bytes) -> Mapping[str, str]:
        """The header with a token that is good for a while yet."""
        del method, url, body
        access = self._access
        with access.alone(self._wire.cancel):
            old = self._wire.clock.monotonic() >= access.until
            if not access.token or old or access.session != self._session:
                self._renew()
            return self._header()

    def renew(self, stale: Mapping[str, str]) -> bool:
        """Fetch a new token, unless another job already did since `stale` was handed out."""
        with self._access.alone(self._wire.cancel):
            if stale.get("Authorization") == self._header()["Authorization"]:
                self._renew()
            return True

    def _header(self) -> dict[str, str]:
        self._wire.redactor.learn(self._access.token)
        return {"Authorization": f"Bearer {self._access.token}"}

    def _renew(self) -> None:
        """QUIRK: the answer has a refresh token; most clients sign in anew instead (webcrm.md 2)."""
        asked = self._wire.clock.monotonic()
        self._access.forget()
        answer = self._door.read("POST", "Auth/ApiLogin", body=_form(self._code), headers=_FORM)
        told = decode(answer, TokenAnswer, vendor=VENDOR)
        if not told.access_token:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.AccessToken")
        life = told.expires_in or assumed.TOKEN_LIFE
        self._access.token, self._access.session = told.access_token, self._session
        self._access.until = asked + life - min(_EARLY, life / 2)


def _form(code: str) -> bytes:
    """The one field of the form, as the vendor's document has it (multipart)."""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="authCode"\r\n\r\n'
    return f"{head}{code}\r\n--{_BOUNDARY}--\r\n".encode()
