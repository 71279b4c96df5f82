"""Every bridge's demo within this process, its requests over real connections, under a clock that never waits.

For faults, where a person's *Stop* and the state afterwards matter; the program is killed elsewhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from bridge_gui.app import registry
from bridge_gui.cli.demo_companies import Demo, open_demo
from bridge_gui.sandbox.documents import Held
from bridge_gui.sandbox.kit import Fault
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import Outcome, RunRow
from bridge_gui.sync.events import nobody
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.specs import BridgeSpec
from bridge_gui.web.waiting import Cancel, never
from tests.control import control


class SkippingClock:
    """Real time, plus what was skipped instead of waited for; also the cancel that skips."""

    def __init__(self) -> None:
        self.skipped = 0.0
        self.leapt = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.skipped)

    def monotonic(self) -> float:
        return time.monotonic() + self.skipped + self.leapt

    def is_set(self) -> bool:
        return False

    def wait(self, timeout: float | None = None) -> bool:
        self.skipped += timeout or 0.0
        return False


class Here:
    """One bridge of the demo."""

    def __init__(self, demo: Demo, spec: BridgeSpec, clock: SkippingClock) -> None:
        self.demo = demo
        self.spec = spec
        self.clock = clock
        self.data = demo.house.folder.path
        self.books = demo.host.simulators[spec.books]
        self.sides = [demo.host.simulators[key] for key in dict.fromkeys((spec.sales, spec.books))]
        for side in self.sides:  # whoever skips a wait skips it for everybody
            side.clock._now = clock.now
        lags = [demo.house.registry.vendors[side.key].settle_after for side in self.sides]
        self.settle = max(lags) + timedelta(seconds=20)
        self.before = {(one.kind, one.id) for one in self.books.documents()}

    def documents(self, vendor: str) -> list[Held]:
        """What a vendor holds."""
        return list(self.demo.host.simulators[vendor].documents())

    def arm(self, faults: Sequence[Fault]) -> None:
        """Have the books go wrong from now on, in this way and no other."""
        for side in self.sides:
            side.faults.clear()
        for fault in faults:
            if fault.kind == "refuse":
                address = self.demo.host.addresses[self.spec.books]
                control(address, "faults", msgspec.to_builtins(fault))
            else:
                self.books.faults.arm(fault)

    def switch(self, switches: Mapping[str, Any]) -> None:
        """Change settings of both vendors, each where it has them."""
        for side in self.sides:
            known = side.settings.all()
            side.settings.change({name: value for name, value in switches.items() if name in known})

    @property
    def struck(self) -> int:
        """How often anything went wrong since it was armed."""
        return sum(one["struck"] for one in self.books.faults.listed())

    def sync(self, cancel: Cancel | None = None) -> RunRow:
        """One run; without a cancel, one that waits for nothing."""
        return self.demo.house.sync(self.spec.key, cancel or self.clock, nobody)

    def later(self) -> None:
        """Past what a look at the books may miss."""
        self.clock.skipped += self.settle.total_seconds()

    def trade(self) -> None:
        """One more day of business, and the morning after."""
        before = self.demo.clock.now()
        self.demo.advance(1)
        self.clock.leapt += (self.demo.clock.now() - before).total_seconds()

    def rest(self, most: int = 12) -> int:
        """Sync until nothing is left to do; gives how many runs that took."""
        for runs in range(1, most + 1):
            self.later()
            row = self.sync()
            assert row.outcome in (Outcome.FINISHED, Outcome.PAUSED), row
            if row.outcome is Outcome.FINISHED and not row.written:
                return runs
            if row.until is not None:
                self.clock.skipped += max(0.0, (row.until - self.demo.clock.now()).total_seconds())
        raise AssertionError(f"no rest after {most} runs: {row}")


@contextmanager
def here(folder: Path, key: str, known: Registry | None = None) -> Iterator[Here]:
    """One bridge's demo, connected, nothing synced yet, not proven; `known` in place of all there is."""
    clock = SkippingClock()
    with open_demo(DataFolder(folder), known or registry(), clock, never()) as demo:
        yield Here(demo, registry().bridges[key], clock)


class Stopping:
    """A run in a thread of its own, and how long it goes on after *Stop*."""

    def __init__(self, world: Here) -> None:
        self._cancel = threading.Event()
        self._world = world
        self._thread = threading.Thread(target=self._run)
        self.row: RunRow | None = None
        self._thread.start()

    def _run(self) -> None:
        self.row = self._world.sync(self._cancel)

    @property
    def under_way(self) -> bool:
        """Whether the run goes on."""
        return self._thread.is_alive()

    def seconds(self) -> float:
        """Press *Stop*: how many seconds until the run is over."""
        began = time.monotonic()
        self._cancel.set()
        self._thread.join(30)
        assert not self.under_way, "the run hangs"
        return time.monotonic() - began
