"""A company on a stand-in, in answers as the vendor file records them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.billing import BillLine, TaxTreatment
from bridge_gui.accounting.selling import NewPayment, NewSale, SaleKind
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.quickbooks.adapter import QuickBooksAdapter
from bridge_gui.vendors.quickbooks.client import QuickBooksClient
from tests.vendors.standin import Standin
from tests.web.toys import Received, answer

REALM = "9130350000000001"
API = f"/v3/company/{REALM}"
QUERY = f"GET {API}/query"
STAMPS = {"CreateTime": "2026-11-20T02:03:04-08:00", "LastUpdatedTime": "2026-11-20T03:03:04-08:00"}
MARK = "hl-7f3a91/6578278e879ad2646715ba9c/1"


class Signed:
    """A sign-in that needs no vendor; counts its renewals."""

    def __init__(self) -> None:
        self.number = 1

    def headers(self, method: str, url: str, body: bytes) -> dict[str, str]:
        return {"Authorization": f"Bearer a{self.number}"}

    def renew(self, stale: Any) -> bool:
        self.number += 1
        return True


def invoice(number: int = 145, **changes: Any) -> dict[str, Any]:
    usual = {
        "Id": str(number), "SyncToken": "0", "domain": "QBO", "sparse": False, "DocNumber": "INV-1009",
        "TxnDate": "2026-11-20", "DueDate": "2026-12-04", "TotalAmt": 360.00, "Balance": 360.00,
        "CustomerRef": {"value": "58", "name": "Example ehf."}, "CurrencyRef": {"value": "GBP"},
        "GlobalTaxCalculation": "TaxExcluded", "PrivateNote": f"From the CRM {MARK}", "LinkedTxn": [],
        "TxnTaxDetail": {"TotalTax": 60.00, "TaxLine": [{"Amount": 60.0, "DetailType": "TaxLineDetail", "TaxLineDetail": {"TaxRateRef": {"value": "4"}, "TaxPercent": 20}}]},
        "Line": [
            {"Id": "1", "LineNum": 1, "Amount": 300.00, "Description": "Design work", "DetailType": "SalesItemLineDetail",
             "SalesItemLineDetail": {"ItemRef": {"value": "19"}, "Qty": 3, "UnitPrice": 100.00, "TaxCodeRef": {"value": "2"}}},
            {"Amount": 300.00, "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}},
        ],
        "BillEmail": {"Address": "accounts@example.is"}, "MetaData": STAMPS,
    }  # fmt: skip
    return {**usual, **changes}


def payment(number: int = 301, **changes: Any) -> dict[str, Any]:
    usual = {
        "Id": str(number), "SyncToken": "0", "TotalAmt": 360.0, "UnappliedAmt": 0, "TxnDate": "2026-11-22",
        "CustomerRef": {"value": "58", "name": "Example ehf."}, "CurrencyRef": {"value": "GBP"},
        "PrivateNote": "Paid hl-7f3a91/x.p/1", "PaymentMethodRef": {"value": "3"}, "MetaData": STAMPS,
        "Line": [{"Amount": 360.0, "LinkedTxn": [{"TxnId": "145", "TxnType": "Invoice"}]}],
        "domain": "QBO", "sparse": False, "ProcessPayment": False,
    }  # fmt: skip
    return {**usual, **changes}


def customer(number: int = 58, **changes: Any) -> dict[str, Any]:
    usual = {
        "Id": str(number), "SyncToken": "0", "DisplayName": "Example ehf.", "Active": True,
        "PrimaryEmailAddr": {"Address": "Accounts@example.is, boss@example.is"}, "MetaData": STAMPS,
        "CurrencyRef": {"value": "GBP"},
    }  # fmt: skip
    return {**usual, **changes}


def fault(code: str, detail: str = "", message: str = "", kind: str = "ValidationFault") -> dict[str, Any]:
    return {
        "Fault": {
            "Error": [{"Message": message or "No", "Detail": detail, "code": code, "element": ""}],
            "type": kind,
        }
    }


def found(entity: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {
        "QueryResponse": {entity: list(rows), "startPosition": 1, "maxResults": len(rows)} if rows else {}
    }


def line(**changes: Any) -> BillLine:
    usual = {
        "text": "Design work", "quantity": Decimal(3), "unit_price": Decimal(100), "item": "19", "tax": "2",
        "rate": Decimal(20),
    }  # fmt: skip
    return BillLine(**{**usual, **changes})


def sale(**changes: Any) -> NewSale:
    usual = {
        "kind": SaleKind.INVOICE, "contact": "58", "day": date(2026, 11, 20), "due": date(2026, 12, 4), "currency": "GBP",
        "treatment": TaxTreatment.EXCLUSIVE, "lines": (line(),), "memo": f"From the CRM {MARK}", "number": "INV-1009",
        "email": "accounts@example.is",
    }  # fmt: skip
    return NewSale(**{**usual, **changes})


def paying(**changes: Any) -> NewPayment:
    usual = {
        "contact": "58", "invoice": "145", "day": date(2026, 11, 22), "amount": Decimal("360.00"), "currency": "GBP",
        "memo": "Paid hl-7f3a91/x.p/1", "method": "3", "deposit": "4", "reference": "ch_3MmlLrLkdIwHu7ix0snN0B15",
    }  # fmt: skip
    return NewPayment(**{**usual, **changes})


class Company(Standin):
    """Answers queries by entity: `rows` for each, and preferences of a British company."""

    def __init__(self, country: str = "GB", **prefs: Any) -> None:
        super().__init__()
        sales = {"CustomTxnNumbers": True, "AllowDiscount": True, "DefaultDiscountAccount": "86", **prefs}
        home = "USD" if country == "US" else "GBP"
        self.rows: dict[str, list[dict[str, Any]]] = {
            "TaxCode": [
                tax_code("2", "20.0% S", "4"), tax_code("3", "5.0% R", "5"), tax_code("9", "Both", "4", "5"),
                {"Id": "TAX", "Name": "TAX"}, {"Id": "8", "Name": "Bought only", "Active": True},
                {**tax_code("7", "Old", "4"), "Active": False},
            ],
            "TaxRate": [{"Id": "4", "RateValue": 20}, {"Id": "5", "RateValue": 5}],
        }  # fmt: skip
        self.queried: list[str] = []
        self.on(
            f"GET {API}/companyinfo/{REALM}",
            {"CompanyInfo": {"CompanyName": "Example Trading Ltd", "Country": country}},
        )
        self.prefs = {"SalesFormsPrefs": sales, "TaxPrefs": {"UsingSalesTax": True}, "CurrencyPrefs": {"MultiCurrencyEnabled": country != "US", "HomeCurrency": {"value": home}}, "AccountingInfoPrefs": {"BookCloseDate": "2026-03-31"}}  # fmt: skip
        self.on(f"GET {API}/preferences", {"Preferences": self.prefs})
        self.on(QUERY, self._answered)

    def _answered(self, sock: Any, received: Received) -> bool:
        query = self.queries(QUERY)[-1]["query"]
        self.queried.append(query)
        words = query.split()
        entity = words[words.index("FROM") + 1]
        rows = self.rows.get(entity, [])
        if "COUNT(*)" in query:
            return answer(200, json.dumps({"QueryResponse": {"totalCount": len(rows)}}).encode())(
                sock, received
            )
        start, most = int(words[words.index("STARTPOSITION") + 1]) - 1, int(words[-1])
        return answer(200, json.dumps(found(entity, *rows[start : start + most])).encode())(sock, received)

    def asked_of(self, entity: str) -> list[str]:
        return [one for one in self.queried if f" FROM {entity} " in f"{one} "]


def tax_code(number: str, name: str, *rates: str) -> dict[str, Any]:
    details = [
        {"TaxRateRef": {"value": one}, "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0} for one in rates
    ]
    return {"Id": number, "Name": name, "Active": True, "SalesTaxRateList": {"TaxRateDetail": details}}


def adapter_on(one: Standin) -> QuickBooksAdapter:
    wire = one.bench.wire
    context = ConnectionContext(
        name="books.quickbooks", endpoint=one.toy.base, values={"realm": REALM}, clock=wire.clock, wire=wire,
        secret=lambda _field: '{"session":"s","refresh":"r","at":"2026-11-20T00:00:00Z"}',
        store_secret=lambda _field, _text: None,
    )  # fmt: skip
    return QuickBooksAdapter(context, QuickBooksClient(one.toy.base, lambda: REALM, wire, Signed()))
