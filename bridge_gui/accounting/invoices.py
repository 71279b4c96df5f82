"""Invoices and those who receive them, in our form, as a bridge writes them and a vendor shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO, round_to_unit, total

_HUNDRED = Decimal(100)


class Contact(Struct, frozen=True, kw_only=True):
    """A customer at the books; `number` is the national or company number, digits only."""

    id: str = ""
    name: str = ""
    number: str = ""
    email: str = ""


class InvoiceLine(Struct, frozen=True, kw_only=True):
    """One line; the unit price includes the tax. `id` is the vendor's, empty for a line to be made.

    `note` is a second text that the reader of the invoice does not see, where the vendor keeps one.
    """

    text: str
    unit: Decimal
    rate: Decimal
    quantity: Decimal = Decimal(1)
    discount: Decimal = ZERO
    note: str = ""
    id: str = ""

    def gross(self, currency: str) -> Decimal:
        """What the line comes to, tax included, rounded to the currency's unit."""
        return round_to_unit(self.quantity * self.unit * (1 - self.discount / _HUNDRED), currency)


class NewDraft(Struct, frozen=True, kw_only=True):
    """A draft invoice to be made; `claim` asks for a bank claim once a person sends it."""

    contact: str
    day: date
    reference: str
    lines: tuple[InvoiceLine, ...]
    currency: str = "ISK"
    claim: bool = False


class Invoice(Struct, frozen=True, kw_only=True):
    """An invoice as the books show it."""

    ref: Ref
    state: DocumentState
    contact: str
    day: date | None
    reference: str
    lines: tuple[InvoiceLine, ...]
    total: Decimal
    currency: str = "ISK"


class DraftChange(Struct, frozen=True, kw_only=True):
    """What becomes of a draft: all its lines in order, those kept with their ids, and its day."""

    lines: tuple[InvoiceLine, ...]
    day: date | None = None


def priced(text: str, quantity: Decimal, gross: Decimal, rate: Decimal, note: str = "") -> InvoiceLine:
    """A line that comes to exactly `gross` whole units: a negative amount has a negative price.

    Where quantity and unit price cannot say the amount exactly, the quantity goes into the text.
    """
    count = abs(quantity)
    unit = (gross / count).quantize(Decimal("0.0001")) if count else gross
    line = InvoiceLine(text=text, unit=_tidy(unit), rate=rate, quantity=_tidy(count), note=note)
    if count == count.quantize(Decimal("0.01")) and count != 0 and line.gross("ISK") == gross:
        return line
    shown = text if count in (0, 1) else f"{text} ({_tidy(count):f} x)"
    return InvoiceLine(text=shown, unit=gross, rate=rate, note=note)


def same_lines(some: Iterable[InvoiceLine], others: Iterable[InvoiceLine], currency: str) -> bool:
    """Whether lines say the same, whatever their order and ids."""
    return sorted(_shape(line, currency) for line in some) == sorted(
        _shape(line, currency) for line in others
    )


def total_of(lines: Iterable[InvoiceLine], currency: str) -> Decimal:
    """What lines come to."""
    return total(line.gross(currency) for line in lines)


def _shape(line: InvoiceLine, currency: str) -> tuple[str, Decimal, Decimal]:
    return " ".join(line.text.split()), line.rate, line.gross(currency)


def _tidy(amount: Decimal) -> Decimal:
    """The same amount without needless zeros, never with an exponent."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
