"""What a way of signing in promises to the client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class SignIn(Protocol):
    """Signs each request; one serves all threads of a connection."""

    def headers(self, method: str, url: str, body: bytes, /) -> Mapping[str, str]:
        """The headers that sign exactly these bytes; may call the vendor for a token first."""
        ...

    def renew(self, stale: Mapping[str, str], /) -> bool:
        """The vendor refused the headers `stale`: True when newer ones are worth one more try."""
        ...
