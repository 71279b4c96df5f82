"""A British and an American company at the books, and what a CRM sells, at hand for plans."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bridge_gui.accounting.billing import BillItem
from bridge_gui.accounting.crm import (
    CrmInvoice,
    CrmInvoiceState,
    CrmLine,
    CrmOrder,
    CrmPayment,
    CrmTax,
    Person,
    SourceKind,
)
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.accounting.selling import SellingRules
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.bridges.highlevel_quickbooks.rules import Rules, rules_of

DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 10, 27, tzinfo=UTC)
BRITISH = SellingRules(
    base_currency="GBP", currencies=("GBP",), country="GB", own_numbers=True, discounts=True, sales_tax=True
)
AMERICAN = replace(BRITISH, base_currency="USD", currencies=("USD",), country="US", american=True)
ANNA = Person(id="seD4PfOu", name="Anna Example", email="anna@studio.example")
MAPPINGS = {
    "items": {"order_form": "19", "subscription": "19", "invoice": "20"},
    "tax_rates": {"20": "2", "5": "3", "0": "4"},
    "deposits": {"stripe": "35"},
    "methods": {"stripe": "3"},
}
SETTINGS = {"income_account": "79", "deposit_account": "4", "us_tax_code": "9"}
TAXES = tuple(TaxCode(key=key, rate=Decimal(rate)) for key, rate in (("2", "20"), ("3", "5"), ("4", "0")))


def rules(books: SellingRules = BRITISH, **settings: str) -> Rules:
    return rules_of(
        {**SETTINGS, **settings}, MAPPINGS, scope="7f3a91", today=date(2026, 11, 22),
        zone=ZoneInfo("Europe/London"), books=books,
        items=(BillItem(id="19", code="19", name="Courses"), BillItem(id="20", code="20", name="Design")),
        taxes=TAXES,
    )  # fmt: skip


def line(price: str, quantity: str = "1", rate: str = "", text: str = "Course", **more: Any) -> CrmLine:
    taxes = (CrmTax(name="VAT", rate=Decimal(rate)),) if rate else ()
    return CrmLine(text=text, quantity=Decimal(quantity), unit_price=Decimal(price), taxes=taxes, **more)


def order(*lines: CrmLine, total: str, **more: Any) -> CrmOrder:
    values = {key: Decimal(one) if isinstance(one, str) else one for key, one in more.items()}
    return CrmOrder(id="o1", currency="GBP", total=Decimal(total), lines=lines, person=ANNA, **values)


def payment(amount: str, **more: Any) -> CrmPayment:
    values: dict[str, Any] = {
        "id": "61dd0feac077f72010f78804", "state": PaymentState.RECEIVED, "amount": Decimal(amount),
        "refunded": Decimal(0), "currency": "GBP", "at": AT, "made": AT, "changed": AT, "live": True,
        "source": SourceKind.ORDER_FORM, "source_name": "Course funnel", "person": ANNA, "order": "o1",
        "provider": "stripe", "reference": "ch_1KGcExampleExampleExample", "whole": True,
    }  # fmt: skip
    return CrmPayment(**{**values, **more})


def invoice(*lines: CrmLine, total: str, tax: str = "0", paid: str = "0", **more: Any) -> CrmInvoice:
    values: dict[str, Any] = {
        "id": "6578278e879ad2646715ba9c", "number": "INV-1009", "state": CrmInvoiceState.SENT, "live": True,
        "person": ANNA, "day": DAY, "due": date(2026, 12, 4), "currency": "GBP", "lines": lines,
        "total": Decimal(total), "paid": Decimal(paid), "tax": Decimal(tax), "changed": AT, "made": AT,
    }  # fmt: skip
    return CrmInvoice(**{**values, **more})
