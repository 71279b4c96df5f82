"""Sending one request once, on a connection of our own: no retries, no redirects, no cookies, no netrc.

urllib3's connections are used without its pools, because three things must be known for certain: did
the request leave, which socket is it on, and how old is the connection.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3.exceptions

from bridge_gui.errors import SetupError
from bridge_gui.web.answer import Answer, Loss, Lost, Request, without_query
from bridge_gui.web.dial import Line, Lookup, system_lookup
from bridge_gui.web.exchange import Cut, Exchange, Watchdog
from bridge_gui.web.lines import Lines
from bridge_gui.web.manners import Manners
from bridge_gui.web.proxy import Proxy, system_proxy
from bridge_gui.web.tls import system_context, why_refused
from bridge_gui.web.waiting import Cancel, Clock

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

_CHUNK = 65536
_EXPECTED = (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, Lost)
_LATE = (TimeoutError, urllib3.exceptions.TimeoutError)


class LineTransport:
    """Sends over the network; one serves all threads of a vendor connection."""

    def __init__(
        self,
        clock: Clock,
        *,
        context: Callable[[], ssl.SSLContext] = system_context,
        proxy: Callable[[str, str], Proxy | None] = system_proxy,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._clock = clock
        self._lines = Lines(clock, context, proxy, lookup)
        self._watchdog = Watchdog()

    def send(self, request: Request, manners: Manners, cancel: Cancel) -> Answer:
        """The answer with its whole body, or `Lost`; cut off within two seconds of a stop."""
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
        self._lines.close()

    def _try(self, request: Request, manners: Manners, exchange: Exchange) -> Answer | Lost:
        """As `send`, but a loss is handed back, so that it drags no other exception along."""
        try:
            line = self._lines.take(request.url, exchange, manners.connect)
        except _EXPECTED as error:
            return _lost(error, exchange)
        try:
            answer = _talk(line, request, manners, exchange)
        except _EXPECTED as error:
            line.close()
            return _lost(error, exchange)
        except BaseException:
            line.close()
            raise
        self._lines.give_back(request.url, line)
        return answer


def _talk(line: Line, request: Request, manners: Manners, exchange: Exchange) -> Answer:
    parts = urlsplit(request.url)
    line.target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line.timeout = manners.read
    exchange.left = True
    body = request.body or None
    line.request(request.method, parts.path, body=body, headers=request.headers, preload_content=False)
    response = line.getresponse()
    content = _content(response, manners.max_body)
    if exchange.cut is not None:
        raise Lost(Loss.CUT, left=True)  # an answer without a length ends the same way when it is cut
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(status=response.status, url=without_query(request.url), headers=headers, body=content)


def _content(response: HTTPResponse, most: int) -> bytes:
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


def _check_headers(request: Request) -> None:
    """A pasted secret with a line break in it is a matter of set-up, not a bug that shows the secret."""
    for name, value in request.headers.items():
        if not value.isprintable() or not value.isascii():
            raise SetupError("signin.unprintable", header=name)


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
