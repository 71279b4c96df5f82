"""Sending one request once, on a connection of our own: no retries, no redirects, no cookies, no netrc.

urllib3's connections are used without its pools, because three things must be known for certain: did
the request leave, which socket is it on, and how old is the connection.
"""

from __future__ import annotations

import http.client
import ssl
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3.exceptions
from urllib3.response import HTTPResponse

from bridge_gui.errors import SetupError
from bridge_gui.web.address import origin
from bridge_gui.web.answer import Answer, Loss, Lost, Request, without_query
from bridge_gui.web.dial import Dial, Line, Lookup, PlainLine, SecureLine, system_lookup
from bridge_gui.web.exchange import Cut, Exchange, Watchdog
from bridge_gui.web.manners import Manners
from bridge_gui.web.proxy import Proxy, system_proxy
from bridge_gui.web.tls import system_context, why_refused
from bridge_gui.web.waiting import Cancel, Clock

if TYPE_CHECKING:
    from urllib3._collections import HTTPHeaderDict

YOUNG = 1.5
"""Seconds for which an unused connection is used again.

A server may close an idle connection at any moment; a request that meets the closing is lost without
a trace of whether it arrived, which for a write means asking the vendor. Servers keep connections for
2 s at the least (gunicorn), 5 s as a rule (Node, Apache), so a young one is not being closed, while a
run at a vendor's pace still makes one handshake instead of thousands.
"""
_CHUNK = 65536


class LineTransport:
    """Keeps the open connections of one vendor connection; any thread may send."""

    def __init__(
        self,
        clock: Clock,
        *,
        context: Callable[[], ssl.SSLContext] = system_context,
        proxy: Callable[[str, str], Proxy | None] = system_proxy,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._clock = clock
        self._make_context = context
        self._context: ssl.SSLContext | None = None
        self._proxy = proxy
        self._lookup = lookup
        self._lock = threading.Lock()
        self._idle: deque[tuple[tuple[str, int], float, Line]] = deque()
        self._watchdog = Watchdog()

    def send(self, request: Request, manners: Manners, cancel: Cancel) -> Answer:
        """The answer with its whole body, or `Lost`; cut off two seconds after a stop."""
        _check_headers(request)
        exchange = Exchange(self._clock, cancel, manners.whole)
        self._watchdog.watch(exchange)
        try:
            outcome = self._try(request, manners, exchange)
        finally:
            self._watchdog.release(exchange)
        if isinstance(outcome, Lost):
            raise outcome
        return outcome

    def close(self) -> None:
        """Close every idle connection."""
        with self._lock:
            lines, self._idle = self._idle, deque()
        for _, _, line in lines:
            line.close()

    def _try(self, request: Request, manners: Manners, exchange: Exchange) -> Answer | Lost:
        """As `send`, but a loss is handed back, so that it drags no other exception along."""
        try:
            line = self._young(request, exchange) or self._open(request, manners, exchange)
        except _EXPECTED as error:
            return _lost(error, exchange)
        try:
            answer = self._talk(line, request, manners, exchange)
        except _EXPECTED as error:
            line.close()
            return _lost(error, exchange)
        except BaseException:
            line.close()
            raise
        self._keep(request, line)
        return answer

    def _talk(self, line: Line, request: Request, manners: Manners, exchange: Exchange) -> Answer:
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.timeout = manners.read
        exchange.left = True
        line.request(
            request.method, target, body=request.body or None, headers=request.headers, preload_content=False
        )
        response = line.getresponse()
        body = _body(response, manners.max_body)
        if exchange.cut is not None:
            raise Lost(Loss.CUT, left=True)
        headers = _plain(response.headers)
        return Answer(status=response.status, url=without_query(request.url), headers=headers, body=body)

    def _young(self, request: Request, exchange: Exchange) -> Line | None:
        """A connection that was in use a moment ago and is still open."""
        where, oldest = origin(request.url)[1:], self._clock.monotonic() - YOUNG
        with self._lock:
            old = [line for _, used, line in self._idle if used < oldest]
            self._idle = deque(kept for kept in self._idle if kept[1] >= oldest)
            match = next((kept for kept in self._idle if kept[0] == where), None)
            if match is not None:
                self._idle.remove(match)
        for line in old:
            line.close()
        if match is None or not _usable(match[2]):
            return None
        exchange.hold(match[2].sock)
        return match[2]

    def _keep(self, request: Request, line: Line) -> None:
        if line.sock is None:
            return
        with self._lock:
            self._idle.append((origin(request.url)[1:], self._clock.monotonic(), line))

    def _open(self, request: Request, manners: Manners, exchange: Exchange) -> Line:
        scheme, host, port = origin(request.url)
        dial = Dial(exchange, self._clock, manners.connect, self._lookup)
        if scheme == "http":
            line: Line = PlainLine(host, port, dial=dial)
        else:
            line = self._secure(host, port, dial)
        try:
            line.connect()
        except BaseException:
            line.close()
            raise
        return line

    def _secure(self, host: str, port: int, dial: Dial) -> SecureLine:
        with self._lock:
            self._context = self._context or self._make_context()
        proxy = self._proxy("https", host)
        near = (proxy.host, proxy.port) if proxy else (host, port)
        line = SecureLine(*near, dial=dial, ssl_context=self._context, cert_reqs=ssl.CERT_REQUIRED)
        if proxy:
            line.set_tunnel(host, port, headers=proxy.headers)
        return line


_EXPECTED = (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, Lost)
_LATE = (TimeoutError, urllib3.exceptions.TimeoutError)


def _usable(line: Line) -> bool:
    if line.is_connected:
        return True
    line.close()
    return False


def _check_headers(request: Request) -> None:
    """A pasted secret with a line break in it is a matter of set-up, not a bug that shows the secret."""
    for name, value in request.headers.items():
        if not value.isprintable() or not value.isascii():
            raise SetupError("signin.unprintable", header=name)


def _body(response: HTTPResponse, most: int) -> bytes:
    told = response.headers.get("Content-Length", "")
    if told.isdigit() and int(told) > most:
        raise Lost(Loss.TOO_BIG, left=True)
    chunks: list[bytes] = []
    size = 0
    for chunk in response.stream(_CHUNK, decode_content=True):
        size += len(chunk)
        if size > most:
            raise Lost(Loss.TOO_BIG, left=True)
        chunks.append(chunk)
    return b"".join(chunks)


def _plain(headers: HTTPHeaderDict) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _lost(error: BaseException, exchange: Exchange) -> Lost:
    """What happened, in our words and without the library's text, which may hold addresses."""
    left, why = exchange.left, type(error).__name__
    if exchange.cut is Cut.CANCELLED:
        return Lost(Loss.CANCELLED, left=left)
    if isinstance(error, Lost) and exchange.cut is None:
        return Lost(error.loss, left=left, why=error.why)
    if isinstance(error, ssl.SSLError) and not left and (refused := why_refused(error)):
        return Lost(Loss.TLS, left=False, why=refused)
    if "Tunnel connection failed" in str(error):
        return Lost(Loss.PROXY, left=False)
    late = exchange.cut is Cut.OVERDUE or isinstance(error, _LATE)
    loss = (Loss.TIMEOUT, Loss.CUT) if left else (Loss.CONNECT_TIMEOUT, Loss.NOT_CONNECTED)
    return Lost(loss[0] if late else loss[1], left=left, why=why)
