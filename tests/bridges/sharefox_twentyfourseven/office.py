"""Both imitated vendors over HTTP, a data folder, and the bridge set up as a user does it."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.sharefox_twentyfourseven import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import AttentionRow, DocumentFilter, DocumentRow, RunRow
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.vendors.sharefox import SPEC as SHAREFOX
from bridge_gui.vendors.twentyfoursevenoffice import SPEC as OFFICE
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock, never

NAME = "rentals"
CLOCK = SystemClock()
SHOP, BOOKS = SHAREFOX.key, OFFICE.key


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

    def control(self, vendor: str, path: str, body: object = None, method: str | None = None) -> Any:
        """Ask a simulator's control surface, or tell it something."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.host.addresses[vendor]}/_sandbox/{path}", data, {"Content-Type": "application/json"},
            method=method,
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def shop(self, action: str, **details: object) -> Any:
        """Somebody does something in the shop."""
        return self.control(SHOP, "person", {"action": action, **details})

    def person(self, action: str, **details: object) -> Any:
        """The bookkeeper does something in 24SevenOffice."""
        return self.control(BOOKS, "person", {"action": action, **details})

    def fault(self, vendor: str, kind: str, method: str, path: str, **more: object) -> None:
        """Something goes wrong between us and a vendor."""
        match = {"method": method, "path_prefix": path}
        self.control(vendor, "faults", {"kind": kind, "match": match, **more})

    def set_up(self, **given: Any) -> None:
        """The wizard's answers: settings by name, mappings by name."""
        setup = Setup(self.house, SPEC.key, NAME)
        mappings = {**MAPPINGS, **{key: given.pop(key) for key in list(given) if key in MAPPINGS}}
        answers: dict[str, Any] = {f"settings.{key}": one for key, one in (DEFAULTS | given).items()}
        for vendor, place in self.host.vendors().items():
            answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
            answers[f"{vendor}.endpoint"] = place["endpoint"]
        answers |= {f"mappings.{key}": pairs for key, pairs in mappings.items()}
        for place, value in answers.items():
            setup.form.answer(place, value)
        setup.finish(never())

    def export(self, file: Path, **asked: Any) -> Path:
        """The accounting file as an administrator downloads it."""
        file.write_bytes(
            base64.b64decode(self.shop("export_accounting", on_account=True, **asked)["content"])
        )
        return file

    def sync(self, outcome: str = "finished") -> RunRow:
        """One run, which has to end so."""
        run = self.house.sync(NAME, never(), nobody)
        assert run.outcome.value == outcome, (run.outcome, run.code, run.params)
        return run

    def asked(self) -> dict[str, AttentionRow]:
        """What needs a person, the last of each code."""
        return {one.code: one for one in self.house.attention(NAME)}

    def answer(self, code: str, choice: str) -> None:
        """Answer everything of one code."""
        for one in self.house.attention(NAME):
            if one.code == code:
                self.house.answer(NAME, one.id, choice)

    def documents(self, kind: str = "order") -> list[DocumentRow]:
        """What the Documents list shows of one kind."""
        rows = self.house.documents(DocumentFilter(bridge=NAME), 0, 500)
        return [row for row in rows if row.kind == kind]

    def invoice(self, number: str) -> Any:
        """An invoice basis as the shop's own interface tells it."""
        place = self.host.vendors()[SHOP]
        known = place["credentials"]
        told = {
            "Authorization": f"Bearer {known['token']}", "x-sharefox-shop-domain": known["shop_domain"],
            "x-sharefox-admin-domain": known["shop_domain"],
        }  # fmt: skip
        asked = urllib.request.Request(f"{place['endpoint']}/admin/invoices/{number}", headers=told)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.loads(answer.read())

    def held(self, kind: str) -> list[Any]:
        """The documents of one kind that 24SevenOffice holds, by people or by us."""
        return [one for one in self.control(BOOKS, "documents") if one["kind"] == kind]


DEFAULTS: dict[str, Any] = {
    "start_date": CLOCK.now().date().isoformat(),
    "orders_2": True,
    "prices": "exclusive",
}
MAPPINGS: dict[str, dict[str, str]] = {
    "tax_rates": {},
    "methods": {"Faktura": "on_invoice", "Kort": "Kort", "Kasse": "leave_out"},
}


@contextmanager
def office(folder: Path, **settings: dict[str, Any]) -> Iterator[Office]:
    """Both vendors with the demo's first day; nothing set up yet. `settings` by vendor."""
    registry, keychain = Registry([SHAREFOX, OFFICE], [SPEC]), MemoryKeychain()
    both = {SHOP: SHAREFOX.simulator(), BOOKS: OFFICE.simulator()}
    with Host(both, settings=settings) as host:
        clock = Ahead()
        house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
        try:
            yield Office(host, house, clock)
        finally:
            house.close()
