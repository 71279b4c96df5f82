"""A toy server whose every answer is scripted, down to the bytes; and time held in the hand."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bridge_gui.web.http import HttpClient, Translate, no_translation
from bridge_gui.web.manners import Manners
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.redact import Redactor
from bridge_gui.web.signin import SignIn
from bridge_gui.web.transport import LineTransport
from bridge_gui.web.waiting import Cancel, SystemClock
from bridge_gui.web.wire import Wire


class HandClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        return self.seconds


class Hurry:
    """A cancel nobody sets, under which time flies: each wait moves the clock and is noted."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.waits: list[float] = []

    def is_set(self) -> bool:
        return False

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        self.clock.seconds += timeout or 0.0
        return False


@dataclass
class Received:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int


Act = Callable[[socket.socket, Received], bool]
"""Answers one request; True keeps the connection open for the next."""


def answer(status: int = 200, body: bytes = b'{"ok":true}', headers: Mapping[str, str] | None = None) -> Act:
    def act(sock: socket.socket, _received: Received) -> bool:
        lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        sock.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return True

    return act


def raw(text: bytes, pause: float = 0.0) -> Act:
    """Send these bytes and close."""

    def act(sock: socket.socket, _received: Received) -> bool:
        sock.sendall(text)
        time.sleep(pause)
        return False

    return act


def hang_up(_sock: socket.socket, _received: Received) -> bool:
    """Close without a word."""
    return False


def reset(sock: socket.socket, _received: Received) -> bool:
    """Break the connection hard."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def silent(sock: socket.socket, _received: Received) -> bool:
    """Never answer; end when the other side does."""
    sock.settimeout(20)
    with contextlib.suppress(OSError):
        while sock.recv(100):
            pass
    return False


def trickle(sock: socket.socket, _received: Received) -> bool:
    """An endless answer, a byte at a time, without a length."""
    with contextlib.suppress(OSError):
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
        for _ in range(200):
            sock.sendall(b" ")
            time.sleep(0.05)
    return False


half = raw(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"half":')


@dataclass
class Toy:
    """Listens on loopback; each request takes the next act of the script, the last one again and again."""

    script: list[Act]
    context: ssl.SSLContext | None = None
    received: list[Received] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def base(self) -> str:
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(sock, self.connections), daemon=True).start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        try:
            if self.context is not None:
                sock = self.context.wrap_socket(sock, server_side=True)
            with sock.makefile("rb") as stream:
                while (received := _receive(stream, number)) and self._next(received)(sock, received):
                    pass
        except OSError:
            pass
        finally:
            sock.close()

    def _next(self, received: Received) -> Act:
        with self._lock:
            self.received.append(received)
            return self.script[min(len(self.received), len(self.script)) - 1]


def _receive(stream, number: int) -> Received | None:
    first = stream.readline().decode()
    if not first:
        return None
    method, target, _ = first.split()
    headers: dict[str, str] = {}
    while (line := stream.readline().decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    return Received(method, target, headers, body, number)


def refusing_port() -> int:
    """A loopback port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Bench:
    """A client over real sockets; its waits are skipped unless a real cancel is given."""

    base: str
    sign_in: SignIn | None = None
    translate: Translate = no_translation
    manners: Manners = field(default_factory=lambda: Manners(connect=2, read=2, whole=10))
    cancel: Cancel | None = None
    secrets: tuple[str, ...] = ()
    transport: LineTransport | None = None

    def __post_init__(self) -> None:
        self.clock = HandClock()
        self.hurry = Hurry(self.clock)
        self.meter = Meter()
        self.pacer = Pacer(Pace.off(), self.clock)
        self.transport = self.transport or LineTransport(SystemClock())
        self.wire = Wire(
            connection="toy", transport=self.transport, pacer=self.pacer, meter=self.meter, clock=self.clock,
            cancel=self.cancel or self.hurry, jitter=lambda: 0.5, redactor=Redactor(*self.secrets),
        )  # fmt: skip
        self.client = HttpClient(
            self.base, wire=self.wire, sign_in=self.sign_in, translate=self.translate, manners=self.manners
        )

    @property
    def calls(self) -> int:
        return self.meter.snapshot().get("toy", 0)
