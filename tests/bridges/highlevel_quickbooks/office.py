"""The imitated QuickBooks over HTTP, a CRM account, a data folder, and the bridge set up as a user does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.highlevel_quickbooks import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.vendors.highlevel import SPEC as HIGHLEVEL
from bridge_gui.vendors.quickbooks import SPEC as QUICKBOOKS
from bridge_gui.web.keychain import MemoryKeychain
from tests.bridges.at_work import Ahead, AtWork
from tests.bridges.highlevel_quickbooks.crm_in_memory import Crm, spec_of
from tests.office_hours import CLOCK

NAME = "studio"


@dataclass
class Office(AtWork):
    """Both sides, and the house that joins them."""

    name = NAME
    key = SPEC.key
    crm: Crm | None = None
    american: bool = False

    def person(self, action: str, **details: object) -> Any:
        """The bookkeeper does something in QuickBooks."""
        return self.acts("quickbooks", action, **details)

    def seller(self, action: str, **details: object) -> Any:
        """Somebody does something in HighLevel."""
        return self.acts("highlevel", action, **details)

    def set_up(self, **settings: str) -> None:
        """The wizard's answers."""
        usual = DEFAULTS | ({} if self.american else {"untold_tax": "2"})
        answers: dict[str, Any] = {f"settings.{key}": one for key, one in (usual | settings).items()}
        if self.crm is not None:
            answers |= {"highlevel.token": "pit-example", "highlevel.location": "loc1example"}
        for mapping, pairs in MAPPINGS.items():
            if not (self.american and mapping == "tax_rates"):
                answers[f"mappings.{mapping}"] = pairs
        self.connect(answers)

    def at_books(self, kind: str) -> list[Any]:
        """The documents of one kind that QuickBooks holds, by people or by us."""
        return self.at("quickbooks", kind)

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
    with Host(served, now=CLOCK.now) as host, _served(host, registry, keychain, folder, crm) as one:
        yield one


@contextmanager
def studio(folder: Path, country: str = "GB", **books: Any) -> Iterator[Office]:
    """Both vendors with the demo's trade of a first day, `books` set at QuickBooks; nothing set up yet."""
    registry, keychain = Registry([QUICKBOOKS, HIGHLEVEL], [SPEC]), MemoryKeychain()
    both = {"quickbooks": QUICKBOOKS.simulator(), "highlevel": HIGHLEVEL.simulator()}
    told = {"quickbooks": {"country": country, **books}, "highlevel": {"country": country}}
    with (
        Host(both, settings=told, now=CLOCK.now) as host,
        _served(host, registry, keychain, folder, None) as one,
    ):
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
