"""One client's connection to a simulator: HTTP/1.1 requests to WSGI calls, one after another."""

from __future__ import annotations

import contextlib
import io
import logging
import socket
import struct
import sys
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote_to_bytes

from bridge_gui.sandbox.gate import Answer, Cut

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

LONGEST_LINE = 65_536
LARGEST_BODY = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


class Serving(Protocol):
    """What a connection needs of its server."""

    app: WSGIApplication
    port: int


class Unreadable(ValueError):
    """What came is no HTTP request."""


class Connection:
    """Reads requests and sends whole answers until either side has enough."""

    def __init__(self, client: socket.socket, server: Serving) -> None:
        with contextlib.suppress(OSError):  # a client that has left already
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.client = client
        self._server = server
        self._reader = client.makefile("rb", 65_536)
        self._dropped = threading.Event()

    def drop(self) -> None:
        """Reset it; what came before that was noticed is not answered any more."""
        self._dropped.set()
        reset(self.client)

    def serve(self) -> None:
        """Answers requests until the client leaves or a fault cuts the connection."""
        try:
            while self._one():
                pass
        except Unreadable:
            self._send(Answer("400 Bad Request", [("Content-Length", "0")], b""), keep=False)
        except Cut as cut:
            self._cut(cut)
        except OSError:
            return
        finally:
            self._reader.close()

    def _one(self) -> bool:
        """Answers one request; says whether another may follow."""
        line = self._reader.readline(LONGEST_LINE)
        if self._dropped.is_set() or not line.strip():
            return bool(line) and not self._dropped.is_set()
        environ = self._environ(line.decode("latin-1").split(), self._headers())
        keep: bool = environ.get("HTTP_CONNECTION", "").lower() != "close"
        keep = keep and environ["SERVER_PROTOCOL"] == "HTTP/1.1"
        answer = self._answer(environ)
        if self._dropped.is_set():
            return False
        self._send(answer, keep=keep, bare=environ["REQUEST_METHOD"] == "HEAD")
        return keep

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        taken: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            taken[:] = [status, headers]

        try:
            body = b"".join(_iterated(self._server.app(environ, start_response)))
        except Cut:
            raise
        except Exception:  # noqa: BLE001 - a simulator's bug is its vendor's 500
            _log.exception("a simulator failed at %s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            return Answer("500 Internal Server Error", [("Content-Length", "0")], b"")
        return Answer(taken[0], taken[1], body)

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        while (line := self._reader.readline(LONGEST_LINE)) not in {b"\r\n", b"\n"}:
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or len(headers) > 200:
                raise Unreadable
            headers[name.strip().upper().replace("-", "_")] = value.strip()
        return headers

    def _environ(self, line: list[str], headers: dict[str, str]) -> WSGIEnvironment:
        if len(line) != 3:
            raise Unreadable
        method, target, protocol = line
        path, _, query = target.partition("?")
        body = self._body(headers)
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self._server.port),
            "SERVER_PROTOCOL": protocol,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": headers.pop("CONTENT_TYPE", ""),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "sandbox.server": self._server,
            "sandbox.socket": self.client,
        }
        environ.update({f"HTTP_{name}": value for name, value in headers.items()})
        return environ

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("EXPECT", "").lower() == "100-continue":
            self.client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if headers.pop("TRANSFER_ENCODING", "").lower() == "chunked":
            return self._chunks()
        length = headers.pop("CONTENT_LENGTH", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            raise Unreadable
        return self._exactly(int(length))

    def _chunks(self) -> bytes:
        whole = b""
        while size := int(self._reader.readline(LONGEST_LINE).split(b";")[0], 16):
            whole += self._exactly(size)
            self._reader.readline(LONGEST_LINE)
        self._reader.readline(LONGEST_LINE)
        return whole

    def _exactly(self, length: int) -> bytes:
        body: bytes = self._reader.read(length)
        if len(body) < length:
            raise ConnectionResetError("the client left in the middle of its request")
        return body

    def _send(self, answer: Answer, *, keep: bool, bare: bool = False) -> None:
        head = _head(answer, keep=keep)
        self.client.sendall(head if bare else head + answer.body)

    def _cut(self, cut: Cut) -> None:
        """Resets the connection, after half of the answer where one is given."""
        self._reader.close()
        if cut.sent is not None:
            half = cut.sent.body[: len(cut.sent.body) // 2]
            self.client.sendall(_head(cut.sent, keep=True) + half)
        reset(self.client)


def reset(client: socket.socket) -> None:
    """Ends a connection with a reset instead of a goodbye."""
    linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    with contextlib.suppress(OSError):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_RD)
    client.close()


def _head(answer: Answer, *, keep: bool) -> bytes:
    names = {name.lower() for name, _ in answer.headers}
    lines = [f"HTTP/1.1 {_reasoned(answer.status)}", *(f"{name}: {value}" for name, value in answer.headers)]
    if "content-length" not in names:
        lines.append(f"Content-Length: {len(answer.body)}")
    lines.append(f"Connection: {'keep-alive' if keep else 'close'}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _reasoned(status: str) -> str:
    code = status.split(maxsplit=1)[0]
    try:
        return f"{code} {HTTPStatus(int(code)).phrase}"
    except ValueError:
        return status


def _iterated(body: Iterable[bytes]) -> list[bytes]:
    try:
        return list(body)
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
