"""The studio's books on their first day, and what its bookkeeper does there day by day; always the same.

Invented throughout; customers and items are the ones HighLevel's demo knows, as `studio` says.
"""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.sandbox.studio import CUSTOMERS, OFFERS, Customer
from bridge_gui.vendors.quickbooks.simulator.books import Books
from bridge_gui.vendors.quickbooks.simulator.lists import ListDesk
from bridge_gui.vendors.quickbooks.simulator.says import Trouble
from bridge_gui.vendors.quickbooks.simulator.writing import Writer

ACCOUNTS = (
    ("Bank current account", "Bank", "Checking"),
    ("Undeposited Funds", "Other Current Asset", "UndepositedFunds"),
    ("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable"),
    ("Sales", "Income", "SalesOfProductIncome"),
    ("Services", "Income", "ServiceFeeIncome"),
    ("Discounts given", "Income", "DiscountsRefundsGiven"),
    ("Sales tax collected", "Other Current Liability", "SalesTaxPayable"),
    ("Card clearing", "Other Current Asset", "OtherCurrentAssets"),
    ("Bank charges", "Expense", "BankCharges"),
)
GB_RATES = (("20.0% S", 20.0), ("5.0% R", 5.0), ("0.0% Z", 0.0), ("Exempt", 0.0), ("No VAT", 0.0))
US_RATES = (("Springfield state", 6.25), ("Springfield city", 2.0), ("Out of state", 0.0))


