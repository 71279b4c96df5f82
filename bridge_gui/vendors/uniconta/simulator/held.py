"""Uniconta's documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.uniconta.simulator.books import Books


def held(books: Books) -> Iterator[Held]:
    """Orders, invoices, debtors, contacts and employees."""
    for row in books.table("DebtorOrder").find():
        texts = written(_mark(row), row.get("YourRef"))
        yield _document("order", row["OrderNumber"], row, texts, row["TotalBeforeVAT"], row["Created"])
    for row in books.table("DebtorInvoice").find():
        texts = written(row.get("YourRef"))
        yield _document("invoice", row["InvoiceNumber"], row, texts, row["NetAmount"], row["Date"])
    for row in books.table("Debtor").find():
        yield _bare("debtor", row["Account"], _mark(row), row.get("CompanyRegNo"))
    for row in books.table("Contact").find():
        yield _bare("contact", row["id"], row.get("ReferenceId"), row.get("Email"))
    for row in books.table("Employee").find():
        yield _bare("employee", row["Number"], _mark(row), row.get("Email"))


def _mark(row: Doc) -> Any:
    return row.get("xWebcrmId")


def _document(kind: str, key: object, row: Doc, texts: tuple[str, ...], total: float, day: str) -> Held:
    return Held(
        kind=kind,
        id=f"{kind}-{key}",
        total=exact(total),
        currency=row.get("Currency", "DKK"),
        day=day[:10],
        texts=texts,
        living=not row.get("VoidInvoice"),
    )


def _bare(kind: str, key: object, *texts: object) -> Held:
    return Held(kind=kind, id=f"{kind}-{key}", total=exact(0), currency="", day="", texts=written(*texts))
