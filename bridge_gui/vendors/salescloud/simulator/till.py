"""Ringing up: orders with lines and payments whose sums agree unless somebody means otherwise.

Facts: none of the service; shapes of salescloud.md section 5.2 [inferred]. VAT lies inside the gross and is
rounded half up per line; a line's total is after its discount.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from bridge_gui.sandbox.demo import Party
from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.salescloud.simulator.menu import GIFT_CARD, Method, Product

_SPACE = uuid.UUID("0d000000-0000-4000-8000-000000000000")


def named(text: str) -> str:
    """The same uuid for the same text, always."""
    return str(uuid.uuid5(_SPACE, text))


def vat_inside(gross: int, rate: int) -> int:
    """The VAT in a gross amount, half up away from zero, in whole kronur."""
    exact = Decimal(abs(gross)) * rate / (100 + rate)
    vat = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return vat if gross >= 0 else -vat


def line(product: Product, quantity: int = 1, discount: int = 0) -> Doc:
    """One line of an order."""
    total = product.price * quantity - discount
    return {
        "title": product.title,
        "sku": product.sku,
        "quantity": quantity,
        "unitPrice": product.price,
        "totalAmount": total,
        "taxRate": product.rate,
        "taxAmount": vat_inside(total, product.rate),
        "discountAmount": discount,
        "giftCard": False,
    }


def gift_card(amount: int) -> Doc:
    """A gift card sold: no VAT at the sale."""
    return {**line(Product(GIFT_CARD, "GJAFABREF", amount, 0)), "giftCard": True}


def order(name: str, number: int, closed: datetime, lines: list[Doc], created: datetime | None = None) -> Doc:
    """A closed order, not yet paid; `name` makes its uuids."""
    key = named(name)
    return {
        "id": key,
        "uuid": key,
        "number": str(number),
        "status": "CLOSED",
        "created": (created or closed).isoformat(),
        "closed": closed.isoformat(),
        "currencyCode": "ISK",
        "totalAmount": sum(one["totalAmount"] for one in lines),
        "taxAmount": sum(one["taxAmount"] for one in lines),
        "customer": None,
        "lineItems": [{"uuid": named(f"{name} line {at}"), **one} for at, one in enumerate(lines)],
        "payments": [],
        "refundOf": None,
    }


def paid(made: Doc, *tenders: tuple[Method, int], status: str = "SUCCESS") -> Doc:
    """The order with these payments added, at its closing."""
    for method, amount in tenders:
        at = len(made["payments"])
        made["payments"].append(
            {
                "uuid": named(f"{made['uuid']} payment {at}"),
                "created": made["closed"] or made["created"],
                "amount": amount,
                "status": status,
                "kind": "PAYMENT" if amount >= 0 else "REFUND",
                "paymentMethod": {"uuid": method.uuid, "title": method.title, "type": method.type},
            }
        )
    return made


def customer(party: Party) -> Doc:
    """A customer of the till; the phone is not known, and says so. QUIRK: `N/A` (salescloud.md 4)."""
    return {
        "uuid": named(f"customer {party.name}"),
        "label": party.name,
        "idNumber": party.kennitala or None,
        "email": party.email or None,
        "phone": "N/A",
        "invoiceable": True,
    }


def refund(name: str, number: int, closed: datetime, of: Doc, lines: Iterable[Doc]) -> Doc:
    """The refund of some lines of an order, dated when it is paid back, by the method it was paid with."""
    turned = [
        {
            **{key: value for key, value in one.items() if key != "uuid"},
            "quantity": -one["quantity"],
            "totalAmount": -one["totalAmount"],
            "taxAmount": -one["taxAmount"],
            "discountAmount": -one["discountAmount"],
        }
        for one in lines
    ]
    made = order(name, number, closed, turned)
    made["customer"] = of["customer"]
    made["refundOf"] = {"uuid": of["uuid"], "number": of["number"]}
    paying = next(one["paymentMethod"] for one in of["payments"] if one["status"] == "SUCCESS")
    return paid(made, (Method(**paying), made["totalAmount"]))
