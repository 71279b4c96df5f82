"""Two months of trade: what was sold on account is what the invoices say, customer by customer, to the króna."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.bridges.salescloud_payday.cafe import cafe
from tests.longer import LONG
from tests.office_hours import CLOCK

DAYS = 60


def on_account(shop, first, waiting):
    """Sold on account by kennitala, what waits left out."""
    sums = Counter()
    for order in shop.both.control("salescloud", "state/orders"):
        if order["status"] != "CLOSED" or order["uuid"] in waiting or order["closed"][:10] < str(first):
            continue
        for payment in order["payments"]:
            if payment["paymentMethod"]["type"] == "invoice" and payment["status"] == "SUCCESS":
                sums[order["customer"]["idNumber"]] += payment["amount"]
    return {number: Decimal(amount) for number, amount in sums.items()}


def invoiced(shop):
    sums = Counter()
    for invoice in shop.invoices("DRAFT", "SENT", "PAID"):
        sums[invoice["customer"]["ssn"]] += Decimal(str(invoice["amountIncludingVat"]))
    return dict(sums)


@pytest.mark.parametrize("faults", [False, True] if LONG else [True])
def test_sixty_days_tie_to_the_krona(tmp_path, faults):
    with cafe(tmp_path) as shop:
        shop.clock.by = timedelta(0)
        first = CLOCK.now().date() - timedelta(days=DAYS // 2)
        shop.both.control("salescloud", "advance", {"days": 1})
        shop.both.switch("payday", put_lines="merge" if faults else "replace")
        shop.set_up(first=first, split_orders="pro_rata", grouping="day")
        if faults:
            for kind, skip in (("cut_after", 3), ("cut_before", 9), ("cut_middle", 14)):
                for method, path in (
                    ("PUT", "/invoices"),
                    ("POST", "/invoices"),
                    ("POST", "/accounting/journal"),
                ):
                    match = {"method": method, "path_prefix": path}
                    shop.both.control("payday", "faults", {"kind": kind, "skip": skip, "match": match})
        run = shop.house.sync("cafe", *_quietly())
        drafts = shop.invoices("DRAFT")
        shop.office("send_invoice", id=drafts[0]["id"])
        shop.both.control("salescloud", "advance", {"days": DAYS // 2})
        for _ in range(12):
            shop.clock.by += timedelta(days=4)
            run = shop.house.sync("cafe", *_quietly())
        assert run.outcome.value == "finished", (run.code, run.params)
        waiting = {row.source_id for row in shop.house.attention("cafe")}
        codes = {row.code for row in shop.house.attention("cafe")}
        assert codes <= {"order.no_kennitala", "order.gift_card_on_account", "order.unbalanced",
                         "order.payment_pending", "method.unmapped"}  # fmt: skip
        assert invoiced(shop) == on_account(shop, first, waiting)
        per_customer = Counter(one["customer"]["ssn"] for one in shop.invoices("DRAFT"))
        assert set(per_customer.values()) == {1}


def _quietly():
    from bridge_gui.sync.events import nobody
    from bridge_gui.web.waiting import never

    return never(), nobody
