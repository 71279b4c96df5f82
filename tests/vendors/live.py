"""A vendor's adapter on its served simulator, for vendors that need no sign-in in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bridge_gui.sandbox.host import Host
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.sync.specs import VendorSpec
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock
from bridge_gui.web.wire import Wire, system_wire
from tests.control import control
from tests.web.toys import HandClock, Hurry

CLOCK = SystemClock()
TODAY = CLOCK.now().date()


@dataclass
class Live:
    """One served company."""

    spec: VendorSpec
    endpoint: str
    credentials: dict[str, str]
    wire: Wire

    def opened(self, **values: str) -> Any:
        """An adapter with nothing remembered."""
        given = {**self.credentials, **values}
        return self.spec.open(ConnectionContext(
            name="books", endpoint=self.endpoint, values=given, secret=lambda key: given[key],
            store_secret=lambda key, value: None, clock=CLOCK, wire=self.wire,
        ))  # fmt: skip

    def control(self, path: str, sent: object = None, method: str | None = None) -> Any:
        """The simulator's control surface."""
        return control(self.endpoint, path, sent, method)

    def person(self, action: str, **details: object) -> Any:
        """Somebody does something at the vendor by hand."""
        return self.control("person", {"action": action, **details})

    def fault(self, kind: str, method: str, path: str, **more: object) -> None:
        """Something goes wrong from now on."""
        self.control("faults", {"kind": kind, "match": {"method": method, "path_prefix": path}, **more})

    def documents(self, kind: str) -> list[dict[str, Any]]:
        """What the vendor holds of a kind."""
        return [one for one in self.control("documents") if one["kind"] == kind]

    def count(self, table: str) -> int:
        """How many rows one of the simulator's own tables has."""
        return int(self.control("")["tables"][table])


@contextmanager
def live(spec: VendorSpec, **settings: Any) -> Iterator[Live]:
    """The simulator, served; waits are skipped."""
    with Host({spec.key: spec.simulator()}, settings={spec.key: settings}) as host:
        place = host.vendors()[spec.key]
        wire = system_wire(spec.key, Pacer(Pace.off(), CLOCK), Meter(), CLOCK, Hurry(HandClock()))
        yield Live(spec, place["endpoint"], place["credentials"], wire)
        wire.transport.close()
