"""An organisation at 24SevenOffice in answers as its vendor file shows them, and an adapter on a stand-in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.ordering import NewOrder, OrderCustomer
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.twentyfoursevenoffice import SPEC
from bridge_gui.vendors.twentyfoursevenoffice.adapter import TwentyFourSevenOfficeAdapter
from bridge_gui.vendors.twentyfoursevenoffice.terms import NEEDED
from tests.vendors.standin import Standin
from tests.vendors.twentyfoursevenoffice.document import Flows

SECRET = "a-secret-of-the-application"
ORG = {
    "id": 12345, "name": "Eksempel Utleie AS", "email": "post@example.no", "status": "Active",
    "settings": {"currencyCode": "NOK"},
}  # fmt: skip
TOKEN = {"access_token": "eyJ-token", "expires_in": 86400, "token_type": "Bearer", "scope": " ".join(NEEDED)}
COMPANY = {
    "id": 501, "name": "Example AS", "isCompany": True, "organizationNumber": "123 456 785",
    "email": {"contact": "post@example.no", "billing": "Faktura@example.no"}, "phone": "+4700000000",
    "address": {"billing": {"name": "Example AS", "street": "Eksempelveien 1", "postalCode": "0598",
                            "postalArea": "Oslo", "countryCode": "NO"}},
    "createdAt": "2026-01-01 18:00:00.000Z", "modifiedAt": "2026-01-02 18:00:00.000Z",
}  # fmt: skip
PERSON = {
    "id": 502, "name": "Example Customer", "isCompany": False,
    "person": {"firstName": "Example", "lastName": "Customer"}, "email": {"contact": "c@example.no"},
}  # fmt: skip
MARK = "sf1/5001/1"


def order(number: int = 1234, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "customer": {"id": 501, "name": "Example AS"}, "status": "Draft", "date": "2026-02-05",
        "referenceNumber": MARK, "memo": "Kontakt: Example Customer", "currency": {"code": "NOK", "rate": 1},
        "grossAmount": 2625.0, "netAmount": 2100.0, "taxAmount": 525.0, "createdAt": "2026-02-05T12:00:00Z",
        "modifiedAt": "2026-02-05T12:00:00Z",
    } | more  # fmt: skip


def row(number: int, text: str, price: float, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "type": "product", "product": {"id": 101}, "description": text, "quantity": 1,
        "price": price, "discountRate": 0, "tax": {"id": 3, "number": 3, "rate": 25},
    } | more  # fmt: skip


TRACTOR = row(1, "Traktor (2026-02-03 - 2026-02-05)", 2000, discountRate=10)
DELIVERY = row(2, "Levering", 300)


def line(text: str, price: str, **more: Any) -> BillLine:
    given = {"quantity": Decimal(1), "item": "101", "tax": "3", "rate": Decimal(25)} | more
    return BillLine(text=text, unit_price=Decimal(price), **given)


def wanted(**more: Any) -> NewOrder:
    given = {
        "customer": OrderCustomer(
            id="501", name="Example AS", is_company=True, tax_number="123 456 785", street="Eksempelveien 1",
            billing_email="faktura@example.no", postal_code="0598", city="Oslo", country="NO",
        ),
        "day": date(2026, 2, 5), "currency": "NOK", "reference": MARK, "days_to_pay": 14,
        "memo": "Kontakt: Example Customer", "contact": "Example Customer",
        "lines": (
            line("Traktor (2026-02-03 - 2026-02-05)", "2000.00", discount=Decimal(10)), line("Levering", "300"),
        ),
    } | more  # fmt: skip
    return NewOrder(**given)


def ledger(number: int, amount: float, kind: int = 1, account: int = 1500, **more: Any) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-0000-0000-{number:012}", "transaction": {"id": f"{number}", "number": number},
        "account": {"id": account, "number": account}, "transactionType": {"id": kind}, "amount": amount,
        "currency": {"code": "NOK", "rate": 1}, "date": "2026-02-20", "customer": {"id": 501},
        "invoice": {"number": "9001", "dueDate": "2026-02-19", "remittanceReference": "900100"},
    } | more  # fmt: skip


def organisation() -> Standin:
    """A stand-in that signs in and names itself."""
    return (
        Standin()
        .on("POST /oauth/token", TOKEN)
        .on("GET /v1/organization/information", ORG)
        .on("GET /v1/customers", [COMPANY, PERSON])
        .on("GET /v1/transactiontypes", [
            {"id": 1, "number": 1, "name": "Faktura"}, {"id": 2, "number": 2, "name": "Innbetaling"},
            {"id": 3, "number": 3, "name": "Kreditnota"}, {"id": 4, "number": 4, "name": "Tap på krav"},
        ])
    )  # fmt: skip


@contextmanager
def held_to_document(standin: Standin) -> Iterator[Standin]:
    """At the end everything that was asked is held against the document, where it is at hand."""
    yield standin
    standin.close()
    if folder := os.environ.get("BRIDGE_SPECS"):
        flows = Flows(Path(folder))
        wrong = {
            f"{r.method} {r.target}": flows.wrong_request(r) for _, r in standin.seen if "/v1/" in r.target
        }
        assert not {call: why for call, why in wrong.items() if why}


def adapter_on(standin: Standin, **values: str) -> TwentyFourSevenOfficeAdapter:
    given = {
        "company_name": "Eksempel Utleie AS", "client_id": "app-1", "client_secret": SECRET, "organization_id": "777",
    } | values  # fmt: skip
    context = ConnectionContext(
        name="books", endpoint=standin.toy.base, values=given, secret=lambda key: given[key],
        store_secret=lambda key, value: None, clock=standin.bench.clock, wire=standin.bench.wire,
    )  # fmt: skip
    opened = SPEC.open(context)
    assert isinstance(opened, TwentyFourSevenOfficeAdapter)
    assert all(isinstance(opened, kind) for kind in SPEC.capabilities)
    return opened
