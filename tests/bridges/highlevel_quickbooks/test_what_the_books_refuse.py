"""What QuickBooks would not take: each has its sentence and its button, and is booked once it is mended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmInvoiceState, SourceKind
from bridge_gui.accounting.money import total
from bridge_gui.bridges.highlevel_quickbooks.messages import MESSAGES
from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.events import Line, nobody
from bridge_gui.vendors.quickbooks.messages import MESSAGES as OF_QUICKBOOKS
from bridge_gui.web.waiting import never
from bridge_gui.wording.common import COMMON
from tests.bridges.highlevel_quickbooks.at_hand import ANNA, line, order, payment
from tests.bridges.highlevel_quickbooks.office import NAME, office
from tests.bridges.highlevel_quickbooks.test_through_the_engine import HOURS, NOW, TIMES, billed

BOUGHT = order(line("100", rate="20"), total="120", tax="20")


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def sold(at_work, key="t1", **more):
    at_work.crm.put(
        replace(BOUGHT, id=f"o{key}"), payment("120", **{**TIMES, "id": key, "order": f"o{key}", **more})
    )


def asked(at_work):
    """What waits for a person; all of it with a sentence, an advice and a button."""
    waiting = at_work.house.attention(NAME)
    told = {message.code: message for message in (*COMMON, *MESSAGES, *OF_QUICKBOOKS)}
    assert all(told[one.code].sentence and told[one.code].advice for one in waiting)
    assert all(told[one.code].button for one in waiting)
    return [one.code for one in waiting]


def again(at_work):
    """A person presses *Try again*, then the next sync comes."""
    for one in at_work.house.attention(NAME):
        if "try_again" in one.choices:
            at_work.house.answer(NAME, one.id, "try_again")
    at_work.pass_time(minutes=10)
    at_work.house.sync(NAME, never(), nobody)


def receipts(at_work):
    return [row.total for row in at_work.documents("receipt") if row.target_id]


@pytest.mark.parametrize("password", [False, True])
def test_closed_books_hold_a_sale_until_they_are_opened(at_work, password):
    at_work.person("close_books", day=str(NOW.date() + timedelta(days=1)), password=password)
    sold(at_work)
    at_work.set_up()
    at_work.sync()
    assert (asked(at_work), receipts(at_work)) == (["books.closed"], [])
    at_work.person("close_books", day="")
    again(at_work)
    assert (asked(at_work), receipts(at_work)) == ([], [Decimal(120)])


@pytest.mark.parametrize(
    ("password", "code"), [(False, "quickbooks.closed"), (True, "quickbooks.closed_password")]
)
def test_books_closed_between_the_look_and_the_write_hold_it_too(at_work, password, code):
    sold(at_work)
    at_work.set_up()
    tomorrow = str(NOW.date() + timedelta(days=1))

    def close_once_the_customer_is_made(event):
        if isinstance(event, Line) and event.code == "entry.done":
            at_work.person("close_books", day=tomorrow, password=password)

    at_work.house.sync(NAME, never(), close_once_the_customer_is_made)
    assert (asked(at_work), receipts(at_work)) == ([code], [])
    again(at_work)
    assert (asked(at_work), receipts(at_work)) == (["books.closed"], [])
    at_work.person("close_books", day="")
    again(at_work)
    assert (asked(at_work), receipts(at_work)) == ([], [Decimal(120)])
    assert len(at_work.whole("SalesReceipt")) == 1


def test_a_customer_made_inactive_later_is_told_of_and_not_made_anew(at_work):
    at_work.set_up()
    sold(at_work)
    at_work.sync()
    (anna,) = [one for one in at_work.at_books("contact") if ANNA.name in one["texts"]]
    at_work.person("deactivate", kind="Customer", id=anna["id"])
    sold(at_work, "t2")
    at_work.house.sync(NAME, never(), nobody)
    assert (asked(at_work), receipts(at_work)) == (["quickbooks.inactive"], [Decimal(120)])
    at_work.person("edit_customer", id=anna["id"], changes={"Active": True})
    again(at_work)
    assert (asked(at_work), receipts(at_work)) == ([], [Decimal(120)] * 2)
    assert len([one for one in at_work.at_books("contact") if ANNA.name in str(one["texts"])]) == 1


def test_a_customer_that_is_gone_is_made_anew_for_the_next_sale(at_work):
    at_work.set_up()
    sold(at_work)
    at_work.sync()
    (anna,) = [one for one in at_work.at_books("contact") if ANNA.name in one["texts"]]
    at_work.person("delete_customer", id=anna["id"])
    sold(at_work, "t2")
    for _ in range(3):
        again(at_work)
    assert (asked(at_work), receipts(at_work)) == ([], [Decimal(120)] * 2)


def test_an_item_made_inactive_is_not_replaced_behind_a_persons_back(at_work):
    at_work.set_up()
    at_work.person("deactivate", kind="Item", id="3")
    sold(at_work)
    at_work.sync()
    assert (asked(at_work), receipts(at_work)) == (["sale.item_inactive"], [])
    at_work.person("edit", kind="Item", id="3", changes={"Active": True})
    again(at_work)
    assert (asked(at_work), receipts(at_work)) == ([], [Decimal(120)])


def test_another_currency_waits_where_the_books_keep_one(at_work):
    at_work.set_up()
    at_work.crm.put(replace(BOUGHT, currency="USD"), payment("120", **TIMES, currency="USD"))
    at_work.sync()
    assert asked(at_work) == ["books.currency"]


def test_a_number_that_a_person_has_used_is_told_with_the_document(at_work):
    at_work.set_up()
    at_work.crm.put(billed("1001"))
    at_work.house.sync(NAME, never(), nobody)
    assert asked(at_work) == ["quickbooks.number_taken"]
    (one,) = at_work.house.attention(NAME)
    assert one.params["target"]
    at_work.crm.put(replace(billed("1001"), number="1001-B"))
    again(at_work)
    assert asked(at_work) == []
    assert [row.number for row in at_work.documents("invoice")] == ["1001-B"]


def test_sales_of_nothing_are_skipped_and_say_so(at_work):
    at_work.set_up()
    at_work.crm.put(payment("0", order="", **TIMES), billed(total="0", tax="0", discount=None))
    at_work.sync()
    shown = {
        row.code for row in at_work.house.documents(DocumentFilter(bridge=NAME, states=("skipped",)), 0, 50)
    }
    assert {"payment.zero", "invoice.zero"} <= shown, shown


def test_a_negative_line_is_a_line_and_a_negative_total_is_not_sent(at_work):
    at_work.set_up()
    less = line("-50", rate="20", text="Taken back")
    at_work.crm.put(
        replace(billed(total="300", tax="50", discount=None), lines=(HOURS, less)),
        replace(billed("INV-2002", total="-60", tax="-10", discount=None), lines=(less,)),
    )
    at_work.sync()
    assert asked(at_work) == ["sale.negative"]
    (made,) = at_work.whole("Invoice")
    amounts = [Decimal(str(one["Amount"])) for one in made["Line"] if "SalesItemLineDetail" in one]
    assert (sorted(amounts), total(amounts), made["TotalAmt"]) == ([-50, 300], 250, 300)


@pytest.mark.parametrize("how", ["delete", "void"])
def test_an_invoice_a_person_took_away_is_not_made_again_when_it_is_paid(at_work, how):
    at_work.set_up()
    at_work.crm.put(billed())
    at_work.sync()
    at_work.pass_time(minutes=10)
    at_work.sync()
    (row,) = at_work.documents("invoice")
    at_work.person(how, kind="Invoice", id=row.target_id)
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": "inv2001", **TIMES}
    at_work.crm.put(billed(paid="324", state=CrmInvoiceState.PAID), payment("324", id="pay1", **pay))
    for _ in range(4):
        at_work.house.sync(NAME, never(), nobody)
        at_work.pass_time(minutes=10)
    assert len(asked(at_work)) == 1, at_work.house.attention(NAME)
    assert [one for one in at_work.at_books("invoice") if one["living"] and "INV-2001" in one["texts"]] == []
    assert [one for one in at_work.at_books("payment") if one["living"]] == []


def test_money_given_back_of_an_invoice_is_left_to_a_person_who_says_so_once(at_work):
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": "inv2001", **TIMES}
    whole = billed(paid="324", state=CrmInvoiceState.PAID)
    at_work.crm.put(whole, payment("324", id="pay1", **pay))
    at_work.set_up()
    at_work.sync()
    later = {**pay, "changed": NOW + timedelta(hours=1)}
    at_work.crm.put(payment("324", id="pay1", refunded=Decimal(24), **later))
    at_work.sync()
    (one,) = at_work.house.attention(NAME)
    assert (one.code, one.params["back"], one.choices[0]) == ("invoice.refunded", "24", "leave")
    at_work.house.answer(NAME, one.id, "leave")
    for _ in range(3):
        at_work.pass_time(minutes=10)
        at_work.sync()
    assert (asked(at_work), len(at_work.documents("payment"))) == ([], 1)
