"""What a CRM and the books both keep of a trading company, in our form, each side as it has it.

Texts are as the side has them, outer blanks taken off, "" for what is empty. `fields` are a record's further
fields as text by the vendor's own key: custom fields of the CRM, user-defined fields of the books.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.documents import Ref
from bridge_gui.accounting.money import ZERO, round_to_unit, total

_HUNDRED = Decimal(100)


class Holder(Enum):
    """Whose own fields are meant."""

    ORGANISATION = "organisation"
    DELIVERY = "delivery"
    PERSON = "person"
    USER = "user"
    DEBTOR = "debtor"
    ORDER = "order"
    ORDER_LINE = "order_line"
    EMPLOYEE = "employee"
    CONTACT = "contact"


class OwnField(Struct, frozen=True, kw_only=True):
    """A field that a company has given a meaning of its own; titles are free, the key is what counts.

    `number` is the id that the CRM shows beside it. `choices` are the texts of a drop-down list, none for a
    free text; `longest` is how many signs it takes, 0 if not told.
    """

    holder: Holder
    key: str
    title: str
    number: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 0


class Organisation(Struct, frozen=True, kw_only=True):
    """A company in the CRM. `street` may have several lines; `country` is free text in the users' language.

    `type` and `status` are texts of the company's own lists. `owner` is a user's id.
    """

    id: str
    name: str
    changed: datetime
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    tax_number: str = ""
    vat_group: str = ""
    type: str = ""
    status: str = ""
    owner: str = ""
    fields: dict[str, str] = {}


class Debtor(Struct, frozen=True, kw_only=True):
    """A customer of the books, by its number. `street` has one to three lines of sixty signs.

    `country` is a code of two letters, else what the books say. `vat_group`, `payment_terms` and `group` are
    keys of the books' lists. A new one without a `number` gets one of the books' own series.
    """

    number: str = ""
    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    tax_number: str = ""
    currency: str = ""
    vat_group: str = ""
    invoice_email: str = ""
    ean: str = ""
    payment_terms: str = ""
    group: str = ""
    blocked: bool = False
    fields: dict[str, str] = {}


class StockItem(Struct, frozen=True, kw_only=True):
    """Something the books can put on a line; `currency` is that of `price`, empty for the books' own."""

    number: str
    name: str
    group: str = ""
    unit: str = ""
    price: Decimal = ZERO
    cost: Decimal = ZERO
    currency: str = ""
    ean: str = ""
    blocked: bool = False
    hidden: bool = False


class PriceRow(Struct, frozen=True, kw_only=True):
    """One row of the CRM's price list: its columns by number (1 to 9), "" for an unused one.

    `price` and `cost` None where nothing stands there.
    """

    id: str = ""
    columns: dict[int, str] = {}
    memo: str = ""
    price: Decimal | None = None
    cost: Decimal | None = None
    group: str = ""
    vat_code: str = ""


class DeliveryStatus(Enum):
    """Where a sold order stands in the CRM."""

    NEW = "new"
    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    GENERAL = "general"
    OTHER = "other"


class ErpStatus(Enum):
    """What the CRM knows of an order's way into the books."""

    NOT_READY = "not_ready"
    READY = "ready"
    DONE = "done"
    OTHER = "other"


class DeliveryLine(Struct, frozen=True, kw_only=True):
    """One line of a sold order; prices before tax, `discount` and `vat` in per cent, columns 1 to 9 as text.

    `cost` is what one costs, None if nothing stands there.
    """

    id: str
    columns: dict[int, str] = {}
    memo: str = ""
    quantity: Decimal = ZERO
    price: Decimal = ZERO
    cost: Decimal | None = None
    discount: Decimal = ZERO
    vat: Decimal = ZERO
    order: int = 0


