"""Sales at the books in our form: invoices, sales receipts and refund receipts, and payments of invoices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.billing import BillContact, BillingRules, BillLine, BillTotals, TaxTreatment
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO, round_to_unit, total

_HUNDRED = Decimal(100)


class SaleKind(Enum):
    """Which document: to be paid, paid at once, or money given back."""

    INVOICE = "invoice"
    RECEIPT = "receipt"
    REFUND = "refund"


class TaxSum(Struct, frozen=True, kw_only=True):
    """What the lines of one tax code come to, the discount taken off, and the tax on it."""

    code: str
    rate: Decimal
    net: Decimal
    tax: Decimal


class NewSale(Struct, frozen=True, kw_only=True):
    """A sale to be made, or what one is to become; all prices are before tax.

    `contact` is the books' id. `lines` bear an item and, where the treatment is EXCLUSIVE, a tax code with
    its rate; a line may be negative, the whole never is. `discount` is taken off the sum of the lines before
    tax, `discount_tax` is the code it bears; it is only set where all taxed lines bear that one code.
    `tax` is what the taxes must come to where the sale says otherwise than the books would reckon (None: as
    the books reckon). `number` is empty where the books number themselves. `memo` is for the books' eyes
    only and carries our mark as its last word; `message` is read by the customer.
    `method`, `deposit`, `payment_reference` belong to receipts and refunds.
    """

    kind: SaleKind
    contact: str
    day: date
    currency: str
    treatment: TaxTreatment
    lines: tuple[BillLine, ...]
    memo: str
    number: str = ""
    due: date | None = None
    email: str = ""
    message: str = ""
    discount: Decimal = ZERO
    discount_tax: str = ""
    tax: Decimal | None = None
    method: str = ""
    deposit: str = ""
    payment_reference: str = ""

    @property
    def taxes(self) -> tuple[TaxSum, ...]:
        """What each tax code comes to as the books reckon it: half up on the sum of its lines."""
        return taxes_of(self)

    @property
    def totals(self) -> BillTotals:
        """What it will come to at the books."""
        net = total(line.amount(self.currency) for line in self.lines) - self.discount
        tax = total(one.tax for one in self.taxes) if self.tax is None else self.tax
        return BillTotals(net=net, tax=tax, total=net + tax)


class Sale(Struct, frozen=True, kw_only=True):
    """A sale as the books show it; `version` is what a change has to name.

    `lines` bear no subtotals and no discount. `payments` are the ids of the payments linked to an invoice.
    `memo` whole, as it stands. A deleted one may show nothing but its `ref` and `kind`.
    """

    ref: Ref
    kind: SaleKind
    state: DocumentState
    version: str = ""
    contact: str = ""
    contact_name: str = ""
    day: date = date.min
    due: date | None = None
    currency: str = ""
    treatment: TaxTreatment = TaxTreatment.NONE
    lines: tuple[BillLine, ...] = ()
    discount: Decimal = ZERO
    net: Decimal = ZERO
    tax: Decimal = ZERO
    total: Decimal = ZERO
    remaining: Decimal = ZERO
    memo: str = ""
    email: str = ""
    method: str = ""
    deposit: str = ""
    payments: tuple[str, ...] = ()
    made: datetime | None = None
    changed: datetime | None = None


class Sought(Struct, frozen=True, kw_only=True):
    """A sale looked for: its mark decides, the rest says where to look.

    `contact` may be empty (not known yet), and so may `number`.
    """

    kind: SaleKind
    mark: str
    number: str
    contact: str
    day: date
    total: Decimal


class Applied(Struct, frozen=True, kw_only=True):
    """What of a payment goes to one invoice."""

    invoice: str
    amount: Decimal


class NewPayment(Struct, frozen=True, kw_only=True):
    """A payment of one invoice; `memo` carries our mark as its last word."""

    contact: str
    invoice: str
    day: date
    amount: Decimal
    currency: str
    memo: str
    method: str = ""
    deposit: str = ""
    reference: str = ""


class Payment(Struct, frozen=True, kw_only=True):
    """A payment as the books show it; a voided one has no amount. `applied` are the invoices it pays."""

    id: str
    version: str
    contact: str
    day: date
    amount: Decimal
    currency: str = ""
    contact_name: str = ""
    applied: tuple[Applied, ...] = ()
    memo: str = ""
    method: str = ""
    deposit: str = ""
    reference: str = ""
    voided: bool = False
    deleted: bool = False
    made: datetime | None = None
    changed: datetime | None = None


class Buyer(BillContact, frozen=True, kw_only=True):
    """A customer at the books with what a CRM wants to know of it.

    `part_of` is the customer it is a part of (a job). `notes` is free text at the books. `number` (inherited)
    is our key, kept inside the notes where the books have no field for it.
    """

    phone: str = ""
    company: str = ""
    first_name: str = ""
    last_name: str = ""
    currency: str = ""
    part_of: str = ""
    notes: str = ""
    made: datetime | None = None
    changed: datetime | None = None


class SellingRules(BillingRules, frozen=True, kw_only=True):
    """What the company's books say of sales besides: who numbers, discounts, how tax is reckoned.

    `american`: tax is one code for the whole document (or folded into prices) instead of one for each line.
    `automatic_tax`: the books reckon sales tax by address whatever is sent.
    """

    own_numbers: bool = False
    discounts: bool = False
    sales_tax: bool = False
    american: bool = False
    automatic_tax: bool = False
    several_currencies: bool = False


def taxes_of(sale: NewSale) -> tuple[TaxSum, ...]:
    """The taxes of a sale as the books reckon them."""
    return tax_sums(sale.lines, sale.treatment, sale.currency, sale.discount, sale.discount_tax)


def tax_sums(
    lines: Iterable[BillLine], treatment: TaxTreatment, currency: str, discount: Decimal, discount_tax: str
) -> tuple[TaxSum, ...]:
    """One sum for each tax code, its tax rounded half up once."""
    if treatment is TaxTreatment.NONE:
        return ()
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for line in lines:
        rate, net = sums.get(line.tax, (line.rate, ZERO))
        sums[line.tax] = (rate, net + line.amount(currency))
    if discount:
        rate, net = sums[discount_tax]
        sums[discount_tax] = (rate, net - discount)
    return tuple(
        TaxSum(code=code, rate=rate, net=net, tax=round_to_unit(net * rate / _HUNDRED, currency))
        for code, (rate, net) in sums.items()
    )
