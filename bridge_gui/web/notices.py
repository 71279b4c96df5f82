"""Listening on this computer for vendors' change notices, behind a relay of the user's own.

One thread, one request after another, each within a few seconds and a bounded size. The answer has no body
and repeats nothing; nothing of a request is written down.
"""

from __future__ import annotations

import contextlib
import io
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from secrets import compare_digest, token_urlsafe
from socketserver import TCPServer
from typing import Any
from urllib.parse import urlsplit

from bridge_gui.errors import SetupError
from bridge_gui.web.notices_read import ChangeNotice, read_notice

HOST = "127.0.0.1"
LARGEST_BODY = 64 * 1024
LARGEST_HEAD = 16 * 1024
SECONDS = 5.0
"""How long one request may take from its first byte to its last."""
_PATH = re.compile(r"/webhook/([A-Za-z0-9_-]{20,100})/([a-z]{1,30})/?")
_HEADERS = {"Content-Length": "0", "Cache-Control": "no-store", "Connection": "close"}

Hear = Callable[[str, str, ChangeNotice], int | None]
"""Told the bridge, the path's last part and the notice: an HTTP status, None if nobody knows that path."""


def new_secret() -> str:
    """A part of an address that nobody guesses."""
    return token_urlsafe(32)


def path_of(secret: str, path: str) -> str:
    """Where a notice is sent to at this computer."""
    return f"/webhook/{secret}/{path}"


def free_port() -> int:
    """A port that no program uses now."""
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


class NoticeListener:
    """Listens from the moment it is made until it is closed; `secrets` are by bridge."""

    def __init__(self, port: int, secrets: Mapping[str, str], hear: Hear) -> None:
        self._digests = {name: sha256(secret.encode()).digest() for name, secret in secrets.items()}
        self._hear = hear
        try:
            self._server = _Server(port, self.answer)
        except (OSError, OverflowError) as error:
            raise SetupError("notices.port_taken", port=port) from error
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._serve, name="notices", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let go of the port; a request at work is cut off."""
        self._server.hang_up()
        self._server.shutdown()
        self._thread.join(SECONDS)
        self._server.server_close()

    def answer(self, target: str, body: bytes) -> int:
        """The status for a request; 404 for all that is not a known notice with the right secret."""
        asked = urlsplit(target)
        found = _PATH.fullmatch(asked.path)
        name = self._whose(found[1]) if found else ""
        if found is None or not name:
            return 404
        return self._hear(name, found[2], read_notice(asked.query, body)) or 404

    def _whose(self, secret: str) -> str:
        """The bridge with this secret; every one is compared, each in the same time."""
        given, found = sha256(secret.encode()).digest(), ""
        for name, digest in self._digests.items():
            if compare_digest(given, digest):
                found = name
        return found

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)


class _Server(TCPServer):
    # On Windows "reuse" would let another program listen on the same port.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")
    request_queue_size = 32

    def __init__(self, port: int, answer: Callable[[str, bytes], int]) -> None:
        self.answer = answer
        self._current: socket.socket | None = None
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._current = request
        super().process_request(request, client_address)
        self._current = None

    def hang_up(self) -> None:
        """End the request that is at work."""
        current = self._current
        if current is not None:
            with contextlib.suppress(OSError):
                current.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up in the middle is nobody's business; the next notice, or the next look, comes."""


class _Incoming(io.RawIOBase):
    """What a connection sends, up to a size and a moment."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._until = time.monotonic() + SECONDS
        self._left = LARGEST_HEAD + LARGEST_BODY

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0 or self._left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        got = self._connection.recv_into(buffer, min(len(buffer), self._left))
        self._left -= got
        return got


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SECONDS
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(_Incoming(self.connection))

    def do_GET(self) -> None:
        self._finish(self.server.answer(self.path, b""))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length")
        if length is None:  # sent in pieces: that a notice came is enough, whatever it is about
            self._finish(self.server.answer(self.path, b""))
        elif not (length.isascii() and length.isdigit() and len(length) < 12):
            self._finish(404)
        elif int(length) > LARGEST_BODY:
            self._finish(413)
        else:
            body = self.rfile.read(int(length))
            self._finish(self.server.answer(self.path, body) if len(body) == int(length) else 404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Other methods, and what is no HTTP: as an address that is not known."""
        self._finish(404)

    def version_string(self) -> str:
        return "Bridge"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing is written down: the line holds the secret."""

    def _finish(self, status: int) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
