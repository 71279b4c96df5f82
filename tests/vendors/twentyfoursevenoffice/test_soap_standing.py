"""What became of orders by the second sign-in: paid and when, what is open, reminders; unsure where it disagrees."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import SignInError
from bridge_gui.vendors.twentyfoursevenoffice.contents import order_of
from bridge_gui.vendors.twentyfoursevenoffice.payloads import OrderAnswer
from bridge_gui.vendors.twentyfoursevenoffice.soap import LEDGER
from bridge_gui.web.decode import decode
from bridge_gui.web.waiting import never
from tests.vendors.twentyfoursevenoffice.org import adapter_on, ledger, order
from tests.vendors.twentyfoursevenoffice.services import (
    APPLICATION,
    PASSWORD,
    Services,
    entry,
    paid_order,
    result,
)

LINES = "GET /v1/transactionlines"
PAID = "2026-02-20T00:00:00"
BILLED = entry(1, "2625.00", Open="true")
CLOSED = entry(1, "2625.00", LinkId=77)
STATE = DocumentState


@pytest.fixture
def services(standin):
    one = Services(standin)
    yield one
    one.held()


def books(standin):
    return adapter_on(
        standin, classic="on", soap_application=APPLICATION, soap_user="api-user@example.no",
        soap_password=PASSWORD,
    )  # fmt: skip


def invoiced(**more):
    told = order(status="Invoice", invoice={
        "number": 9001, "date": "2026-02-05", "dueDate": "2026-02-19", "remittanceReference": "900100",
    }) | more  # fmt: skip
    return order_of(decode(json.dumps(told).encode(), OrderAnswer, vendor="x"), None)


def standing(standin, services, *rows, paid=None, **more):
    services.on("GetInvoices", result("GetInvoices", paid_order(Paid=paid)))
    services.on("GetTransactions", result("GetTransactions", "".join(rows), LEDGER))
    return books(standin).standings([invoiced(**more)], never())["1234"]


def payment(number, amount, **more):
    return entry(number, amount, "Payment", **{"Date": "2026-02-18T00:00:00"} | more)


SURE = [
    ((BILLED,), None, STATE.AWAITING_PAYMENT, 2625),
    ((BILLED, payment(2, "-1000.00")), None, STATE.PARTLY_PAID, 1625),
    ((CLOSED, payment(2, "-2625.00")), PAID, STATE.PAID, 0),
    ((CLOSED, payment(2, "-2624.50"), entry(3, "-0.50", "DifferenceInbound")), PAID, STATE.PAID, 0),
    ((CLOSED, payment(2, "-2625.00", InvoiceNo=None, OCR=None, LinkId=77)), PAID, STATE.PAID, 0),
    ((CLOSED, payment(2, "-2625.00", InvoiceNo=None)), PAID, STATE.PAID, 0),
    ((CLOSED, entry(2, "-2625.00", "CreditnoteCustomer")), None, STATE.CREDITED, 0),
    ((CLOSED, entry(2, "-2625.00", "CreditnoteCustomer", InvoiceNo="9007", OCR=None, LinkId=77)), None,
     STATE.CREDITED, 0),
    ((BILLED, payment(2, "-2625.00"), payment(3, "2625.00")), None, STATE.AWAITING_PAYMENT, 2625),
    ((CLOSED, entry(2, "70.00", "ReminderFee"), payment(3, "-2695.00")), PAID, STATE.PAID, 0),
    ((), None, STATE.INVOICED, 0),
    ((BILLED, payment(2, "-99", InvoiceNo="9002", OCR="900200")), None, STATE.AWAITING_PAYMENT, 2625),
    ((BILLED, payment(2, "-98", InvoiceNo=None, OCR=None)), None, STATE.AWAITING_PAYMENT, 2625),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "paid", "state", "owed"), SURE)
def test_every_standing(standin, services, rows, paid, state, owed):
    found = standing(standin, services, *rows, paid=paid)
    assert (found.state, found.open, found.sure) == (state, owed, True)
    assert found.paid_on == (date(2026, 2, 20) if state is STATE.PAID else None)
    assert found.paid + found.credited + found.open in (0, 2625)
    assert (found.invoice, found.due) == ("9001", date(2026, 2, 19))
    assert standin.asked(LINES) == []


DOUBTFUL = {
    "paid by its own word only": ((BILLED,), PAID, STATE.AWAITING_PAYMENT),
    "paid by its own word, not in the ledger": ((), PAID, STATE.INVOICED),
    "closed without a payment": ((CLOSED,), None, STATE.AWAITING_PAYMENT),
    "paid and still open": ((BILLED, payment(2, "-2625.00")), None, STATE.PAID),
    "too much paid": ((CLOSED, payment(2, "-3000.00")), PAID, STATE.PAID),
    "a loss": ((CLOSED, entry(2, "-2625.00", "InvoiceLoss")), None, STATE.PAID),
    "a payment alone": ((payment(2, "-2625.00"),), None, STATE.INVOICED),
    "another amount": ((entry(1, "2000.00", Open="true"),), None, STATE.AWAITING_PAYMENT),
}


@pytest.mark.parametrize(("rows", "paid", "state"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_disagrees_is_for_a_person(standin, services, rows, paid, state):
    found = standing(standin, services, *rows, paid=paid)
    assert (found.state, found.sure) == (state, False)


def test_one_payment_for_two_invoices(standin, services):
    other = entry(2, "1000.00", InvoiceNo="9002", OCR="900200", LinkId=77)
    both = payment(3, "-3625.00", InvoiceNo=None, OCR=None, LinkId=77)
    found = standing(standin, services, CLOSED, other, both)
    assert (found.state, found.paid, found.paid_on) == (STATE.PAID, 2625, date(2026, 2, 18))
    assert found.sure
    part = payment(3, "-3000.00", InvoiceNo=None, OCR=None, LinkId=77)
    found = standing(standin, services, entry(1, "2625.00", Open="true", LinkId=77), other, part)
    assert (found.state, found.sure) == (STATE.AWAITING_PAYMENT, False)


def test_the_last_reminder(standin, services):
    reminders = [
        entry(2, "0.00", "ReminderNote", Date="2026-03-01T00:00:00"),
        entry(3, "70.00", "ReminderFee", Date="2026-03-15T00:00:00"),
        entry(4, "70.00", "ReminderFee", Date="2026-04-01T00:00:00", InvoiceNo="9002", OCR=None),
    ]
    found = standing(standin, services, BILLED, *reminders)
    assert (found.reminded, found.state, found.open, found.sure) == (
        date(2026, 3, 15), STATE.AWAITING_PAYMENT, 2625, True,
    )  # fmt: skip
    assert standing(standin, services, BILLED).reminded is None


def test_the_ledger_tells_the_day_where_the_order_does_not(standin, services):
    found = standing(standin, services, CLOSED, payment(2, "-2625.00"))
    assert (found.state, found.paid_on, found.sure) == (STATE.PAID, date(2026, 2, 18), True)


def test_a_payment_method_is_paid_and_the_order_tells_the_day(standin, services):
    found = standing(standin, services, paid=PAID, paymentMethod={"id": 7})
    assert (found.state, found.paid, found.open, found.paid_on, found.sure) == (
        STATE.PAID, 2625, 0, date(2026, 2, 20), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "there",
    ["", paid_order(InvoiceId=9009), paid_order(OrderTotalIncVat="99.00"), paid_order(77)],
    ids=["nothing", "another invoice", "another total", "another order"],
)
def test_what_is_not_surely_the_same_order_is_read_from_the_ledger(standin, services, there):
    services.on("GetInvoices", result("GetInvoices", there))
    standin.on(LINES, [ledger(1, 2625.0)])
    found = books(standin).standings([invoiced()], never())["1234"]
    assert (found.state, found.open, found.reminded) == (STATE.AWAITING_PAYMENT, 2625, None)
    assert len(standin.asked(LINES)) == 2
    assert "GetTransactions" not in services.names()


def test_one_question_for_all_orders_and_one_for_each_customer(standin, services):
    orders = [
        invoiced(id=number, invoice={"number": 9000 + number, "date": "2026-02-05", "dueDate": "2026-02-19"})
        for number in (1, 2, 3)
    ]
    told = [paid_order(n, InvoiceId=9000 + n, CustomerId=500 + n // 3) for n in (1, 2, 3)]
    services.on("GetInvoices", result("GetInvoices", "".join(told)))
    services.on("GetTransactions", *(
        result("GetTransactions", "".join(
            entry(n, "2625.00", Open="true", InvoiceNo=9000 + n, OCR=None) for n in numbers
        ), LEDGER) for numbers in ((1, 2), (3,))
    ))  # fmt: skip
    found = books(standin).standings(orders, never())
    assert [found[key].open for key in ("1", "2", "3")] == [2625] * 3
    assert services.names() == ["Login", "GetIdentities", "GetInvoices", "GetTransactions", "GetTransactions"]


def test_what_the_customer_does_not_show_is_asked_by_the_invoice(standin, services):
    services.on(
        "GetTransactions", result("GetTransactions", "", LEDGER), result("GetTransactions", BILLED, LEDGER)
    )
    found = books(standin).standings([invoiced()], never())["1234"]
    assert (found.state, found.open) == (STATE.AWAITING_PAYMENT, 2625)
    first, second = services.said("GetTransactions")
    assert [one.findtext(f".//{{{LEDGER}}}CustomerId") for one in (first, second)] == ["501", None]
    assert second.findtext(f".//{{{LEDGER}}}InvoiceNo") == "9001"


def test_orders_without_a_customer_are_asked_about_one_by_one(standin, services):
    orders = [invoiced(id=n, invoice={"number": 9000 + n, "date": "2026-02-05"}) for n in (1, 2)]
    told = [paid_order(n, InvoiceId=9000 + n, CustomerId=None) for n in (1, 2)]
    services.on("GetInvoices", result("GetInvoices", "".join(told)))
    everything = "".join(entry(n, "2625.00", Open="true", InvoiceNo=9000 + n, OCR=None) for n in (1, 2))
    services.on("GetTransactions", result("GetTransactions", everything, LEDGER))
    found = books(standin).standings(orders, never())
    assert [(found[key].open, found[key].sure) for key in ("1", "2")] == [(2625, True)] * 2
    asked = [one.findtext(f".//{{{LEDGER}}}InvoiceNo") for one in services.said("GetTransactions")]
    assert asked == ["9001", "9002"]


def test_lines_of_one_voucher_all_count(standin, services):
    half = payment(2, "-1312.50")
    found = standing(standin, services, CLOSED, half, half, paid=PAID)
    assert (found.state, found.paid, found.sure) == (STATE.PAID, 2625, True)


def test_an_order_that_cannot_be_told_holds_up_no_other(standin, services):
    failed = paid_order(1, APIException="<Type>X</Type><Message>No such thing</Message>", InvoiceId=9002)
    services.on("GetInvoices", result("GetInvoices", failed + paid_order()))
    standin.on(LINES, [ledger(1, 2625.0, invoice={"number": "9002"})])
    other = invoiced(id=1, invoice={"number": 9002, "date": "2026-02-05"})
    found = books(standin).standings([other, invoiced()], never())
    assert [found[key].open for key in ("1", "1234")] == [2625, 2625]
    assert services.names().count("GetTransactions") == 1


def test_another_currency_is_not_compared_with_the_order(standin, services):
    rows = (entry(1, "2800.50"), payment(2, "-2800.50"))
    found = standing(standin, services, *rows, paid=PAID, currency={"code": "SEK"})
    assert (found.state, found.paid, found.sure) == (STATE.PAID, Decimal("2800.50"), True)


def test_nothing_is_asked_about_what_is_no_invoice(standin, services):
    plain = order_of(decode(json.dumps(order()).encode(), OrderAnswer, vendor="x"), None)
    assert books(standin).standings([plain], never())["1234"].state is STATE.DRAFT
    assert services.asked == []


def test_not_asked_for_it_is_not_there(standin, services):
    standin.on(LINES, [ledger(1, 2625.0)])
    given = {"soap_application": APPLICATION, "soap_user": "x", "soap_password": PASSWORD}
    for adapter in (adapter_on(standin), adapter_on(standin, classic="off", **given)):
        assert adapter.standings([invoiced()], never())["1234"].state is STATE.AWAITING_PAYMENT
        adapter.company()
    assert services.asked == []


def test_the_check_of_the_sign_in_tries_the_second_one_too(standin, services):
    assert books(standin).company().name == "Eksempel Utleie AS"
    assert services.names() == ["Login", "GetIdentities"]
    services.on("Login", result("Login", ""))
    adapter = books(standin)
    with pytest.raises(SignInError) as caught:
        adapter.company()
    assert caught.value.code == "twentyfoursevenoffice.soap_sign_in"
