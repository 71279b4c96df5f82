"""Payday's documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, positive, written
from bridge_gui.vendors.payday.simulator.books import Books


def held(books: Books) -> Iterator[Held]:
    """Journal entries, invoices and customers, as they are now."""
    yield from map(_entry, books.journal.fresh.find())
    yield from map(_invoice, books.invoices.fresh.find())
    yield from map(_customer, books.customers.fresh.find())


def _entry(entry: Doc) -> Held:
    return Held(
        kind="journal_entry",
        id=entry["id"],
        total=positive(exact(line["amount"]) for line in entry["lines"]),
        currency="ISK",
        day=entry["date"][:10],
        texts=written(entry["description"]),
    )


def _invoice(invoice: Doc) -> Held:
    lines = [text for line in invoice["lines"] for text in (line["description"], line.get("comment"))]
    return Held(
        kind="invoice",
        id=invoice["id"],
        total=exact(invoice["amountIncludingVat"]),
        currency=invoice["currencyCode"],
        day=invoice["invoiceDate"][:10],
        texts=written(invoice["description"], invoice["reference"], *lines),
        living=invoice["status"] != "DELETED",
    )


def _customer(customer: Doc) -> Held:
    return Held(
        kind="customer",
        id=customer["id"],
        total=exact(0),
        currency="",
        day="",
        texts=written(customer["ssn"], customer["name"]),
    )
