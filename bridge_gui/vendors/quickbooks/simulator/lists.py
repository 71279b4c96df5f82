"""QuickBooks' lists: customers, items, accounts, methods, terms, tax codes; and the company itself.

Facts: quickbooks.md 3.1 to 3.3. Inferred: whether a deactivated customer's name gains " (deleted)" (a
switch); a tab or a new line in a name is refused like a colon.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc
from bridge_gui.sandbox.studio import COMPANY
from bridge_gui.vendors.quickbooks.simulator.books import Books, cents, number, plain, ref
from bridge_gui.vendors.quickbooks.simulator.says import (
    Trouble,
    missing,
    name_taken,
    not_supported,
    too_long,
)

PEOPLE = ("Customer", "Vendor", "Employee")
READ_ONLY = {"TaxCode", "TaxRate", "TaxAgency"}
LENGTHS = {"PaymentMethod": 15, "Item": 100, "Account": 100, "Term": 31, "Class": 100, "Department": 100}
PARTS = ("Title", "GivenName", "MiddleName", "FamilyName", "Suffix")
SYSTEM = {"id", "Id", "SyncToken", "MetaData", "_updated", "Balance", "BalanceWithJobs", "domain", "sparse"}


class ListDesk:
    """Finds, makes and changes what documents refer to."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def make(self, kind: str, sent: Doc, *, planting: bool = False) -> Doc:
        """A new row of a list."""
        if kind in READ_ONLY and not planting:
            raise not_supported("create")
        doc = {name: value for name, value in sent.items() if name not in SYSTEM and value is not None}
        made = self._person(kind, doc) if kind in PEOPLE else self._named(kind, doc)
        made.setdefault("Active", True)
        self._check_name(kind, made, "")
        return self._books.put(kind, {**_usual(kind), **made})

    def change(self, kind: str, known: Doc, sent: Doc) -> Doc:
        """Changes a row; sparse keeps what is not told."""
        if kind in READ_ONLY:
            raise not_supported("update")
        base = known if sent.get("sparse") else {name: known[name] for name in SYSTEM if name in known}
        doc = {**base, **{name: value for name, value in sent.items() if name not in SYSTEM}}
        doc = {name: value for name, value in doc.items() if value is not None}
        doc.setdefault("Active", True)
        if "CurrencyRef" in known:
            doc["CurrencyRef"] = known["CurrencyRef"]
        made = self._person(kind, doc) if kind in PEOPLE else self._named(kind, doc)
        self._check_name(kind, made, known["id"])
        if known["Active"] and not made["Active"]:
            made = self._deleted_name(kind, made)
        return self._books.put(kind, {**_usual(kind), **made})

    def _deleted_name(self, kind: str, doc: Doc) -> Doc:
        """QUIRK: a deactivated name gains " (deleted)" (quickbooks.md 3.2); of customers it is not known."""
        if kind in PEOPLE and not self._books.settings["inactive_suffix"]:
            return doc
        field = "DisplayName" if kind in PEOPLE else "Name"
        name = f"{doc[field]} (deleted)"
        return {**doc, field: name, "FullyQualifiedName": name, "_name": name.casefold()}

    def dressed(self, kind: str, doc: Doc) -> Doc:
        """A row with what only sums can tell."""
        if kind != "Customer":
            return doc
        owed = self._books.table("Invoice").total("Balance", ("_customer", "=", doc["Id"]))
        balance = plain(cents(number(owed)))
        return {**doc, "Balance": balance, "BalanceWithJobs": balance}

    def company(self) -> Doc:
        """What the company is (quickbooks.md 3.1)."""
        settings = self._books.settings
        country = settings["country"]
        address = {
            "Id": "1",
            "Line1": "1 Example Street",
            "City": "London",
            "PostalCode": "E1 0AA",
            "Country": "GBR",
        }
        if country == "US":
            address |= {
                "City": "Springfield",
                "CountrySubDivisionCode": "CA",
                "PostalCode": "00000",
                "Country": "USA",
            }
        pairs = {
            "OfferingSku": "QuickBooks Online Plus",
            "SubscriptionStatus": "PAID" if settings["subscription"] else "EXPIRED",
        }
        return {
            "CompanyName": settings["company_name"] or COMPANY,
            "LegalName": settings["company_name"] or COMPANY,
            "Country": country,
            "CompanyAddr": address,
            "FiscalYearStartMonth": "April",
            "SupportedLanguages": settings["language"],
            "NameValue": [{"Name": name, "Value": value} for name, value in pairs.items()],
            "SyncToken": "4",
            "domain": "QBO",
            "sparse": False,
            "Id": "1",
        }

    def preferences(self) -> Doc:
        """How the company is set (quickbooks.md 3.1)."""
        settings = self._books.settings
        tax: Doc = {"UsingSalesTax": True}
        if self._books.american():
            tax["PartnerTaxEnabled"] = settings["automated_tax"]
            if not settings["automated_tax"]:
                del tax["PartnerTaxEnabled"]
        accounting = {"BookCloseDate": settings["book_close_date"]} if settings["book_close_date"] else {}
        return {
            "SalesFormsPrefs": {
                "CustomTxnNumbers": settings["custom_numbers"],
                "AllowDiscount": settings["allow_discount"],
                "DefaultDiscountAccount": settings["discount_account"],
                "AutoApplyCredit": settings["auto_apply_credit"],
                "AutoApplyPayments": settings["auto_apply_payments"],
                "DefaultTerms": {"value": "1"},
            },
            "TaxPrefs": tax,
            "CurrencyPrefs": {
                "MultiCurrencyEnabled": settings["multicurrency"],
                "HomeCurrency": {"value": self._books.home()},
            },
            "AccountingInfoPrefs": {"FirstMonthOfFiscalYear": "April", **accounting},
            "SyncToken": "2",
            "domain": "QBO",
            "sparse": False,
            "Id": "1",
            "MetaData": {
                "CreateTime": "2020-01-01T00:00:00-08:00",
                "LastUpdatedTime": "2020-01-01T00:00:00-08:00",
            },
        }

    def _person(self, kind: str, doc: Doc) -> Doc:
        name = doc.get("DisplayName") or " ".join(str(doc[part]) for part in PARTS if doc.get(part))
        if not name:
            raise missing("DisplayName")
        for address in (doc.get("PrimaryEmailAddr") or {}).get("Address", ""), name:
            if len(address) > 500 or (address == name and len(name) > 100):
                raise too_long("DisplayName")
        currency = ref(doc, "CurrencyRef") or self._books.home()
        if currency != self._books.home() and not self._books.settings["multicurrency"]:
            raise Trouble(6000, "A business validation error", "Multicurrency is not enabled.")
        money = {} if kind == "Employee" else {"CurrencyRef": {"value": currency}}
        return {
            **doc,
            **money,
            "DisplayName": name,
            **self._place(kind, doc, name),
            "PrintOnCheckName": doc.get("PrintOnCheckName") or doc.get("CompanyName") or name,
        }

    def _place(self, kind: str, doc: Doc, name: str) -> Doc:
        """A customer below another one is a job of it, and says so in its whole name."""
        if kind != "Customer" or not ref(doc, "ParentRef"):
            return {"FullyQualifiedName": name}
        parent = self._books.referred(doc, "ParentRef", "Customer") or {}
        return {"FullyQualifiedName": f"{parent['FullyQualifiedName']}:{name}", "Job": True, "Level": 1}

    def _named(self, kind: str, doc: Doc) -> Doc:
        name = str(doc.get("Name") or "")
        if not name:
            raise missing("Name")
        if len(name) > LENGTHS.get(kind, 4000):
            raise too_long("Name")
        if kind == "Item":
            doc = {"Type": "Service", **doc}
            if doc["Type"] == "Service" and not ref(doc, "IncomeAccountRef"):
                raise missing("IncomeAccountRef")
            account = self._books.referred(doc, "IncomeAccountRef", "Account")
            if account is not None:
                doc["IncomeAccountRef"] = {"value": account["Id"], "name": account["Name"]}
        return (
            {**doc, "FullyQualifiedName": name} if kind in {"Item", "Account", "Class", "Department"} else doc
        )

    def _check_name(self, kind: str, doc: Doc, mine: str) -> None:
        """QUIRK: unique over customers, suppliers, employees, inactive too, any case (quickbooks.md 3.2)."""
        people = kind in PEOPLE
        name = str(doc["DisplayName" if people else "Name"])
        if any(sign in name for sign in ":\t\n"):
            raise Trouble(2040, "Invalid String. The supplied text contains illegal characters", name)
        doc["_name"] = name.casefold()
        for other_kind in PEOPLE if people else (kind,):
            for other in self._books.table(other_kind).find(("_name", "=", doc["_name"])):
                if (other_kind, other["id"]) != (kind, mine):
                    raise name_taken()


def _usual(kind: str) -> Doc:
    if kind == "Customer":
        return {"Taxable": True, "Job": False, "BillWithParent": False, "PreferredDeliveryMethod": "None"}
    if kind == "Item":
        return {"Taxable": True, "UnitPrice": 0, "PurchaseCost": 0, "TrackQtyOnHand": False}
    return {}
