"""Xero's documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.invoice_rules import DELETED, VOIDED


def held(books: Books) -> Iterator[Held]:
    """Invoices, payments, credit notes, contacts and items, as they are now."""
    yield from (_document("invoice", row, "InvoiceNumber") for row in books.invoices.find())
    yield from (_document("credit_note", row, "CreditNoteNumber") for row in books.credit_notes.find())
    yield from (_payment(books, row) for row in books.payments.find())
    yield from map(_contact, books.contacts.find())
    yield from map(_item, books.items.find())


def _document(kind: str, row: Doc, number: str) -> Held:
    lines = [line["Description"] for line in row["LineItems"]]
    return Held(
        kind=kind,
        id=row["id"],
        total=exact(row["Total"]),
        currency=row["CurrencyCode"],
        day=row["Date"],
        texts=written(row["Reference"], row[number], row.get("Url"), *lines),
        living=row["Status"] not in {VOIDED, DELETED},
    )


def _payment(books: Books, row: Doc) -> Held:
    invoice = books.invoices.get(row["_document"]) or {}
    return Held(
        kind="payment",
        id=row["id"],
        total=exact(row["Amount"]),
        currency=str(invoice.get("CurrencyCode", "")),
        day=row["Date"],
        texts=written(row["Reference"]),
        living=row["Status"] != DELETED,
    )


def _contact(row: Doc) -> Held:
    texts = written(row["Name"], row["EmailAddress"], row.get("TaxNumber"), row.get("ContactNumber"))
    living = row["ContactStatus"] == "ACTIVE"
    return Held(kind="contact", id=row["id"], total=exact(0), currency="", day="", texts=texts, living=living)


def _item(row: Doc) -> Held:
    texts = written(row.get("Code"), row.get("Name"))
    return Held(kind="item", id=row["id"], total=exact(0), currency="", day="", texts=texts)
