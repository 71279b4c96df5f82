"""What the shop's desks share: tables, numbers, times, and what a line comes to.

Facts: sharefox.md sections 3 and 6. Inferred: two decimals for each line, half up; ids from about 1000 up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bridge_gui.sandbox.kit import Clock, Doc, Settings, State, Table, exact
from bridge_gui.sandbox.rentals import ZONE

ORE = Decimal("0.01")


class Sums(NamedTuple):
    """What lines come to."""

    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        """With VAT."""
        return self.net + self.vat


class Shop:
    """The shop's records; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self.customers = state.table("customers")
        self.products = state.table("products")
        self.orders = state.table("orders", indices=("reference", "createdAt"))
        self.invoices = state.table("invoices", indices=("_order", "createdAt"))
        self.tokens = state.table("tokens")

    def next_id(self, table: str, start: int) -> str:
        """The next number of a table; never given out twice."""
        return str(self.state.next_number(table, start))

    def stamp(self) -> str:
        """This instant, UTC, to the millisecond."""
        return stamped(self.clock.now())

    def today(self) -> str:
        """The shop's calendar date."""
        return self.clock.now().astimezone(ZoneInfo(ZONE)).date().isoformat()

    def found(self, table: Table, key: object) -> Doc:
        """The record of an id; a `LookupError` where there is none."""
        row = table.get(str(key))
        if row is None:
            raise LookupError(f"{table.name} {key}")
        return row


def stamped(moment: datetime) -> str:
    """An instant as it is kept."""
    told = moment.astimezone(UTC)
    return told.strftime("%Y-%m-%dT%H:%M:%S.") + f"{told.microsecond // 1000:03}Z"


def ore(amount: Decimal) -> Decimal:
    """To two decimals, half up."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def sums_of(lines: Iterable[Doc], *, inclusive: bool) -> Sums:
    """What lines come to, each rounded for itself."""
    net = vat = Decimal(0)
    for line in lines:
        one = line_sums(line, inclusive=inclusive)
        net, vat = net + one.net, vat + one.vat
    return Sums(net, vat)


def line_sums(line: Doc, *, inclusive: bool) -> Sums:
    """What one line comes to, with prices that include VAT or not."""
    rate = exact(line["vatPercent"]) / 100
    whole = ore(
        exact(line["quantity"]) * exact(line["unitPrice"]) * (1 - exact(line["discountPercent"]) / 100)
    )
    if inclusive:
        net = ore(whole / (1 + rate))
        return Sums(net, whole - net)
    return Sums(whole, ore(whole * rate))
