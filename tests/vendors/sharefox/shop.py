"""A shop at Sharefox in answers as its vendor file shows them, and an adapter on a stand-in."""

from __future__ import annotations

from typing import Any

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.sharefox import SPEC
from bridge_gui.vendors.sharefox.adapter import SharefoxAdapter
from tests.vendors.standin import Standin

PASSWORD, TOKEN = "a-password-of-an-admin", "opaque-long-lived-token"
DOMAIN = "utleie.shop.mysharefox.com"
LOGIN, LIST = "POST /admin/login/", "GET /admin/invoices/"
RENTER = {
    "id": 1066, "firstName": "Example", "lastName": "Customer", "email": "customer@example.no",
    "phone": "+47 000 00 000", "isCompany": True, "companyName": "Example AS", "companyOrgNo": "123 456 785",
    "address": "Eksempelveien 54", "postcode": "0598", "city": "Oslo", "country": "Norway",
}  # fmt: skip
TRACTOR = {
    "id": 1, "bookingId": 2001, "productId": 1021, "name": "Traktor", "startDate": "2026-02-03",
    "endDate": "2026-02-05", "quantity": 1, "unitPrice": 2000.00, "discountPercent": 10, "vatPercent": 25,
}  # fmt: skip
DELIVERY = {
    "id": 2, "bookingId": None, "productId": None, "name": "Levering", "startDate": None, "endDate": None,
    "quantity": 1, "unitPrice": 300.00, "discountPercent": 0, "vatPercent": 25,
}  # fmt: skip
ORDER = {
    "id": 1018, "reference": "SFX-1018", "status": "Booked", "currency": "NOK", "totalPrice": 2250.0,
    "paymentMethod": "Faktura", "changeOf": None, "customer": RENTER, "bookings": [],
}  # fmt: skip


def invoice(number: int | str = 5001, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "orderId": 1018, "number": str(number), "type": "data_for_accounting", "status": "sent",
        "periodFrom": "2026-02-03", "periodTo": "2026-02-05", "issueDate": "2026-02-05",
        "dueDate": "2026-02-19", "currency": "NOK", "customer": RENTER, "lines": [TRACTOR, DELIVERY],
        "netAmount": 2100.00, "vatAmount": 525.00, "grossAmount": 2625.00, "externalId": None,
        "externalStatus": None, "paid": False, "paidAt": None, "sentAt": "2026-02-05T10:00:00.000Z",
        "modifiedAt": "2026-02-05T10:00:00.000Z",
    } | more  # fmt: skip


def shop() -> Standin:
    """A stand-in that signs in and has one order."""
    return Standin().on(LOGIN, {"token": TOKEN}).on("GET /admin/orders/1018", ORDER)


def adapter_on(standin: Standin, **values: str) -> SharefoxAdapter:
    given = {
        "shop_domain": DOMAIN,
        "way": "password",
        "email": "api@example.no",
        "password": PASSWORD,
    } | values
    context = ConnectionContext(
        name="shop", endpoint=standin.toy.base, values=given, secret=lambda key: given[key],
        store_secret=lambda key, value: None, clock=standin.bench.clock, wire=standin.bench.wire,
    )  # fmt: skip
    opened = SPEC.open(context)
    assert isinstance(opened, SharefoxAdapter)
    assert all(isinstance(opened, kind) for kind in SPEC.capabilities)
    return opened
