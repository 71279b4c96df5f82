"""Sharefox's documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.sharefox.simulator.shop import Shop


def held(shop: Shop) -> Iterator[Held]:
    """Orders, invoice bases, customers and products, as they are now."""
    yield from map(_order, shop.orders.find())
    yield from map(_invoice, shop.invoices.find())
    for row in shop.customers.find():
        names = (
            f"{row['firstName']} {row['lastName']}",
            row["companyName"],
            row["companyOrgNo"],
            row["email"],
        )
        yield _bare("contact", row, *names)
    yield from (_bare("item", row, row["name"]) for row in shop.products.find())


def _order(row: Doc) -> Held:
    lines = [line["name"] for line in (*row["bookings"], *row["extraServices"])]
    return Held(
        kind="order",
        id=row["id"],
        total=exact(row["totalPrice"]),
        currency=row["currency"],
        day=row["createdAt"][:10],
        texts=written(row["reference"], *lines),
        living=row["status"] != "Cancelled",
    )


def _invoice(row: Doc) -> Held:
    return Held(
        kind="invoice",
        id=row["id"],
        total=exact(row["grossAmount"]),
        currency=row["currency"],
        day=row["issueDate"],
        texts=written(row["number"], row["externalId"], *(line["name"] for line in row["lines"])),
    )


def _bare(kind: str, row: Doc, *texts: str) -> Held:
    return Held(kind=kind, id=row["id"], total=exact(0), currency="", day="", texts=written(*texts))
