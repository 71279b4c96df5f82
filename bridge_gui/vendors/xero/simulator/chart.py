"""The organisation and its settings: accounts, tax rates, currencies, templates, users, what one may do.

Facts: xero.md section 3.1; invented: the organisation, its chart (like Xero's usual one), Finnish rates.
Inferred: tax types of a GLOBAL organisation (`OUTPUT`, `INPUT`, `NONE`, `TAX00n`).
"""

from __future__ import annotations

from typing import Any

from bridge_gui.sandbox.consultancy import BOOKKEEPER, COMPANY
from bridge_gui.sandbox.kit import Doc, Route, Table
from bridge_gui.vendors.xero.simulator.books import Books, named
from bridge_gui.vendors.xero.simulator.forms import NotHere, envelope, shown
from bridge_gui.vendors.xero.simulator.listing import changed, matching, ordered

ORGANISATION = COMPANY.name
TENANT, USER = named("tenant"), named("user")
SHORT_CODE = "!EsI9k"
BORN = "2025-01-02T08:00:00.000"
ACTIONS = (
    "CreateApprovedInvoice", "CreateDraftInvoice", "CreateInvoicePayment", "AttachFilesIntoInvoice",
    "UseMulticurrency", "CreateContact",
)  # fmt: skip
CLASSES = {"BANK": "ASSET", "CURRENT": "ASSET", "CURRLIAB": "LIABILITY", "EXPENSE": "EXPENSE"}
ACCOUNTS = (  # code, name, type, tax type, system account, status
    ("090", "Pankkitili", "BANK", "NONE", "", "ACTIVE"),
    ("091", "Pankkitili USD", "BANK", "NONE", "", "ACTIVE"),
    ("200", "Myynti", "REVENUE", "OUTPUT", "", "ACTIVE"),
    ("205", "Vanha myynti", "REVENUE", "OUTPUT", "", "ARCHIVED"),
    ("210", "Myynti EU", "REVENUE", "TAX003", "", "ACTIVE"),
    ("260", "Muut tuotot", "REVENUE", "OUTPUT", "", "ACTIVE"),
    ("400", "Mainonta", "EXPENSE", "INPUT", "", "ACTIVE"),
    ("610", "Myyntisaamiset", "CURRENT", "NONE", "DEBTORS", "ACTIVE"),
    ("800", "Ostovelat", "CURRLIAB", "NONE", "CREDITORS", "ACTIVE"),
    ("820", "ALV", "CURRLIAB", "NONE", "GST", "ACTIVE"),
    ("860", "Pyöristys", "CURRLIAB", "NONE", "ROUNDING", "ACTIVE"),
)
RATES = (  # type, name, rate, for revenue, status
    ("OUTPUT", "ALV 25,5 % myynti", 25.5, True, "ACTIVE"),
    ("TAX001", "ALV 13,5 % myynti", 13.5, True, "ACTIVE"),
    ("TAX002", "ALV 10 % myynti", 10.0, True, "ACTIVE"),
    ("TAX003", "EU-myynti 0 %", 0.0, True, "ACTIVE"),
    ("TAX004", "ALV 24 % myynti", 24.0, True, "ARCHIVED"),
    ("TAX005", "Lisävero 25,5 % + 2 %", 27.5, True, "DELETED"),
    ("INPUT", "ALV 25,5 % osto", 25.5, False, "ACTIVE"),
    ("NONE", "Ei veroa", 0.0, True, "ACTIVE"),
)
_List = tuple[str, Table, tuple[str, ...]]
CURRENCIES = {"EUR": "Euro", "SEK": "Swedish Krona", "USD": "United States Dollar"}
CROSS = {"EUR": 1.0, "SEK": 11.02, "USD": 1.1573}
"""How much of a currency one euro buys; the demo's day rate never moves."""


