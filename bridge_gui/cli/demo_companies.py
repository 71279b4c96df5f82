"""The demo: imitated vendors within this process, and a house that is connected with them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.errors import SetupError
from bridge_gui.sandbox.host import Host
from bridge_gui.store.bridges import bridge_named
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync import signing
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.sync.specs import BridgeSpec, FieldKind
from bridge_gui.sync.usual import START
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import Cancel, Clock

FIRST_DAYS = 5
"""How many days back the demo's bridges begin to book."""
_OURS = ("sandbox", "snapshots", "reports", "screenshots")


class DemoClock:
    """The time at the demo companies, which `advance` moves on."""

    def __init__(self, host: Host, real: Clock) -> None:
        self._clocks = [simulator.clock for simulator in host.simulators.values()]
        self._real = real

    def now(self) -> datetime:
        """The latest of the companies' clocks."""
        return max(clock.now() for clock in self._clocks)

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return self._real.monotonic()


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The demo while it is open."""

    house: House
    host: Host
    clock: DemoClock

    def advance(self, days: int) -> date:
        """Let so many more days of trade happen; gives the last day traded, over by now."""
        last, now = self.host.advance(days=days), self.clock.now()
        if now.date() <= last:
            following = datetime.combine(last + timedelta(days=1), now.timetz())
            for simulator in self.host.simulators.values():
                simulator.clock.set(following)
        return last


@contextmanager
def open_demo(folder: DataFolder, registry: Registry, clock: Clock, cancel: Cancel) -> Iterator[Demo]:
    """Serve the companies and connect every bridge that has a demo; `Busy` if it is open elsewhere."""
    specs = demo_specs(registry)
    folder.make()
    with ExitStack() as ending:
        ending.enter_context(folder.locked())
        host = ending.enter_context(Host(_factories(registry, specs), folder.sandbox))
        demo_clock = DemoClock(host, clock)
        memory = MemoryKeychain()
        house = House(folder, registry, lambda _: memory, demo_clock)
        ending.callback(house.close)
        for spec in specs:
            _connect(house, memory, host, spec, cancel)
        yield Demo(house=house, host=host, clock=demo_clock)


def demo_specs(registry: Registry) -> list[BridgeSpec]:
    """The bridges that have a demo; a sentence if there are none."""
    specs = [spec for spec in registry.bridges.values() if spec.demo]
    if not specs:
        raise SetupError("cli.no_demo")
    return specs


def reset(folder: DataFolder) -> None:
    """Begin anew: remove what the demo has made, and nothing else."""
    if not folder.path.is_dir():
        return
    with folder.locked():
        for name in _OURS:
            shutil.rmtree(folder.path / name, ignore_errors=True)
        for file in folder.path.glob("bridge.db*"):
            file.unlink()


def _factories(registry: Registry, specs: list[BridgeSpec]) -> dict[str, Any]:
    keys = dict.fromkeys(key for spec in specs for key in (spec.sales, spec.books))
    return {key: registry.vendors[key].simulator() for key in keys}


def _connect(house: House, memory: MemoryKeychain, host: Host, spec: BridgeSpec, cancel: Cancel) -> None:
    """Set the bridge up, or give its secrets again if it stands and its companies are where they were."""
    with house.database.read() as connection:
        row = bridge_named(connection, spec.key)
    if row is not None and _is_there(row, host):
        _give_secrets(house, memory, host, row)
        return
    setup = Setup(house, spec.key)
    for place, value in _answers(house, host, spec, first=row is None).items():
        setup.answer(place, value)
    with house.job(cancel) as job:
        signing.sandboxes(setup, job)
    setup.finish(cancel)


def _is_there(row: BridgeRow, host: Host) -> bool:
    return all(host.addresses[side.vendor] == side.endpoint for side in (row.sales, row.books))


def _give_secrets(house: House, memory: MemoryKeychain, host: Host, row: BridgeRow) -> None:
    for side in (row.sales, row.books):
        values = host.simulators[side.vendor].credentials()
        for field in house.registry.vendors[side.vendor].fields:
            if field.kind is FieldKind.SECRET and field.key in values:
                memory.set(side.name, field.key, values[field.key])


def _answers(house: House, host: Host, spec: BridgeSpec, *, first: bool) -> dict[str, Any]:
    """The demo's answers: the bridge's own, where its companies listen, and how to sign in there."""
    answers: dict[str, Any] = {}
    if first:
        today = house.clock.now().astimezone(ZoneInfo(spec.time_zone)).date()
        answers[f"settings.{START}"] = today - timedelta(days=FIRST_DAYS)
    answers |= spec.demo
    for key in (spec.sales, spec.books):
        answers[f"{key}.endpoint"] = host.addresses[key]
        answers |= {f"{key}.{field}": value for field, value in host.simulators[key].credentials().items()}
    return answers
