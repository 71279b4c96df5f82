"""From the shop to the books and back, through the engine, over HTTP, against both imitated vendors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.sync.actions import How, Wanted
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Query
from bridge_gui.web.waiting import never
from tests.bridges.sharefox_twentyfourseven.office import office


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def test_a_first_day_becomes_orders_to_the_oere_and_only_once(at_work):
    at_work.set_up()
    at_work.sync()
    made = {one["texts"][0]: one for one in at_work.held("order") if one["texts"][0].startswith("sf-")}
    totals = sorted(Decimal(one["total"]) for one in made.values())
    shop = {one["id"]: Decimal(one["total"]) for one in at_work.control("sharefox", "documents")
            if one["kind"] == "invoice"}  # fmt: skip
    assert len(made) == 9
    for mark, one in made.items():
        assert Decimal(one["total"]) == shop[mark.split("/")[1]]
    first = next(one for mark, one in made.items() if "/5001/" in mark)
    assert first["texts"][1] == "Kontakt: Bjørg Bygger"
    assert first["texts"][3].startswith("Minigraver (2")
    assert totals[-1] == Decimal(75000)
    assert at_work.sync().written == 0
    assert len(at_work.held("order")) == 11


def test_what_a_person_has_to_decide_is_asked(at_work):
    at_work.set_up()
    at_work.sync()
    asked = at_work.asked()
    assert {code: one.choices[:1] for code, one in asked.items()} == {
        "customer.disagree": ("use:customer-12346",),
        "customer.several": ("use:customer-12349",),
        "customer.numberless": ("send_anyway",),
        "customer.foreign": ("send_anyway",),
        "line.rate_unmapped": ("skip",),
        "invoice.currency": ("skip",),
        "invoice.negative": ("skip",),
    }
    at_work.answer("customer.disagree", "use:customer-12346")
    people = {one["id"] for one in at_work.held("contact")}
    assert asked["customer.several"].choices[-3:] == ("make_new", "send_again", "skip")
    at_work.answer("customer.several", "make_new")
    at_work.answer("customer.numberless", "send_anyway")
    at_work.answer("customer.foreign", "send_anyway")
    at_work.sync()
    assert set(at_work.asked()) == {"line.rate_unmapped", "invoice.currency", "invoice.negative"}
    parties = [one.party for one in at_work.documents()]
    assert {"Prøve Tak AS", "Modell Maler AS", "Demo Renhold", "Mönster Verktyg AB"} <= set(parties)
    new = [one for one in at_work.held("contact") if one["id"] not in people]
    assert sorted(one["texts"][0] for one in new) == ["Modell Maler AS", "Mönster Verktyg AB"]
    assert at_work.sync().written == 0


def order_of(at_work, invoice: str):
    """The order of an invoice basis, as the Documents list shows it."""
    return next(one for one in at_work.documents() if one.source_number == invoice)


def test_an_order_that_is_billed_and_paid_is_told_to_the_shop(at_work):
    at_work.set_up()
    at_work.sync()
    order = order_of(at_work, "5001")
    number = str(at_work.person("publish_invoice", id=order.target_id)["invoice"]["number"])
    at_work.pass_time(minutes=5)
    at_work.sync()
    assert order_of(at_work, "5001").state == "awaiting_payment"
    assert order_of(at_work, "5001").number == number
    at_work.person("pay_invoice", id=number, amount=640.63)
    at_work.pass_time(minutes=5)
    at_work.sync()
    assert order_of(at_work, "5001").state == "partly_paid"
    at_work.person("pay_invoice", id=number, without_number=True)
    at_work.pass_time(minutes=5)
    at_work.sync()
    assert order_of(at_work, "5001").state == "paid"
    at_work.pass_time(minutes=5)
    at_work.sync()
    told = at_work.invoice("5001")
    assert (told["paid"], told["externalStatus"], told["externalId"]) == (True, "paid", number)
    assert at_work.sync().written == 0


def test_a_shop_that_does_not_listen_fails_no_run(tmp_path):
    with office(tmp_path / "data", sharefox={"write_back": "refuses"}) as one:
        one.set_up()
        one.sync()
        made = one.person("publish_invoice", id=order_of(one, "5001").target_id)
        one.person("pay_invoice", id=str(made["invoice"]["number"]))
        for _ in range(2):
            one.pass_time(minutes=5)
            one.sync()
        assert order_of(one, "5001").state == "paid"
        assert not [code for code in one.asked() if code.startswith("sharefox")]
        one.control("sharefox", "settings", {"write_back": "accepts"})
        one.pass_time(minutes=5)
        assert one.sync().written == 0, "it is not asked at every run"
        one.pass_time(days=31)
        one.sync()
        told = one.invoice("5001")
        assert (told["paid"], told["externalStatus"]) == (True, "paid"), "what it would not hear then"
        one.pass_time(minutes=5)
        assert one.sync().written == 0, "and once"


def test_a_credited_order_and_an_overdue_one_are_known_as_such(at_work):
    at_work.set_up()
    at_work.sync()
    for invoice in ("5001", "5002"):
        at_work.person("publish_invoice", id=order_of(at_work, invoice).target_id)
    at_work.person("credit_invoice", id=order_of(at_work, "5002").target_id)
    at_work.pass_time(days=30)
    at_work.sync()
    assert order_of(at_work, "5002").state == "credited"
    rows = at_work.house.panel_rows("rentals", "orders", Query(filters={"period": "90"}), never()).rows
    shown = {row.values["sharefox"]: row.values for row in rows}
    assert (shown["5001"]["state"], shown["5001"]["open"]) == ("overdue", Decimal("8640.63"))
    assert shown["5002"]["state"] == "credited"
    late = Query(filters={"period": "90", "shown": "overdue"})
    rows = at_work.house.panel_rows("rentals", "orders", late, never()).rows
    assert [row.values["sharefox"] for row in rows if row.state == "ours"] == ["5001"]


def test_check_status_is_for_one_and_for_many(at_work):
    at_work.set_up()
    at_work.sync()
    chosen = [order_of(at_work, invoice) for invoice in ("5001", "5002")]
    for one in chosen:
        at_work.person("publish_invoice", id=one.target_id)
        at_work.person("pay_invoice", id=one.target_id)
    at_work.pass_time(minutes=5)
    wanted = [Wanted(request=f"r{one.id}", subject=f"#{one.id}") for one in chosen]
    told = at_work.house.act("rentals", "check_status", wanted, never(), nobody)
    assert [(one.how, one.state) for one in told] == [(How.DONE, "paid"), (How.DONE, "paid")]
    assert {order_of(at_work, "5001").state, order_of(at_work, "5002").state} == {"paid"}
    rows = at_work.house.panel_rows("rentals", "orders", Query(filters={"period": "90"}), never()).rows
    row = next(row.id for row in rows if row.values["sharefox"] == "5001")
    facts = dict(at_work.house.panel_detail("rentals", "orders", row, never()).facts)
    assert facts["Paid on"] == chosen[0].day, "the list has no room for it"


def test_both_sides_tie_out(at_work):
    at_work.set_up()
    at_work.sync()
    tied = at_work.house.tie_out("rentals", None, None, never())
    assert {row.key for row in tied.rows} >= {
        "Orders before VAT NOK",
        "VAT on orders NOK",
        "VAT on orders SEK",
    }
    assert [row for row in tied.rows if not row.explained] == []


def test_an_invoice_edited_in_the_shop_amends_its_order_until_a_person_touched_it(at_work):
    at_work.set_up()
    at_work.sync()
    lines = at_work.invoice("5002")["lines"]
    at_work.shop(
        "edit_invoice", invoice=5002, changes={"lines": [{**lines[0], "unitPrice": 200.0}, lines[1]]}
    )
    at_work.pass_time(minutes=5)
    at_work.sync()
    order = order_of(at_work, "5002")
    assert (order.total, order.state) == (Decimal(str(at_work.invoice("5002")["grossAmount"])), "ordered")
    at_work.person("add_line", id=order.target_id, line={"type": "text", "description": "Husk nøkkel"})
    at_work.shop(
        "edit_invoice", invoice=5002, changes={"lines": [{**lines[0], "unitPrice": 300.0}, lines[1]]}
    )
    at_work.pass_time(minutes=5)
    at_work.sync()
    assert at_work.asked()["order.changed_in_books"].choices[:2] == ("overwrite", "leave")
    at_work.answer("order.changed_in_books", "overwrite")
    at_work.sync()
    gross = Decimal(str(at_work.invoice("5002")["grossAmount"]))
    held = {one["id"]: Decimal(one["total"]) for one in at_work.held("order")}
    assert held[order.target_id] == gross
    assert at_work.sync().written == 0


def test_an_invoice_deleted_in_the_shop_is_asked_about(at_work):
    at_work.set_up()
    at_work.sync()
    first, second = order_of(at_work, "5001"), order_of(at_work, "5002")
    at_work.person("publish_invoice", id=second.target_id)
    at_work.pass_time(minutes=5)
    at_work.sync()
    at_work.shop("delete_invoice", invoice=5001)
    at_work.shop("delete_invoice", invoice=5002)
    at_work.sync()
    assert at_work.asked()["invoice.cancelled_after"].choices[:2] == ("remove", "leave")
    assert "invoice.cancelled_late" in at_work.asked()
    at_work.answer("invoice.cancelled_after", "remove")
    at_work.sync()
    assert first.target_id not in {one["id"] for one in at_work.held("order") if one["living"]}
    assert order_of(at_work, "5001").state == "deleted"
    assert at_work.sync().written == 0


def test_an_order_deleted_in_the_books_is_not_made_again_behind_anybodys_back(at_work):
    at_work.set_up()
    at_work.sync()
    order = order_of(at_work, "5001")
    at_work.person("delete_order", id=order.target_id)
    at_work.pass_time(minutes=5)
    at_work.sync()
    at_work.sync()
    assert "order.gone_in_books" in at_work.asked()
    at_work.answer("order.gone_in_books", "send_anyway")
    at_work.sync()
    marks = [one["texts"][0] for one in at_work.held("order") if one["living"]]
    assert [mark.rpartition("/")[2] for mark in marks if "/5001/" in mark] == ["2"]


def test_an_order_becomes_an_invoice_by_itself_only_where_that_is_switched_on(at_work):
    at_work.set_up(invoice_by_itself="yes")
    at_work.sync()
    at_work.pass_time(minutes=10)
    at_work.sync()
    assert {one.state for one in at_work.documents() if one.target_id} <= {
        "awaiting_payment",
        "invoiced",
        "paid",
    }
    assert at_work.held("invoice")


def test_a_merged_customer_is_looked_for_again_and_a_renamed_product_goes_on(at_work):
    at_work.set_up()
    at_work.sync()
    first = at_work.held("contact")
    bygg = next(one["id"] for one in first if "Eksempel Bygg AS" in one["texts"])
    at_work.person("delete_customer", id=bygg)
    product = next(one["id"] for one in at_work.held("item") if "SharefoxRental" in one["texts"])
    at_work.person("rename_product", id=product, name="Utleie")
    made = at_work.shop("place_order", customer=1066, lines=[{"name": "Minigraver", "days": 2}])
    at_work.shop("make_invoice", order=made["id"])
    at_work.pass_time(minutes=5)
    at_work.sync()
    at_work.sync()
    new = max(at_work.documents(), key=lambda one: one.source_number)
    assert (new.state, new.party) == ("ordered", "Eksempel Bygg AS")
    codes = {row.code for row in at_work.house.log("rentals", before=None, limit=500)}
    assert {"product.renamed", "customer.merged"} <= codes
    assert len([one for one in at_work.held("item") if "SharefoxRental" in one["texts"]]) == 0
