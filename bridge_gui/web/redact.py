"""What may be kept of an exchange: an allow-list of headers, and texts with the secrets taken out."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from urllib.parse import quote, quote_plus

from bridge_gui.web.answer import Answer

HIDDEN = "[hidden]"
DETAIL_LENGTH = 300
SHORTEST_SECRET = 4

_HARMLESS = frozenset(
    {
        "content-type", "content-length", "content-encoding", "date", "server", "retry-after", "allow",
        "x-request-id", "x-trace-id", "x-correlation-id", "request-id",
        "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
    }
)  # fmt: skip
_NAMED = re.compile(
    r"""(?ix)
    ( ["']? [\w-]* (?: secret | token | passw | authoriz | signature | api_?key | cookie | jwt ) [\w-]* ["']?
      \s* [:=] \s* )
    ( "(?:[^"\\]|\\.)*"? | '[^']*'? | (?:bearer|basic|app)\s+ [^\s"',;&<>]+ | [^\s"',;&<>]+ )"""
)
_SCHEMED = re.compile(r"(?i)\b(bearer|basic|app)\s+(?=\S*\d)[A-Za-z0-9._~+/=-]{12,}")


class Redactor:
    """Takes known secrets, and what looks like one, out of texts; one serves a whole connection."""

    def __init__(self, *secrets: str) -> None:
        self._lock = threading.Lock()
        self._forms: set[str] = set()
        for secret in secrets:
            self.learn(secret)

    def __repr__(self) -> str:
        return "Redactor()"

    def learn(self, secret: str) -> None:
        """From now on `secret` is hidden, in each form in which it may travel."""
        if len(secret) < SHORTEST_SECRET:
            return
        raw = b64encode(secret.encode()).decode()
        forms = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], raw}
        with self._lock:
            self._forms |= forms

    def text(self, text: str) -> str:
        """The text without secrets."""
        with self._lock:
            forms = sorted(self._forms, key=len, reverse=True)
        for form in forms:
            text = text.replace(form, HIDDEN)
        return _SCHEMED.sub(rf"\1 {HIDDEN}", _NAMED.sub(rf"\1{HIDDEN}", text))

    def detail(self, answer: Answer) -> str:
        """At most 300 characters of an answer's body, for support."""
        text = " ".join(self.text(answer.body[: DETAIL_LENGTH * 40].decode("utf-8", "replace")).split())
        return text if len(text) <= DETAIL_LENGTH else text[: DETAIL_LENGTH - 1] + "…"

    def loggable(self, method: str, answer: Answer) -> dict[str, str | int]:
        """What a log may keep of a call: method, address without query, status, size, harmless headers."""
        kept = {name: self.text(value) for name, value in answer.headers.items() if name in _HARMLESS}
        line: dict[str, str | int] = {"method": method, "url": self.text(answer.url)}
        return {**line, "status": answer.status, "bytes": len(answer.body), **kept}
