"""24SevenOffice's documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books

KINDS = {2: "credit_note", 3: "payment", 5: "reminder_fee", 7: "loss"}


def held(books: Books) -> Iterator[Held]:
    """Orders, the invoices made of them, what settled these, and customers, products, categories."""
    for order in books.orders.fresh.find():
        yield _order(books, "order", order, order["id"], order["date"])
        number = order.get("invoice", {}).get("number")
        if number:
            yield _order(books, "invoice", order, str(number), order["invoice"]["date"])
    yield from (_entry(row) for row in books.ledger.find() if _settles(row))
    yield from (_named("contact", row, row.get("externalReference")) for row in books.customers.find())
    yield from (_named("item", row, row["number"]) for row in books.products.find())
    yield from (_named("category", row, "") for row in books.categories.find())


def _order(books: Books, kind: str, row: Doc, key: str, day: str) -> Held:
    lines = [line.get("description") for line in books.lines(row)]
    # What makes an order known stands on the order; an invoice is known by its number.
    own = (
        [row.get(name) for name in ("referenceNumber", "memo", "internalMemo")] if kind == "order" else [key]
    )
    return Held(
        kind=kind,
        id=key,
        total=exact(row["grossAmount"]),
        currency=row["currency"]["code"],
        day=day,
        texts=written(*own, *lines),
        living=row["status"] != "Inactive",
    )


def _settles(row: Doc) -> bool:
    return row["transactionType"]["id"] in KINDS and 1500 <= row["account"]["number"] <= 1529


def _entry(row: Doc) -> Held:
    return Held(
        kind=KINDS[row["transactionType"]["id"]],
        id=row["id"],
        total=abs(exact(row["amount"])),
        currency=row["currency"]["code"],
        day=row["date"],
        texts=written(row["invoice"].get("number"), row["comment"]),
    )


def _named(kind: str, row: Doc, text: object) -> Held:
    email = (row.get("email") or {}).values()
    texts = written(row.get("name"), row.get("organizationNumber"), text, *email)
    return Held(kind=kind, id=row["id"], total=exact(0), currency="", day="", texts=texts)
