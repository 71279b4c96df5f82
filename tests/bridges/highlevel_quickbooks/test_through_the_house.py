"""From HighLevel to QuickBooks and back, through the engine, over HTTP, against both imitated vendors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.actions import How, Wanted, lines_text
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Certainty, Query
from bridge_gui.web.waiting import never
from tests.bridges.highlevel_quickbooks.office import NAME, studio


@pytest.fixture
def at_work(tmp_path):
    with studio(tmp_path / "data") as one:
        yield one


def test_a_first_day_is_booked_to_the_cent_and_only_once(at_work):
    at_work.set_up()
    at_work.sync()
    (asked,) = at_work.house.attention(NAME)
    assert (asked.code, asked.choices[:2]) == ("ensure.several", ("use:customer-3", "use:customer-4"))
    at_work.house.answer(NAME, asked.id, "use:customer-3")
    at_work.sync()
    assert at_work.house.attention(NAME) == []
    receipts, refunds = at_work.documents("receipt"), at_work.documents("refund")
    invoices, payments = at_work.documents("invoice"), at_work.documents("payment")
    assert (len(receipts), len(refunds), len(invoices), len(payments)) == (5, 1, 3, 2)
    taken = at_work.control("highlevel", "documents")
    charged = {Decimal(one["total"]) for one in taken if one["kind"] == "payment" and one["living"]}
    assert {row.total for row in receipts} <= charged
    assert sum(row.total for row in receipts) == Decimal(120) + 25 + 54 + 35 + 144
    assert [row.total for row in refunds] == [Decimal(-60)]
    held = at_work.at_books("sales_receipt")
    assert sum(Decimal(str(one["total"])) for one in held if one["living"]) == Decimal(378)
    assert at_work.sync().written == 0


def test_both_sides_tie_out(at_work):
    at_work.set_up()
    at_work.sync()
    tied = at_work.house.tie_out(NAME, None, None, never())
    assert {row.key for row in tied.rows} >= {"Receipts GBP", "Refunds GBP", "Invoices GBP"}
    assert [row for row in tied.rows if not row.explained] == []


def test_what_is_done_in_highlevel_later_follows(at_work):
    at_work.set_up()
    at_work.sync()
    open_one = next(row for row in at_work.documents("invoice") if row.state == "awaiting_payment")
    crm = next(one["id"] for one in at_work.control("highlevel", "documents") if open_one.number in str(one))
    at_work.pass_time(minutes=10)
    at_work.seller("pay_invoice", id=crm)
    at_work.sync()
    at_work.pass_time(minutes=10)
    at_work.sync()
    states = {row.number: row.state for row in at_work.documents("invoice")}
    assert states[open_one.number] == "paid"
    assert at_work.sync().written == 0


def test_review_requests_go_to_who_pays_a_first_invoice(at_work):
    at_work.set_up(reviews="email", review_link="https://g.page/r/example-studio/review")
    at_work.sync()
    rows = at_work.house.panel_rows(NAME, "reviews", Query(), never()).rows
    assert rows
    asked = {row.values["customer"] for row in rows if row.state == "asked"}
    for _ in range(2):
        at_work.pass_time(minutes=10)
        at_work.house.sync(NAME, never(), nobody)
    again = at_work.house.panel_rows(NAME, "reviews", Query(filters={"state": "asked"}), never()).rows
    assert {row.values["customer"] for row in again} >= asked
    assert len(again) == len({row.values["customer"] for row in again}) >= 1


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
@pytest.mark.parametrize("path", ["contacts/", "conversations/messages"])
def test_what_is_lost_on_the_way_to_highlevel_is_there_once_in_the_end(at_work, kind, path):
    at_work.set_up(reviews="email", review_link="https://g.page/r/example-studio/review")
    at_work.sync()
    customer = {"DisplayName": "Eve New", "PrimaryEmailAddr": {"Address": "eve@new.example"}}
    who = at_work.person("add_customer", customer=customer)["Id"]
    detail = {"ItemRef": {"value": "1"}, "TaxCodeRef": {"value": "4"}}
    line = {"Amount": 10, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    doc = {"CustomerRef": {"value": who}, "Line": [line], "DocNumber": "9001"}
    bill = at_work.person("add", kind="Invoice", doc=doc)
    at_work.person("pay_invoice", id=bill["Id"])
    where = {"method": "POST", "path_prefix": f"/{path}"}
    at_work.control("highlevel", "faults", [{"kind": kind, "match": where, "times": 3}])
    for _ in range(8):
        at_work.house.sync(NAME, never(), nobody)
        at_work.pass_time(minutes=10)
    assert sum(one["struck"] for one in at_work.control("highlevel", "faults"))
    mine = [one for one in at_work.at("highlevel", "contact") if "eve@new.example" in one["texts"]]
    assert len(mine) == 1
    addressed = [one["texts"][0] for one in at_work.at("highlevel", "message")]
    assert len(addressed) == len(set(addressed))
    waits = {one.params.get("number") for one in at_work.house.attention(NAME) if "arrived" in one.choices}
    assert mine[0]["id"] in addressed or "9001" in waits
    assert waits or path == "contacts/"


def test_a_customer_that_is_a_contact_already_is_not_offered_after_the_start_date_moved(at_work):
    at_work.set_up(start_date=at_work.clock.now().date().isoformat())
    at_work.sync()
    customer = {"DisplayName": "New Customer", "PrimaryEmailAddr": {"Address": "new@customer.example"}}
    at_work.pass_time(minutes=10)
    at_work.person("add_customer", customer=customer)
    at_work.pass_time(minutes=10)
    at_work.sync()
    assert "new@customer.example" in str(at_work.control("highlevel", "documents"))
    other = {"DisplayName": "Missed Customer", "PrimaryEmailAddr": {"Address": "missed@customer.example"}}
    at_work.person("add_customer", customer=other)
    at_work.pass_time(days=3)
    at_work.set_up(start_date=at_work.clock.now().date().isoformat())
    at_work.sync()
    offered = at_work.house.panel_rows(NAME, "customers", Query(), never()).rows
    assert [row.left for row in offered] == ["Missed Customer"]


def test_existing_customers_are_brought_in_once(at_work):
    customer = {"DisplayName": "Old Customer", "PrimaryEmailAddr": {"Address": "old@customer.example"}}
    at_work.person("add_customer", customer=customer)
    at_work.pass_time(days=2)
    at_work.set_up(start_date=at_work.clock.now().date().isoformat())
    at_work.sync()
    rows = at_work.house.panel_rows(NAME, "customers", Query(), never()).rows
    assert {row.certainty for row in rows} >= {Certainty.SURE}
    new = [row for row in rows if row.left == "Old Customer"]
    assert [row.right_id for row in new] == ["new"]
    pairs = lines_text({"left": row.id, "right": row.right_id, "name": row.left} for row in new)
    form = at_work.house.begin(NAME, "bring_in", "customers", never())
    order = {"subject": "customers", "form": form, "answers": {"pairs": pairs}, "confirmed": True}
    wanted = Wanted(request="r1", **order)
    (told,) = at_work.house.act(NAME, "bring_in", [wanted], never(), nobody)
    assert told.how is How.DONE, told
    assert "old@customer.example" in str(at_work.control("highlevel", "documents"))
    made = at_work.house.open_documents(DocumentFilter(bridge=NAME, text="Old Customer"), 0, 5)[1]
    assert [(row.number, row.party) for row in made] == [("Old Customer", "Old Customer")]
    left = at_work.house.panel_rows(NAME, "customers", Query(), never()).rows
    assert len(left) == len(rows) - 1
    again = Wanted(request="r2", **order)
    (told,) = at_work.house.act(NAME, "bring_in", [again], never(), nobody)
    assert told.how is How.REFUSED
    assert at_work.sync().written == 0
