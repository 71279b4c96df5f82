"""Serves simulators on loopback, each on a port of its own that it finds again in the state folder."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

import msgspec

from bridge_gui.sandbox.clock import Now, utcnow
from bridge_gui.sandbox.server import Server
from bridge_gui.sandbox.simulator import Simulator
from bridge_gui.sandbox.state import State

Factory = Callable[[State, Now], Simulator]


class Host:
    """Simulators by vendor key while it is started; without a folder their state is in memory.

    `settings` are switches by vendor key, set before a new company is made (a first day, a volume of trade).
    """

    def __init__(
        self,
        factories: Mapping[str, Factory],
        state_dir: Path | None = None,
        *,
        ports: Mapping[str, int] | None = None,
        settings: Mapping[str, Mapping[str, Any]] | None = None,
        now: Now = utcnow,
    ) -> None:
        self._factories = dict(factories)
        self._dir = state_dir
        self._ports = dict(ports or {})
        self._settings = dict(settings or {})
        self._now = now
        self._servers: dict[str, Server] = {}
        self.simulators: dict[str, Simulator] = {}

    def start(self) -> Self:
        """Opens the states, seeds new ones and begins to listen."""
        try:
            for key, factory in self._factories.items():
                self.simulators[key] = factory(State(self._path(key)), self._now)
                self.simulators[key].settings.change(self._settings.get(key, {}))
            self._listen()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stops listening and closes the states; what was answered is on disk."""
        for simulator in self.simulators.values():
            simulator.stopping.set()
        for server in self._servers.values():
            server.stop()
        for simulator in self.simulators.values():
            simulator.state.close()
        self._servers.clear()
        self.simulators.clear()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def addresses(self) -> dict[str, str]:
        """Where each vendor listens, without a slash at the end."""
        return {key: server.address for key, server in self._servers.items()}

    def vendors(self) -> dict[str, Any]:
        """Each vendor's endpoint and demo credentials, as the sandbox command prints them."""
        return {
            key: {"endpoint": address, "credentials": self.simulators[key].credentials()}
            for key, address in self.addresses.items()
        }

    def advance(self, *, days: int = 0, until: date | None = None) -> date:
        """Lets trade happen everywhere, `days` more or up to a day; tells the last day traded."""
        last = []
        for simulator in self.simulators.values():
            begin = simulator.traded_until()
            simulator.advance(until or date.fromordinal(begin.toordinal() + days))
            last.append(simulator.traded_until())
        return max(last, default=self._now().date())

    def _listen(self) -> None:
        remembered = {**_remembered(self._dir), **self._ports}
        for key, simulator in self.simulators.items():
            self._servers[key] = _server(simulator, remembered.get(key, 0))
        _remember(self._dir, {key: server.port for key, server in self._servers.items()})
        for server in self._servers.values():
            server.start()

    def _path(self, key: str) -> Path | None:
        return self._dir / f"{key}.db" if self._dir is not None else None


def serve_forever(
    factories: Mapping[str, Factory], state_dir: Path | None = None, *, out: TextIO | None = None
) -> None:
    """Serves until interrupted or terminated; prints one JSON line once every simulator listens."""
    ended = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: ended.set())
    with Host(factories, state_dir) as host:
        print(msgspec.json.encode({"vendors": host.vendors()}).decode(), file=out or sys.stdout, flush=True)
        while not ended.wait(0.5):  # in slices, so that Windows sees Ctrl+C
            pass


def _server(simulator: Simulator, port: int) -> Server:
    """On the wanted port, or on a free one where somebody else has taken it meanwhile."""
    app = simulator.app()
    with contextlib.suppress(OSError):
        return Server(app, port)
    return Server(app, 0)


def _remembered(folder: Path | None) -> dict[str, int]:
    if folder is None or not (folder / "ports.json").is_file():
        return {}
    with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
        return msgspec.json.decode((folder / "ports.json").read_bytes(), type=dict[str, int])
    return {}


def _remember(folder: Path | None, ports: dict[str, int]) -> None:
    if folder is not None:
        kept = {**_remembered(folder), **ports}
        (folder / "ports.json").write_bytes(msgspec.json.encode(kept))
