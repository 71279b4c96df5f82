"""Both simulators over HTTP, a data folder, and the bridge set up on them as a user does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.pipedrive_xero import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import DocumentRow
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.vendors.pipedrive import SPEC as PIPEDRIVE
from bridge_gui.vendors.xero import SPEC as XERO
from bridge_gui.web.keychain import MemoryKeychain
from tests.bridges.at_work import Ahead, AtWork
from tests.office_hours import CLOCK

NAME = "office"


class Office(AtWork):
    """The two vendors as they are served, and the house that joins them."""

    name = NAME
    key = SPEC.key

    def target(self, number: str) -> str:
        """The id at the books of the invoice with this number."""
        return next(row.target_id for row in self.documents() if row.number == number)

    def person(self, vendor: str, action: str, **details: object) -> Any:
        """A person does something at a vendor."""
        return self.acts(vendor, action, **details)

    def contact(self, invoice: str) -> str:
        """The id of the contact that an invoice is for."""
        found = self.person("xero", "edit_invoice", id=invoice, changes={})
        return str(found["_contact"])

    def set_up(self, **settings: str) -> None:
        """The wizard's answers, with what the consultancy would choose."""
        self.connect({f"settings.{key}": value for key, value in (DEFAULTS | settings).items()})

    def documents(self, kind: str = "invoice") -> list[DocumentRow]:
        """What the Documents list shows of one kind."""
        return super().documents(kind)


def start() -> str:
    """A month back: the demo's deals are of the last weeks."""
    return (CLOCK.now().date() - timedelta(days=30)).isoformat()


DEFAULTS = {
    "start_date": start(),
    "sign_in_guard": "two_factor",
    "guard_confirmed_by": "Anna Esimerkki, today",
    "account": "200",
    "automatic": "won",
}


@contextmanager
def office(folder: Path, served: Host | None = None) -> Iterator[Office]:
    """Both vendors with some weeks of trade, or as they are `served` already; nothing set up yet."""
    keychain = MemoryKeychain()
    registry = Registry([XERO, PIPEDRIVE], [SPEC])
    fresh = Host({"xero": XERO.simulator(), "pipedrive": PIPEDRIVE.simulator()}, now=CLOCK.now)
    with fresh if served is None else nullcontext(served) as host:
        clock = Ahead()
        house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
        yield Office(host, house, clock)
        house.close()
