"""The adapter against the imitated Xero in a process of its own: an invoice's whole life, and its sign-in."""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import BillContact, TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import BridgeError, NoSuchTarget, Refused, SignInError
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.grant import load
from bridge_gui.web.oauth.tokens import TokenDoor
from bridge_gui.web.waiting import never
from tests.vendors.xero.org import bill, line
from tests.vendors.xero.real import RealXero

TODAY = datetime.now(UTC).date()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def books(real):
    return real.books()


@pytest.fixture(scope="module")
def customer(books):
    return books.add_customer(
        BillContact(name="Kokeilu Oy", email="laskut@kokeilu.example", tax_number="FI12345671", city="Espoo"),
        "c1",
    )


def key():
    return os.urandom(8).hex()


def ours(books, customer, number, **changes):
    tax = books.sales_taxes()[0]
    given = {
        "contact": customer.id, "day": TODAY, "due": TODAY + timedelta(days=14), "reference": f"Tilaus pd-9/{number}/1",
        "lines": (line(tax=tax.key, rate=tax.rate, item=""),),
    }  # fmt: skip
    return bill(**{**given, **changes})


def made(books, customer, number, **changes):
    (result,) = books.make_bills([ours(books, customer, number, **changes)], key())
    assert not isinstance(result, BridgeError), result
    return result


def pay(books, one, amount):
    body = {
        "Payments": [
            {
                "Invoice": {"InvoiceID": one.ref.id},
                "Account": {"Code": "090"},
                "Date": str(TODAY),
                "Amount": amount,
            }
        ]
    }
    books._client.sent("PUT", "Payments", body, dict, key=key())
    (payment,) = books.payments_of(one.ref.id)
    return payment


@pytest.mark.parametrize("treatment", list(TaxTreatment))
def test_xero_comes_to_what_we_expect_it_to(books, customer, treatment):
    tax = books.sales_taxes()[0]
    prices = ("25.0601", "0.3333", "12.35", "-3.05")
    lines = tuple(
        line(
            unit_price=Decimal(price),
            quantity=Decimal("1.5"),
            discount=Decimal("12.5"),
            tax=tax.key,
            rate=tax.rate,
            item="",
        )
        for price in prices
    )
    wanted = ours(books, customer, f"t{treatment.value}", treatment=treatment, lines=lines)
    (one,) = books.make_bills([wanted], key())
    assert not isinstance(one, BridgeError), one
    expected = wanted.totals
    assert (one.net, one.tax, one.total) == (expected.net, expected.tax, expected.total)
    assert [each.unit_price for each in one.lines] == [each.unit_price for each in lines]


def test_fifty_invoices_of_any_figures_come_to_what_we_expect(books, customer):
    dice, taxes = random.Random(20261120), books.sales_taxes()

    def any_line():
        tax = dice.choice(taxes)
        return line(
            unit_price=Decimal(dice.randint(1, 9_999_999)).scaleb(-4), quantity=Decimal(dice.randint(1, 4000)).scaleb(-2),
            discount=Decimal(dice.randint(0, 10_000)).scaleb(-2), tax=tax.key, rate=tax.rate, item="",
        )  # fmt: skip

    wanted = [
        ours(
            books,
            customer,
            f"r{n}",
            treatment=dice.choice(list(TaxTreatment)),
            lines=tuple(any_line() for _ in range(dice.randint(1, 8))),
        )
        for n in range(50)
    ]
    results = books.make_bills(wanted, key())
    assert not [one for one in results if isinstance(one, BridgeError)]
    seen = [(one.net, one.tax, one.total) for one in results]
    assert seen == [(one.totals.net, one.totals.tax, one.totals.total) for one in wanted]


def test_fifty_in_one_call_of_which_one_is_refused(real, books, customer):
    wanted = [ours(books, customer, n) for n in range(100, 150)]
    wanted[7] = ours(books, customer, 107, currency="ISK")
    books.rates()
    before = real.meter.snapshot()["xero"]
    results = books.make_bills(wanted, key())
    assert real.meter.snapshot()["xero"] == before + 1
    assert [n for n, one in enumerate(results) if isinstance(one, BridgeError)] == [7]
    assert isinstance(results[7], Refused)
    references = [one.reference for n, one in enumerate(results) if n != 7]
    assert references == [one.reference for n, one in enumerate(wanted) if n != 7]


def test_the_same_call_with_the_same_key_makes_nothing_new(books, customer):
    wanted, same = [ours(books, customer, 200)], key()
    (first,), (again,) = books.make_bills(wanted, same), books.make_bills(wanted, same)
    assert first.ref == again.ref
    assert len(books.bills_marked(["pd-9/200/1"], TODAY, never())["pd-9/200/1"]) == 1


def test_a_whole_life_from_draft_to_void(books, customer):
    one = made(books, customer, 300)
    assert (one.state, one.contact) == (DocumentState.DRAFT, customer.id)
    assert one.ref.number
    with pytest.raises(Refused):
        books.send_by_email(one.ref.id, key())
    assert (
        books.turn(one.ref.id, DocumentState.AWAITING_APPROVAL, key()).state
        is DocumentState.AWAITING_APPROVAL
    )
    assert (
        books.turn(one.ref.id, DocumentState.AWAITING_PAYMENT, key()).state is DocumentState.AWAITING_PAYMENT
    )
    books.send_by_email(one.ref.id, key())
    with pytest.raises(Refused) as caught:
        books.turn(one.ref.id, DocumentState.DELETED, key())
    assert caught.value.code == "xero.wrong_state"
    assert books.pdf(one.ref.id).startswith(b"%PDF")
    assert books.happenings(one.ref.id)
    voided = books.turn(one.ref.id, DocumentState.VOIDED, key())
    (seen,) = books.bills_by_id([one.ref.id], never())
    assert voided.state is seen.state is DocumentState.VOIDED
    assert voided.remaining == seen.remaining == 0


