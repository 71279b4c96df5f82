"""Exact arithmetic with amounts: never a float, always a stated rounding."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
_FINEST = Decimal("0.0001")
_LARGEST = Decimal(10) ** 14

# Currencies without a minor unit (ISO 4217); none of the vendors is known to keep more than two decimals.
_WHOLE = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
        "XAF", "XOF", "XPF",
    }
)  # fmt: skip


def smallest_unit(currency: str) -> Decimal:
    """The smallest amount that can be paid in a currency, such as 0.01 EUR or 1 ISK."""
    return Decimal(1) if currency in _WHOLE else Decimal("0.01")


def round_to_unit(amount: Decimal, currency: str, unit: Decimal | None = None) -> Decimal:
    """Round half away from zero to the currency's smallest unit, or to a system's own `unit`."""
    return amount.quantize(smallest_unit(currency) if unit is None else unit, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum, a Decimal for no amounts as well."""
    return sum(amounts, ZERO)


def plain(amount: Decimal) -> str:
    """An amount as text for machines: a point, no exponent, no needless zeros after the point."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def keepable(amount: Decimal) -> bool:
    """Whether an amount can be kept exactly: at most four decimals, and below 100,000 milliards."""
    return abs(amount) < _LARGEST and amount == amount.quantize(_FINEST)
