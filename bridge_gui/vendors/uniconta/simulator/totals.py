"""What lines and orders come to.

INFERRED throughout (uniconta.md 5 says that rounding is not documented): each line to two decimals, half up,
VAT on the sum of each rate.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bridge_gui.sandbox.kit import Doc, exact
from bridge_gui.vendors.uniconta.simulator.books import Books

ORE = Decimal("0.01")


def ore(amount: Decimal) -> Decimal:
    """To two decimals, half up."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def line_net(line: Doc, quantity: Decimal | None = None) -> Decimal:
    """What a line comes to without VAT, or so many of it."""
    whole = exact(line.get("Qty"))
    share = whole if quantity is None else quantity
    off = exact(line.get("Discount")) * (share / whole if whole else 1)
    return ore(share * exact(line.get("Price")) * (1 - exact(line.get("DiscountPct")) / 100) - off)


def line_sums(line: Doc) -> Doc:
    """The figures that Uniconta fills into a line."""
    net, cost = line_net(line), ore(exact(line.get("Qty")) * exact(line.get("CostPrice")))
    return {"Total": float(net), "SalesValue": float(net), "CostValue": float(cost), **_margin(net, cost)}


def order_sums(books: Books, order: Doc, debtor: Doc, lines: list[Doc]) -> Doc:
    """The figures that Uniconta fills into an order."""
    left = 1 - exact(order.get("EndDiscountPct")) / 100
    nets = [(line, line_net(line)) for line in lines]
    net = ore(sum((one for _, one in nets), Decimal(0)) * left)
    cost = sum((exact(line.get("CostValue")) for line in lines), Decimal(0))
    vat = vat_of(books, order, debtor, nets, left)
    return {
        "NoLines": len(lines),
        "TotalQty": float(sum((exact(line.get("Qty")) for line in lines), Decimal(0))),
        "TotalBeforeVAT": float(net),
        "OrderTotal": float(net + vat),
        "SalesValue": float(net),
        "CostValue": float(cost),
        **_margin(net, cost),
    }


def vat_of(books: Books, order: Doc, debtor: Doc, nets: list[tuple[Doc, Decimal]], left: Decimal) -> Decimal:
    """The VAT of lines, by their own group, the order's or the debtor's."""
    by_rate: dict[Decimal, Decimal] = {}
    for line, net in nets:
        key = line.get("Vat") or order.get("Vat") or debtor.get("Vat")
        group = books.found("GLVatClient", key) if key else None
        rate = exact(group.get("Rate")) if group else Decimal(0)
        by_rate[rate] = by_rate.get(rate, Decimal(0)) + net
    return sum((ore(net * left * rate / 100) for rate, net in by_rate.items()), Decimal(0))


def _margin(net: Decimal, cost: Decimal) -> Doc:
    ratio = ore((net - cost) / net * 100) if net else Decimal(0)
    return {"Margin": float(net - cost), "MarginRatio": float(ratio)}
