"""Deals to invoices: calls counted at both vendors for a thousand invoices, reading included.

The simulators are served by this process; the pace is off, as it is on loopback. Every deal that can be
invoiced is; those that cannot (lost, another currency) are read all the same. `--deals N` for another volume.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NAME, KIND = "office", "pipedrive_xero"
DAYS = 12
LIMITS: dict[str, dict[str, Any]] = {
    "pipedrive": {"burst_token": 10**6, "daily_tokens": 10**8},
    "xero": {"minute_limit": 10**6, "day_limit": 10**6},
}
ITEMS = {
    "Kuukausipalvelu": "PD-1001", "Asiantuntijatyö": "PD-1002", "Koulutuspäivä": "PD-1003",
    "Käsikirja": "PD-1001", "Matkakulut": "PD-1002",
}  # fmt: skip
TWICE = "Testi Ravintola Oy Turku"
AIM = 60


class Later:
    """Our clock, as far ahead as the companies have traded."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=DAYS + 1)

    def monotonic(self) -> float:
        import time

        return time.monotonic()


def house_on(folder: Path, host: Any) -> Any:
    """A house that is connected with the simulators, by the demo's own answers."""
    from bridge_gui import app
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync import signing
    from bridge_gui.sync.house import House
    from bridge_gui.sync.setup import Setup
    from bridge_gui.web.keychain import MemoryKeychain
    from bridge_gui.web.waiting import never

    keychain, registry = MemoryKeychain(), app.registry()
    house = House(DataFolder(folder), registry, lambda _folder: keychain, Later())
    setup = Setup(house, KIND, NAME)
    answers = dict(registry.bridges[KIND].demo) | {
        "settings.start_date": (datetime.now(UTC) - timedelta(days=30)).date().isoformat(),
        "settings.notes": "no",
        "settings.repeating": "one_period",
        "mappings.items": ITEMS,
    }
    for vendor, place in host.vendors().items():
        answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
        answers[f"{vendor}.endpoint"] = place["endpoint"]
    for place, value in answers.items():
        setup.form.answer(place, value)
    with house.job(never()) as job:
        signing.sandboxes(setup, job)
    setup.finish(never())
    return house


def _one_of_each(host: Any) -> None:
    """The demo has a customer twice, whose deals wait for a person's word: one of the two is archived."""
    body = json.dumps({"action": "archive_contact", "id": TWICE}).encode()
    address = f"{host.addresses['xero']}/_sandbox/person"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=10).close()


def main() -> int:
    """Count, and print the ratio."""
    from bridge_gui import app
    from bridge_gui.sandbox.host import Host
    from bridge_gui.store.rows import DocumentFilter
    from bridge_gui.sync.events import nobody
    from bridge_gui.web.waiting import never

    parser = argparse.ArgumentParser()
    parser.add_argument("--deals", type=int, default=2000)
    each = parser.parse_args().deals // DAYS
    settings = {**LIMITS, "pipedrive": {**LIMITS["pipedrive"], "deals_per_day": [each, each]}}
    vendors = app.registry().vendors
    factories = {key: vendors[key].simulator() for key in LIMITS}
    with tempfile.TemporaryDirectory() as folder, Host(factories, settings=settings) as host:
        host.advance(days=DAYS)
        _one_of_each(host)
        house = house_on(Path(folder) / "data", host)
        run = house.sync(NAME, never(), nobody)
        rows = house.documents(DocumentFilter(bridge=NAME), 0, 100_000)
        house.close()
    made = sum(1 for row in rows if row.kind == "invoice" and row.target_id)
    calls = sum(run.calls.values())
    if not made:
        print(f"no invoice was made: {run}")
        return 1
    print(f"{run.read} deals read, {made} invoices made, calls {run.calls}")
    print(f"ratio calls per 1,000 invoices: {calls * 1000 / made:.0f} (aim: under {AIM})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
