"""Sales orders at the books in our form: header and lines, invoiced by a person, then paid or not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.billing import BillContact, BillItem, BillLine, BillTotals, TaxTreatment, totals_of
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.tax import TaxCode


class OrderStage(Enum):
    """Where an order stands before it is an invoice, and that it is one."""

    DRAFT = "draft"
    WEB = "web"
    PROPOSAL = "proposal"
    CONFIRMED = "confirmed"
    INVOICE = "invoice"
    INACTIVE = "inactive"
    OTHER = "other"


class OrderCustomer(BillContact, frozen=True, kw_only=True):
    """A customer at the books: a company with `tax_number` (its organisation number), or a person.

    `number` (inherited) is our own key. `email` is the contact's, `billing_email` where invoices go.
    The address (inherited) is the one for invoices, its country a code of two letters. A person's name is
    made of `first_name` and `last_name` by the books.
    """

    is_company: bool = False
    first_name: str = ""
    last_name: str = ""
    billing_email: str = ""
    phone: str = ""
    made: datetime | None = None
    changed: datetime | None = None


class Category(Struct, frozen=True, kw_only=True):
    """A group of products."""

    id: str
    name: str


class OrderProduct(BillItem, frozen=True, kw_only=True):
    """A product that a line may name; `category` is the id of its group."""

    category: str = ""
    active: bool = True


class OrderTax(TaxCode, frozen=True, kw_only=True):
    """A tax code as the books list it: `number` and `name` are what a person knows it by.

    Nothing tells sales from purchases: several codes have one rate, and only a person can choose.
    """

    number: str
    name: str


class PayMethod(Struct, frozen=True, kw_only=True):
    """A way an order was paid already; an order that bears one never becomes an open receivable."""

    id: str
    name: str


class NewOrder(Struct, frozen=True, kw_only=True):
    """An order to be made, or what one is to become; all prices are before tax.

    `reference` is our mark and nothing else (at most 50 signs). Lines bear `item` and `tax` as the books' ids
    and `rate`; one without an item is only text, without amounts. `stage` DRAFT, WEB or CONFIRMED is what the
    order is once it is whole; until then it is a draft. `memo` is read by the customer, `note` by nobody but
    the company (at most 300). `contact` names a person at the customer. `method` is a `PayMethod`'s id.
    """

    customer: OrderCustomer
    day: date
    currency: str
    reference: str
    lines: tuple[BillLine, ...]
    stage: OrderStage = OrderStage.CONFIRMED
    delivery: date | None = None
    days_to_pay: int | None = None
    memo: str = ""
    note: str = ""
    contact: str = ""
    method: str = ""

    @property
    def totals(self) -> BillTotals:
        """What it will come to at the books, as far as is known how they round: on each line."""
        return totals_of(self.lines, TaxTreatment.EXCLUSIVE, self.currency)


class Order(Struct, frozen=True, kw_only=True):
    """An order as the books show it; `lines` is empty where a list does not show them (`whole` False then).

    `state` is DRAFT, ORDERED, INVOICED or DELETED (inactive); paid or not is told by `OrderStanding`.
    `number` of the `ref` is the invoice's once there is one, else empty. `reference` whole, as it stands.
    """

    ref: Ref
    stage: OrderStage
    state: DocumentState
    customer: str
    customer_name: str
    day: date
    currency: str
    reference: str
    net: Decimal
    tax: Decimal
    total: Decimal
    lines: tuple[BillLine, ...] = ()
    whole: bool = True
    memo: str = ""
    note: str = ""
    contact: str = ""
    method: str = ""
    invoice: str = ""
    invoice_day: date | None = None
    due: date | None = None
    payment_reference: str = ""
    changed: datetime | None = None

    @property
    def totals(self) -> BillTotals:
        """What it comes to."""
        return BillTotals(net=self.net, tax=self.tax, total=self.total)


class OrderStanding(Struct, frozen=True, kw_only=True):
    """What became of an order; `state` is one of those named below.

    DRAFT, ORDERED, INVOICED (not in the ledger yet), AWAITING_PAYMENT, PARTLY_PAID, PAID, CREDITED, DELETED.
    `open` is what the customer still owes, negative if too much was paid. `net` is what the invoice comes to
    before tax, None if not told. `sure` False: a person should look,
    because what was found in the ledger does not add up to one of these.
    """

    order: str
    state: DocumentState
    total: Decimal = ZERO
    net: Decimal | None = None
    open: Decimal = ZERO
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    invoice: str = ""
    due: date | None = None
    paid_on: date | None = None
    reminded: date | None = None
    sure: bool = True

    def overdue(self, today: date) -> bool:
        """Whether it should have been paid by now and is not."""
        owed = self.state in (DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID)
        return owed and self.due is not None and self.due < today
