"""Sales of a CRM to the books: calls for a thousand documents, beside the least the vendors allow.

The simulators are served by this process; the pace is off, as it is on loopback. The least: a hundred rows
in a list; each payment and each order read singly (only that tells whether HighLevel's own link has sent it,
and only that shows lines); thirty documents in a batch; each customer once; one look at each of QuickBooks'
lists. `--sales N` for another volume.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from math import ceil
from pathlib import Path
from typing import Any

from _connected import house_on, person

NAME, KIND = "studio", "highlevel_quickbooks"
CHANGED: dict[str, Any] = {"settings.reviews": "no", "settings.contacts": "no"}
DAYS = 10
LIMITS: dict[str, dict[str, Any]] = {
    "highlevel": {"burst_limit": 10**6, "day_limit": 10**6},
    "quickbooks": {"second_limit": 10**6, "minute_limit": 10**6},
}
PAGE, BATCH, LISTS = 100, 30, 8
"""Read at QuickBooks: company, preferences, items, accounts, taxes, rates, customers, changes."""
MADE = ("receipt", "refund", "invoice")


def _one_of_each(host: Any) -> None:
    """The demo has a customer twice and one inactive, whose sales wait for a person's word: not here."""
    person(host, "quickbooks", {"action": "deactivate", "kind": "Customer", "id": "4"})
    person(host, "quickbooks", {"action": "edit_customer", "id": "5", "changes": {"Active": True}})


def least(made: Counter[str], charges: int, rows: int, customers: int) -> tuple[int, int]:
    """The fewest calls anybody could do with, at HighLevel and at QuickBooks."""
    lists = ceil(rows / PAGE) + ceil(made["invoice"] / PAGE) + 1
    crm = lists + 2 * made["receipt"] - charges + made["payment"]
    documents = sum(made[kind] for kind in MADE)
    return crm, ceil(documents / BATCH) + ceil(made["payment"] / BATCH) + customers + LISTS


def main() -> int:
    """Count, and print the ratio."""
    from bridge_gui import app
    from bridge_gui.sandbox.host import Host
    from bridge_gui.store.rows import DocumentFilter
    from bridge_gui.sync.events import nobody
    from bridge_gui.web.waiting import never

    parser = argparse.ArgumentParser()
    parser.add_argument("--sales", type=int, default=1000)
    each = parser.parse_args().sales // DAYS
    settings = {**LIMITS, "highlevel": {**LIMITS["highlevel"], "sales_per_day": [each, each]}}
    vendors = app.registry().vendors
    factories = {key: vendors[key].simulator() for key in LIMITS}
    with tempfile.TemporaryDirectory() as folder, Host(factories, settings=settings) as host:
        host.advance(days=DAYS)
        _one_of_each(host)
        crm: Any = host.simulators["highlevel"]
        paid = crm.crm.transactions.find()
        rows, charges = len(paid), sum(1 for row in paid if row.get("subscriptionId"))
        house = house_on(Path(folder) / "data", host, KIND, NAME, DAYS, CHANGED)
        run = house.sync(NAME, never(), nobody)
        shown = house.documents(DocumentFilter(bridge=NAME), 0, 100_000)
        quiet = house.sync(NAME, never(), nobody)
        house.close()
    made = Counter(row.kind for row in shown if row.target_id)
    documents = sum(made[kind] for kind in MADE)
    if not documents:
        print(f"no document was made: {run}")
        return 1
    fewest = least(made, charges, rows, made["customer"])
    calls = run.calls["highlevel"], run.calls["quickbooks"]
    print(f"{run.read} records read, {documents} documents and {made['payment']} payments made {dict(made)}")
    print(f"calls at HighLevel {calls[0]} (least {fewest[0]}), at QuickBooks {calls[1]} (least {fewest[1]})")
    print(f"a run without anything new: {quiet.calls}")
    print(f"ratio calls per 1,000 documents: HighLevel {calls[0] * 1000 / documents:.0f} "
          f"(least {fewest[0] * 1000 / documents:.0f}), QuickBooks {calls[1] * 1000 / documents:.0f} "
          f"(least {fewest[1] * 1000 / documents:.0f})")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
