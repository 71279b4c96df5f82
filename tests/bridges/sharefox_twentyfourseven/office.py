"""Both imitated vendors over HTTP, a data folder, and the bridge set up as a user does it."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bridge_gui.bridges.sharefox_twentyfourseven import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import AttentionRow, DocumentRow
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.vendors.sharefox import SPEC as SHAREFOX
from bridge_gui.vendors.twentyfoursevenoffice import SPEC as OFFICE
from bridge_gui.web.keychain import MemoryKeychain
from tests.bridges.at_work import Ahead, AtWork
from tests.office_hours import CLOCK

NAME = "rentals"
SHOP, BOOKS = SHAREFOX.key, OFFICE.key


class Office(AtWork):
    """Both vendors, and the house that joins them."""

    name = NAME
    key = SPEC.key

    def shop(self, action: str, **details: object) -> Any:
        """Somebody does something in the shop."""
        return self.acts(SHOP, action, **details)

    def person(self, action: str, **details: object) -> Any:
        """The bookkeeper does something in 24SevenOffice."""
        return self.acts(BOOKS, action, **details)

    def fault(self, vendor: str, kind: str, method: str, path: str, **more: object) -> None:
        """Something goes wrong between us and a vendor."""
        match = {"method": method, "path_prefix": path}
        self.control(vendor, "faults", {"kind": kind, "match": match, **more})

    def set_up(self, **given: Any) -> None:
        """The wizard's answers: settings by name, mappings by name."""
        mappings = {**MAPPINGS, **{key: given.pop(key) for key in list(given) if key in MAPPINGS}}
        answers: dict[str, Any] = {f"settings.{key}": one for key, one in (DEFAULTS | given).items()}
        self.connect(answers | {f"mappings.{key}": pairs for key, pairs in mappings.items()})

    def export(self, file: Path, **asked: Any) -> Path:
        """The accounting file as an administrator downloads it."""
        file.write_bytes(
            base64.b64decode(self.shop("export_accounting", on_account=True, **asked)["content"])
        )
        return file

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
        return super().documents(kind)

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
        return self.at(BOOKS, kind)


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
    with Host(both, settings=settings, now=CLOCK.now) as host:
        clock = Ahead()
        house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
        try:
            yield Office(host, house, clock)
        finally:
            house.close()
