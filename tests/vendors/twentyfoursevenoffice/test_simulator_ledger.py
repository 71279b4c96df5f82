from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.vendors.twentyfoursevenoffice.office_at import OfficeAt


@pytest.fixture
def office():
    made = OfficeAt()
    yield made
    made.sim.state.close()


def test_an_invoice_balances_in_the_ledger(office):
    done = office.invoice({"price": 2000}, {"price": 100, "tax": {"id": office.tax(31)}})
    lines = office.ledger(invoiceNumber=done["invoice"]["number"])
    told = {(one["account"]["number"], one["amount"]) for one in lines}
    assert told == {(1500, 2615.0), (3000, -2000.0), (3000, -100.0), (2700, -515.0)}
    assert {one["transaction"]["id"] for one in lines} == {done["invoice"]["transaction"]["id"]}
    assert sum(Decimal(str(one["amount"])) for one in lines) == 0


def test_paid_in_part_then_whole(office):
    number = office.invoice()["invoice"]["number"]
    assert office.owed(invoiceNumber=number) == 2500
    office.person("pay_invoice", id=number, amount=1000)
    assert office.owed(invoiceNumber=number) == 1500
    office.person("pay_invoice", id=number)
    assert office.owed(invoiceNumber=number) == 0
    kinds = {one["transactionType"]["id"] for one in office.ledger(invoiceNumber=number)}
    names = {one["id"]: one["name"] for one in office.get("/transactiontypes")}
    assert {names[kind] for kind in kinds} == {"Utgående faktura", "Innbetaling"}


def test_credited_and_overpaid(office):
    first, second = office.invoice()["invoice"]["number"], office.invoice()["invoice"]["number"]
    office.person("credit_invoice", id=first)
    assert office.owed(invoiceNumber=first) == 0
    assert {one["transactionType"]["id"] for one in office.ledger(invoiceNumber=first)} == {1, 2}
    office.person("pay_invoice", id=second, amount=2600)
    assert office.owed(invoiceNumber=second) == -100


def test_a_payment_without_the_number_is_found_by_customer_and_reference_only(office):
    done = office.invoice()
    number = done["invoice"]["number"]
    office.person("pay_invoice", id=number, without_number=True)
    assert office.owed(invoiceNumber=number) == 2500
    rows = office.ledger(customerId=done["customer"]["id"])
    ours = [
        one for one in rows if one["invoice"]["remittanceReference"] == done["invoice"]["remittanceReference"]
    ]
    assert sum(one["amount"] for one in ours if one["account"]["number"] == 1500) == 0


def test_a_payment_method_books_past_the_receivables(office):
    done = office.invoice(paymentMethod={"id": 1})
    lines = office.ledger(invoiceNumber=done["invoice"]["number"])
    assert (1925, 2500.0) in {(one["account"]["number"], one["amount"]) for one in lines}
    assert not [one for one in lines if one["account"]["number"] == 1500]


def test_a_payment_method_can_be_taken_off(office):
    made = office.order({}, paymentMethod={"id": 1})
    assert office.patch(f"/salesorders/{made['id']}", {"paymentMethod": None})["paymentMethod"] == {
        "id": None
    }
    office.person("publish_invoice", id=made["id"])
    number = office.get(f"/salesorders/{made['id']}")["invoice"]["number"]
    assert office.owed(invoiceNumber=number) == 2500


def test_a_reminder_is_a_claim_of_its_own(office):
    done = office.invoice()
    office.person("remind_invoice", id=done["id"], fee=70)
    assert office.owed(invoiceNumber=done["invoice"]["number"]) == 2500
    assert 70.0 in {one["amount"] for one in office.ledger(customerId=done["customer"]["id"])}


def test_both_days_are_demanded_and_the_last_is_not_included(office):
    assert office.refused("GET", "/transactionlines?dateFrom=2026-01-01") == ["dateTo required"]
    assert office.refused("GET", "/transactionlines?dateFrom=01.01.2026&dateTo=2026-12-31") == [
        "dateFrom format"
    ]
    assert office.get("/transactionlines?dateFrom=2026-11-19&dateTo=2026-11-20") == []
    assert office.get("/transactionlines?dateFrom=2026-11-20&dateTo=2026-11-21")


def test_pages_of_the_ledger(office):
    for _ in range(3):
        office.invoice()
    whole = office.get("/transactionlines?dateFrom=2026-01-01&dateTo=2027-01-01&limit=100")
    path, seen = "/transactionlines?dateFrom=2026-01-01&dateTo=2027-01-01&limit=4&page={}", []
    for number in (1, 2, 3, 4):
        answer = office.plain("GET", path.format(number))
        assert ('rel="next"' in answer.headers["Link"]) is (len(answer.get_json()) == 4)
        seen += answer.get_json()
    assert [one["id"] for one in seen] == [one["id"] for one in whole]
    assert len(whole) == 12


def test_days_pass_the_same_way_every_time():
    one, other = OfficeAt(), OfficeAt()
    for office in (one, other):
        office.sim.advance(date(2026, 12, 31))
    assert one.ledger() == other.ledger()
    assert {row["transactionType"]["id"] for row in one.ledger()} >= {1, 3}
    one.sim.state.close()
    other.sim.state.close()


def test_documents_are_told_with_what_settled_them(office):
    done = office.invoice(referenceNumber="sfx/1")
    office.person("pay_invoice", id=done["id"], amount=500)
    told = {(one.kind, one.id): one for one in office.sim.documents()}
    order, invoice = told["order", str(done["id"])], told["invoice", str(done["invoice"]["number"])]
    assert (order.total, invoice.total, order.currency) == (2500, 2500, "NOK")
    assert "sfx/1" in order.texts
    assert [one.total for (kind, _), one in told.items() if kind == "payment"] == [500]
    assert len([1 for kind, _ in told if kind == "contact"]) == len(office.get("/customers?limit=100"))
