"""The imitated webcrm and Uniconta over HTTP, a data folder, and the bridge set up as a user does it."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.webcrm_uniconta.spec import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store import sources
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import DocumentFilter, DocumentRow, RunRow
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.vendors.uniconta import SPEC as UNICONTA
from bridge_gui.vendors.webcrm import SPEC as WEBCRM
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock, never

NAME = "salg"
CLOCK = SystemClock()


class Ahead:
    """The time, as far ahead as a test has let pass."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return CLOCK.now() + self.by

    def monotonic(self) -> float:
        return CLOCK.monotonic() + self.by.total_seconds()


@dataclass
class Office:
    """Both sides, and the house that joins them."""

    host: Host
    house: House
    clock: Ahead

    def pass_time(self, **time: float) -> None:
        """Later, here and at both vendors."""
        self.clock.by += timedelta(**time)
        for vendor in self.host.addresses:
            self.control(vendor, "clock", {"now": self.clock.now().isoformat()})

    def control(self, vendor: str, path: str, body: object = None) -> Any:
        """Ask a simulator's control surface, or tell it something."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.host.addresses[vendor]}/_sandbox/{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def books(self, action: str, **details: object) -> Any:
        """The bookkeeper does something in Uniconta."""
        return self.control("uniconta", "person", {"action": action, **details})

    def seller(self, action: str, **details: object) -> Any:
        """Somebody does something in webcrm."""
        return self.control("webcrm", "person", {"action": action, **details})

    def set_up(self, **settings: str) -> None:
        """The wizard's answers: the demo's, and what a test wants otherwise."""
        setup = Setup(self.house, SPEC.key, NAME)
        answers: dict[str, Any] = dict(SPEC.demo)
        answers |= {"settings.start_date": (CLOCK.now().date() - timedelta(days=30)).isoformat()}
        answers |= {f"settings.{key}": one for key, one in settings.items()}
        for vendor, place in self.host.vendors().items():
            answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
            answers[f"{vendor}.endpoint"] = place["endpoint"]
        for place, value in answers.items():
            setup.form.answer(place, value)
        setup.finish(never())

    def sync(self, outcome: str = "finished") -> RunRow:
        """One run, which has to end so."""
        run = self.house.sync(NAME, never(), nobody)
        assert run.outcome.value == outcome, (run.outcome, run.code, run.params)
        return run

    def rest(self, times: int = 4) -> None:
        """Syncs with time between them, until there is nothing more to write."""
        for _ in range(times):
            run = self.house.sync(NAME, never(), nobody)
            assert run.outcome.value in ("finished", "paused"), (run.outcome, run.code, run.params)
            self.pass_time(minutes=6)

    def today(self) -> str:
        """The day of both vendors."""
        return self.clock.now().date().isoformat()

    def documents(self, kind: str) -> list[DocumentRow]:
        """What the Documents list shows of one kind."""
        rows = self.house.documents(DocumentFilter(bridge=NAME), 0, 500)
        return [row for row in rows if row.kind == kind]

    def waiting(self) -> dict[str, str]:
        """What needs a person: the code by the record."""
        return {f"{row.number}": row.code for row in self.house.attention(NAME)}

    def table(self, vendor: str, name: str) -> list[dict[str, Any]]:
        """All rows of a simulator's own table."""
        simulator: Any = self.host.simulators[vendor]
        side = simulator.crm if vendor == "webcrm" else simulator.books
        return [dict(row) for row in side.table(name).find()]

    def source(self, flow: str, source: str) -> Any:
        """How a record stands."""
        with self.house.database.read() as connection:
            return sources.get(connection, self.house.bridge(NAME).id, flow, source)


@contextmanager
def office(folder: Path, **told: dict[str, Any]) -> Iterator[Office]:
    """Both vendors with the demo's companies; nothing set up yet."""
    registry, keychain = Registry([UNICONTA, WEBCRM], [SPEC]), MemoryKeychain()
    both = {"uniconta": UNICONTA.simulator(), "webcrm": WEBCRM.simulator()}
    with Host(both, settings=told) as host:
        clock = Ahead()
        house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
        one = Office(host, house, clock)
        yield one
        house.close()