def test_payments_are_removed_before_voiding(books, customer):
    one = made(books, customer, 310, state=DocumentState.AWAITING_PAYMENT)
    payment = pay(books, one, 5)
    (partly,) = books.bills_by_id([one.ref.id], never())
    assert partly.state is DocumentState.PARTLY_PAID
    assert partly.remaining == one.total - 5
    with pytest.raises(Refused) as caught:
        books.turn(one.ref.id, DocumentState.VOIDED, key())
    assert caught.value.code == "xero.has_payments"
    books.remove_payment(payment.id, key())
    assert books.payments_of(one.ref.id) == ()
    assert books.turn(one.ref.id, DocumentState.VOIDED, key()).state is DocumentState.VOIDED


def test_a_paid_invoice_is_paid(books, customer):
    one = made(books, customer, 320, state=DocumentState.AWAITING_PAYMENT)
    pay(books, one, float(one.total))
    (seen,) = books.bills_by_id([one.ref.id], never())
    assert (seen.state, seen.remaining) == (DocumentState.PAID, 0)


def test_a_draft_is_deleted_and_still_found_by_its_mark(books, customer):
    one = made(books, customer, 330)
    assert books.turn(one.ref.id, DocumentState.DELETED, key()).state is DocumentState.DELETED
    (found,) = books.bills_marked(["pd-9/330/1"], TODAY, never())["pd-9/330/1"]
    assert found.state is DocumentState.DELETED


def test_only_what_changed_is_listed(books, customer):
    time.sleep(2.1)  # whole seconds are compared
    one = made(books, customer, 340)
    (seen,) = books.bills_by_id([one.ref.id], never())
    later = [each for part in books.bills_changed(seen.changed, never()) for each in part]
    everything = [each for part in books.bills_changed(LONG_AGO, never()) for each in part]
    assert one.ref.id in {each.ref.id for each in later}
    assert len(later) < len(everything)
    assert len({each.ref.id for each in everything}) == len(everything)


def test_all_pages_are_read(books, customer, monkeypatch):
    books.make_bills([ours(books, customer, 900 + number) for number in range(20)], key())
    whole = {each.ref.id for part in books.bills_changed(LONG_AGO, never()) for each in part}
    monkeypatch.setattr("bridge_gui.vendors.xero.client.PER_PAGE", 7)
    paged = [each.ref.id for part in books.bills_changed(LONG_AGO, never()) for each in part]
    assert set(paged) == whole
    assert len(whole) >= 20


def test_nothing_is_dated_on_a_locked_day(books, customer):
    locked = books.billing_rules().locked_until
    assert locked is not None
    (result,) = books.make_bills(
        [ours(books, customer, 350, day=locked, state=DocumentState.AWAITING_PAYMENT)], key()
    )
    assert isinstance(result, Refused)
    assert result.code == "xero.locked"


def test_customers_are_found_and_only_what_differs_is_written(books, customer):
    assert [one.id for one in books.customers_like(email="LASKUT@kokeilu.example")] == [customer.id]
    assert [one.id for one in books.customers_like(tax_number="FI12345671")] == [customer.id]
    assert [one.id for one in books.customers_like(name="kokeilu oy")] == [customer.id]
    assert books.customers_like(name="Nobody Oy") == ()
    changed = books.change_customer(customer.id, {"street": "Uusikatu 2"}, key())
    (read,) = books.customers([customer.id], never())
    assert changed == read
    assert (read.street, read.city, read.email) == ("Uusikatu 2", "Espoo", customer.email)
    with pytest.raises(Refused) as caught:
        books.add_customer(BillContact(name="Kokeilu Oy"), key())
    assert caught.value.code == "xero.name_taken"


def test_what_is_not_there_is_said(books):
    nowhere = "99999999-0000-4000-8000-000000000000"
    assert books.bills_by_id([nowhere], never()) == ()
    with pytest.raises(NoSuchTarget):
        books.turn(nowhere, DocumentState.VOIDED, key())


def test_a_sign_in_is_renewed_and_the_old_value_has_its_grace():
    xero = RealXero.start()
    try:
        first = load(xero.secrets.setdefault("sign_in", xero.sign_in().grant.dump()))
        tenant = xero.adapter().companies()[0].id
        second = load(xero.secrets["sign_in"])
        assert second.refresh != first.refresh
        assert second.before == first.refresh
        xero.secrets["sign_in"] = first.dump()  # the program died before it kept the new one
        assert xero.adapter(tenant=tenant).company().name
        assert load(xero.secrets["sign_in"]).before == first.refresh
    finally:
        xero.stop()


def test_jobs_of_one_connection_share_their_access_and_a_revoked_sign_in_is_said():
    xero = RealXero.start()
    try:
        xero.sign_in()
        access = Access()
        tenant = xero.adapter(access).companies()[0].id
        kept = xero.secrets["sign_in"]
        assert xero.adapter(access, tenant=tenant).company().id == tenant
        assert xero.secrets["sign_in"] == kept
        TokenDoor(xero.terms(), "", xero.wire(), "Xero").revoke(load(kept).refresh)
        access.forget()
        with pytest.raises(SignInError):
            xero.adapter(access, tenant=tenant).company()
    finally:
        xero.stop()


def test_an_organisation_that_was_left_is_closed_to_us():
    xero = RealXero.start()
    try:
        books = xero.books()
        books.leave_company()
        with pytest.raises(BridgeError) as caught:
            books.billing_rules()
        assert caught.value.code == "xero.disconnected"
    finally:
        xero.stop()
