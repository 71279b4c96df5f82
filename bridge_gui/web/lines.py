"""The open connections of one vendor connection: made when needed, used again only while young."""

from __future__ import annotations

import ssl
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bridge_gui.web.address import origin
from bridge_gui.web.dial import Dial, Line, Lookup, SecureLine
from bridge_gui.web.exchange import Exchange
from bridge_gui.web.proxy import Proxy
from bridge_gui.web.waiting import Clock

YOUNG = 1.5
"""Seconds for which an unused connection is used again.

A server may close an idle connection at any moment; a request that meets the closing is lost without
a trace of whether it arrived, which for a write means asking the vendor. Servers keep connections for
2 s at the least (gunicorn), 5 s as a rule (Node, Apache), so a young one is not being closed, while a
run at a vendor's pace still makes one handshake instead of thousands.
"""


class _Idle(NamedTuple):
    """An open connection waiting for its next request."""

    where: tuple[str, str, int]
    used: float
    line: Line


class Lines:
    """Hands out a connection for one exchange and takes it back; any thread may ask."""

    def __init__(
        self,
        clock: Clock,
        context: Callable[[], ssl.SSLContext],
        proxy: Callable[[str, str], Proxy | None],
        lookup: Lookup,
    ) -> None:
        self._clock = clock
        self._make_context = context
        self._contexts: list[ssl.SSLContext] = []
        self._proxy = proxy
        self._lookup = lookup
        self._lock = threading.Lock()
        self._idle: list[_Idle] = []
        weakref.finalize(self, _close_all, self._idle)

    def take(self, url: str, exchange: Exchange, patience: float) -> Line:
        """A connection to the url's host, encrypted and checked where it is https; or raises."""
        return self._young(url, exchange) or self._open(url, exchange, patience)

    def give_back(self, url: str, line: Line) -> None:
        """The exchange is over and the connection, if still open, may serve the next."""
        if line.sock is None:
            return
        with self._lock:
            self._idle.append(_Idle(origin(url), self._clock.monotonic(), line))

    def close(self) -> None:
        """Close every idle connection."""
        with self._lock:
            _close_all(self._idle)

    def _young(self, url: str, exchange: Exchange) -> Line | None:
        where, oldest = origin(url), self._clock.monotonic() - YOUNG
        with self._lock:
            _close_all(self._idle, before=oldest)
            match = next((kept for kept in self._idle if kept.where == where), None)
            if match is not None:
                self._idle.remove(match)
        if match is None or not _usable(match.line):
            return None
        exchange.hold(match.line.sock)
        return match.line

    def _open(self, url: str, exchange: Exchange, patience: float) -> Line:
        scheme, host, port = origin(url)
        dial = Dial(exchange, self._clock, patience, self._lookup)
        if scheme == "http":
            return _connected(Line(host, port, dial=dial))
        with self._a_context() as context:
            return _connected(self._secure(host, port, dial, context))

    def _secure(self, host: str, port: int, dial: Dial, context: ssl.SSLContext) -> SecureLine:
        proxy = self._proxy("https", host)
        near = (proxy.host, proxy.port) if proxy else (host, port)
        line = SecureLine(*near, dial=dial, ssl_context=context, cert_reqs=ssl.CERT_REQUIRED)
        if proxy:
            line.set_tunnel(host, port, headers=proxy.headers)
        return line

    @contextmanager
    def _a_context(self) -> Iterator[ssl.SSLContext]:
        """A context for one handshake: truststore locks it meanwhile, and others shall not wait for that."""
        with self._lock:
            context = self._contexts.pop() if self._contexts else None
        context = context or self._make_context()
        try:
            yield context
        finally:
            with self._lock:
                self._contexts.append(context)


def _close_all(idle: list[_Idle], before: float = float("inf")) -> None:
    """Close the connections last used before that moment, and take them off the list."""
    for old in [kept for kept in idle if kept.used < before]:
        idle.remove(old)
        old.line.close()


def _connected(line: Line) -> Line:
    try:
        line.connect()
    except BaseException:
        line.close()
        raise
    return line


def _usable(line: Line) -> bool:
    if line.is_connected:
        return True
    line.close()
    return False
