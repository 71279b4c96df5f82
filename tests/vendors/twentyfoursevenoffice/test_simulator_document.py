"""All REST answers of the simulator held against the vendor's own OpenAPI document."""

from __future__ import annotations

from datetime import date

import pytest

from tests.vendors.twentyfoursevenoffice.office_at import OfficeAt
from tests.vendors.twentyfoursevenoffice.told import document as strict


@pytest.fixture
def office():
    made = OfficeAt()
    yield made
    made.sim.state.close()


@pytest.fixture(scope="module")
def document(specs, tmp_path_factory):
    return strict(specs, tmp_path_factory.mktemp("document"))


def held(office, document, method, path, body=None):
    status, said = office.call(method, path, body)
    assert document.wrong(method, path.split("?")[0], status, said) == [], (path, said)
    return said


def test_everything_that_is_read(office, document):
    done = office.invoice(
        {"discountRate": 10}, {"type": "text", "description": "Hentes"}, referenceNumber="a/1"
    )
    office.person("pay_invoice", id=done["id"], amount=5)
    office.sim.advance(date(2026, 12, 20))
    line = office.get(f"/salesorders/{done['id']}/lines")[0]["id"]
    entry = office.ledger()[0]["id"]
    product = office.product()
    paths = [
        "/organization/information", "/taxes", f"/taxes/{office.tax(3)}", "/accounts", "/accounts?query=3000", "/accounts/501",
        "/salestypes", "/paymentmethods", "/currencies", "/transactiontypes", "/productunits", "/customers",
        f"/customers/{office.customer()}", "/productcategories", "/products", f"/products/{product}", "/salesorders",
        f"/salesorders/{done['id']}", f"/salesorders/{done['id']}/lines", f"/salesorders/{done['id']}/lines/{line}",
        "/transactionlines?dateFrom=2026-01-01&dateTo=2027-12-31", f"/transactionlines/{entry}",
    ]  # fmt: skip
    for path in paths:
        assert held(office, document, "GET", path), path


def test_everything_that_is_written(office, document):
    company = {
        "isCompany": True,
        "name": "Ny AS",
        "organizationNumber": "100000008",
        "email": {"contact": "a@b.example"},
    }
    customer = held(office, document, "POST", "/customers", company)
    held(
        office,
        document,
        "POST",
        "/customers",
        {"isCompany": False, "person": {"firstName": "A", "lastName": "B"}},
    )
    held(
        office,
        document,
        "PATCH",
        f"/customers/{customer['id']}",
        {"phone": "+4700000000", "name": "Nyere AS"},
    )
    product = office.product()
    held(office, document, "PATCH", f"/products/{product}", {"name": "Utleie"})
    order = held(
        office, document, "POST", "/salesorders",
        {"customer": {"id": customer["id"], "name": "Nyere AS"}, "referenceNumber": "a/1", "memo": "x",
         "invoice": {"paymentTerms": {"type": "NumberOfDays", "value": 14}, "distributionMethod": ""}},
    )  # fmt: skip
    row = {
        "type": "product",
        "product": {"id": product},
        "description": "x",
        "quantity": 2,
        "price": 99.9,
        "tax": {"id": office.tax(3)},
    }
    line = held(office, document, "POST", f"/salesorders/{order['id']}/lines", row)
    held(office, document, "PATCH", f"/salesorders/{order['id']}/lines/{line['id']}", {"price": 100})
    held(office, document, "PATCH", f"/salesorders/{order['id']}", {"status": "Confirmed"})
    assert office.call("DELETE", f"/salesorders/{order['id']}/lines/{line['id']}")[0] == 204
    held(office, document, "DELETE", f"/salesorders/{order['id']}")


def test_refusals(office, document):
    order = office.order()["id"]
    for method, path, body in (
        ("POST", "/salesorders", {"customer": {"name": "x"}}),
        ("PATCH", f"/salesorders/{order}", {"status": "Invoice"}),
        ("PATCH", f"/salesorders/{order}", {"status": "Sold"}),
        ("POST", f"/salesorders/{order}/lines", {"colour": "red"}),
    ):
        status, said = office.call(method, path, body)
        assert status == 400
        assert document.wrong(method, path, status, said) == []


def test_the_document_does_find_faults(document):
    assert document.wrong("GET", "/taxes", 200, [{"id": "3"}])
    assert document.wrong("GET", "/salesorders", 200, [{"id": 1, "paid": True}])
    assert document.wrong("POST", "/customers", 201, {})
    assert document.wrong(
        "GET", "/transactionlines", 200, [{"amount": 1, "date": "2026-01-01", "account": {}, "open": 1}]
    )
