"""Deals of a CRM in our form: what was offered to whom, and the fields a company keeps about them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.money import ZERO


class DealState(Enum):
    """Where a deal stands in the CRM."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    DELETED = "deleted"


class Holder(Enum):
    """Whose field it is."""

    DEAL = "deal"
    ORGANIZATION = "organization"
    PERSON = "person"


class FieldName(Struct, frozen=True, kw_only=True):
    """A field of deals, organizations or persons, one's own ones included; titles are not unique."""

    holder: Holder
    key: str
    title: str
    custom: bool = False


class Address(Struct, frozen=True, kw_only=True):
    """A postal address; `whole` is how the CRM writes it in one line."""

    whole: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


class Party(Struct, frozen=True, kw_only=True):
    """An organization or a person; `fields` are its fields as text by key, empty ones left out.

    `address` is taken apart as far as the CRM knows it; `email` is the primary one.
    """

    id: str
    name: str
    email: str = ""
    address: Address | None = None
    fields: dict[str, str] = {}


class Product(Struct, frozen=True, kw_only=True):
    """A thing the CRM can put on a deal; `rate` is its tax in per cent."""

    id: str
    name: str
    code: str = ""
    rate: Decimal = ZERO


class DealLine(Struct, frozen=True, kw_only=True):
    """One product of a deal. `rate` is the tax in per cent; `discount` per cent, else `discount_amount`.

    `amount` is the CRM's own sum of the line, to be compared, never sent. `repeats` names a billing
    frequency other than once. Lines switched off in the CRM are `counted` False.
    """

    id: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    currency: str
    product: str = ""
    note: str = ""
    rate: Decimal = ZERO
    discount: Decimal = ZERO
    discount_amount: Decimal = ZERO
    amount: Decimal = ZERO
    treatment: TaxTreatment = TaxTreatment.EXCLUSIVE
    counted: bool = True
    repeats: str = ""


class DealDiscount(Struct, frozen=True, kw_only=True):
    """A discount on the whole deal: per cent, or an amount in the deal's currency."""

    text: str
    percent: Decimal = ZERO
    amount: Decimal = ZERO


class Instalment(Struct, frozen=True, kw_only=True):
    """A part of the deal to be billed on a day."""

    id: str
    day: date
    amount: Decimal
    text: str = ""


class Deal(Struct, frozen=True, kw_only=True):
    """A deal without its lines; `changed` is when the CRM saw it change, `url` where a person opens it."""

    id: str
    title: str
    state: DealState
    value: Decimal
    currency: str
    changed: datetime
    pipeline: str = ""
    stage: str = ""
    organization: str = ""
    person: str = ""
    owner: str = ""
    won: datetime | None = None
    archived: bool = False
    products: int | None = None
    url: str = ""
    fields: dict[str, str] = {}


class DealContents(Struct, frozen=True, kw_only=True):
    """What a deal is made of."""

    lines: tuple[DealLine, ...] = ()
    discounts: tuple[DealDiscount, ...] = ()
    instalments: tuple[Instalment, ...] = ()


class Stage(Struct, frozen=True, kw_only=True):
    """A stage of a pipeline, both by id and by name."""

    id: str
    name: str
    pipeline: str
    pipeline_name: str


class DealFilter(Struct, frozen=True, kw_only=True):
    """Which deals are wanted; empty means all. `text` is searched by the CRM itself."""

    text: str = ""
    pipeline: str = ""
    stage: str = ""
    state: DealState | None = None
    changed_since: datetime | None = None


class Note(Struct, frozen=True, kw_only=True):
    """A note on a deal; `content` is the CRM's HTML."""

    id: str
    content: str


class Attachment(Struct, frozen=True, kw_only=True):
    """A file on a deal, by its name."""

    id: str
    name: str
