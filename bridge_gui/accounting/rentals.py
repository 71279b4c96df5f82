"""What a rental shop bills, in our form: invoice bases, rented lines with periods, renters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.billing import BillTotals
from bridge_gui.accounting.money import ZERO, round_to_unit, total
from bridge_gui.accounting.tax import split_gross

_HUNDRED = Decimal(100)
_FINEST = Decimal("0.0001")


class RentalType(Enum):
    """What kind of invoice basis it is; `kind` is the shop's word, its own types beyond these are OTHER."""

    FOR_ACCOUNTING = "for_accounting"
    PRINTED = "printed"
    OTHER = "other"


class RentalState(Enum):
    """Where an invoice basis stands in the shop; only CANCELLED means that it must not be billed."""

    DRAFT = "draft"
    SENT = "sent"
    CANCELLED = "cancelled"
    OTHER = "other"


class Renter(Struct, frozen=True, kw_only=True):
    """Whom an invoice is for, as the order says (not as the shop's register of users does).

    `org_number` and `country` as they are written there: with blanks, and a name or a code.
    """

    id: str = ""
    first_name: str = ""
    last_name: str = ""
    is_company: bool = False
    company: str = ""
    org_number: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""

    @property
    def person(self) -> str:
        """The person's whole name."""
        return " ".join(f"{self.first_name} {self.last_name}".split())


class RentalLine(Struct, frozen=True, kw_only=True):
    """One line of an invoice basis; `first` and `last` are the days of a rented thing, else None.

    `unit_price` before discount, with or without tax as the whole shop has it (a setting of the bridge).
    `discount` is in per cent; `discount_amount`, where the shop tells one, goes before it. `rate` is the
    tax's per cent, None where none is told. `told` is the shop's own amount of the line, to be compared.
    """

    id: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    rate: Decimal | None
    first: date | None = None
    last: date | None = None
    discount: Decimal = ZERO
    discount_amount: Decimal | None = None
    told: Decimal | None = None
    product: str = ""
    booking: str = ""

    @property
    def rented(self) -> bool:
        """Whether it is a rented thing with a period; else a deposit, damage, delivery or the like."""
        return self.first is not None and self.last is not None

    def amount(self, currency: str) -> Decimal:
        """Quantity times price less the discount, rounded half up; tax in it or not as the price has it."""
        whole = self.quantity * self.unit_price
        less = whole * self.discount / _HUNDRED if self.discount_amount is None else self.discount_amount
        return round_to_unit(whole - less, currency)

    def net_price(self, *, inclusive: bool) -> Decimal:
        """The unit price before tax, to four decimals where the tax was in it."""
        if not inclusive or not self.rate:
            return self.unit_price
        return (self.unit_price * _HUNDRED / (_HUNDRED + self.rate)).quantize(_FINEST)


class RentalInvoice(Struct, frozen=True, kw_only=True):
    """An invoice basis; an order may have several, and a change of an order makes further ones.

    `net`, `tax` and `gross` are the shop's own sums, None where it tells none. `method` is how the order is
    paid, in the shop's words, empty where it is not known. `changes` is the order that this one changes.
    `paid` is what the shop shows, None where nothing. `day` is the issue date.
    """

    id: str
    number: str
    order: str
    type: RentalType
    state: RentalState
    day: date
    currency: str
    customer: Renter
    lines: tuple[RentalLine, ...]
    order_number: str = ""
    kind: str = ""
    due: date | None = None
    first: date | None = None
    last: date | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    method: str = ""
    changes: str = ""
    paid: bool | None = None
    changed: datetime | None = None

    def totals(self, *, inclusive: bool) -> BillTotals:
        """What the lines come to, with the tax in the prices or not; tax rounded half up on each line."""
        amounts = [(line.amount(self.currency), line.rate or ZERO) for line in self.lines]
        whole = total(amount for amount, _ in amounts)
        if inclusive:
            tax = total(split_gross(amount, rate, self.currency).tax for amount, rate in amounts)
            return BillTotals(net=whole - tax, tax=tax, total=whole)
        tax = total(round_to_unit(amount * rate / _HUNDRED, self.currency) for amount, rate in amounts)
        return BillTotals(net=whole, tax=tax, total=whole + tax)


class RentalStanding(Struct, frozen=True, kw_only=True):
    """What the shop may be told: whether an invoice is paid, since when, its number at the books."""

    paid: bool
    paid_on: date | None = None
    state: str = ""
    number: str = ""
