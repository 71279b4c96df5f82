"""An organisation on a stand-in, in answers as the vendor file records them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.billing import BillLine, NewBill, TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.vendors.xero.adapter import Quota, XeroAdapter
from bridge_gui.vendors.xero.client import XeroClient
from bridge_gui.web.oauth.access import Access
from tests.vendors.standin import Standin

API = "/api.xro/2.0"
TENANT = "7a1f7a1f-0000-4000-8000-000000000001"
CONTACT = "0c1e0c1e-0000-4000-8000-000000000002"
LINE = "11110000-0000-4000-8000-000000000003"
TAXES = {
    "TaxRates": [
        {
            "TaxType": "OUTPUT2",
            "Name": "ALV 25,5",
            "EffectiveRate": 25.5,
            "Status": "ACTIVE",
            "CanApplyToRevenue": True,
        },
        {
            "TaxType": "TAX001",
            "Name": "ALV 14",
            "EffectiveRate": 14.0,
            "Status": "ARCHIVED",
            "CanApplyToRevenue": True,
        },
        {
            "TaxType": "INPUT2",
            "Name": "Osto",
            "EffectiveRate": 25.5,
            "Status": "ACTIVE",
            "CanApplyToRevenue": False,
        },
    ]
}
ORGANISATION = {
    "Organisations": [
        {
            "Name": "Esimerkki Oy", "BaseCurrency": "EUR", "CountryCode": "FI", "ShortCode": "!aB1cD",
            "RegistrationNumber": "0000000-0", "PeriodLockDate": "/Date(1793404800000+0000)/",
            "EndOfYearLockDate": "/Date(1767139200000+0000)/", "IsDemoCompany": False,
        }
    ]
}  # fmt: skip


class Signed:
    """A sign-in that needs no vendor; counts its renewals."""

    def __init__(self) -> None:
        self.number = 1

    def headers(self, method: str, url: str, body: bytes) -> dict[str, str]:
        return {"Authorization": f"Bearer a{self.number}"}

    def renew(self, stale: Any) -> bool:
        self.number += 1
        return True


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-0000000000ff"


def invoice(number: int = 1, **changes: Any) -> dict[str, Any]:
    usual = {
        "Type": "ACCREC", "InvoiceID": guid(number), "InvoiceNumber": f"INV-{number:04}", "Reference": "pd-1a/42/1",
        "Status": "DRAFT", "Contact": {"ContactID": CONTACT, "Name": "Asiakas Oy"}, "SubTotal": 21.0,
        "TotalTax": 5.36, "Total": 26.36, "AmountDue": 26.36, "AmountPaid": 0.0, "CurrencyCode": "EUR",
        "DateString": "2026-11-20T00:00:00", "Date": "/Date(1795132800000+0000)/",
        "DueDateString": "2026-12-04T00:00:00", "LineAmountTypes": "Exclusive",
        "UpdatedDateUTC": f"/Date({1795132800000 + number * 1000}+0000)/", "HasErrors": False,
        "LineItems": [
            {
                "LineItemID": LINE, "Description": "Kuukausipalvelu", "Quantity": 2.0, "UnitAmount": 10.5,
                "AccountCode": "200", "TaxType": "OUTPUT2", "LineAmount": 21.0, "TaxAmount": 5.36,
                "ValidationErrors": [], "Tracking": [],
            }
        ],
    }  # fmt: skip
    return {**usual, **changes}


def page(*rows: dict[str, Any], number: int = 1, count: int = 1) -> dict[str, Any]:
    return {"pagination": {"page": number, "pageSize": 500, "pageCount": count}, "Invoices": list(rows)}


def contact(number: int = 2, **changes: Any) -> dict[str, Any]:
    usual = {
        "ContactID": guid(number), "Name": "Asiakas Oy", "ContactStatus": "ACTIVE", "EmailAddress": "a@asiakas.example",
        "TaxNumber": "FI00000001", "CompanyNumber": "", "UpdatedDateUTC": f"/Date({1795132800000 + number}+0000)/",
        "Addresses": [
            {"AddressType": "STREET", "City": "Espoo"},
            {"AddressType": "POBOX", "AddressLine1": "Katu 1", "AddressLine2": "C/O Matti", "City": "Helsinki",
             "PostalCode": "00100", "Country": "Finland", "Region": ""},
        ],
    }  # fmt: skip
    return {**usual, **changes}


def line(**changes: Any) -> BillLine:
    usual = {
        "text": "Kuukausipalvelu", "quantity": Decimal(2), "unit_price": Decimal("10.5"), "item": "PD-1",
        "account": "200", "tax": "OUTPUT2", "rate": Decimal("25.5"), "discount": Decimal(10),
    }  # fmt: skip
    return BillLine(**{**usual, **changes})


def bill(number: int = 1, **changes: Any) -> NewBill:
    usual = {
        "contact": CONTACT, "day": date(2026, 11, 20), "due": date(2026, 12, 4), "reference": f"pd-1a/{number}/1",
        "currency": "EUR", "treatment": TaxTreatment.EXCLUSIVE, "lines": (line(),), "state": DocumentState.DRAFT,
    }  # fmt: skip
    return NewBill(**{**usual, **changes})


def standin() -> Standin:
    return Standin().on(f"GET {API}/TaxRates", TAXES).on(f"GET {API}/Organisation", ORGANISATION)


def adapter_on(one: Standin, tenant: str = TENANT, access: Access | None = None) -> XeroAdapter:
    quota = Quota(access or Access(), one.bench.clock)
    client = XeroClient(one.toy.base, tenant, one.bench.wire, Signed(), quota.told)
    return XeroAdapter(client, tenant, quota)
