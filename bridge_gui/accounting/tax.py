"""Value added tax: exact rates, and the part of a gross amount that is tax."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.money import round_to_unit

_HUNDRED = Decimal(100)


class TaxCode(Struct, frozen=True, kw_only=True):
    """A vendor's tax rule: its key there, and its rate in per cent (24 means 24 %)."""

    key: str
    rate: Decimal


class TaxSplit(Struct, frozen=True, kw_only=True):
    """A gross amount taken apart; `net + tax == gross` holds to the last unit."""

    rate: Decimal
    gross: Decimal
    net: Decimal
    tax: Decimal


def split_gross(gross: Decimal, rate: Decimal, currency: str, unit: Decimal | None = None) -> TaxSplit:
    """Take the tax off a gross amount, the tax rounded half up to the currency's unit, or to `unit`."""
    tax = round_to_unit(gross * rate / (_HUNDRED + rate), currency, unit)
    return TaxSplit(rate=rate, gross=gross, net=gross - tax, tax=tax)