class Delivery(Struct, frozen=True, kw_only=True):
    """A sold order in the CRM. `lines` in their order, empty where a list does not show them (`whole` False).

    `organisation`, `person`, `responsible` are ids, "" for none. `currency` is what the CRM says, which may
    be no code. `discount` per cent on the whole. `erp_id` and `erp_status` are ours to fill; `value` and
    `margin` are the CRM's own figures.
    """

    id: str
    number: str
    organisation: str
    changed: datetime
    day: date | None = None
    made: datetime | None = None
    person: str = ""
    responsible: str = ""
    description: str = ""
    note: str = ""
    currency: str = ""
    discount: Decimal = ZERO
    status: DeliveryStatus = DeliveryStatus.OTHER
    erp_id: str = ""
    erp_status: ErpStatus = ErpStatus.OTHER
    value: Decimal = ZERO
    margin: Decimal = ZERO
    fields: dict[str, str] = {}
    lines: tuple[DeliveryLine, ...] = ()
    whole: bool = True


class OrderLine(Struct, frozen=True, kw_only=True):
    """One line of an order at the books; prices before tax, `discount` in per cent, `cost` of one.

    `item` is an item's number, "" for a line that is only text. `cost` None: the books' own.
    """

    item: str = ""
    text: str = ""
    quantity: Decimal = ZERO
    price: Decimal = ZERO
    discount: Decimal = ZERO
    unit: str = ""
    vat_group: str = ""
    note: str = ""
    cost: Decimal | None = None
    fields: dict[str, str] = {}

    @property
    def amount(self) -> Decimal:
        """What the line comes to before tax, unrounded."""
        return self.quantity * self.price * (1 - self.discount / _HUNDRED)


class NewDebtorOrder(Struct, frozen=True, kw_only=True):
    """An order to be made, or what one is to become; all prices are before tax.

    `fields` hold our mark in a user-defined field. `reference` is read by the customer ("your ref."), `own`
    is our reference; both short. `employee` and `payment_terms` are keys, "" leaves them to the books.
    """

    debtor: str
    day: date
    currency: str
    lines: tuple[OrderLine, ...]
    reference: str = ""
    own: str = ""
    remark: str = ""
    contact: str = ""
    employee: str = ""
    payment_terms: str = ""
    delivery: date | None = None
    discount: Decimal = ZERO
    fields: dict[str, str] = {}

    @property
    def net(self) -> Decimal:
        """What it comes to before tax: each line rounded, then the discount on the whole."""
        lines = total(round_to_unit(line.amount, self.currency) for line in self.lines)
        return round_to_unit(lines * (1 - self.discount / _HUNDRED), self.currency)


class DebtorOrder(Struct, frozen=True, kw_only=True):
    """An order as the books show it; `ref.id` is its number. `lines` only where asked for (`whole`).

    `net` is the books' own sum before tax, else that of the lines. `invoice` is the last invoice made of it.
    `locked` if the books let nobody change it.
    """

    ref: Ref
    debtor: str
    currency: str
    net: Decimal
    day: date | None = None
    lines: tuple[OrderLine, ...] = ()
    whole: bool = False
    reference: str = ""
    own: str = ""
    remark: str = ""
    contact: str = ""
    employee: str = ""
    payment_terms: str = ""
    delivery: date | None = None
    discount: Decimal = ZERO
    invoice: str = ""
    locked: bool = False
    changed: datetime | None = None
    fields: dict[str, str] = {}


class Person(Struct, frozen=True, kw_only=True):
    """A person at an organisation (its id) in the CRM; `active` False once resigned."""

    id: str = ""
    organisation: str = ""
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    active: bool = True
    changed: datetime | None = None
    fields: dict[str, str] = {}


class BookContact(Struct, frozen=True, kw_only=True):
    """A person at a debtor (its number) in the books; has no key but the row's `id`."""

    id: str = ""
    debtor: str = ""
    name: str = ""
    title: str = ""
    email: str = ""
    mobile: str = ""
    reference: str = ""
    fields: dict[str, str] = {}


class User(Struct, frozen=True, kw_only=True):
    """Somebody who works with the CRM; nothing but what is named here is ever read of them."""

    id: str
    name: str
    initials: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    title: str = ""
    active: bool = True
    changed: datetime | None = None
    fields: dict[str, str] = {}


class Employee(Struct, frozen=True, kw_only=True):
    """Somebody in the books' register of employees, by number; `title` is a text of the books' own list."""

    number: str
    name: str
    title: str = ""
    email: str = ""
    mobile: str = ""
    group: str = ""
    blocked: bool = False
    fields: dict[str, str] = {}
