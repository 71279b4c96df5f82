"""Deals to invoices: calls counted at both vendors for a thousand invoices, reading included.

The simulators are served by this process; the pace is off, as it is on loopback. Every deal that can be
invoiced is; those that cannot (lost, another currency) are read all the same. `--deals N` for another volume.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from _connected import house_on, person

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
CHANGED: dict[str, Any] = {
    "settings.notes": "no",
    "settings.repeating": "one_period",
    "mappings.items": ITEMS,
}


def _one_of_each(host: Any) -> None:
    """The demo has a customer twice, whose deals wait for a person's word: one of the two is archived."""
    person(host, "xero", {"action": "archive_contact", "id": TWICE})


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
        house = house_on(Path(folder) / "data", host, KIND, NAME, DAYS, CHANGED)
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
