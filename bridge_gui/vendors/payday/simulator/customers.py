"""Payday's customers, with the oddities of their look-ups.

Facts: payday.md sections 3.1 and 3.2, pitfalls 2, 4 and 5. Inferred: texts of refusals, that equal kennitalas
are not refused, what the registry says of an unknown number.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from bridge_gui.sandbox.demo import CUSTOMERS, registered
from bridge_gui.sandbox.kit import Doc, Refusal, Route
from bridge_gui.vendors.payday.simulator.books import Books, pick, public
from bridge_gui.vendors.payday.simulator.reading import asked, body, invalid, missing, page

EMPTY: Doc = {
    "ssn": None,
    "foreignSsn": None,
    "name": "",
    "email": None,
    "address": None,
    "zipCode": None,
    "city": None,
    "country": "Ísland",
    "language": "is",
    "contact": None,
    "comment": None,
    "phone": None,
    "sendElectronicInvoices": False,
    "dueDateDefaultDaysAfter": 0,
    "finalDueDateDefaultDaysAfter": 14,
    "invoiceNotes": None,
    "additionalHeaderInfo": None,
    "invoiceLineDiscount": None,
}


class CustomerDesk:
    """Finds, makes, changes and removes customers."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """All paths under `/customers` but the ones about invoices and the ledger."""
        return [
            ("GET", "/customers", self.listing),
            ("POST", "/customers", self.create),
            ("GET", "/customers/search/", self.search),
            ("GET", "/customers/number/<ssn>", self.by_number),
            ("GET", "/customers/<key>", self.one),
            ("PUT", "/customers/<key>", self.update),
            ("DELETE", "/customers/<key>", self.delete),
        ]

    def plant(self) -> None:
        """One customer that the café invoiced before, and one from abroad without a kennitala."""
        self.add({"ssn": CUSTOMERS[0].kennitala, "email": CUSTOMERS[0].email})
        self.add({"name": "Example Travel Ltd.", "email": "office@travel.example", "country": "Írland"})

    def listing(self) -> Any:
        """Everybody. QUIRK: `ssn=` is ignored and returns everybody (payday.md pitfall 2)."""
        return page(self._books.customers.shown(), "customers", usual=100)

    def search(self) -> Any:
        """Customers whose e-mail or name holds the text."""
        text = asked("query").lower()
        found = [
            public(one)
            for one in self._books.customers.shown().find()
            if text and (text in (one["email"] or "").lower() or text in one["name"].lower())
        ]
        return {"customers": found}

    def by_number(self, ssn: str) -> Any:
        """The oldest customer of that kennitala, written without a hyphen."""
        found = self._books.customers.shown().first(("ssn", "=", ssn))
        if found is None:
            raise missing()
        return public(found)

    def one(self, key: str) -> Any:
        """One customer."""
        return public(self._found(key))

    def create(self) -> Any:
        """A new customer. QUIRK: some answers have no body at all (payday.md 3.2), a switch here."""
        made = self.add(body())
        return Response(status=200) if self._books.settings["empty_create_body"] else public(made)

    def update(self, key: str) -> Any:
        """Changes the fields sent; `refetch` reads the registry again."""
        found = self._found(key, fresh=True)
        sent = body()
        _check_email(sent)
        changed = {**found, **pick(sent, *EMPTY), "edited": self._books.stamp()}
        if sent.get("refetch"):
            changed |= _from_registry(changed["ssn"])
        self._books.customers.put(changed)
        return public(changed)

    def delete(self, key: str) -> Any:
        """Removes a customer that was never invoiced."""
        found = self._found(key, fresh=True)
        if self._books.invoices.fresh.first(("_customer", "=", key)) is not None:
            text = "Deleting customer is not allowed because it has invoices."
            raise Refusal(400, {"errorCode": 21001, "errorMessage": text})
        self._books.customers.drop(found["id"])
        return Response(status=200)

    def add(self, sent: Doc) -> Doc:
        """Stores a new customer; with a kennitala its name comes from the national registry."""
        ssn = str(sent.get("ssn") or "")
        if ssn and not (ssn.isdigit() and len(ssn) == 10):
            raise invalid("Ssn is not valid.")
        if not ssn and not sent.get("name"):
            raise invalid("Name is required.")
        _check_email(sent)
        made = {**EMPTY, **pick(sent, *EMPTY), "ssn": ssn or None}
        if ssn:
            made |= _from_registry(ssn)
        made = {"id": self._books.new_id(), **made, "created": self._books.stamp(), "edited": None}
        self._books.customers.put(made)
        return made

    def _found(self, key: str, *, fresh: bool = False) -> Doc:
        customers = self._books.customers
        found = customers.fresh.get(key) if fresh else customers.shown().get(key)
        if found is None:
            raise missing()
        return found


def _check_email(sent: Doc) -> None:
    """QUIRK: several addresses with commas in one field are refused (payday.md pitfall 5)."""
    email = sent.get("email")
    if email and ("," in email or "@" not in email):
        raise invalid("Email is not valid.")


def _from_registry(ssn: str | None) -> Doc:
    """QUIRK: what the registry says wins over the name and address sent (payday.md 3.2)."""
    if not ssn:
        return {}
    party = registered(ssn)
    if party is None:
        return {"name": f"Skráð félag {ssn}", "address": "Óþekkt 0", "zipCode": "101", "city": "Reykjavík"}
    return {"name": party.name, "address": party.address, "zipCode": party.zip_code, "city": party.city}
