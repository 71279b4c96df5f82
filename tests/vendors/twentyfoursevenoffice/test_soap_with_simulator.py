"""The second sign-in on the simulator: an order's whole life, told by both ways alike."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import SetupError, SignInError
from bridge_gui.web.waiting import never
from tests.vendors.twentyfoursevenoffice.served import TODAY, live, order_for
from tests.vendors.twentyfoursevenoffice.services import APPLICATION

SECOND = {
    "classic": "on", "soap_application": APPLICATION, "soap_user": "bridge@eksempelutleie.example",
    "soap_password": "example-password-of-the-sandbox",
}  # fmt: skip


@pytest.fixture
def served():
    with live(queue_seconds=0) as one:
        yield one


def published(served):
    books = served.opened()
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 10), ("Levering", "300", 0)))
    served.person("publish_invoice", id=int(made.ref.id))
    return made.ref.id


def both_ways(served, ref):
    """By the ledger, and by the second sign-in."""
    found = []
    for books in (served.opened(), served.opened(**SECOND)):
        (order,) = books.orders_by_id([ref], never())
        found.append(books.standings([order], never())[ref])
    return found


def alike(served, ref):
    """What both ways tell, which is the same but for the reminder."""
    plain, second = both_ways(served, ref)
    assert replace(second, reminded=None) == plain
    return second


def test_a_life_of_an_invoice(served):
    ref = published(served)
    assert alike(served, ref).state is DocumentState.AWAITING_PAYMENT
    served.person("pay_invoice", id=int(ref), amount=1000)
    partly = alike(served, ref)
    assert (partly.state, partly.open, partly.sure) == (DocumentState.PARTLY_PAID, 1625, True)
    served.person("remind_invoice", id=int(ref))
    assert both_ways(served, ref)[1].reminded == TODAY
    served.person("pay_invoice", id=int(ref), without_number=True)
    paid = both_ways(served, ref)[1]
    assert (paid.state, paid.open, paid.paid_on) == (DocumentState.PAID, 0, TODAY)
    assert paid.sure


def test_credited(served):
    ref = published(served)
    served.person("credit_invoice", id=int(ref))
    assert alike(served, ref).state is DocumentState.CREDITED


def test_written_off_is_for_a_person(served):
    ref = published(served)
    served.person("write_off_invoice", id=int(ref))
    assert both_ways(served, ref)[1].sure is False


def test_a_payment_method_makes_it_paid(served):
    books = served.opened()
    method = books.pay_methods()[0]
    made = books.make_order(order_for(books, ("Traktor", "2000.00", 0), method=method.id))
    served.person("publish_invoice", id=int(made.ref.id))
    found = both_ways(served, made.ref.id)[1]
    assert (found.state, found.sure) == (DocumentState.PAID, True)


def test_the_check_and_what_is_in_its_way(served):
    assert served.opened(**SECOND).company().name == "Eksempel Utleie AS"
    with pytest.raises(SignInError):
        served.opened(**SECOND | {"soap_password": "wrong"}).company()
    with pytest.raises(SetupError):
        served.opened(**SECOND, company_name="Annet AS").company()
