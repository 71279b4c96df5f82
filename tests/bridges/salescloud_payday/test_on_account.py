"""Sales on account through the engine and both simulators: on one draft each, whatever people and nets do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.bridges.salescloud_payday.cafe import BUYER, CARD, ON_ACCOUNT, SHIRT, SOUP, cafe
from tests.office_hours import CLOCK

OTHER = {"uuid": "c2", "label": "Guðrún Dæmisdóttir", "idNumber": "3112998000", "email": "g@daemi.example"}
SOUPS, SHIRTS = ("Súpa", 4380.0), ("Bolur", 4960.0)


@pytest.fixture
def shop(tmp_path):
    with cafe(tmp_path) as one:
        yield one


@pytest.fixture(params=["replace", "merge"])
def put(request):
    return request.param


def test_two_orders_of_one_customer_are_on_one_draft(shop):
    shop.set_up()
    shop.sell()
    shop.sell(lines=(SOUP, SHIRT))
    shop.sell(buyer=OTHER)
    shop.sync()
    assert shop.lines() == {SOUPS: 3, SHIRTS: 1}
    assert [len(one["lines"]) for one in shop.invoices("DRAFT")] == [3, 1]
    assert shop.journal() == {}
    assert shop.sync().written == 0
    assert shop.states() == ["draft"] * 3
    assert not any(one["createClaim"] for one in shop.invoices())
    kinds = {row.kind for row in shop.house.documents(_all(), 0, 50)}
    assert kinds == {"draft_invoice"}


def test_a_person_s_changes_stay_and_a_sent_draft_takes_no_more(shop, put):
    shop.both.switch("payday", put_lines=put, pending_seconds=0)
    shop.set_up()
    shop.sell()
    shop.sync()
    (draft,) = shop.invoices("DRAFT")
    more = {"description": "Afsláttur", "quantity": 1, "unitPriceExcludingVat": -99, "vatPercentage": 24}
    shop.office("edit_invoice", id=draft["id"], add_lines=[more], changes={"description": "Takk"})
    shop.sell(lines=(SHIRT,))
    shop.sync()
    (draft,) = shop.invoices("DRAFT")
    assert draft["description"] == "Takk"
    assert {line["description"] for line in draft["lines"] if "pöntun" not in line["description"]} == {
        "Afsláttur"
    }
    assert next(line["unitPriceExcludingVat"] for line in draft["lines"] if line["quantity"] == 1) == -99
    shop.office("send_invoice", id=draft["id"])
    shop.sell()
    shop.sync()
    assert len(shop.invoices("DRAFT")) == 1
    assert shop.lines()[SOUPS] == 2
    assert sorted(shop.states()) == ["awaiting_payment", "awaiting_payment", "draft"]
    shop.office("pay_invoice", id=draft["id"])
    shop.sync()
    assert sorted(shop.states()) == ["draft", "paid", "paid"]


def test_the_lines_of_a_draft_follow_and_nothing_is_doubled(shop, put):
    shop.both.switch("payday", put_lines=put)
    shop.set_up()
    order = shop.sell(lines=(SOUP, SHIRT))
    shop.sell()
    shop.sync()
    cheaper = [{**order["lineItems"][0], "quantity": 1, "totalAmount": 2190}]
    paid = [{**order["payments"][0], "amount": 2190}]
    changes = {"lineItems": cheaper, "payments": paid, "totalAmount": 2190}
    shop.till("change_order", uuid=order["uuid"], changes=changes)
    shop.sync()
    assert shop.lines() == {("Súpa", 2190.0): 1, SOUPS: 1}
    assert shop.billed("DRAFT") == 2190 + 4380
    shop.till("void_order", uuid=order["uuid"])
    shop.sync()
    assert shop.lines() == {SOUPS: 1}
    shop.sell(lines=(SHIRT,))
    shop.sync()
    assert shop.lines() == {SOUPS: 1, SHIRTS: 1}
    assert len(shop.invoices()) == 1


def test_a_refund_is_a_negative_line_on_a_new_draft_once_the_old_is_sent(shop):
    shop.set_up()
    order = shop.sell(lines=(SOUP, SHIRT))
    shop.sync()
    at = f"{CLOCK.now().date() + timedelta(days=1)}T00:10:00+00:00"
    shop.till("refund_order", uuid=order["uuid"], lines=[1], closed=at)
    shop.sync()
    assert shop.billed("DRAFT") == 4380
    shop.office("send_invoice", id=shop.invoices()[0]["id"])
    shop.till("refund_order", uuid=order["uuid"], lines=[0], closed=at)
    shop.sync()
    assert (shop.billed("SENT"), shop.billed("DRAFT")) == (4380, -4380)
    codes = [line.code for line in shop.house.log("cafe", before=None, limit=200)]
    assert codes.count("refund.partial") == 2


def test_what_changes_after_a_draft_was_sent_is_the_difference_on_the_next(shop):
    shop.set_up()
    order = shop.sell(lines=(SOUP, SHIRT))
    shop.sync()
    shop.office("send_invoice", id=shop.invoices()[0]["id"])
    shop.till("void_order", uuid=order["uuid"])
    shop.sync()
    shop.sync()
    assert (shop.billed("SENT"), shop.billed("DRAFT")) == (9340, -9340)


def test_a_draft_that_a_person_removed_is_asked_about(shop):
    shop.set_up()
    shop.sell()
    shop.sync()
    shop.office("delete_invoice", id=shop.invoices()[0]["id"])
    shop.sync()
    assert shop.waiting()["draft.vanished"].choices == ("post_again", "leave", "skip")
    assert shop.sync().written == 0
    shop.answer("draft.vanished", "post_again")
    shop.sync()
    assert shop.lines("DRAFT") == {SOUPS: 1}
    assert shop.waiting() == {}


def test_a_removed_draft_is_one_question_however_many_sales_it_had(shop):
    shop.set_up()
    for lines in ((SOUP,), (SHIRT,), (SOUP, SHIRT)):
        shop.sell(lines=lines)
    shop.sell(buyer=OTHER)
    shop.sync()
    mine = next(one for one in shop.invoices() if len(one["lines"]) == 4)
    shop.office("delete_invoice", id=mine["id"])
    run = shop.sync()
    (asked,) = shop.house.attention("cafe")
    (status,) = shop.house.bridges()
    assert (run.attention, status.attention) == (1, 1)
    assert (asked.number[-3:], asked.total) == (" +2", Decimal(2 * 4380 + 2 * 4960))
    shop.house.answer("cafe", asked.id, "post_again")
    shop.sync()
    assert shop.waiting() == {}
    assert shop.lines("DRAFT") == {SOUPS: 3, SHIRTS: 2}
    assert len(shop.invoices("DRAFT")) == 2


def test_lines_that_a_person_took_out_are_asked_about(shop):
    shop.set_up()
    shop.sell()
    shop.sell(lines=(SHIRT,))
    shop.sync()
    (draft,) = shop.invoices()
    shop.office("edit_invoice", id=draft["id"], drop_lines=[draft["lines"][0]["id"]])
    shop.sync()
    assert set(shop.waiting()) == {"draft.vanished"}
    shop.answer("draft.vanished", "leave")
    shop.sync()
    assert (shop.waiting(), shop.lines()) == ({}, {SHIRTS: 1})


@pytest.mark.parametrize("fault", ["cut_before", "cut_after", "cut_middle"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/customers"), ("POST", "/invoices"), ("PUT", "/invoices"), ("GET", "/invoices")],
)
def test_a_lost_answer_is_settled_by_looking(shop, fault, method, path):
    shop.set_up()
    shop.sell(buyer=OTHER)
    shop.sell(buyer=OTHER, lines=(SHIRT,))
    shop.both.control("payday", "faults", {"kind": fault, "match": {"method": method, "path_prefix": path}})
    shop.sync(outcome="finished" if method == "GET" else "paused")
    for _ in range(3):
        shop.clock.by += timedelta(seconds=200)
        shop.house.sync("cafe", _never(), _nobody())
    assert shop.lines() == {SOUPS: 1, SHIRTS: 1}
    assert len(shop.invoices()) == 1
    assert shop.waiting() == {}
    mine = [one for one in shop.both.control("payday", "state/customers") if one["ssn"] == OTHER["idNumber"]]
    assert len(mine) == 1


def test_reads_that_lag_neither_lose_a_line_nor_open_a_second_draft(shop):
    shop.both.switch("payday", lag_seconds=4, lagging=["invoices"])
    shop.set_up()
    shop.sell()
    shop.sync()
    shop.sell(lines=(SHIRT,))
    shop.sync(ahead=0)
    shop.sell(lines=(SOUP, SHIRT))
    shop.sync(ahead=0)
    assert shop.lines() == {SOUPS: 2, SHIRTS: 2}
    assert len(shop.invoices()) == 1


def test_without_a_kennitala_it_waits(shop):
    shop.set_up()
    shop.sell(buyer={**BUYER, "idNumber": "9999999999"})
    shop.sell(buyer=None)
    shop.sync()
    assert set(shop.waiting()) == {"order.no_kennitala"}
    assert shop.invoices() == []


def test_a_split_order_is_asked_about_and_adds_up(shop):
    shop.set_up()
    shop.sell((CARD, 3000), (ON_ACCOUNT, 6340), lines=(SOUP, SHIRT))
    shop.sync()
    assert shop.waiting()["order.split_on_account"].choices == ("pro_rata", "whole_on_draft", "skip")
    shop.answer("order.split_on_account", "pro_rata")
    shop.sync()
    assert shop.billed("DRAFT") == 6340
    books = shop.journal()
    assert books["3410"] == 3000
    assert -books["1100"] - books["1110"] == 3000
    assert shop.sync().written == 0
    shop.office("delete_invoice", id=shop.invoices()[0]["id"])
    shop.sync()
    shop.answer("draft.vanished", "post_again")
    shop.sync()
    assert shop.billed("DRAFT") == 6340
    assert shop.waiting() == {}


def test_a_split_order_whole_on_the_draft(shop):
    shop.set_up(split_orders="whole_on_draft", grouping="day")
    order = shop.sell((CARD, 3000), (ON_ACCOUNT, 6340), lines=(SOUP, SHIRT))
    shop.sync()
    assert shop.billed("DRAFT") == 9340
    assert shop.journal() == {"3410": Decimal(3000), "3400": Decimal(-3000)}
    assert shop.sync().written == 0
    shop.till("void_order", uuid=order["uuid"])
    shop.sync()
    assert (shop.billed("DRAFT"), shop.journal()) == (0, {})


def test_from_on_account_to_card_and_back(shop):
    shop.set_up()
    order = shop.sell()
    shop.sync()
    methods = shop.both.control("salescloud", "state/methods")
    card = next(one for one in methods if one["title"] == CARD)
    promised = order["payments"]
    paid = [{**promised[0], "paymentMethod": {key: card[key] for key in ("uuid", "title", "type")}}]
    shop.till("change_order", uuid=order["uuid"], changes={"payments": paid})
    shop.sync()
    assert (shop.lines(), shop.journal()["3410"]) == ({}, 4380)
    shop.till("change_order", uuid=order["uuid"], changes={"payments": promised})
    shop.sync()
    assert (shop.lines(), shop.journal()) == ({SOUPS: 1}, {})


def test_from_card_to_on_account_after_the_day_was_posted(shop):
    shop.set_up(grouping="day")
    order = shop.sell((CARD, 4380))
    shop.sell((CARD, 4960), lines=(SHIRT,))
    shop.sync()
    assert shop.journal()["3410"] == 9340
    methods = shop.both.control("salescloud", "state/methods")
    promised = next(one for one in methods if one["title"] == ON_ACCOUNT)
    owed = [{**order["payments"][0], "paymentMethod": {k: promised[k] for k in ("uuid", "title", "type")}}]
    shop.till("change_order", uuid=order["uuid"], changes={"payments": owed, "customer": BUYER})
    shop.sync()
    shop.sync()
    assert (shop.lines(), shop.journal()["3410"]) == ({SOUPS: 1}, 4960)
    shop.till("change_order", uuid=order["uuid"], changes={"payments": order["payments"]})
    shop.sync()
    shop.sync()
    assert (shop.lines(), shop.journal()["3410"]) == ({}, 9340)
    assert shop.waiting() == {}


@pytest.mark.parametrize("split", [False, True])
def test_a_removed_draft_of_a_closed_period_is_asked_about_twice_and_no_more(shop, split):
    shop.set_up()
    if split:
        shop.sell((CARD, 4960), (ON_ACCOUNT, 4380), lines=(SOUP, SHIRT))
        shop.sync()
        shop.answer("order.split_on_account", "pro_rata")
    else:
        shop.sell()
    shop.sync()
    booked = shop.journal()
    (draft,) = shop.invoices()
    shop.office("delete_invoice", id=draft["id"])
    shop.clock.by += timedelta(days=3)
    shop.both.switch("payday", locked_until=draft["invoiceDate"][:10], lock_drafts=True)
    shop.sync()
    shop.answer("draft.vanished", "post_again")
    shop.sync()
    shop.answer("period.closed", "pro_rata.first_open_day" if split else "first_open_day")
    shop.sync()
    assert (shop.waiting(), shop.billed("DRAFT"), shop.journal()) == ({}, 4380, booked)


def test_a_closed_period_is_asked_about(shop):
    shop.clock.by = timedelta(0)
    today = CLOCK.now().date()
    shop.both.switch("payday", locked_until=(today - timedelta(days=2)).isoformat())
    shop.set_up(first=today - timedelta(days=2))
    shop.sync(ahead=0)
    held = [row for row in shop.house.attention("cafe") if row.code == "period.closed"]
    assert held
    assert held[0].choices == ("first_open_day", "wait", "open_again", "skip")
    shop.house.answer("cafe", held[0].id, "first_open_day")
    before = len(shop.both.control("payday", "state/journal"))
    shop.sync(ahead=0)
    entries = shop.both.control("payday", "state/journal")
    moved = [one for one in entries if f"({today - timedelta(days=2)})" in one["description"]]
    assert (len(entries) - before, [one["date"][:10] for one in moved]) == (1, [today.isoformat()])


def test_a_new_data_folder_takes_over_the_drafts(shop, tmp_path):
    from bridge_gui.bridges.salescloud_payday import SPEC
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.house import House
    from bridge_gui.sync.registry import Registry
    from bridge_gui.vendors.payday import SPEC as PAYDAY
    from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
    from bridge_gui.web.keychain import MemoryKeychain

    shop.set_up()
    order = shop.sell(lines=(SOUP, SHIRT))
    shop.sell()
    shop.sync()
    keychain = MemoryKeychain()
    other = House(
        DataFolder(tmp_path / "another"),
        Registry([PAYDAY, SALESCLOUD], [SPEC]),
        lambda _: keychain,
        shop.clock,
    )
    shop.house.close()
    shop.house = other
    shop.set_up()
    shop.sync()
    assert shop.lines() == {SOUPS: 2, SHIRTS: 1}
    shop.till("void_order", uuid=order["uuid"])
    shop.sync()
    shop.sync()
    assert (shop.lines(), len(shop.invoices())) == ({SOUPS: 1}, 1)


def _all():
    from bridge_gui.store.rows import DocumentFilter

    return DocumentFilter()


def _never():
    from bridge_gui.web.waiting import never

    return never()


def _nobody():
    from bridge_gui.sync.events import nobody

    return nobody


@pytest.mark.parametrize("grouping", ["order", "day"])
def test_a_part_given_back_of_an_order_read_long_ago_is_listed(shop, grouping):
    shop.set_up(look_back_days="1", grouping=grouping)
    order = shop.sell((CARD, 9340), lines=(SOUP, SHIRT))
    whole = shop.sell((CARD, 4960), lines=(SHIRT,))
    shop.sync()
    shop.clock.by += timedelta(days=20)
    at = f"{CLOCK.now().date() + timedelta(days=19)}T00:10:00+00:00"
    shop.till("refund_order", uuid=order["uuid"], lines=[0], closed=at)
    shop.till("refund_order", uuid=whole["uuid"], lines=[0], closed=at)
    shop.sync()
    told = [line for line in shop.house.log("cafe", before=None, limit=200) if "refund" in line.code]
    assert [(line.code, line.params["amount"], line.params["whole"]) for line in told] == [
        ("refund.partial", "4380", "9340")
    ]