class Demo:
    """Plants the company and lets days pass."""

    def __init__(self, books: Books, lists: ListDesk, writer: Writer) -> None:
        self._books = books
        self._lists = lists
        self._writer = writer

    def plant(self) -> None:
        """Accounts, tax, items, customers, and two invoices by hand."""
        for name, kind, subtype in ACCOUNTS:
            row = {"Name": name, "AccountType": kind, "AccountSubType": subtype}
            home = {"value": self._books.home()}
            self._add("Account", {**row, "Classification": _classified(kind), "CurrencyRef": home})
        self._add("TaxAgency", {"Name": "Example Tax Office", "DisplayName": "Example Tax Office"})
        if self._books.american():
            self._tax_us()
        else:
            self._tax_gb()
        for name in ("Sales", "Design", "Courses"):
            self._add("Item", {"Name": name, "Type": "Service", "IncomeAccountRef": {"value": "4"}})
        for name, kind in (
            ("Card", "CREDIT_CARD"),
            ("Bank transfer", "NON_CREDIT_CARD"),
            ("Cash", "NON_CREDIT_CARD"),
        ):
            self._add("PaymentMethod", {"Name": name, "Type": kind})
        for name, days in (("Net 14", 14), ("Net 30", 30)):
            self._add("Term", {"Name": name, "DueDays": days, "Type": "STANDARD"})
        for kind in ("Class", "Department"):
            self._add(kind, {"Name": "Studio"})
        self._people()
        self._by_hand("1", OFFERS[0].price, "1001")
        self._by_hand("2", OFFERS[1].price, "1002")

    def trade(self, day: date) -> None:
        """Some invoice that was made by hand is paid; on Mondays a new customer walks in."""
        if day.isoformat() <= self._books.settings["book_close_date"]:
            return
        chance = random.Random(f"books {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        if day.weekday() == 0:
            email = {"Address": f"walkin{day:%Y%m%d}@walkin.example"}
            self._try("Customer", {"DisplayName": f"Walk-in {day.isoformat()}", "PrimaryEmailAddr": email})
        for row in self._books.table("Invoice").find(("Balance", ">", 0)):
            if chance.random() < 0.1 and not row.get("PrivateNote"):
                line = {"Amount": row["Balance"], "LinkedTxn": [{"TxnId": row["Id"], "TxnType": "Invoice"}]}
                told = {name: row[name] for name in ("CustomerRef", "CurrencyRef")}
                paid = {"TxnDate": day.isoformat(), "PaymentMethodRef": {"value": "2"}}
                self._try("Payment", {**told, **paid, "TotalAmt": row["Balance"], "Line": [line]})

    def _try(self, kind: str, doc: Doc) -> None:
        """What the books refuse meanwhile (a customer made inactive) is left undone."""
        with suppress(Trouble):
            self._writer.write(kind, doc)

    def _tax_gb(self) -> None:
        for name, percent in GB_RATES:
            rate = self._rate(f"{name} (Sales)", percent)
            self._code(name, [rate], taxable=name != "No VAT")
        purchase = self._rate("20.0% RC (Purchases)", 20.0)
        self._add("TaxCode", {
            "Name": "20.0% RC", "Taxable": True, "TaxGroup": True,
            "PurchaseTaxRateList": {"TaxRateDetail": [_detail(purchase)]},
            "SalesTaxRateList": {"TaxRateDetail": []},
        })  # fmt: skip
        old = self._rate("17.5% old (Sales)", 17.5)
        code = self._code("17.5% old", [old])
        self._books.put("TaxCode", {**code, "Active": False})

    def _tax_us(self) -> None:
        rates = [self._rate(name, percent) for name, percent in US_RATES]
        self._code("Springfield", rates[:2])
        self._code("Out of state", rates[2:])
        self._code("Automated", rates[:2])

    def _rate(self, name: str, percent: float) -> Doc:
        told: Doc = {"Name": name, "Description": name, "RateValue": percent, "AgencyRef": {"value": "1"}}
        return self._add("TaxRate", {**told, "SpecialTaxType": "NONE", "DisplayType": "ReadOnly"})

    def _code(self, name: str, rates: list[Doc], *, taxable: bool = True) -> Doc:
        sales = {"TaxRateDetail": [_detail(rate) for rate in rates]}
        told: Doc = {"Name": name, "Description": name, "Taxable": taxable, "TaxGroup": True}
        return self._add(
            "TaxCode", {**told, "SalesTaxRateList": sales, "PurchaseTaxRateList": {"TaxRateDetail": []}}
        )

    def _people(self) -> None:
        for customer in CUSTOMERS:
            if customer.known == "vendor":
                self._add("Vendor", {"DisplayName": customer.name})
            elif customer.known:
                made = self._customer(customer, customer.name)
                if customer.known == "twice":
                    self._customer(customer, f"{customer.name} (York)")
                if customer.known == "inactive":
                    self._books.put("Customer", {**made, "Active": False})
        self._add("Employee", {"DisplayName": "Ana Exemplu", "GivenName": "Ana", "FamilyName": "Exemplu"})

    def _customer(self, customer: Customer, name: str) -> Doc:
        told: Doc = {
            "DisplayName": name,
            "PrimaryEmailAddr": {"Address": customer.email},
            "PrimaryPhone": {"FreeFormNumber": customer.phone},
            "BillAddr": {
                "Line1": customer.street, "City": customer.city, "PostalCode": customer.postal_code,
                "Country": customer.country,
            },
        }  # fmt: skip
        if customer.company:
            told["CompanyName"] = customer.company
        return self._add("Customer", told)

    def _by_hand(self, customer: str, price: float, number: str) -> None:
        detail: dict[str, Any] = {"ItemRef": {"value": "2"}, "Qty": 1, "UnitPrice": price}
        detail["TaxCodeRef"] = {"value": "NON" if self._books.american() else "1"}
        line = {"Amount": price, "Description": "By hand", "DetailType": "SalesItemLineDetail"}
        home = {"value": self._books.home()}
        row = {"CustomerRef": {"value": customer}, "CurrencyRef": home, "DocNumber": number}
        self._writer.write("Invoice", {**row, "Line": [{**line, "SalesItemLineDetail": detail}]})

    def _add(self, kind: str, doc: Doc) -> Doc:
        return self._lists.make(kind, doc, planting=True)


def _classified(kind: str) -> str:
    if kind in {"Income", "Other Income"}:
        return "Revenue"
    return {"Expense": "Expense", "Other Current Liability": "Liability"}.get(kind, "Asset")


def _detail(rate: Doc) -> Doc:
    return {
        "TaxRateRef": {"value": rate["Id"], "name": rate["Name"]},
        "TaxTypeApplicable": "TaxOnAmount",
        "TaxOrder": 0,
    }
