"""Sales invoices with net or gross prices in our form, and what their lines come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO, round_to_unit, total
from bridge_gui.accounting.tax import split_gross

_HUNDRED = Decimal(100)


class TaxTreatment(Enum):
    """Whether prices are before tax, with tax, or without any."""

    EXCLUSIVE = "exclusive"
    INCLUSIVE = "inclusive"
    NONE = "none"


class BillLine(Struct, frozen=True, kw_only=True):
    """One line: the unit price as the invoice's treatment says, at most four decimals.

    `item`, `account` and `tax` are the books' codes, empty where a draft may lack them; `rate` is the
    tax's per cent. `discount` is in per cent. `id` is the vendor's, empty for a line to be made.
    """

    text: str
    quantity: Decimal
    unit_price: Decimal
    item: str = ""
    account: str = ""
    tax: str = ""
    rate: Decimal = ZERO
    discount: Decimal = ZERO
    id: str = ""

    def amount(self, currency: str, unit: Decimal | None = None) -> Decimal:
        """Quantity times price less the discount, rounded half up to the currency's unit, or to `unit`."""
        return round_to_unit(self.quantity * self.unit_price * (1 - self.discount / _HUNDRED), currency, unit)


class BillTotals(Struct, frozen=True, kw_only=True):
    """What an invoice comes to; `net + tax == total`."""

    net: Decimal
    tax: Decimal
    total: Decimal


class NewBill(Struct, frozen=True, kw_only=True):
    """An invoice to be made; `state` DRAFT, AWAITING_APPROVAL or AWAITING_PAYMENT (approved).

    `contact` is the books' id. `reference` carries our mark at its end. The number is left to the
    books. `url` is where the sale can be seen. `unit` is what the books round to, None where that is the
    currency's own.
    """

    contact: str
    day: date
    due: date
    reference: str
    currency: str
    treatment: TaxTreatment
    lines: tuple[BillLine, ...]
    state: DocumentState = DocumentState.DRAFT
    template: str = ""
    url: str = ""
    unit: Decimal | None = None

    @property
    def totals(self) -> BillTotals:
        """What it will come to at the books."""
        return totals_of(self.lines, self.treatment, self.currency, self.unit)

    def amount(self, line: BillLine) -> Decimal:
        """What one of its lines comes to at the books."""
        return line.amount(self.currency, self.unit)


class Bill(Struct, frozen=True, kw_only=True):
    """An invoice as the books show it; `ours` when it bears the mark of some Bridge.

    `lines` is empty where a list does not show them (`whole` False then).
    """

    ref: Ref
    state: DocumentState
    contact: str
    contact_name: str
    day: date
    due: date | None
    reference: str
    currency: str
    treatment: TaxTreatment
    net: Decimal
    tax: Decimal
    total: Decimal
    remaining: Decimal
    paid: Decimal
    changed: datetime
    lines: tuple[BillLine, ...] = ()
    credited: Decimal = ZERO
    template: str = ""
    sent: bool = False
    whole: bool = True

    @property
    def totals(self) -> BillTotals:
        """What it comes to."""
        return BillTotals(net=self.net, tax=self.tax, total=self.total)


class BillPayment(Struct, frozen=True, kw_only=True):
    """A payment of an invoice; a reconciled one cannot be removed."""

    id: str
    day: date
    amount: Decimal
    account: str = ""
    reconciled: bool = False


class BillContact(Struct, frozen=True, kw_only=True):
    """A customer at the books with what stands on an invoice; an archived one takes no invoices.

    `number` is the key that whoever made it gave it, not a company number: ours can be found again by it.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    tax_number: str = ""
    number: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    archived: bool = False


class BillItem(Struct, frozen=True, kw_only=True):
    """A thing sold, by its code, with what an invoice line takes from it."""

    id: str
    code: str
    name: str
    unit_price: Decimal | None = None
    account: str = ""
    tax: str = ""


class BillingRules(Struct, frozen=True, kw_only=True):
    """What the company's books allow: nothing dated on or before `locked_until`; who may approve.

    `unit` is what they round every amount to, None where that is each currency's own; `time_zone` is the
    company's, None where the books do not tell one that is known.
    """

    base_currency: str
    currencies: tuple[str, ...]
    country: str = ""
    locked_until: date | None = None
    may_approve: bool = False
    may_submit: bool = True
    demo: bool = False
    unit: Decimal | None = None
    time_zone: str | None = None


def totals_of(
    lines: Iterable[BillLine], treatment: TaxTreatment, currency: str, unit: Decimal | None = None
) -> BillTotals:
    """Totals with the tax rounded half up on each line and then summed; `unit` as in `NewBill`."""
    amounts = [(line.amount(currency, unit), line.rate) for line in lines]
    whole = total(amount for amount, _ in amounts)
    if treatment is TaxTreatment.NONE:
        return BillTotals(net=whole, tax=ZERO, total=whole)
    if treatment is TaxTreatment.INCLUSIVE:
        tax = total(split_gross(amount, rate, currency, unit).tax for amount, rate in amounts)
        return BillTotals(net=whole - tax, tax=tax, total=whole)
    tax = total(round_to_unit(amount * rate / _HUNDRED, currency, unit) for amount, rate in amounts)
    return BillTotals(net=whole, tax=tax, total=whole + tax)
