"""QuickBooks' documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.quickbooks.simulator.books import SALES, Books, ref

KINDS = {
    "Invoice": "invoice", "SalesReceipt": "sales_receipt", "RefundReceipt": "refund_receipt",
    "CreditMemo": "credit_note",
}  # fmt: skip


def held(books: Books) -> Iterator[Held]:
    """Sales, payments, customers and items, as they are now."""
    for kind in SALES:
        yield from (_sale(KINDS[kind], row) for row in books.table(kind).find())
    yield from map(_payment, books.table("Payment").find())
    yield from (_named("contact", row, "DisplayName") for row in books.table("Customer").find())
    yield from (_named("item", row, "Name") for row in books.table("Item").find())


def _sale(kind: str, row: Doc) -> Held:
    lines = [line.get("Description") for line in row["Line"]]
    return Held(
        kind=kind,
        id=row["id"],
        total=exact(row["TotalAmt"]),
        currency=ref(row, "CurrencyRef"),
        day=row["TxnDate"],
        texts=written(row.get("DocNumber"), row.get("PrivateNote"), row.get("PaymentRefNum"), *lines),
        living=not row.get("_voided"),
    )


def _payment(row: Doc) -> Held:
    return Held(
        kind="payment",
        id=row["id"],
        total=exact(row["TotalAmt"]),
        currency=ref(row, "CurrencyRef"),
        day=row["TxnDate"],
        texts=written(row.get("PaymentRefNum"), row.get("PrivateNote")),
        living=not row.get("_voided"),
    )


def _named(kind: str, row: Doc, field: str) -> Held:
    email = (row.get("PrimaryEmailAddr") or {}).get("Address")
    texts = written(row[field], email, row.get("Notes"))
    return Held(
        kind=kind, id=row["id"], total=exact(0), currency="", day="", texts=texts, living=row["Active"]
    )