class ChartDesk:
    """The lists that a program caches for a day."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """All settings."""
        books = self._books
        lists: list[_List] = [
            ("Accounts", books.accounts, ("AccountID", "Code", "Name", "Type", "Class", "Status", "TaxType",
                                          "SystemAccount", "CurrencyCode")),
            ("TaxRates", books.tax_rates, ("TaxType", "Name", "Status", "EffectiveRate",
                                           "CanApplyToRevenue")),
            ("Currencies", books.currencies, ("Code", "Description")),
            ("BrandingThemes", books.themes, ("BrandingThemeID", "Name", "SortOrder")),
        ]  # fmt: skip
        return [
            ("GET", "/api.xro/2.0/Organisation", self._organisation),
            ("GET", "/api.xro/2.0/Organisation/Actions", self._actions),
            ("GET", "/api.xro/2.0/Users", self._users),
            ("GET", "/api.xro/2.0/TrackingCategories", lambda: self._wrapped("TrackingCategories", [])),
            ("GET", "/api.xro/2.0/Accounts/<key>", self._account),
            *[("GET", f"/api.xro/2.0/{one[0]}", self._view(*one)) for one in lists],
        ]

    def plant(self) -> None:
        """The chart of a young company, and what it invoices in."""
        for row in ACCOUNTS:
            self._books.accounts.put(_account(*row))
        for rate in RATES:
            self._books.tax_rates.put(_rate(*rate))
        for code, title in CURRENCIES.items():
            self._books.currencies.put({"id": code, "Code": code, "Description": title})
        for at, title in enumerate(("Standard", "English")):
            key = named(f"theme {title}")
            made = {"BrandingThemeID": key, "Name": title, "SortOrder": at, "Type": "INVOICE"}
            self._books.themes.put({"id": key, **made, "CreatedDateUTC": BORN, "LogoUrl": ""})

    def add_currency(self, code: str, title: str) -> Doc:
        """A person subscribes to a currency."""
        made = {"id": code, "Code": code, "Description": title or code}
        self._books.currencies.put(made)
        return made

    def add_account(self, sent: Doc) -> Doc:
        """A person opens an account of `code` and `name`."""
        kind, tax = sent.get("type", "REVENUE"), sent.get("tax_type", "OUTPUT")
        made = _account(sent["code"], sent["name"], kind, tax, "", "ACTIVE")
        self._books.accounts.put(self._books.touched(made))
        return made

    def add_rate(self, sent: Doc) -> Doc:
        """A person makes a tax rate of `name` and `rate`; its type is the next `TAX00n`."""
        taken = sum(row["id"].startswith("TAX") for row in self._books.tax_rates.find())
        made = _rate(f"TAX{taken + 1:03}", sent["name"], sent["rate"], sent.get("sales", True), "ACTIVE")
        self._books.tax_rates.put(self._books.touched(made))
        return made

    def archive_account(self, code: str) -> Doc:
        """A person archives an account."""
        found = self._books.account(code)
        if found is None:
            raise LookupError(code)
        made = {**found, "Status": "ARCHIVED"}
        self._books.accounts.put(made)
        return made

    def _view(self, name: str, table: Table, fields: tuple[str, ...]) -> Any:
        known = frozenset(fields)
        return lambda: self._wrapped(name, ordered(matching(changed(table), known), known))

    def _wrapped(self, name: str, rows: list[Doc]) -> Doc:
        return envelope(self._books.now(), name, [shown(row) for row in rows])

    def _account(self, key: str) -> Doc:
        found = self._books.accounts.get(key) or self._books.account(key)
        if found is None:
            raise NotHere
        return self._wrapped("Accounts", [found])

    def _actions(self) -> Doc:
        rows = [(name, "ALLOWED" if self._books.may(name) else "NOT-ALLOWED") for name in ACTIONS]
        return self._wrapped("Actions", [{"Name": name, "Status": status} for name, status in rows])

    def _users(self) -> Doc:
        first, _, last = BOOKKEEPER[0].partition(" ")
        role = self._books.settings["role"]
        shown_role = {"ADVISER": "FINANCIALADVISER", "STANDARD": "STANDARD", "READONLY": "READONLY"}
        user = {
            "UserID": USER,
            "EmailAddress": self._books.settings["user_email"],
            "FirstName": first,
            "LastName": last,
            "UpdatedDateUTC": BORN,
            "IsSubscriber": True,
            "OrganisationRole": shown_role.get(role, "INVOICEONLY"),
        }
        return self._wrapped("Users", [user])

    def _organisation(self) -> Doc:
        settings = self._books.settings
        made = {
            "Name": ORGANISATION,
            "LegalName": ORGANISATION,
            "PaysTax": True,
            "Version": "GLOBAL",
            "OrganisationType": "COMPANY",
            "BaseCurrency": "EUR",
            "CountryCode": "FI",
            "IsDemoCompany": settings["demo_company"],
            "OrganisationStatus": "ACTIVE",
            "TaxNumber": COMPANY.vat,
            "FinancialYearEndDay": 31,
            "FinancialYearEndMonth": 12,
            "SalesTaxBasis": "ACCRUALS",
            "SalesTaxPeriod": "MONTHLY",
            "DefaultSalesTax": "Tax Exclusive",
            "DefaultPurchasesTax": "Tax Exclusive",
            "PeriodLockDate": settings["period_lock_date"] or None,
            "EndOfYearLockDate": settings["end_of_year_lock_date"] or None,
            "CreatedDateUTC": BORN,
            "Timezone": "FLESTANDARDTIME",
            "OrganisationEntityType": "COMPANY",
            "OrganisationID": TENANT,
            "ShortCode": SHORT_CODE,
            "Class": "DEMO" if settings["demo_company"] else "STANDARD",
            "Edition": "BUSINESS",
            "PaymentTerms": {"Sales": {"Day": 14, "Type": "DAYSAFTERBILLDATE"}},
        }
        return self._wrapped("Organisations", [made])


def _account(code: str, name: str, kind: str, tax: str, system: str, status: str) -> Doc:
    key = named(f"account {code}")
    made: Doc = {
        "id": key,
        "AccountID": key,
        "Code": code,
        "Name": name,
        "Status": status,
        "Type": kind,
        "TaxType": tax,
        "Class": CLASSES.get(kind, "REVENUE"),
        "SystemAccount": system or None,
        "EnablePaymentsToAccount": False,
        "ShowInExpenseClaims": False,
        "UpdatedDateUTC": BORN,
        "_updated": BORN,
    }
    if kind == "BANK":
        made |= {"BankAccountType": "BANK", "CurrencyCode": "USD" if code == "091" else "EUR"}
    return made


def _rate(tax_type: str, name: str, rate: float, sales: bool, status: str) -> Doc:
    applies = {f"CanApplyTo{what}": not sales for what in ("Assets", "Expenses")}
    return {
        "id": tax_type,
        "Name": name,
        "TaxType": tax_type,
        "TaxComponents": [{"Name": "ALV", "Rate": rate, "IsCompound": False, "IsNonRecoverable": False}],
        "Status": status,
        **applies,
        "CanApplyToEquity": True,
        "CanApplyToLiabilities": True,
        "CanApplyToRevenue": sales,
        "DisplayTaxRate": rate,
        "EffectiveRate": rate,
        "_updated": BORN,
    }
