"""A session of the classic services: fetched once, kept in memory only, renewed once when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bridge_gui.web.oauth.access import Access
from bridge_gui.web.redact import Redactor
from bridge_gui.web.waiting import Cancel

COOKIE = "ASP.NET_SessionId"


class Session:
    """`Cookie: ASP.NET_SessionId=...`; one for all jobs of a connection, one sign-in at a time.

    QUIRK: signing in again and again is throttled (twentyfoursevenoffice.md 2.2, spec), so one is used until
    the vendor says that it has ended. `owner` tells whose it is: with other secrets another one is fetched.
    """

    def __init__(
        self, fetch: Callable[[], str], access: Access, owner: str, cancel: Cancel, redactor: Redactor
    ) -> None:
        self._fetch = fetch
        self._access = access
        self._owner = owner
        self._cancel = cancel
        self._redactor = redactor

    def __repr__(self) -> str:
        return "Session()"

    def headers(self, method: str, url: str, body: bytes) -> Mapping[str, str]:
        """The header with the session."""
        del method, url, body
        with self._access.alone(self._cancel):
            if not self._access.token or self._access.session != self._owner:
                self._renew()
            return self._header()

    def renew(self, stale: Mapping[str, str]) -> bool:
        """Sign in anew, unless another job already did since `stale` was handed out."""
        with self._access.alone(self._cancel):
            if stale == self._header():
                self._renew()
            return True

    def begin(self) -> None:
        """Sign in, whatever is kept."""
        with self._access.alone(self._cancel):
            self._renew()

    def _renew(self) -> None:
        self._access.forget()
        self._access.token, self._access.session = self._fetch(), self._owner

    def _header(self) -> dict[str, str]:
        self._redactor.learn(self._access.token)
        return {"Cookie": f"{COOKIE}={self._access.token}"}
