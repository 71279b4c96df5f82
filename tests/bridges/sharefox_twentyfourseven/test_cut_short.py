"""An order's calls go wrong one by one, over HTTP: in the end there is one whole order, or a question."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.sync.events import nobody
from bridge_gui.web.waiting import never
from tests.bridges.sharefox_twentyfourseven.office import BOOKS, office
from tests.office_hours import CLOCK

ORDERS = "/v1/salesorders"
TOMORROW = (CLOCK.now().date() + timedelta(days=1)).isoformat()
# Which call: the header (0), one of four lines (1 to 4), the stage.
PLACES = [("POST", 0), ("POST", 1), ("POST", 3), ("POST", 4), ("PATCH", 0)]
KINDS = [("cut_before", {}), ("cut_after", {}), ("status", {"status": 500, "when": "after"})]


@pytest.fixture
def at_work(tmp_path):
    """Only one invoice is to be sent: that of tomorrow, for a customer that is known."""
    with office(tmp_path / "data") as one:
        one.set_up(start_date=TOMORROW)
        one.pass_time(days=1)
        rows = [{"name": "Minigraver", "days": 2, "discountPercent": 10}, {"name": "Elsykkel", "days": 1},
                {"name": "Levering"}, {"name": "Levering"}]  # fmt: skip
        made = one.shop("place_order", customer=1066, lines=rows)
        one.made = one.shop("make_invoice", order=made["id"])
        yield one


def ours(at_work):
    """The orders that bear our mark, with their totals."""
    held = [one for one in at_work.held("order") if one["living"]]
    return [Decimal(one["total"]) for one in held if any(text.startswith("sf-") for text in one["texts"])]


@pytest.mark.parametrize(("kind", "more"), KINDS, ids=str)
@pytest.mark.parametrize(("method", "skip"), PLACES, ids=str)
def test_whichever_call_is_lost_there_is_one_whole_order(at_work, method, skip, kind, more):
    at_work.fault(BOOKS, kind, method, ORDERS, skip=skip, **more)
    for _ in range(4):
        at_work.house.sync("rentals", never(), nobody)
        at_work.pass_time(minutes=5)
    assert ours(at_work) == [Decimal(str(at_work.made["grossAmount"]))]
    (document,) = at_work.documents()
    assert (document.state, document.total) == ("ordered", ours(at_work)[0])
    assert at_work.asked() == {}
    lines = [text for one in at_work.held("order") for text in one["texts"] if text == "Levering"]
    assert lines.count("Levering") <= 2
    assert at_work.sync().written == 0


@pytest.mark.parametrize(("method", "skip"), [("PATCH", 0), ("POST", 0), ("POST", 1), ("DELETE", 0)], ids=str)
@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
def test_an_order_that_is_amended_and_cut_short_is_amended_to_its_end(at_work, method, skip, kind):
    at_work.sync()
    lines = at_work.invoice(at_work.made["number"])["lines"]
    changed = [{**lines[0], "unitPrice": 1000.0}, {**lines[1], "quantity": 3}, lines[2]]
    at_work.shop("edit_invoice", invoice=at_work.made["id"], changes={"lines": changed})
    at_work.pass_time(minutes=5)
    at_work.fault(BOOKS, kind, method, ORDERS, skip=skip)
    for _ in range(4):
        at_work.house.sync("rentals", never(), nobody)
        at_work.pass_time(minutes=5)
    assert at_work.asked() == {}
    assert ours(at_work) == [Decimal(str(at_work.invoice(at_work.made["number"])["grossAmount"]))]
    assert at_work.sync().written == 0


def test_a_line_that_is_refused_leaves_one_order_that_is_gone_on_with(at_work):
    wrong = '{"validationErrors":[{"path":"tax.id","keyword":"no"}]}'
    refusal = f'{{"error":{{"name":"ValidationError","payload":{wrong}}}}}'
    at_work.fault(BOOKS, "status", "POST", ORDERS, skip=2, status=400, body=refusal)
    for _ in range(4):
        at_work.house.sync("rentals", never(), nobody)
        at_work.pass_time(minutes=5)
    assert ours(at_work) == [Decimal(str(at_work.made["grossAmount"]))]
    assert [one.state for one in at_work.documents()] == ["ordered"]
    assert at_work.asked() == {}


def test_an_order_a_person_went_on_with_after_it_was_cut_is_asked_about(at_work):
    at_work.fault(BOOKS, "cut_before", "POST", ORDERS, skip=2)
    at_work.house.sync("rentals", never(), nobody)
    (begun,) = [one["id"] for one in at_work.held("order") if one["texts"][0].startswith("sf-")]
    at_work.person("add_line", id=begun, line={"type": "text", "description": "Ring før levering"})
    at_work.pass_time(minutes=5)
    for _ in range(2):
        at_work.sync()
        at_work.pass_time(minutes=5)
    assert at_work.asked()["order.changed_in_books"].choices[:2] == ("overwrite", "leave")
    at_work.answer("order.changed_in_books", "overwrite")
    at_work.sync()
    assert ours(at_work) == [Decimal(str(at_work.made["grossAmount"]))]
    assert at_work.sync().written == 0


def test_a_department_that_is_obligatory_stops_the_bridge_with_a_sentence(at_work):
    at_work.control(BOOKS, "settings", {"department_required": True})
    run = at_work.house.sync("rentals", never(), nobody)
    assert run.code == "twentyfoursevenoffice.dimension"
    assert ours(at_work) == []


def test_a_customers_details_that_are_refused_hold_up_no_order_and_are_left_on_a_word(at_work):
    at_work.fault(BOOKS, "status", "PATCH", "/v1/customers", status=400, times=9)
    at_work.sync()
    (asked,) = at_work.house.attention("rentals")
    assert (asked.what, asked.number, asked.by_hand) == ("stopped", "Eksempel Bygg AS", False)
    assert asked.choices == ("try_again", "leave_as_is")
    at_work.house.answer("rentals", asked.id, "leave_as_is")
    assert ours(at_work) == [Decimal(str(at_work.made["grossAmount"]))]
    assert (at_work.sync().written, at_work.asked()) == (0, {})


@pytest.fixture
def billing(tmp_path):
    """The same, but each order becomes an invoice by itself."""
    with office(tmp_path / "data") as one:
        one.set_up(start_date=TOMORROW, invoice_by_itself="yes")
        one.pass_time(days=1)
        made = one.shop("place_order", customer=1066, lines=[{"name": "Minigraver", "days": 2}])
        one.made = one.shop("make_invoice", order=made["id"])
        yield one


@pytest.mark.parametrize(
    ("kind", "more"), [("cut_before", {}), ("cut_after", {}), ("status", {"status": 409})], ids=str
)
def test_an_order_whose_billing_is_lost_is_billed_after_all_and_once(billing, kind, more):
    billing.fault(BOOKS, kind, "PATCH", ORDERS, skip=1, **more)
    for _ in range(4):
        billing.house.sync("rentals", never(), nobody)
        billing.pass_time(minutes=5)
    assert billing.asked() == {}
    (document,) = billing.documents()
    assert document.state in ("invoiced", "awaiting_payment")
    assert len([one for one in billing.held("order") if "sf-" in str(one["texts"])]) == 1
    assert billing.sync().written == 0
