"""Both simulators over HTTP, a data folder, and the bridge set up on them as a user does it."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.pipedrive_xero import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import DocumentFilter, DocumentRow, RunRow
from bridge_gui.sync import signing
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.vendors.pipedrive import SPEC as PIPEDRIVE
from bridge_gui.vendors.xero import SPEC as XERO
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock, never

NAME = "office"
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
    """The two vendors as they are served, and the house that joins them."""

    host: Host
    house: House
    clock: Ahead

    def pass_time(self, *, ours_ahead: timedelta = timedelta(0), **time: float) -> None:
        """Later, here and at both vendors; our own clock may be wrong."""
        self.clock.by += timedelta(**time)
        for vendor in ("pipedrive", "xero"):
            self.control(vendor, "clock", {"now": (self.clock.now() - ours_ahead).isoformat()})

    def target(self, number: str) -> str:
        """The id at the books of the invoice with this number."""
        return next(row.target_id for row in self.documents() if row.number == number)

    def control(self, vendor: str, path: str, body: object = None) -> Any:
        """Ask a simulator's control surface, or tell it something."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.host.addresses[vendor]}/_sandbox/{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def person(self, vendor: str, action: str, **details: object) -> Any:
        """A person does something at a vendor."""
        return self.control(vendor, "person", {"action": action, **details})

    def contact(self, invoice: str) -> str:
        """The id of the contact that an invoice is for."""
        found = self.person("xero", "edit_invoice", id=invoice, changes={})
        return str(found["_contact"])

    def set_up(self, **settings: str) -> None:
        """The wizard's answers, with what the consultancy would choose."""
        setup = Setup(self.house, SPEC.key, NAME)
        answers = {f"settings.{key}": value for key, value in (DEFAULTS | settings).items()}
        for vendor, place in self.host.vendors().items():
            answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
            answers[f"{vendor}.endpoint"] = place["endpoint"]
        for place, value in answers.items():
            setup.form.answer(place, value)
        with signing.begin(setup, "xero") as flow, self.house.job(never()) as job:
            flow.listen()
            signing.complete(setup, "xero", flow, job)
        setup.finish(never())

    def sync(self, outcome: str = "finished") -> RunRow:
        """One run, which has to end so."""
        run = self.house.sync(NAME, never(), nobody)
        assert run.outcome.value == outcome, (run.outcome, run.code, run.params)
        return run

    def documents(self, kind: str = "invoice") -> list[DocumentRow]:
        """What the Documents list shows of one kind."""
        rows = self.house.documents(DocumentFilter(bridge=NAME), 0, 500)
        return [row for row in rows if row.kind == kind]


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
    fresh = Host({"xero": XERO.simulator(), "pipedrive": PIPEDRIVE.simulator()})
    with fresh if served is None else nullcontext(served) as host:
        clock = Ahead()
        house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
        yield Office(host, house, clock)
        house.close()
