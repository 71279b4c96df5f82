"""Paid or not, from the ledger: every way an invoice can stand, and what a person has to look at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.vendors.twentyfoursevenoffice.contents import order_of
from bridge_gui.vendors.twentyfoursevenoffice.payloads import OrderAnswer
from bridge_gui.web.decode import decode
from bridge_gui.web.waiting import never
from tests.vendors.twentyfoursevenoffice.org import ledger, order

LINES = "GET /v1/transactionlines"
BILLED = ledger(1, 2625.0)


def invoiced(**more):
    import json

    told = order(status="Invoice", invoice={
        "number": 9001, "date": "2026-02-05", "dueDate": "2026-02-19", "remittanceReference": "900100",
    }) | more  # fmt: skip
    return order_of(decode(json.dumps(told).encode(), OrderAnswer, vendor="x"), None)


def standing(standin, books, *lines, **more):
    standin.on(LINES, list(lines))
    return books.standings([invoiced(**more)], never())["1234"]


@pytest.mark.parametrize(
    ("lines", "state", "owed"),
    [
        ([], DocumentState.INVOICED, 0),
        ([BILLED], DocumentState.AWAITING_PAYMENT, 2625),
        ([BILLED, ledger(2, -1000, 2)], DocumentState.PARTLY_PAID, 1625),
        ([BILLED, ledger(2, -2625, 2)], DocumentState.PAID, 0),
        ([BILLED, ledger(2, -2624.996, 2)], DocumentState.PAID, Decimal("0.004")),
        ([BILLED, ledger(2, -2625, 3)], DocumentState.CREDITED, 0),
        ([BILLED, ledger(2, -625, 3), ledger(3, -2000, 2)], DocumentState.PAID, 0),
        ([BILLED, ledger(2, -2625, 2), ledger(3, 2625, 2)], DocumentState.AWAITING_PAYMENT, 2625),
    ],
)
def test_every_standing(standin, books, lines, state, owed):
    found = standing(standin, books, *lines)
    assert (found.state, found.open, found.sure) == (state, owed, True)
    assert found.overdue(date(2026, 2, 20)) is (state.value in ("awaiting_payment", "partly_paid"))
    assert not found.overdue(date(2026, 2, 19))


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([BILLED, ledger(2, -2625, 4)], DocumentState.PAID),
        ([BILLED, ledger(2, -3000, 2)], DocumentState.PAID),
        ([ledger(2, -2625, 2)], DocumentState.INVOICED),
        ([ledger(1, 2000.0)], DocumentState.AWAITING_PAYMENT),
    ],
    ids=["a loss", "too much paid", "a payment without the invoice", "another amount"],
)
def test_what_does_not_add_up_is_for_a_person(standin, books, lines, state):
    found = standing(standin, books, *lines)
    assert (found.state, found.sure) == (state, False)


def test_a_payment_without_the_invoices_number_is_found_by_its_reference(standin, books):
    paid = ledger(2, -2625, 2, invoice={"remittanceReference": "900100"})
    other = ledger(3, -99, 2, invoice={"number": "9002", "remittanceReference": "900200"})
    bare = ledger(4, -98, 2, invoice=None)
    standin.on(LINES, [BILLED], [BILLED, paid, other, bare])
    found = books.standings([invoiced()], never())["1234"]
    assert (found.state, found.paid, found.paid_on) == (DocumentState.PAID, 2625, date(2026, 2, 20))
    first, second = standin.queries(LINES)
    assert (first["invoiceNumber"], second["customerId"]) == ("9001", "501")
    assert first["dateFrom"] < "2026-02-05"
    assert first["dateTo"] > "2026-11-20"


def test_other_accounts_say_nothing(standin, books):
    bank = ledger(2, -2625, 2, account=1920)
    assert standing(standin, books, BILLED, bank).state is DocumentState.AWAITING_PAYMENT


def test_only_invoices_are_asked_about(standin, books):
    plain = order_of(decode(__import__("json").dumps(order()).encode(), OrderAnswer, vendor="x"), None)
    found = books.standings([plain, invoiced(id=2, paymentMethod={"id": 7})], never())
    assert found["1234"].state is DocumentState.DRAFT
    assert (found["2"].state, found["2"].paid) == (DocumentState.PAID, 2625)
    assert standin.asked(LINES) == []


def test_another_currency_is_not_compared_with_the_order(standin, books):
    found = standing(standin, books, ledger(1, 2800.5), ledger(2, -2800.5, 2), currency={"code": "SEK"})
    assert (found.state, found.sure) == (DocumentState.PAID, True)


def test_a_lines_own_number_may_be_a_number(standin, books):
    assert standing(standin, books, ledger(1, 2625, invoice={"number": 9001})).open == 2625
