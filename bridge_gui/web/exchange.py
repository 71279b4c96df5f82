"""A request under way, and how another thread can cut it off."""

from __future__ import annotations

import contextlib
import socket
import threading
from enum import Enum

from bridge_gui.web.waiting import Cancel, Clock

GRACE = 1.6
"""Seconds that a request may still take after stopping was asked for: the run is over within 2."""
LOOK_EVERY = 0.1
IDLE_END = 1.0


class Cut(Enum):
    """Why a request was cut off by us."""

    CANCELLED = "stopped"
    OVERDUE = "took too long as a whole"


class Exchange:
    """One request under way: whether it left, and a second handle on its socket.

    The handle is a duplicate, because wrapping a socket in TLS takes the first one's place in
    mid-handshake, and because the answer's body outlives the connection object.
    """

    def __init__(self, clock: Clock, cancel: Cancel, whole: float) -> None:
        self.left = False
        self.cut: Cut | None = None
        self._clock = clock
        self._cancel = cancel
        self._deadline = clock.monotonic() + whole
        self._stop_at: float | None = None
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None

    def hold(self, sock: socket.socket) -> None:
        """Remember the socket on which the request goes."""
        handle = socket.fromfd(sock.fileno(), sock.family, sock.type)
        with self._lock:
            old, self._handle = self._handle, handle
            self._shut_if_cut()
        if old is not None:
            old.close()

    def must_end(self) -> bool:
        """Whether there is no point in waiting on: cut, or stopped while nothing has left yet."""
        return self.cut is not None or (self._cancel.is_set() and not self.left)

    def look(self) -> None:
        """Called by the watchdog: cut the request off when its time has come."""
        now = self._clock.monotonic()
        if self._cancel.is_set() and self._stop_at is None:
            self._stop_at = now + GRACE
        if self._stop_at is not None and now >= self._stop_at:
            self._cut_off(Cut.CANCELLED)
        elif now >= self._deadline:
            self._cut_off(Cut.OVERDUE)

    def close(self) -> None:
        """Let go of the socket; cutting off has no effect any more."""
        with self._lock:
            handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    def _cut_off(self, why: Cut) -> None:
        with self._lock:
            self.cut = self.cut or why
            self._shut_if_cut()

    def _shut_if_cut(self) -> None:
        if self.cut is not None and self._handle is not None:
            with contextlib.suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """Looks at all requests under way ten times a second; its thread lives only while there are any."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._watched: set[Exchange] = set()
        self._running = False

    def watch(self, exchange: Exchange) -> None:
        """Look after the exchange from now on."""
        with self._wake:
            self._watched.add(exchange)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="bridge-watchdog", daemon=True).start()

    def release(self, exchange: Exchange) -> None:
        """The exchange is over."""
        with self._wake:
            self._watched.discard(exchange)
        exchange.close()

    def _run(self) -> None:
        idle = 0.0
        while idle < IDLE_END:
            for exchange in self._now():
                exchange.look()
            with self._wake:
                idle = 0.0 if self._watched else idle + LOOK_EVERY
                self._running = idle < IDLE_END
                if self._running:
                    self._wake.wait(LOOK_EVERY)

    def _now(self) -> tuple[Exchange, ...]:
        with self._wake:
            return tuple(self._watched)
