"""What an invoice comes to: lines, a discount, taxes beside or inside the price, charges.

Facts: highlevel.md 3.3, 5. Inferred: each tax is summed over the lines and then rounded half up; a discount
is shared by the lines it is valid on, by amount, before tax.
"""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.highlevel.simulator.crm import cents, number, plain


def totals(invoice: Doc) -> Doc:
    """`totalSummary` and `total`."""
    items = invoice["invoiceItems"]
    nets = [number(item["amount"]) * number(item["qty"]) for item in items]
    subtotal = cents(sum(nets, Decimal(0)))
    shares = _shares(invoice.get("discount") or {}, items, nets)
    discount = cents(sum(shares, Decimal(0)))
    beside, inside = Decimal(0), Decimal(0)
    for item, net, share in zip(items, nets, shares, strict=True):
        rate = sum((number(tax["rate"]) for tax in item.get("taxes") or []), Decimal(0))
        if item.get("taxInclusive"):
            inside += (net - share) * rate / (100 + rate)
        else:
            beside += (net - share) * rate / 100
    extra = _charges(invoice)
    total = subtotal - discount + cents(beside) + extra
    summary = {
        "subTotal": plain(subtotal),
        "discount": plain(discount),
        "tax": plain(cents(beside) + cents(inside)),
    }
    return {"totalSummary": summary, "total": plain(total)}


def _shares(discount: Doc, items: list[Doc], nets: list[Decimal]) -> list[Decimal]:
    valid = discount.get("validOnProductIds") or []
    bases = [
        net if not valid or item.get("productId") in valid else Decimal(0)
        for item, net in zip(items, nets, strict=True)
    ]
    whole, value = sum(bases, Decimal(0)), number(discount.get("value"))
    if not whole or not value:
        return [Decimal(0) for _ in nets]
    amount = cents(whole * value / 100) if discount.get("type") == "percentage" else min(value, whole)
    return [amount * base / whole for base in bases]


def _charges(invoice: Doc) -> Decimal:
    charges = (invoice.get("miscellaneousCharges") or {}).get("charges") or []
    tips = (invoice.get("tipsConfiguration") or {}).get("collected")
    return sum((number(one.get("amount")) for one in charges), Decimal(0)) + number(tips)
