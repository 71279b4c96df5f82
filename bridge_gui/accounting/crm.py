"""What a CRM with a checkout of its own sells, in our form: payments, orders, invoices, people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.money import ZERO, total
from bridge_gui.accounting.sales import PaymentState


class SourceKind(Enum):
    """Where a payment comes from, as far as bookkeeping cares."""

    ORDER_FORM = "order_form"
    SUBSCRIPTION = "subscription"
    MEMBERSHIP = "membership"
    CALENDAR = "calendar"
    INVOICE = "invoice"
    PAYMENT_LINK = "payment_link"
    POINT_OF_SALE = "point_of_sale"
    SHOP_ELSEWHERE = "shop_elsewhere"
    BY_HAND = "by_hand"
    OTHER = "other"


class CrmInvoiceState(Enum):
    """Where an invoice stands at the CRM; DELETED is what a fresh look no longer finds."""

    DRAFT = "draft"
    SENT = "sent"
    PROCESSING = "processing"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    VOIDED = "voided"
    DELETED = "deleted"
    OTHER = "other"


class Person(Struct, frozen=True, kw_only=True):
    """A contact of the CRM; `more_emails` are further addresses. What is not known is empty."""

    id: str = ""
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    email: str = ""
    more_emails: tuple[str, ...] = ()
    phone: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    tags: tuple[str, ...] = ()
    no_messages: bool = False


class CrmTax(Struct, frozen=True, kw_only=True):
    """A tax on a line or an order; `rate` in per cent, `amount` where the CRM tells one."""

    name: str
    rate: Decimal
    amount: Decimal | None = None


class CrmLine(Struct, frozen=True, kw_only=True):
    """One line: the unit price in major units, with the taxes in it if `inclusive`."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    note: str = ""
    product: str = ""
    taxes: tuple[CrmTax, ...] = ()
    inclusive: bool = False


class CrmDiscount(Struct, frozen=True, kw_only=True):
    """A discount on the whole: in per cent, or an amount; `products` it is limited to, none means all."""

    percent: Decimal = ZERO
    amount: Decimal = ZERO
    products: tuple[str, ...] = ()


class CrmPayment(Struct, frozen=True, kw_only=True):
    """One payment (HighLevel: a transaction); amounts in major units, `refunded` grows with each refund.

    `at` is when the money moved, else when it was made. `order` and `invoice` are the ids it pays, empty for
    none. `provider` is who took the money ("stripe"), `method` how ("card visa"), `reference` the provider's
    own id. `booked` says whether the CRM's own link has sent it to the books; a list does not tell it
    (`whole` False then).
    """

    id: str
    state: PaymentState
    amount: Decimal
    refunded: Decimal
    currency: str
    at: datetime
    made: datetime
    changed: datetime
    live: bool
    source: SourceKind
    source_name: str = ""
    raw_source: str = ""
    person: Person = Person()
    order: str = ""
    invoice: str = ""
    subscription: str = ""
    provider: str = ""
    method: str = ""
    reference: str = ""
    booked: bool = False
    whole: bool = False


class CrmOrder(Struct, frozen=True, kw_only=True):
    """An order with its lines; `tax`, `shipping` and `discount` as the CRM sums them, all positive."""

    id: str
    currency: str
    total: Decimal
    lines: tuple[CrmLine, ...]
    subtotal: Decimal = ZERO
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    shipping: Decimal = ZERO
    taxes: tuple[CrmTax, ...] = ()
    coupon: str = ""
    person: Person = Person()


class CrmInvoice(Struct, frozen=True, kw_only=True):
    """An invoice as the CRM shows it; `total` is what the customer owes, `tax` and `discount` its own sums.

    `number` with its prefix. `live` False is a test. `extras` are charges that stand beside the lines
    (late fees, tips, other charges) with their texts.
    """

    id: str
    number: str
    state: CrmInvoiceState
    live: bool
    person: Person
    day: date
    due: date | None
    currency: str
    lines: tuple[CrmLine, ...]
    total: Decimal
    paid: Decimal
    changed: datetime
    made: datetime
    subtotal: Decimal = ZERO
    discount: CrmDiscount | None = None
    discount_total: Decimal = ZERO
    tax: Decimal = ZERO
    extras: tuple[CrmLine, ...] = ()
    title: str = ""
    url: str = ""

    @property
    def lines_total(self) -> Decimal:
        """What the lines come to before discount and tax, unrounded."""
        return total(line.quantity * line.unit_price for line in self.lines)


class CrmPlace(Struct, frozen=True, kw_only=True):
    """The account itself (HighLevel: a location)."""

    id: str
    name: str
    country: str = ""
    zone: str = ""
