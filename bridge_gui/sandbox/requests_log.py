"""What was asked of a simulator: counts per kind of request, and the last ones without their secrets."""

from __future__ import annotations

import re
import threading
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import msgspec

_ID = re.compile(r"^(\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27})$")
_SECRET = re.compile(r"secret|password|token|api_?key|authorization|credential", re.IGNORECASE)
_OPERATION = re.compile(rb"\b(?:query|mutation)\s+([A-Za-z_]\w*)")


class Noted:
    """One request as it came; `status` stays 0 when no answer was sent."""

    __slots__ = ("body", "method", "path", "query", "status")

    def __init__(self, method: str, path: str, query: str, body: bytes) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.status = 0


class RequestLog:
    """Counts requests and keeps the last 200; lives in memory only."""

    def __init__(self, label: Callable[[str, bytes], str]) -> None:
        self._label = label
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._last: deque[Noted] = deque(maxlen=200)

    def note(self, method: str, path: str, query: str, body: bytes) -> Noted:
        """Notes one request before it is answered."""
        noted = Noted(method, path, query, body)
        with self._lock:
            self._counts[f"{method} {self._label(path, body)}"] += 1
            self._last.append(noted)
        return noted

    def clear(self) -> None:
        """Starts counting anew."""
        with self._lock:
            self._counts.clear()
            self._last.clear()

    def shown(self, last: int) -> dict[str, Any]:
        """The counts and the last requests, as JSON without secrets."""
        with self._lock:
            counts, noted = dict(self._counts), list(self._last)[-last:] if last else []
        return {"total": sum(counts.values()), "counts": counts, "last": [_shown(one) for one in noted]}


def plain_label(path: str, _: bytes) -> str:
    """The path with ids replaced, so that requests of one kind count as one."""
    return "/".join("{id}" if _ID.match(part) else part for part in path.split("/"))


def graphql_label(path: str, body: bytes) -> str:
    """The path and the name of the GraphQL operation."""
    found = _OPERATION.search(body)
    return f"{path} {found.group(1).decode()}" if found else path


def _shown(noted: Noted) -> dict[str, Any]:
    return {
        "method": noted.method,
        "path": noted.path,
        "query": noted.query,
        "status": noted.status,
        "body": _clean_body(noted.body),
    }


def _clean_body(body: bytes) -> Any:
    if not body:
        return None
    try:
        return _cleaned(msgspec.json.decode(body))
    except msgspec.DecodeError:
        return f"{len(body)} bytes"


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: "***" if _SECRET.search(name) else _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return value
