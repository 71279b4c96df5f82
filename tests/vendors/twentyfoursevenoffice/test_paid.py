"""What a person does in the books, and how an order stands after it."""

from __future__ import annotations

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import Conflict
from bridge_gui.web.waiting import never
from tests.vendors.twentyfoursevenoffice.served import live, order_for


@pytest.fixture
def served():
    with live(queue_seconds=0) as one:
        yield one


def published(served):
    books = served.opened()
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 10), ("Levering", "300", 0)))
    served.person("publish_invoice", id=int(made.ref.id))
    return made.ref.id


def standing(served, ref):
    books = served.opened()
    (order,) = books.orders_by_id([ref], never())
    return books.standings([order], never())[ref]


def test_an_order_that_nobody_published(served):
    books = served.opened()
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 10)))
    assert standing(served, made.ref.id).state is DocumentState.ORDERED


def test_owed_then_partly_then_wholly_paid(served):
    ref = published(served)
    owed = standing(served, ref)
    assert (owed.state, owed.open, owed.sure) == (DocumentState.AWAITING_PAYMENT, 2625, True)
    assert owed.invoice
    assert owed.due
    served.person("pay_invoice", id=int(ref), amount=1000)
    partly = standing(served, ref)
    assert (partly.state, partly.open, partly.paid) == (DocumentState.PARTLY_PAID, 1625, 1000)
    served.person("pay_invoice", id=int(ref))
    paid = standing(served, ref)
    assert (paid.state, paid.open, paid.sure) == (DocumentState.PAID, 0, True)
    assert paid.paid_on


def test_paid_without_the_invoices_number(served):
    ref = published(served)
    served.person("pay_invoice", id=int(ref), without_number=True)
    assert standing(served, ref).state is DocumentState.PAID


def test_credited(served):
    ref = published(served)
    served.person("credit_invoice", id=int(ref))
    found = standing(served, ref)
    assert (found.state, found.credited, found.sure) == (DocumentState.CREDITED, 2625, True)


def test_written_off_is_for_a_person(served):
    ref = published(served)
    served.person("write_off_invoice", id=int(ref))
    assert standing(served, ref).sure is False


def test_an_invoice_is_neither_changed_nor_deleted(served):
    books = served.opened()
    wanted = order_for(books, ("Traktor", "2000.00", 10))
    made = books.make_order(wanted)
    served.person("publish_invoice", id=int(made.ref.id))
    with pytest.raises(Conflict):
        books.complete_order(made.ref.id, wanted)
    with pytest.raises(Conflict):
        books.remove_order(made.ref.id, wanted.reference)
    (now,) = books.orders_by_id([made.ref.id], never())
    assert (now.state, len(now.lines)) == (DocumentState.INVOICED, 1)


def test_switched_on_an_order_becomes_an_invoice_itself(served):
    books = served.opened()
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 0)))
    books.invoice_order(made.ref.id)
    assert standing(served, made.ref.id).state in (DocumentState.AWAITING_PAYMENT, DocumentState.INVOICED)


def test_a_payment_method_makes_it_paid(served):
    books = served.opened()
    method = books.pay_methods()[0]
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 0), method=method.id))
    assert made.method == method.id
    served.person("publish_invoice", id=int(made.ref.id))
    assert standing(served, made.ref.id).state is DocumentState.PAID
