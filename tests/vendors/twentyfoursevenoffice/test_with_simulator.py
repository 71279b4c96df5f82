"""The adapter on the simulator, which was written apart from it: an order from nothing to paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.ordering import NewOrder, OrderCustomer, OrderStage
from bridge_gui.errors import SignInError
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.twentyfoursevenoffice import SPEC
from bridge_gui.vendors.twentyfoursevenoffice.contents import compared
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import system_wire

CLOCK = SystemClock()
TODAY = CLOCK.now().date()


@pytest.fixture
def opened():
    with Host({SPEC.key: SPEC.simulator()}) as host:
        place = host.vendors()[SPEC.key]
        wire = system_wire("books", Pacer(Pace.off(), CLOCK), Meter(), CLOCK, never())

        def opened(**values):
            given = {**place["credentials"], **values}
            return SPEC.open(ConnectionContext(
                name="books", endpoint=place["endpoint"], values=given, secret=lambda key: given[key],
                store_secret=lambda key, value: None, clock=CLOCK, wire=wire,
            ))  # fmt: skip

        yield opened
        wire.transport.close()


def sales_tax(books):
    return next(one for one in books.order_taxes() if one.number == "3")


def order_for(books, *lines, **more):
    customer = books.add_customer(
        OrderCustomer(
            name="Prøve AS", is_company=True, tax_number="987654325", email="prove@example.no",
            number="sf1/u7", street="Prøveveien 1", postal_code="0598", city="Oslo", country="NO",
        ), "",
    )  # fmt: skip
    category = books.add_category("SharefoxRental")
    product = books.add_product("SharefoxRental", category.id)
    tax = sales_tax(books)
    made = tuple(
        BillLine(text=text, quantity=Decimal(1), unit_price=Decimal(price), item=product.id, tax=tax.key,
                 rate=tax.rate, discount=Decimal(discount))
        for text, price, discount in lines
    )  # fmt: skip
    given = {"day": TODAY, "currency": "NOK", "reference": "sf1/5001/1", "days_to_pay": 14} | more
    return NewOrder(customer=customer, lines=made, **given)


def test_a_wrong_secret_is_a_matter_of_signing_in(opened):
    with pytest.raises(SignInError):
        opened(client_secret="wrong").company()


def test_an_order_from_nothing(opened):
    books = opened()
    assert books.company().name == "Eksempel Utleie AS"
    wanted = order_for(books, ("Traktor (2026-02-03 - 2026-02-05)", "2000.00", 10), ("Levering", "300", 0))
    assert [one.name for one in books.products_named("sharefoxrental")] == ["SharefoxRental"]
    assert [one.id for one in opened().customers_like(tax_number="987 654 325")] == [wanted.customer.id]
    made = books.make_order(wanted)
    assert (made.stage, made.state) == (OrderStage.CONFIRMED, DocumentState.ORDERED)
    assert made.totals == wanted.totals
    assert compared(made.lines, wanted.lines) == ([], [])
    since = TODAY - timedelta(days=3)
    found = books.orders_marked([wanted.reference, "sf1/9999/1"], since, never())
    assert [one.ref.id for one in found[wanted.reference]] == [made.ref.id]
    assert found["sf1/9999/1"] == ()


def test_an_unfinished_order_is_gone_on_with(opened):
    books = opened()
    whole = order_for(books, ("Traktor", "2000.00", 10), ("Levering", "300", 0), ("Levering", "300", 0))
    half = NewOrder(
        customer=whole.customer, day=whole.day, currency="NOK", reference=whole.reference,
        lines=whole.lines[:2], stage=OrderStage.DRAFT,
    )  # fmt: skip
    begun = books.make_order(half)
    done = books.complete_order(begun.ref.id, whole)
    assert compared(done.lines, whole.lines) == ([], [])
    assert done.stage is OrderStage.CONFIRMED
    assert done.totals == whole.totals
    again = books.complete_order(begun.ref.id, whole)
    assert [one.id for one in again.lines] == [one.id for one in done.lines]


def test_an_order_is_amended_and_removed(opened):
    books = opened()
    first = order_for(books, ("Traktor", "2000.00", 10), ("Levering", "300", 0))
    made = books.make_order(first)
    second = NewOrder(
        customer=first.customer, day=first.day, currency="NOK", reference=first.reference,
        lines=(first.lines[0],), memo="endret",
    )  # fmt: skip
    amended = books.amend_order(made.ref.id, second, made)
    assert (len(amended.lines), amended.totals, amended.memo) == (1, second.totals, "endret")
    books.remove_order(made.ref.id, first.reference)
    books.remove_order(made.ref.id, first.reference)
    assert books.orders_by_id([made.ref.id], never()) == ()


def test_an_order_becomes_an_invoice_that_is_owed(opened):
    books = opened()
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 0)))
    books.invoice_order(made.ref.id)
    for _ in range(5):
        (now,) = books.orders_by_id([made.ref.id], never())
        if now.invoice:
            break
    standing = books.standings([now], never())[made.ref.id]
    if now.invoice:
        assert (standing.state, standing.open) == (DocumentState.AWAITING_PAYMENT, Decimal(2500))
        assert standing.sure
    else:
        assert standing.state is DocumentState.INVOICED


def test_a_customer_is_changed(opened):
    books = opened()
    customer = order_for(books, ("x", "1", 0)).customer
    changed = books.change_customer(customer.id, {"street": "Ny vei 2", "billing_email": "f@example.no"}, "")
    (read,) = books.customers([customer.id], never())
    for one in (changed, read):
        assert (one.street, one.city, one.email, one.billing_email) == (
            "Ny vei 2", "Oslo", "prove@example.no", "f@example.no",
        )  # fmt: skip


def test_a_list_of_everything_ends(opened):
    assert opened().orders_since(date(2020, 1, 1), never())
