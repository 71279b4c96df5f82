"""One request, its answer, and the ways in which an answer can fail to come: plain, light data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit, urlunsplit


def without_query(url: str) -> str:
    """The address without what may hold a secret: no query, no fragment, no user."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def merged(*headers: Mapping[str, str]) -> dict[str, str]:
    """All headers, the later ones replacing the earlier, whatever the case of their names."""
    named = {name.lower(): (name, value) for each in headers for name, value in each.items()}
    return dict(named.values())


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request exactly as it goes out; its repr shows neither headers, query nor body."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a vendor answered; header names are in lower case; its repr shows neither headers nor body."""

    status: int
    url: str
    """Without its query."""
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """The header's value, or an empty text."""
        return self.headers.get(name.lower(), "")

    @property
    def host(self) -> str:
        """The host that answered."""
        return urlsplit(self.url).hostname or ""


class Loss(Enum):
    """Why a request has no answer."""

    NOT_FOUND = "name not resolved"
    NOT_CONNECTED = "not connected"
    PROXY = "proxy refused"
    CONNECT_TIMEOUT = "connect timed out"
    TLS = "certificate or encryption refused"
    TIMEOUT = "timed out"
    CUT = "cut off"
    TOO_BIG = "too big"
    CANCELLED = "stopped"


class Lost(Exception):
    """A request without an answer; `left` tells whether any of it may have reached the vendor."""

    def __init__(self, loss: Loss, *, left: bool, why: str = "") -> None:
        super().__init__(loss.value)
        self.loss = loss
        self.left = left
        self.why = why
