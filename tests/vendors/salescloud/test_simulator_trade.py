from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.salescloud.simulator import SalesCloudSimulator
from bridge_gui.vendors.salescloud.simulator.till import vat_inside
from bridge_gui.vendors.salescloud.simulator.trade import Volume, orders_of


def cafe(day: int = 20) -> SalesCloudSimulator:
    made = SalesCloudSimulator(State(), lambda: datetime(2026, 11, day, 12, tzinfo=UTC))
    made.settings.change({"first_day": "2026-11-01"})
    made.seed()
    return made


@pytest.fixture(scope="module")
def months():
    """Sixty days of trade."""
    made = cafe()
    made.advance(date(2026, 12, 30))
    yield made
    made.state.close()


def settled(order) -> int:
    return sum(one["amount"] for one in order["payments"] if one["status"] == "SUCCESS")


def test_trade_is_the_same_whatever_the_number_of_steps(months):
    steps = cafe(10)
    for days in (1, 2, 3, 14, 30, 90):
        steps.advance(min(date(2026, 12, 30), steps.traded_until() + timedelta(days=days)))
    assert steps.orders.find() == months.orders.find()
    assert steps.methods.find() == months.methods.find()
    steps.state.close()


def test_trade_happens_once(months):
    before = months.orders.find()
    months.advance(date(2026, 12, 1))
    assert months.orders.find() == before


def test_a_days_volume_and_hours():
    volume = Volume(15, 40, date(2027, 1, 1))
    for n in range(30):
        orders = orders_of(date(2026, 11, 1) + timedelta(days=n), volume)
        assert 15 <= len(orders) <= 40
        assert all("08:00:00" <= order["closed"][11:19] < "21:00:00" for order in orders)


def test_sums_agree_but_for_the_deliberate_oddities(months):
    odd = []
    for order in months.orders.find(("status", "=", "CLOSED")):
        lines = order["lineItems"]
        assert sum(line["totalAmount"] for line in lines) == order["totalAmount"]
        assert sum(line["taxAmount"] for line in lines) == order["taxAmount"]
        for line in lines:
            assert line["totalAmount"] == line["quantity"] * line["unitPrice"] - line["discountAmount"]
            assert line["taxAmount"] == vat_inside(line["totalAmount"], line["taxRate"])
            assert line["taxRate"] in {0, 11, 24}
        if settled(order) != order["totalAmount"]:
            odd.append(order)
    short = [order["totalAmount"] - settled(order) for order in odd]
    assert min(set(short)) == 1
    assert len(odd) <= 60 // 7 + 2


def test_the_vendor_files_own_vat_sums():
    assert [vat_inside(4960, 24), vat_inside(1028, 11), vat_inside(212, 0), vat_inside(-4960, 24)] == [
        960,
        102,
        0,
        -960,
    ]


def test_two_months_have_seen_everything(months):
    orders = months.orders.find()
    methods = Counter(one["paymentMethod"]["type"] for order in orders for one in order["payments"])
    assert set(methods) == {"card", "cash", "invoice", "giftcard", "netgiro", "aur"}
    assert {order["status"] for order in orders} == {"CLOSED", "CANCELLED", "OPEN"}
    states = {one["status"] for order in orders for one in order["payments"]}
    assert states >= {"SUCCESS", "FAILED"}
    customers = [order["customer"] for order in orders if order["customer"]]
    assert {bool(customer["idNumber"]) for customer in customers} == {True, False}
    assert {customer["phone"] for customer in customers} == {"N/A"}
    lines = [line for order in orders for line in order["lineItems"]]
    assert any(line["giftCard"] for line in lines)
    assert any(line["discountAmount"] for line in lines)
    refunds = [order for order in orders if order["refundOf"]]
    assert any(order["customer"] for order in refunds)
    assert all(order["totalAmount"] < 0 for order in refunds)
    splits = [{one["paymentMethod"]["type"] for one in order["payments"]} for order in orders]
    assert {"card", "invoice"} in splits
    assert {"card", "cash"} in splits


def test_refunds_name_an_order_that_is_there_and_come_after_it(months):
    for order in months.orders.find():
        if order["refundOf"]:
            of = months.orders.get(order["refundOf"]["uuid"])
            assert of is not None
            assert of["closed"] < order["closed"]


def test_aur_appears_later(months):
    first = min(
        order["closed"]
        for order in months.orders.find()
        for one in order["payments"]
        if one["paymentMethod"]["type"] == "aur"
    )
    assert first > "2026-11-18"
    early = cafe(10)
    assert all(method["type"] != "aur" for method in early.methods.find())
    early.state.close()


def changes_between(before, after):
    known = {order["id"]: order for order in before}
    return [
        (known[order["id"]], order) for order in after if order["id"] in known and known[order["id"]] != order
    ]


def test_older_orders_change_while_keeping_their_closing_time():
    made = cafe(10)
    kinds = set()
    for _ in range(30):
        before = made.orders.find()
        made.advance(made.traded_until() + timedelta(days=1))
        for old, new in changes_between(before, made.orders.find()):
            if old["closed"] is None:
                kinds.add("tab closed")
                assert new["status"] == "CLOSED"
                continue
            assert old["closed"] == new["closed"]
            paid_before, paid_now = ([one["status"] for one in order["payments"]] for order in (old, new))
            kinds.add("captured" if paid_before != paid_now else "corrected")
    assert kinds == {"tab closed", "captured", "corrected"}
    made.state.close()
