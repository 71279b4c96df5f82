"""An invoice's lines: their prices, their VAT, and the invoice's totals.

Facts: payday.md section 3.3 (line rules, silently dropped fields, refusals) and 5 (rounding of line totals).
Inferred: VAT rounded per line, by a switch per invoice.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc, Refusal
from bridge_gui.vendors.payday.simulator.books import VAT_RATES, Books, number
from bridge_gui.vendors.payday.simulator.reading import invalid

_PRICE = Decimal("0.0001")


def checked_lines(books: Books, sent: Any, invoice: str, vat_registered: bool) -> list[Doc]:
    """The lines as Payday keeps them, in their positions; or the first refusal."""
    if not isinstance(sent, list) or not sent or not all(isinstance(one, dict) for one in sent):
        raise invalid("Lines is required.")
    lines = [_line(books, one, place, invoice) for place, one in enumerate(sent, 1)]
    if not vat_registered and any(line["vatPercentage"] for line in lines):
        text = (
            "Unable to add VAT to invoice line. Company is not VAT obligated or does not have a VAT number."
        )
        raise Refusal(400, text)
    return lines


def merged(old: list[Doc], new: list[Doc]) -> list[Doc]:
    """The lines when a PUT merges by id: known ones change, new ones join, absent ones stay."""
    changes = {line["id"]: line for line in new}
    known = [changes.pop(line["id"], line) for line in old]
    lines = [*known, *(line for line in new if line["id"] in changes)]
    return [{**line, "position": place} for place, line in enumerate(lines, 1)]


def totals(books: Books, lines: list[Doc]) -> Doc:
    """Amounts without, of, and with VAT."""
    amounts = [_amounts(books, line) for line in lines]
    net = sum((net for net, _ in amounts), Decimal(0))
    vat = sum((vat for _, vat in amounts), Decimal(0))
    if books.settings["invoice_vat_per"] == "invoice":
        gross = net + vat
        vat = sum(vat_by_rate(books, lines).values(), Decimal(0))
        net = gross - vat
    return {
        "amountExcludingVat": float(net),
        "amountVat": float(vat),
        "amountIncludingVat": float(net + vat),
    }


def gross_by_rate(books: Books, lines: list[Doc]) -> dict[Decimal, Decimal]:
    """The amounts with VAT for each rate."""
    found: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        found[number(line["vatPercentage"]) or Decimal(0)] += sum(_amounts(books, line), Decimal(0))
    return dict(found)


def vat_by_rate(books: Books, lines: list[Doc]) -> dict[Decimal, Decimal]:
    """The VAT for each rate, rounded as the switch says."""
    if books.settings["invoice_vat_per"] == "invoice":
        gross = gross_by_rate(books, lines)
        return {rate: books.vat_inside(amount, rate) for rate, amount in gross.items()}
    found: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        found[number(line["vatPercentage"]) or Decimal(0)] += _amounts(books, line)[1]
    return dict(found)


def _amounts(books: Books, line: Doc) -> tuple[Decimal, Decimal]:
    """A line's whole kronur without VAT, and its VAT."""
    quantity, rate = number(line["quantity"]) or Decimal(0), number(line["vatPercentage"]) or Decimal(0)
    part = 1 - (number(line["discountPercentage"]) or Decimal(0)) / 100
    if line["_net"]:
        net = _whole(quantity * (number(line["unitPriceExcludingVat"]) or Decimal(0)) * part)
        return net, books.kronur(net * rate / 100)
    gross = _whole(quantity * (number(line["unitPriceIncludingVat"]) or Decimal(0)) * part)
    vat = books.vat_inside(gross, rate)
    return gross - vat, vat


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def _line(books: Books, sent: Doc, place: int, invoice: str) -> Doc:
    """QUIRK: other names, such as vatRate or unitPrice, fall away without a word (payday.md 3.3)."""
    net, gross = number(sent.get("unitPriceExcludingVat")), number(sent.get("unitPriceIncludingVat"))
    if net is None and gross is None:
        raise Refusal(
            400,
            f"Invoice line with ID '{sent.get('id') or ''}' in position '{place}' is not valid. "
            "Either unit price excluding VAT or unit price including VAT must be specified.",
        )
    rate = number(sent.get("vatPercentage")) or Decimal(0)
    if rate not in VAT_RATES:
        raise invalid(f"Vat percentage {rate} is not valid.")
    if net is not None and gross is not None:
        rate = Decimal(0)  # QUIRK: both prices once zeroed the VAT (payday.md 3.3)
    factor = 1 + rate / 100
    excluding = net if net is not None else (gross or Decimal(0)) / factor
    including = net * factor if net is not None else gross or Decimal(0)
    quantity = number(sent.get("quantity"))
    return {
        "id": sent.get("id") or books.new_id(),
        "invoiceId": invoice,
        "position": place,
        **_described(books, sent),
        "quantity": float(1 if quantity is None else quantity),
        "unitPriceExcludingVat": float(excluding.quantize(_PRICE, ROUND_HALF_UP)),
        "unitPriceIncludingVat": float(including.quantize(_PRICE, ROUND_HALF_UP)),
        "vatPercentage": float(rate),
        "discountPercentage": float(number(sent.get("discountPercentage")) or 0),
        "created": books.stamp(),
        "_net": net is not None,
    }


def _described(books: Books, sent: Doc) -> Doc:
    """QUIRK: a known sku rewrites the description to "SKU - name" (payday.md 3.3)."""
    description = str(sent.get("description") or "")
    if len(description) > 1024:
        raise invalid("Line description must be at most 1024 characters.")
    sku, product = sent.get("sku"), sent.get("productId")
    known = books.products.fresh.first(("sku", "=", sku)) if sku else None
    if known is not None:
        product, description = known["id"], f"{sku} - {known['name']}"
    return {"description": description, "comment": sent.get("comment"), "sku": sku, "productId": product}
