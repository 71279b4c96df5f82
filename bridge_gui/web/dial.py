"""Making a connection that can be given up at any moment, on every system alike.

A blocking connect cannot be interrupted from another thread everywhere, and a name lookup nowhere:
so the lookup runs aside, the connect never blocks, and both are left as soon as they must end.
"""

from __future__ import annotations

import errno
import os
import queue
import socket
import threading
from collections.abc import Callable
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.wait import wait_for_write

from bridge_gui.web.answer import Loss, Lost
from bridge_gui.web.exchange import LOOK_EVERY, Exchange
from bridge_gui.web.waiting import Clock

Found = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
Lookup = Callable[[str, int], list[Found]]
_UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}


def system_lookup(host: str, port: int) -> list[Found]:
    """The addresses of a host, as the system knows them."""
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


class Dial:
    """Makes the TCP connection of one exchange within `timeout` seconds."""

    def __init__(self, exchange: Exchange, clock: Clock, timeout: float, lookup: Lookup) -> None:
        self._exchange = exchange
        self._clock = clock
        self._deadline = clock.monotonic() + timeout
        self._lookup = lookup

    def __call__(self, host: str, port: int) -> socket.socket:
        """A connected socket with the time that is left as its time-out; raises `Lost`."""
        addresses = self._resolve(host, port)
        loss = Loss.NOT_FOUND
        for number, found in enumerate(addresses):
            try:
                return self._connect(found, self._left() / (len(addresses) - number))
            except TimeoutError:
                loss = Loss.CONNECT_TIMEOUT
            except OSError:
                loss = Loss.NOT_CONNECTED
        raise Lost(loss, left=False)

    def _left(self) -> float:
        return max(0.05, self._deadline - self._clock.monotonic())

    def _resolve(self, host: str, port: int) -> list[Found]:
        box: queue.SimpleQueue[list[Found]] = queue.SimpleQueue()
        threading.Thread(target=self._look_up, args=(host, port, box), daemon=True).start()
        while self._clock.monotonic() < self._deadline:
            self._give_up_if_told()
            try:
                return box.get(timeout=LOOK_EVERY)
            except queue.Empty:
                continue
        raise Lost(Loss.NOT_FOUND, left=False)

    def _look_up(self, host: str, port: int, box: queue.SimpleQueue[list[Found]]) -> None:
        try:
            box.put(self._lookup(host, port))
        except (OSError, UnicodeError):
            box.put([])

    def _connect(self, found: Found, seconds: float) -> socket.socket:
        family, kind, protocol, _, address = found
        until = self._clock.monotonic() + seconds
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setblocking(False)
            self._await(sock, sock.connect_ex(address), until)
            sock.settimeout(self._left())
            self._exchange.hold(sock)
        except BaseException:
            sock.close()
            raise
        return sock

    def _await(self, sock: socket.socket, code: int, until: float) -> None:
        if code not in _UNDER_WAY:
            raise OSError(code, os.strerror(code))
        while not wait_for_write(sock, timeout=LOOK_EVERY):
            self._give_up_if_told()
            if self._clock.monotonic() >= until:
                raise TimeoutError
        if failed := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(failed, os.strerror(failed))

    def _give_up_if_told(self) -> None:
        if self._exchange.must_end():
            raise Lost(Loss.CANCELLED, left=False)


class Line(HTTPConnection):
    """A connection that dials our way; unencrypted as it stands, for loopback."""

    target = ""
    """The path and query of the next request."""

    def __init__(self, *args: Any, dial: Dial, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dial = dial

    def putrequest(self, method: str, url: str, **kwargs: bool) -> None:  # type: ignore[override]
        """Send the request line with our own target: urllib3 logs the `url` it was given, query and all."""
        super().putrequest(method, self.target or url, **kwargs)

    def _new_conn(self) -> socket.socket:
        return self._dial(self._dns_host, self.port)


class SecureLine(Line, HTTPSConnection):
    """The same, encrypted."""
