"""What a vendor asks of whoever signs in by OAuth 2; light enough for a SPEC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from bridge_gui.web.address import is_loopback


@dataclass(frozen=True, kw_only=True)
class OAuth:
    """One vendor's terms for one registered app, the user's own.

    `redirects` are the registered redirect addresses, tried in order: loopback ones are listened on,
    one that is not is a page whose address the user pastes. `basic` sends the app's secret in a header,
    as the standard prefers; `revoke_json` is for a vendor whose revocation takes JSON. `grace` is how
    long a renewal value still works once it was replaced, `disuse` how long one lives without being
    used, and after `warn_after` of it a person is told.
    """

    authorize: str
    token: str
    revoke: str = ""
    client_id: str
    scopes: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    pkce: bool = True
    basic: bool = False
    revoke_json: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    grace: timedelta = timedelta(0)
    disuse: timedelta | None = None
    warn_after: timedelta | None = None

    @property
    def host(self) -> str:
        """The host of the page on which the user signs in."""
        return urlsplit(self.authorize).hostname or ""


def listens(redirect: str) -> bool:
    """Whether this redirect address is one that Bridge can listen on."""
    parts = urlsplit(redirect)
    return parts.scheme == "http" and is_loopback(parts.hostname or "")
