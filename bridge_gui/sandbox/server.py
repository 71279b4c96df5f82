"""A small HTTP/1.1 server for simulators: keep-alive, a long listen queue, and real network faults.

Written because the ready-made ones cannot reset a connection (waitress) or keep one alive (werkzeug).
Loopback only; a thread for each connection.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

from bridge_gui.sandbox.connection import Connection

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"
BACKLOG = 1024


class Server:
    """Serves one application on one port until stopped; the port stays the same while it lives."""

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        self.app = app
        self._listener = _listen(port)
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._open: dict[Connection, threading.Thread] = {}
        self._reopening: threading.Timer | None = None
        self._stopped = False

    @property
    def address(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Begins to answer."""
        self._accept_in_thread()

    def stop(self) -> None:
        """Stops listening, drops every connection and waits up to 2 s for what is being answered."""
        with self._lock:
            self._stopped = True
            if self._reopening is not None:
                self._reopening.cancel()
        self._shut_listener()
        self._drop()
        self._wait(time.monotonic() + 2)

    def close_door(self, seconds: float, besides: socket.socket | None = None) -> None:
        """Nobody listens for so many seconds; open connections are reset, but the one spared."""
        with self._lock:
            if self._stopped or self._reopening is not None:
                return
            self._reopening = threading.Timer(seconds, self._reopen)
            self._reopening.daemon = True
            self._reopening.start()
        self._shut_listener()
        self._drop(besides)

    def _reopen(self) -> None:
        with self._lock:
            self._reopening = None
            if self._stopped:
                return
            self._listener = _listen(self.port)
        self._accept_in_thread()

    def _accept_in_thread(self) -> None:
        threading.Thread(
            target=self._accept, args=(self._listener,), name=f"sandbox-{self.port}", daemon=True
        ).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            connection = Connection(client, self)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            with self._lock:
                self._open[connection] = thread
            thread.start()

    def _serve(self, connection: Connection) -> None:
        try:
            connection.serve()
        finally:
            with self._lock:
                self._open.pop(connection, None)
            connection.client.close()

    def _wait(self, until: float) -> None:
        with self._lock:
            threads = list(self._open.values())
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _shut_listener(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _drop(self, besides: socket.socket | None = None) -> None:
        with self._lock:
            dropped = [one for one in self._open if one.client is not besides]
        for one in dropped:
            one.drop()


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
        listener.settimeout(0.5)
    except OSError:
        listener.close()
        raise
    return listener
