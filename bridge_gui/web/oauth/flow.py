"""One sign-in, from the address to open to the grant: answered on loopback, or by pasting; no Qt."""

from __future__ import annotations

import queue
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from bridge_gui.errors import BridgeError, Cancelled, SetupError, SignInError
from bridge_gui.web.address import is_loopback, normalise
from bridge_gui.web.answer import Answer, Loss, Lost, Request
from bridge_gui.web.http import USER_AGENT
from bridge_gui.web.manners import Manners
from bridge_gui.web.oauth.grant import Grant
from bridge_gui.web.oauth.loopback import Listener
from bridge_gui.web.oauth.page import Text
from bridge_gui.web.oauth.terms import OAuth, listens
from bridge_gui.web.oauth.tokens import TokenDoor, Tokens
from bridge_gui.web.verdicts import of_loss
from bridge_gui.web.waiting import check
from bridge_gui.web.wire import Wire

PATIENCE = 900.0
"""Seconds that are waited for the person at the vendor's page."""
_TICK = 0.1
_LONGEST_PASTE = 8000


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A finished sign-in: what goes to the keychain, and the first access token, which does not."""

    grant: Grant
    tokens: Tokens = field(repr=False)
    asked: float


class SignInFlow:
    """Made on any thread; `wait` belongs in a job. Close it when it is over, however it ended."""

    def __init__(
        self,
        oauth: OAuth,
        *,
        secret: str = "",
        vendor: str = "",
        text: Text = str,
        random: Callable[[int], str] = secrets.token_urlsafe,
    ) -> None:
        normalise(oauth.authorize)  # https, or http to this computer, and nothing else
        self.oauth, self._secret, self._vendor, self._text = oauth, secret, vendor, text
        self._state, self._verifier, self._session = random(24), random(64), random(9)
        self._heard: queue.Queue[str] = queue.Queue()
        self._listener: Listener | None = None
        self.redirect = oauth.redirects[0]
        self.wrong: SetupError | None = None

    def __repr__(self) -> str:
        return f"SignInFlow({self.oauth.host!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def listen(self) -> None:
        """Wait on loopback from now on, if the vendor allows that; `SetupError` oauth.no_port."""
        if any(listens(one) for one in self.oauth.redirects) and self._listener is None:
            self._listener = Listener(self.oauth.redirects, self._state, self._heard.put, self._text)
            self.redirect = self._listener.redirect

    def close(self) -> None:
        """Stop listening."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    @property
    def listening(self) -> bool:
        """Whether the answer comes by itself; else it has to be pasted."""
        return self._listener is not None

    @property
    def host(self) -> str:
        """Whose page the user is sent to; shown before it is opened."""
        return self.oauth.host

    @property
    def address(self) -> str:
        """The page on which the user signs in."""
        from oauthlib.oauth2 import WebApplicationClient

        oauth = self.oauth
        client = WebApplicationClient(oauth.client_id)
        more = dict(oauth.extra)
        if oauth.pkce:
            more["code_challenge"] = client.create_code_challenge(self._verifier, "S256")
            more["code_challenge_method"] = "S256"
        made = client.prepare_request_uri(
            _secure(oauth.authorize), redirect_uri=self.redirect, scope=list(oauth.scopes), state=self._state,
            **more,
        )  # fmt: skip
        return str(made).replace(_secure(oauth.authorize), oauth.authorize, 1)

    def offer(self, pasted: str) -> SetupError | None:
        """Take the address of the last page as the user pasted it; gives what is wrong with it."""
        text = "".join(pasted.split())[:_LONGEST_PASTE]
        try:
            self._code_in(text)
        except SetupError as error:
            self.wrong = error
            return error
        except BridgeError:
            pass  # the vendor's own no: `wait` says it
        self.wrong = None
        self._heard.put(text)
        return None

    def follow(self, wire: Wire) -> None:
        """Where the vendor is on this computer (a sandbox), go the browser's way without a browser.

        Where no port was free, the last page's address is handed over as a user would paste it.
        """
        if not is_loopback(self.host):
            return
        headers = {"User-Agent": USER_AGENT, "Accept": "text/html"}
        first = self._look(self.address, headers, wire)
        target = first.header("location")
        if first.status not in (302, 303) or not target.startswith(self.redirect):
            raise SignInError("oauth.refused", host=self.host, text=f"{first.status}")
        if self.listening:
            self._look(target, headers, wire)
        elif (wrong := self.offer(target)) is not None:
            raise wrong

    def _look(self, url: str, headers: dict[str, str], wire: Wire) -> Answer:
        try:
            return wire.transport.send(
                Request(method="GET", url=url, headers=headers), Manners(), wire.cancel
            )
        except Lost as lost:
            error = Cancelled() if lost.loss is Loss.CANCELLED else of_loss(lost, self.host)
        raise error

    def wait(self, wire: Wire) -> Signed:
        """Wait for the answer and exchange it; raises `Cancelled`, or why there is no sign-in."""
        until = wire.clock.monotonic() + PATIENCE
        try:
            while (heard := self._next()) is None:
                check(wire.cancel)
                if wire.clock.monotonic() >= until:
                    raise SignInError("oauth.waited")
            return self._signed(heard, wire)
        finally:
            self.close()

    def _next(self) -> str | None:
        with suppress(queue.Empty):
            return self._heard.get(timeout=_TICK)
        return None

    def _signed(self, heard: str, wire: Wire) -> Signed:
        told = self._code_in(heard)
        asked = wire.clock.monotonic()
        door = TokenDoor(self.oauth, self._secret, wire, self._vendor)
        tokens = door.exchange(told.pop("code"), self.redirect, self._verifier)
        if not tokens.refresh_token:
            raise SetupError("oauth.scope", host=self.host)
        extra = {key: value for key, value in told.items() if key not in ("state", "scope")}
        grant = Grant(session=self._session, refresh=tokens.refresh_token, at=wire.clock.now(), extra=extra)
        return Signed(grant=grant, tokens=tokens, asked=asked)

    def _code_in(self, heard: str) -> dict[str, str]:
        """What the last page's address brings; raises what it says instead."""
        from oauthlib.oauth2.rfc6749.errors import MismatchingStateError, MissingCodeError, OAuth2Error
        from oauthlib.oauth2.rfc6749.parameters import parse_authorization_code_response

        query = urlsplit(heard).query or heard.removeprefix("?")
        try:
            told: dict[str, str] = parse_authorization_code_response(f"https://bridge/?{query}", self._state)
        except MismatchingStateError:
            raise SetupError("oauth.other_page" if "code=" in query else "oauth.paste") from None
        except MissingCodeError:
            raise SetupError("oauth.paste") from None
        except OAuth2Error as error:
            raise _no(str(error.error or ""), self.host) from None
        return told


def _no(word: str, host: str) -> BridgeError:
    """The vendor's page ended without a code."""
    if word == "access_denied":
        return SignInError("oauth.denied", host=host)
    if word == "invalid_scope":
        return SetupError("oauth.scope", host=host)
    if word in ("unauthorized_client", "invalid_client"):
        return SetupError("oauth.client", host=host)
    return SignInError("oauth.refused", host=host, text=word[:60] if word.replace("_", "").isalnum() else "?")


def _secure(url: str) -> str:
    """As oauthlib wants it: it knows no plain http to this computer, which our address rules allow."""
    return f"https{url.removeprefix('http')}" if url.startswith("http://") else url
