"""The lines of an order: one for each thing rented, deposit, damage or service, priced before tax."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.money import ZERO, plain, round_to_unit
from bridge_gui.accounting.ordering import OrderTax
from bridge_gui.accounting.rentals import RentalInvoice, RentalLine
from bridge_gui.accounting.tax import split_gross
from bridge_gui.bridges.sharefox_twentyfourseven.rules import Rules
from bridge_gui.errors import CannotMap

LONGEST = 300
_HUNDRED = Decimal(100)
_FINE = Decimal("0.01")


def lines_of(invoice: RentalInvoice, rules: Rules) -> tuple[BillLine, ...]:
    """All lines of an invoice basis, free ones too; `CannotMap` names the one that cannot be."""
    return tuple(_line(line, invoice.currency, rules) for line in invoice.lines)


def worded(line: RentalLine) -> str:
    """What stands on the line: "Traktor (2021-01-10 - 2021-01-12)", the name cut where both are too long."""
    if not line.rented:
        return line.text[:LONGEST]
    period = f" ({line.first} - {line.last})"
    return f"{line.text[: LONGEST - len(period)]}{period}"


def _line(line: RentalLine, currency: str, rules: Rules) -> BillLine:
    tax = _tax(line, rules)
    made = BillLine(
        text=worded(line), quantity=line.quantity, unit_price=line.net_price(inclusive=rules.inclusive),
        tax=tax.key, rate=tax.rate, discount=_percent(line),
    )  # fmt: skip
    meant = _net(line, tax.rate, currency, inclusive=rules.inclusive)
    if made.discount.is_signed() or made.amount(currency) != meant:
        # What a price per piece and a percentage cannot say to the øre goes as one piece at its whole price.
        return replace(made, quantity=Decimal(1), unit_price=meant, discount=ZERO)
    return made


def _tax(line: RentalLine, rules: Rules) -> OrderTax:
    if line.rate is None:
        raise CannotMap("line.no_rate", line=line.text)
    tax = rules.tax_of(line.rate)
    if tax is None:
        raise CannotMap("line.rate_unmapped", line=line.text, rate=plain(line.rate))
    if tax.rate != line.rate:
        raise CannotMap(
            "line.rate_differs", line=line.text, rate=plain(line.rate), code=f"{tax.number} {tax.name}",
            theirs=plain(tax.rate),
        )  # fmt: skip
    return tax


def _percent(line: RentalLine) -> Decimal:
    """The discount in per cent; one told as an amount is turned into one, to a hundredth."""
    whole = line.quantity * line.unit_price
    if line.discount_amount is None:
        return line.discount
    return (line.discount_amount * _HUNDRED / whole).quantize(_FINE) if whole else ZERO


def _net(line: RentalLine, rate: Decimal, currency: str, *, inclusive: bool) -> Decimal:
    """What the line comes to before tax, as the shop reckons it."""
    amount = line.amount(currency)
    return split_gross(amount, rate, currency).net if inclusive else round_to_unit(amount, currency)
