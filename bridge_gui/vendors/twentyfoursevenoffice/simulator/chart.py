"""The organisation and its lists: tax codes, accounts, sales types, payment methods, transaction types.

Facts: twentyfoursevenoffice.md sections 2.1, 3.4 and 3.5. Inferred: that numbers follow Norway's standard
codes, that ids are other figures than numbers (a switch), the transaction types and their names.
"""

from __future__ import annotations

from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Refusal, Route, answer
from bridge_gui.sandbox.rentals import OWNER, SHOP
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, kept, shown
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import fault, invalid, not_found
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API, ORGANIZATION

TAXES = (  # number, name, rate
    (0, "Ingen avgift", 0),
    (1, "Inngående avgift, høy sats", 25),
    (3, "Utgående avgift, høy sats", 25),
    (5, "Avgiftsfritt salg innland", 0),
    (6, "Salg utenfor avgiftsområdet", 0),
    (11, "Inngående avgift, middels sats", 15),
    (13, "Inngående avgift, lav sats", 12),
    (31, "Utgående avgift, middels sats", 15),
    (32, "Utgående avgift, råfisk", 11.11),
    (33, "Utgående avgift, lav sats", 12),
    (51, "Omvendt avgiftsplikt innland", 0),
    (52, "Avgiftsfri utførsel", 0),
    (86, "Kjøp av tjenester fra utlandet", 25),
)
ACCOUNTS = (  # number, name, tax number
    (1500, "Kundefordringer", 0),
    (1510, "Kundefordringer, inkasso", 0),
    (1900, "Kasse", 0),
    (1920, "Bank", 0),
    (1925, "Kortoppgjør", 0),
    (2700, "Utgående merverdiavgift", 0),
    (3000, "Salgsinntekt, avgiftspliktig", 3),
    (3100, "Salgsinntekt, avgiftsfri", 5),
    (3900, "Purregebyr", 6),
    (4000, "Varekjøp", 1),
    (7830, "Tap på fordringer", 0),
)
RECEIVABLE, BANK, OUTPUT_VAT, REVENUE, LOSS = 1500, 1920, 2700, 3000, 7830
METHODS = ((1, "Kort", 1925), (2, "Kasse", 1900))
TYPES = (  # id, number, name, the SOAP interface's system type
    (1, 1, "Utgående faktura", "InvoiceCustomer"),
    (2, 2, "Kreditnota", "CreditnoteCustomer"),
    (3, 3, "Innbetaling", "Payment"),
    (4, 4, "Kontantsalg", "CashSale"),
    (5, 5, "Purregebyr", "ReminderFee"),
    (6, 6, "Diverse bilag", "Miscellaneous"),
    (7, 7, "Tap på fordringer", "InvoiceLoss"),
)


class ChartDesk:
    """The lists that a program reads once."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """All of them, unpaged."""
        books = self._books
        return [
            ("GET", f"{API}organization/information", self._organization),
            ("GET", f"{API}me", _no_person),
            ("GET", f"{API}me/licenses", _no_person),
            ("GET", f"{API}taxes", lambda: [shown(row) for row in books.taxes.find()]),
            ("GET", f"{API}taxes/<key>", self._tax),
            ("GET", f"{API}accounts", self._accounts),
            ("GET", f"{API}accounts/<key>", self._account),
            ("GET", f"{API}salestypes", self._sales_types),
            ("GET", f"{API}paymentmethods", lambda: [shown(row) for row in books.payment_methods.find()]),
            ("GET", f"{API}currencies", _currencies),
            ("GET", f"{API}transactiontypes", self._types),
            ("GET", f"{API}productunits", lambda: [shown(row) for row in books.units.find()]),
        ]

    def plant(self) -> None:
        """The chart of a small Norwegian company."""
        for number, name, rate in TAXES:
            self.add_tax(number, name, rate)
        for at, (number, name, tax) in enumerate(ACCOUNTS):
            row = {"number": number, "name": name, "taxId": self.tax_numbered(tax)}
            self._books.accounts.put({"id": str(501 + at), **row})
        for key, name, number in METHODS:
            self.add_method(key, name, number)
        for key, number, name, system in TYPES:
            self._books.transaction_types.put(
                {"id": str(key), "number": number, "name": name, "_system": system}
            )
        for key, name, symbol in ((1, "Stykk", "stk"), (2, "Dag", "dag")):
            self._books.units.put({"id": str(key), "name": name, "symbol": symbol})

    def add_tax(self, number: int, name: str, rate: float) -> Doc:
        """One more tax code."""
        key = number + (100 if self._books.settings["tax_ids_differ"] else 0)
        made = {"id": str(key), "number": number, "name": name, "rate": rate}
        self._books.taxes.put(made)
        return made

    def add_method(self, key: int, name: str, account: int) -> Doc:
        """One more payment method."""
        made = {"id": str(key), "name": name, "account": {"id": int(self._books.account(account)["id"])}}
        self._books.payment_methods.put(made)
        return made

    def tax_numbered(self, number: int) -> int:
        """The id of the tax code of that number."""
        found = self._books.taxes.first(("number", "=", number))
        return int(found["id"]) if found else 0

    def chosen_tax(self, told: Doc, path: str) -> Doc:
        """The tax that a line means, by id, else by number."""
        books = self._books
        if "id" in told:
            found = kept(books.taxes, told["id"])
        else:
            found = books.taxes.first(("number", "=", told.get("number")))
        if found is None:
            raise invalid(fault(path, "reference"))
        return {"id": int(found["id"]), "number": found["number"], "rate": found["rate"]}

    def _organization(self) -> Doc:
        address = {"street": "Eksempelkaia 1", "city": "Oslo", "postalArea": "Oslo", "postalCode": "0150",
                   "countrySubdivision": None, "countryCode": "NO"}  # fmt: skip
        return {
            "id": int(ORGANIZATION),
            "name": self._books.settings["company_name"] or SHOP,
            "email": OWNER[1],
            "invoiceEmail": OWNER[1],
            "address": address,
            "status": "Active",
            "settings": {"currencyCode": "NOK"},
            "contact": {"name": OWNER[0], "phone": None, "email": OWNER[1], "language": "nb"},
        }

    def _tax(self, key: str) -> Doc:
        found = self._books.taxes.get(key)
        if found is None:
            raise not_found("Tax")
        return shown(found)

    def _accounts(self) -> list[Doc]:
        text = request.args.get("query", "").lower()
        rows = [shown(row) for row in self._books.accounts.find(order="number")]
        return [row for row in rows if str(row["number"]).startswith(text) or text in row["name"].lower()]

    def _account(self, key: str) -> Doc:
        found = self._books.accounts.get(key)
        if found is None:
            raise not_found("Account")
        return shown(found)

    def _sales_types(self) -> list[Doc]:
        """QUIRK: what is built in has a negative id (twentyfoursevenoffice.md 3.4)."""
        account = {"id": int(self._books.account(REVENUE)["id"])}
        return [{"id": -1, "name": "Vanlig salg", "account": account}]

    def _types(self) -> list[Doc]:
        return [shown(row) for row in self._books.transaction_types.find()]


def _no_person() -> Any:
    """QUIRK: a client-credentials token has no identityId (twentyfoursevenoffice.md 2.1)."""
    error = {"name": "ForbiddenError", "message": "Token has no identityId claim"}
    raise Refusal(403, {"error": error, "trackingId": "me"})


def _currencies() -> Any:
    return answer([{"code": code, "rate": rate} for code, rate in (("NOK", 1), ("SEK", 0.98), ("EUR", 11.6))])
