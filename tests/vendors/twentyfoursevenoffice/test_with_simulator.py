"""The adapter on the simulator, which was written apart from it: an order from nothing to paid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.ordering import NewOrder, OrderStage
from bridge_gui.errors import SetupError, SignInError
from bridge_gui.vendors.twentyfoursevenoffice.contents import compared
from bridge_gui.web.waiting import never
from tests.vendors.twentyfoursevenoffice.served import TODAY, live, order_for


@pytest.fixture
def served():
    with live() as one:
        yield one


@pytest.fixture
def opened(served):
    return served.opened


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


def test_a_right_that_was_not_given_is_named():
    with live(withheld_scopes=["api.crm.customer:write"]) as one, pytest.raises(SetupError) as caught:
        one.opened().company()
    assert caught.value.params["right"] == "api.crm.customer:write"


def test_an_application_that_is_not_connected():
    with live(connected=False) as one, pytest.raises(SignInError) as caught:
        one.opened().company()
    assert caught.value.code == "twentyfoursevenoffice.not_connected"


def test_a_company_of_another_name():
    with live() as one, pytest.raises(SetupError):
        one.opened(company_name="Eksempel Utleie").company()


@pytest.mark.parametrize(
    "settings",
    [{"version": "0.56.0"}, {"street_as_list": True}, {"patch_merges_deep": True}, {"rounds_tax": "total"}],
    ids=str,
)
def test_other_versions_and_habits(settings):
    with live(**settings) as one:
        books = one.opened()
        wanted = order_for(books, ("Traktor", "2000.00", 10), ("Levering", "300", 0))
        made = books.make_order(wanted)
        found = books.orders_marked([wanted.reference], TODAY - timedelta(days=1), never())
        assert [one.ref.id for one in found[wanted.reference]] == [made.ref.id]
        assert made.totals == wanted.totals
        fresh = one.opened()
        assert [c.id for c in fresh.customers_like(email="PROVE@example.no")] == [wanted.customer.id]
        changed = fresh.change_customer(wanted.customer.id, {"street": "Ny vei 2"}, "")
        assert (changed.street, changed.city, changed.country) == ("Ny vei 2", "Oslo", "NO")
