"""Calls the addresses that a vendor was told to call of changes; on loopback only, as the sandbox itself."""

from __future__ import annotations

import http.client
import sqlite3
import threading
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from bridge_gui.sandbox.state import State, Table

HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS = 10.0


class _Call(NamedTuple):
    method: str
    url: str
    body: Any


class Post:
    """Calls what waits in a table of notices (`method`, `url`, `body`), once each and in order.

    INFERRED: neither vendor documents that a notice which finds nobody is sent again, so none is.
    """

    def __init__(self, state: State, notices: Table) -> None:
        self._state = state
        self._notices = notices
        self._one_at_a_time = threading.Lock()

    def soon(self) -> None:
        """Call once what is being written is kept; whoever writes does not wait for it."""
        threading.Thread(target=self._deliver, name="sandbox-post", daemon=True).start()

    def _deliver(self) -> None:
        with self._one_at_a_time:
            while (found := self._next()) is not None:
                call(*found)

    def _next(self) -> _Call | None:
        """The first that waits, taken away; waits for the request that left it to be over."""
        try:
            with self._state.transaction():
                for row in self._notices.find():
                    if urlsplit(row["url"]).hostname in HOSTS:
                        self._notices.drop(row["id"])
                        return _Call(row.get("method", "POST"), row["url"], row["body"])
        except sqlite3.Error:  # the state was closed meanwhile: whoever owned it has gone
            return None
        return None


def call(method: str, url: str, body: Any) -> int | None:
    """One call; its status, None where nobody answers."""
    parts = urlsplit(url)
    assert parts.hostname in HOSTS
    place = parts.path + (f"?{parts.query}" if parts.query else "")
    sent = None if body is None else msgspec.json.encode(body)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    try:
        connection.request(method, place, sent, {"Content-Type": "application/json"} if sent else {})
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()
