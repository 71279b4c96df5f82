"""The imitated QuickBooks over HTTP, a CRM account, a data folder, and the bridge set up as a user does it."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.highlevel_quickbooks import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import DocumentFilter, DocumentRow, RunRow
from bridge_gui.sync import signing
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.vendors.highlevel import SPEC as HIGHLEVEL
from bridge_gui.vendors.quickbooks import SPEC as QUICKBOOKS
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock, never
from tests.bridges.highlevel_quickbooks.crm_in_memory import Crm, spec_of

NAME = "studio"
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
    crm: Crm | None = None
    american: bool = False

    def pass_time(self, **time: float) -> None:
        """Later, here and at QuickBooks."""
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

    def person(self, action: str, **details: object) -> Any:
        """The bookkeeper does something in QuickBooks."""
        return self.control("quickbooks", "person", {"action": action, **details})

    def seller(self, action: str, **details: object) -> Any:
        """Somebody does something in HighLevel."""
        return self.control("highlevel", "person", {"action": action, **details})

    def set_up(self, **settings: str) -> None:
        """The wizard's answers."""
        setup = Setup(self.house, SPEC.key, NAME)
        usual = DEFAULTS | ({} if self.american else {"untold_tax": "2"})
        answers: dict[str, Any] = {f"settings.{key}": one for key, one in (usual | settings).items()}
        if self.crm is not None:
            answers |= {"highlevel.token": "pit-example", "highlevel.location": "loc1example"}
        for vendor, place in self.host.vendors().items():
            answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
            answers[f"{vendor}.endpoint"] = place["endpoint"]
        for place, value in answers.items():
            setup.form.answer(place, value)
        for mapping, pairs in MAPPINGS.items():
            if not (self.american and mapping == "tax_rates"):
                setup.form.answer(f"mappings.{mapping}", pairs)
        with signing.begin(setup, "quickbooks") as flow, self.house.job(never()) as job:
            flow.listen()
            signing.complete(setup, "quickbooks", flow, job)
        setup.finish(never())

    def sync(self, outcome: str = "finished") -> RunRow:
        """One run, which has to end so."""
        run = self.house.sync(NAME, never(), nobody)
        assert run.outcome.value == outcome, (run.outcome, run.code, run.params)
        return run

    def documents(self, kind: str) -> list[DocumentRow]:
        """What the Documents list shows of one kind."""
        rows = self.house.documents(DocumentFilter(bridge=NAME), 0, 500)
        return [row for row in rows if row.kind == kind]

    def at_books(self, kind: str) -> list[Any]:
        """The documents of one kind that QuickBooks holds, by people or by us."""
        return self.at("quickbooks", kind)

    def at(self, vendor: str, kind: str) -> list[Any]:
        """The documents of one kind that a vendor holds."""
        return [one for one in self.control(vendor, "documents") if one["kind"] == kind]

    def whole(self, *kinds: str) -> list[Any]:
        """Our documents of these kinds just as QuickBooks keeps them."""
        books = self.host.simulators["quickbooks"].books  # type: ignore[attr-defined]
        rows = [row for kind in kinds for row in books.table(kind).find()]
        return [row for row in rows if "hl-" in str(row.get("PrivateNote"))]


DEFAULTS = {
    "start_date": (CLOCK.now().date() - timedelta(days=5)).isoformat(),
    "income_account": "4",
    "deposit_account": "2",
}
MAPPINGS = {
    "items": {"invoice": "2", "order_form": "3"},
    "deposits": {"stripe": "8"},
    "methods": {"stripe": "1", "manual": "2"},
    "tax_rates": {"20": "20.0% S", "0": "0.0% Z"},
}


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """QuickBooks with the demo's books, an empty CRM; nothing set up yet."""
    keychain, crm = MemoryKeychain(), Crm()
    registry = Registry([QUICKBOOKS, spec_of(crm)], [SPEC])
    served = {"quickbooks": QUICKBOOKS.simulator()}
    with Host(served) as host, _served(host, registry, keychain, folder, crm) as one:
        yield one


@contextmanager
def studio(folder: Path, country: str = "GB", **books: Any) -> Iterator[Office]:
    """Both vendors with the demo's trade of a first day, `books` set at QuickBooks; nothing set up yet."""
    registry, keychain = Registry([QUICKBOOKS, HIGHLEVEL], [SPEC]), MemoryKeychain()
    both = {"quickbooks": QUICKBOOKS.simulator(), "highlevel": HIGHLEVEL.simulator()}
    told = {"quickbooks": {"country": country, **books}, "highlevel": {"country": country}}
    with Host(both, settings=told) as host, _served(host, registry, keychain, folder, None) as one:
        one.control("highlevel", "settings", {"burst_limit": 100_000})
        one.american = country == "US"
        yield one


@contextmanager
def _served(
    host: Host, registry: Registry, keychain: MemoryKeychain, folder: Path, crm: Crm | None
) -> Iterator[Office]:
    clock = Ahead()
    house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
    one = Office(host, house, clock, crm)
    # On this computer Bridge does not pace itself; the limits have tests of their own.
    one.control("quickbooks", "settings", {"second_limit": 10_000, "minute_limit": 100_000})
    yield one
    house.close()
