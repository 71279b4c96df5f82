"""From setting up to the journal and back, through the engine: each sale booked once, whatever happens."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.sandbox import sandbox
from tests.office_hours import CLOCK

NAME = "cafe"
DAYS = 3


@pytest.fixture
def both():
    with sandbox() as one:
        yield one


@pytest.fixture
def house(tmp_path):
    keychain = MemoryKeychain()
    registry = Registry([PAYDAY, SALESCLOUD], [SPEC])
    one = House(DataFolder(tmp_path / "data"), registry, lambda folder: keychain, CLOCK)
    yield one
    one.close()


def set_up(house, both, **settings):
    setup = Setup(house, SPEC.key, NAME)
    answers = {"settings.start_date": first_day().isoformat()} | dict(SPEC.demo)
    answers |= {f"settings.{key}": value for key, value in settings.items()}
    for vendor, place in both.host.vendors().items():
        answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
        answers[f"{vendor}.endpoint"] = place["endpoint"]
    for place, value in answers.items():
        setup.form.answer(place, value)
    return setup.finish(never())


def first_day():
    return CLOCK.now().date() - timedelta(days=DAYS)


def sync(house):
    run = house.sync(NAME, never(), nobody)
    assert run.outcome.value == "finished", (run.code, run.params)
    return run


def tell(both, action, uuid, **more):
    return both.control("salescloud", "person", {"action": action, "uuid": uuid} | more)


def accounts(both):
    """Account code by id."""
    return {account["id"]: account["code"] for account in both.control("payday", "state/accounts")}


def journal(both):
    """The sum per account code of everything in the journal."""
    codes, sums = accounts(both), Counter()
    for entry in both.control("payday", "state/journal"):
        for line in entry["lines"]:
            sums[codes[line["ledgerAccountId"]]] += Decimal(str(line["amount"]))
    return {code: amount for code, amount in sums.items() if amount}


def till(both, waiting):
    """The sum per account code that the till's own orders ask for, those that wait left out."""
    methods = {"Kort (posi)": "3410", "Reiðufé": "3420", "Gjafabréf": "4450", "Netgíró": "3440"}
    rates = {24: "1100", 11: "1110", 0: "1120"}
    sums = Counter()
    for order in both.control("salescloud", "state/orders"):
        if order["status"] != "CLOSED" or order["uuid"] in waiting or order["closed"][:10] < str(first_day()):
            continue
        if any(payment["paymentMethod"]["type"] == "invoice" for payment in order["payments"]):
            continue
        for payment in order["payments"]:
            if payment["status"] == "SUCCESS":
                sums[methods[payment["paymentMethod"]["title"]]] += payment["amount"]
        for line in order["lineItems"]:
            sums["4450" if line["giftCard"] else rates[line["taxRate"]]] -= line["totalAmount"]
    difference = sum(sums.values())
    sums["2495"] -= difference
    return {code: Decimal(amount) for code, amount in sums.items() if amount}


def waiting(house):
    """The ids of orders that need a person."""
    return {row.source_id for row in house.attention(NAME)}


@pytest.mark.parametrize("grouping", ["order", "day"])
def test_every_sale_is_booked_once_to_the_krona(house, both, grouping):
    finished = set_up(house, both, grouping=grouping)
    assert set(finished.companies.values()) == {"Kaffihús Example ehf."}
    assert finished.unmapped == ()
    preview = house.preview(NAME, never(), nobody)
    assert preview.documents
    assert both.control("payday", "state/journal") == []
    first = sync(house)
    entries = [one for one in preview.documents if one.kind == "journal_entry"]
    assert len(entries) == len(both.control("payday", "state/journal"))
    assert len(entries) < first.written <= len(preview.documents)
    if grouping == "order":
        assert journal(both) == till(both, waiting(house))
    again = sync(house)
    assert (again.written, again.calls.get("payday", 0) < 10) == (0, True)


def test_what_changes_later_is_reversed_and_booked_anew(house, both):
    set_up(house, both, grouping="order")
    sync(house)
    entries = [row for row in house.exported(NAME) if row.kind == "journal_entry"]
    booked = [row.sources[0] for row in entries if row.sources and row.total > 0]
    void, change = booked[0], booked[-1]
    tell(both, "void_order", void)
    cash = next(
        payment["paymentMethod"]
        for order in both.control("salescloud", "state/orders")
        for payment in order["payments"]
        if payment["paymentMethod"]["title"] == "Reiðufé"
    )
    old = next(order for order in both.control("salescloud", "state/orders") if order["uuid"] == change)
    paid = [{**payment, "paymentMethod": cash} for payment in old["payments"]]
    tell(both, "change_order", change, changes={"payments": paid})
    assert sync(house).written in (2, 3)
    assert journal(both) == till(both, waiting(house))
    assert sync(house).written == 0
    marks = [entry["description"].rsplit("/")[-1] for entry in both.control("payday", "state/journal")]
    assert Counter(marks)["1R"] >= 1


def test_going_over_to_days_books_nothing_twice(house, both):
    set_up(house, both, grouping="order")
    sync(house)
    before = journal(both)
    set_up(house, both, grouping="day")
    sync(house)
    assert journal(both) == before


def test_a_new_data_folder_takes_over_what_is_there(house, both, tmp_path):
    set_up(house, both, grouping="day")
    sync(house)
    before = journal(both)
    keychain = MemoryKeychain()
    folder = DataFolder(tmp_path / "another")
    other = House(folder, house.registry, lambda name: keychain, CLOCK)
    try:
        set_up(other, both, grouping="day")
        sync(other)
        assert journal(both) == before
    finally:
        other.close()
