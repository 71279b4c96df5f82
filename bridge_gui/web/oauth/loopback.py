"""Listening on this computer for the browser's last step: one request with the right state, then closed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler
from secrets import compare_digest
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bridge_gui.errors import SetupError
from bridge_gui.web.oauth.page import Text, done_page, strange_page
from bridge_gui.web.oauth.terms import listens

_LONGEST = 8000
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Connection": "close",
}
Hear = Callable[[str], object]


class Listener:
    """Waits at the first free of the loopback addresses; the right answer is told to `hear` once."""

    def __init__(self, redirects: Sequence[str], state: str, hear: Hear, text: Text = str) -> None:
        self._state, self._hear, self._text = state, hear, text
        self._servers: list[_Server] = []
        self._heard = threading.Lock()
        self.redirect = self._bind([one for one in redirects if listens(one)])

    def close(self) -> None:
        """Let go of the port."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers = []

    def answer(self, target: str, host: str) -> tuple[int, bytes]:
        """What to say to a request for `target`; strangers are sent away and change nothing."""
        mine, asked = urlsplit(self.redirect), urlsplit(target)
        port = mine.port or 80
        given = parse_qs(asked.query).get("state", [""])[0]
        known = host.lower() in {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
        right = known and asked.path == mine.path and compare_digest(given.encode(), self._state.encode())
        if not right or len(target) > _LONGEST:
            return 404, strange_page(self._text)
        if self._heard.acquire(blocking=False):
            self._hear(f"http://localhost:{port}{target}")
        return 200, done_page(self._text)

    def _bind(self, redirects: Sequence[str]) -> str:
        for redirect in redirects:
            port = urlsplit(redirect).port or 80
            with contextlib.suppress(OSError):
                self._serve(_Server("127.0.0.1", port, self))
                with contextlib.suppress(OSError):  # a computer without IPv6
                    self._serve(_Server("::1", port, self))
                return redirect
        ports = ", ".join(str(urlsplit(one).port or 80) for one in redirects)
        raise SetupError("oauth.no_port", ports=ports)

    def _serve(self, server: _Server) -> None:
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    # On Windows "reuse" would let another program listen on the same port.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")

    def __init__(self, host: str, port: int, listener: Listener) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = listener
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up in the middle is nobody's business."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        status, body = self.server.listener.answer(self.path, self.headers.get("Host", ""))
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "Bridge"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing is written down: the line holds the code."""
