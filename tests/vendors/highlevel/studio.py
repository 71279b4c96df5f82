"""A location on a stand-in, in answers as the vendor file records them."""

from __future__ import annotations

from typing import Any

from bridge_gui.vendors.highlevel.adapter import HighLevelAdapter
from bridge_gui.vendors.highlevel.client import HighLevelClient
from tests.vendors.standin import Standin

LOCATION = "ve9EPM428h8vShlRW1KT"
TRANSACTIONS = "GET /payments/transactions"
CONTACT = "seD4PfOuKoVMLkEZqohJ"


def transaction(number: int = 1, **changes: Any) -> dict[str, Any]:
    usual = {
        "_id": f"61dd0feac077f72010f{number:05}", "altId": LOCATION, "altType": "location", "contactId": CONTACT,
        "contactName": "Example ehf.", "contactEmail": "accounts@example.is", "currency": "GBP", "amount": 120,
        "amountRefunded": 0, "status": "succeeded", "liveMode": True, "entityType": "order",
        "entityId": "653f5e0cde5a1314e62a837c", "entitySourceType": "funnel", "entitySourceName": "Course funnel",
        "entitySourceId": "BDBMEghdIUaqMPEsK349", "subscriptionId": None, "chargeId": "ch_1KGc",
        "paymentProviderType": "stripe", "paymentMethod": {"card": {"brand": "visa", "last4": "0012"}},
        "createdAt": "2026-11-20T10:23:36.515Z", "updatedAt": "2026-11-20T10:23:36.515Z",
        "fulfilledAt": "2026-11-20T10:27:36.515Z",
    }  # fmt: skip
    return {**usual, **changes}


def page(*rows: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"data": list(rows), "totalCount": len(rows) if total is None else total}


def order(**changes: Any) -> dict[str, Any]:
    tax = {"_id": "63770f5cecf298787c752075", "name": "10%", "calculation": "exclusive", "rate": 10}
    usual = {
        "_id": "653f5e0cde5a1314e62a837c", "amount": 150.1, "currency": "USD", "status": "completed",
        "amountSummary": {"subtotal": 138, "discount": 0, "tax": 12.1, "shipping": 0},
        "taxSummary": [{**tax, "amount": 12.1}], "coupon": {"code": "SPRING"},
        "items": [
            {"name": "Tee - XL", "qty": 1, "product": {"_id": "p1", "name": "Tee", "taxes": ["63770f5cecf298787c752075"]}, "price": {"amount": 17}},
            {"name": "Tshirt - Green / S", "qty": 1, "product": {"_id": "p2", "name": "Tshirt", "taxes": [tax]}, "price": {"amount": 121}},
        ],
        "contactSnapshot": {"id": CONTACT, "firstName": "Sample", "lastName": "Sample", "email": "someone@example.com"},
    }  # fmt: skip
    return {**usual, **changes}


def invoice(number: int = 1, **changes: Any) -> dict[str, Any]:
    usual = {
        "_id": f"6578278e879ad2646715{number:04}", "status": "sent", "liveMode": True, "altId": LOCATION, "name": "Design work",
        "title": "INVOICE", "invoiceNumber": "1009", "invoiceNumberPrefix": "INV-", "currency": "GBP",
        "issueDate": "2026-11-20", "dueDate": "2026-12-04", "contactDetails": {"id": CONTACT, "name": "Example ehf.", "email": "accounts@example.is", "address": {"countryCode": "IS"}},
        "invoiceItems": [
            {"_id": "c6", "name": "Design hour", "description": "November", "productId": "p1", "currency": "GBP", "amount": 100, "qty": 3,
             "taxes": [{"_id": "63", "name": "VAT", "rate": 20, "calculation": "exclusive"}], "taxInclusive": False}
        ],
        "discount": {"type": "percentage", "value": 10}, "totalSummary": {"subTotal": 300, "discount": 30, "tax": 54},
        "total": 324, "amountPaid": 0, "amountDue": 324, "createdAt": "2026-11-20T09:27:42.355Z", "updatedAt": "2026-11-20T09:30:00.000Z",
    }  # fmt: skip
    return {**usual, **changes}


def contact(**changes: Any) -> dict[str, Any]:
    usual = {
        "id": CONTACT,
        "locationId": LOCATION,
        "contactName": "Example ehf.",
        "email": "accounts@example.is",
        "tags": ["vip"],
        "dnd": False,
    }
    return {**usual, **changes}


def adapter_on(one: Standin) -> HighLevelAdapter:
    return HighLevelAdapter(HighLevelClient(one.toy.base, LOCATION, "pit-secret", one.bench.wire))
