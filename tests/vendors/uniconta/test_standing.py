"""What became of orders, by invoices and open entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState as State
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.uniconta.terms import INVOICES, OPEN_ENTRIES, ORDERS
from bridge_gui.web.waiting import never
from tests.vendors.uniconta.books import feed, table

SINCE = date(2026, 11, 1)


def invoice(number: int = 501, **more) -> dict:
    return {
        "InvoiceNumber": number, "OrderNumber": 101, "Account": "20001", "Date": "2026-11-10T00:00:00",
        "DueDate": "2026-11-24T00:00:00", "Currency": "DKK", "NetAmount": 4599.1, "VatAmount": 1149.78,
        "TotalAmount": 5748.88, "Voucher": 12, "JournalPostedId": 3,
    } | more  # fmt: skip


def entry(left: float, number: int = 501, **more) -> dict:
    return {
        "Account": "20001",
        "Invoice": number,
        "AmountOpen": left,
        "PostType": "Invoice",
        "PrimaryKeyId": 1,
    } | more


@pytest.fixture
def stand(standin, books):
    def ask(invoices, entries=(), orders=(), numbers=("101",)):
        standin.on(feed(INVOICES), {"value": list(invoices)}).on(table(OPEN_ENTRIES), list(entries))
        standin.on(table(ORDERS), list(orders))
        return books.standings(numbers, SINCE, never())

    return ask


def test_nothing_asked_is_no_call(standin, books):
    assert books.standings([], SINCE, never()) == {}
    assert standin.seen == []


def test_an_order_that_waits_and_one_that_is_gone(standin, stand):
    found = stand([], orders=[{"OrderNumber": 101, "Account": "1"}], numbers=["101", "102"])
    assert {number: [one.state for one in told] for number, told in found.items()} == {
        "101": [State.ORDERED], "102": [State.DELETED],
    }  # fmt: skip
    assert len(standin.seen) == 2
    assert standin.queries(feed(INVOICES))[0]["$filter"] == "Date ge datetime'2026-11-01T00:00:00'"


@pytest.mark.parametrize(
    ("entries", "state", "left"),
    [
        ([], State.PAID, "0"),
        ([entry(0)], State.PAID, "0"),
        ([entry(5748.88)], State.AWAITING_PAYMENT, "5748.88"),
        ([entry(748.88)], State.PARTLY_PAID, "748.88"),
        ([entry(5748.88), entry(-5000, PostType="Payment")], State.PARTLY_PAID, "748.88"),
        ([entry(5748.88), entry(100, PostType="CollectionLetter")], State.AWAITING_PAYMENT, "5748.88"),
        ([entry(1, Account="7"), entry(2, 502)], State.PAID, "0"),
        ([entry(5748.88, Currency="DKK", AmountOpenCur=0)], State.AWAITING_PAYMENT, "5748.88"),
    ],
)
def test_paid_is_told_by_what_is_open(standin, stand, entries, state, left):
    ((one,),) = stand([invoice()], entries).values()
    assert (one.state, one.open, one.paid) == (state, Decimal(left), Decimal("5748.88") - Decimal(left))
    assert (one.order, one.invoice, one.total, one.due, one.sure) == (
        "101", "501", Decimal("5748.88"), date(2026, 11, 24), True,
    )  # fmt: skip
    assert [place for place, _ in standin.seen] == [feed(INVOICES), table(OPEN_ENTRIES)]


def test_in_a_foreign_currency_what_is_open_is_in_that(stand):
    euros = invoice(Currency="EUR", TotalAmount=100, AmountLocalCur=746)
    ((one,),) = stand([euros], [entry(373, Currency="EUR", AmountOpenCur=50)]).values()
    assert (one.state, one.open, one.total) == (State.PARTLY_PAID, 50, 100)


@pytest.mark.parametrize(
    ("told", "state"), [({"AmountOpenCur": 0}, State.PAID), ({}, State.AWAITING_PAYMENT)]
)
def test_a_difference_of_exchange_is_not_owed(stand, told, state):
    euros = invoice(Currency="EUR", TotalAmount=1)
    ((one,),) = stand([euros], [entry(3.5, Currency="EUR", AmountCur=100, **told)]).values()
    assert one.state is state


def test_an_invoice_that_is_not_booked_yet_is_not_paid(stand):
    ((one,),) = stand([invoice(Voucher=0, JournalPostedId=0)]).values()
    assert (one.state, one.open, one.paid) == (State.INVOICED, Decimal("5748.88"), 0)


def test_more_open_than_invoiced_is_not_sure(stand):
    ((one,),) = stand([invoice()], [entry(9999)]).values()
    assert (one.state, one.sure) == (State.AWAITING_PAYMENT, False)


def test_two_parts_are_two_standings(stand):
    second = invoice(502, Date="2026-11-12T00:00:00", TotalAmount=100)
    ((one, two),) = stand([second, invoice()], [entry(100, 502)]).values()
    assert [(part.invoice, part.state) for part in (one, two)] == [
        ("501", State.PAID),
        ("502", State.AWAITING_PAYMENT),
    ]


def test_a_credit_note_belongs_to_its_invoice(stand):
    note = invoice(503, TotalAmount=-5748.88, Date="2026-11-15T00:00:00")
    ((one,),) = stand([invoice(), note], [entry(5748.88), entry(-5748.88, 503)]).values()
    assert (one.invoice, one.state, one.credited, one.open) == ("501", State.CREDITED, Decimal("5748.88"), 0)


def test_a_credit_note_of_another_amount_stands_for_itself(stand):
    ((one, note),) = stand([invoice(), invoice(503, TotalAmount=-100)], [entry(5748.88)]).values()
    assert (one.state, note.state, note.credited) == (State.AWAITING_PAYMENT, State.CREDITED, 100)


@pytest.mark.parametrize(
    "void", [{"Deleted": True}, {"VoidInvoice": True}, {"Date": "2026-10-31T00:00:00"}, {"OrderNumber": 9}]
)
def test_what_does_not_count(stand, void):
    ((one,),) = stand([invoice(**void)], orders=[{"OrderNumber": 101, "Account": "1"}]).values()
    assert one.state is State.ORDERED


@pytest.mark.parametrize("lacking", ["TotalAmount", "InvoiceNumber"])
def test_an_invoice_without_its_figures_is_a_change_of_theirs(stand, lacking):
    with pytest.raises(VendorChanged):
        stand([{name: value for name, value in invoice().items() if name != lacking}])
