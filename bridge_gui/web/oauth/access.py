"""Access tokens, in memory only: one holder per connection, shared by all its jobs, one renewal at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from bridge_gui.errors import SignInError
from bridge_gui.web.bearer import EARLY
from bridge_gui.web.oauth.grant import Grant, load
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.oauth.tokens import TokenDoor, Tokens
from bridge_gui.web.waiting import Cancel, Clock, check
from bridge_gui.web.wire import Wire


class Access:
    """A connection's access token while Bridge runs, and a renewed grant that is not in the keychain yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.token = ""
        self.session = ""
        self.until = 0.0
        self.pending: Grant | None = None
        self.quiet_until = 0.0
        """Until then (monotonic seconds) nothing is asked of the vendor that can wait."""

    def __repr__(self) -> str:
        return "Access()"

    @contextmanager
    def alone(self, cancel: Cancel) -> Iterator[None]:
        """Hold the connection's sign-in; whoever waits can be stopped meanwhile."""
        while not self._lock.acquire(timeout=0.2):
            check(cancel)
        try:
            yield
        finally:
            self._lock.release()

    def take(self, tokens: Tokens, session: str, asked: float) -> None:
        """From now on this token is used; `asked` is when it was asked for."""
        self.token, self.session = tokens.access_token, session
        self.until = asked + tokens.expires_in - min(EARLY, tokens.expires_in / 2)

    def forget(self) -> None:
        """Nothing is known any more."""
        self.token, self.session, self.until, self.pending = "", "", 0.0, None


class OAuthSignIn:
    """Signs requests with an access token; renews it, and keeps the renewed grant before the token is used.

    `kept` reads the grant's text from the keychain, `keep` writes it; `noted` is told of each renewal.
    """

    def __init__(
        self,
        door: TokenDoor,
        oauth: OAuth,
        access: Access,
        *,
        kept: Callable[[], str],
        keep: Callable[[str], None],
        wire: Wire,
        noted: Callable[[datetime], None] | None = None,
    ) -> None:
        self._door, self._oauth, self._access = door, oauth, access
        self._kept, self._keep, self._noted = kept, keep, noted
        self._clock: Clock = wire.clock
        self._wire = wire

    def __repr__(self) -> str:
        return "OAuthSignIn()"

    def headers(self, method: str, url: str, body: bytes) -> Mapping[str, str]:
        """The header with a token that is good for a while yet."""
        with self._access.alone(self._wire.cancel):
            if not self._access.token or self._clock.monotonic() >= self._access.until:
                self._renew()
            return self._header()

    def renew(self, stale: Mapping[str, str]) -> bool:
        """Renew, unless another thread already did since `stale` was handed out."""
        with self._access.alone(self._wire.cancel):
            if stale.get("Authorization") == self._header()["Authorization"]:
                self._renew()
            return True

    def _header(self) -> dict[str, str]:
        self._wire.redactor.learn(self._access.token)
        return {"Authorization": f"Bearer {self._access.token}"}

    def _renew(self) -> None:
        access = self._access
        access.token = ""
        grant = self._settled(load(self._kept()))
        asked = self._clock.monotonic()
        used, tokens = self._asked(grant)
        access.pending = grant.renewed(tokens.refresh_token, used, self._clock.now())
        self._settled(grant)
        access.take(tokens, grant.session, asked)
        if self._noted is not None:
            self._noted(self._clock.now())

    def _settled(self, grant: Grant) -> Grant:
        """The newest grant of this sign-in, which is in the keychain when this returns."""
        pending = self._access.pending
        if pending is None or pending.session != grant.session:
            self._access.pending = None
            return grant
        self._keep(pending.dump())
        self._access.pending = None
        return pending

    def _asked(self, grant: Grant) -> tuple[str, Tokens]:
        """The tokens, and the value that brought them: the newest, else the one before it in its grace."""
        *early, last = grant.usable(self._oauth.grace, self._clock.now())
        for value in early:
            try:
                return value, self._door.renew(value)
            except SignInError as error:
                if error.code != "oauth.ended":
                    raise
        return last, self._door.renew(last)
