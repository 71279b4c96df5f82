"""Xero's own forms, with only the fields Bridge uses; unknown fields are ignored, null ones are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from bridge_gui.errors import VendorChanged
from bridge_gui.web.decode import Id

VENDOR = "Xero"
NO_ID = "00000000-0000-0000-0000-000000000000"
_MS = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
Row = TypeVar("Row")


class Said(Struct, frozen=True, rename="pascal"):
    """One thing Xero has to say; older answers call it Description."""

    message: str = ""
    description: str = ""

    @property
    def text(self) -> str:
        """The words."""
        return self.message or self.description


class Pagination(Struct, frozen=True, rename="camel"):
    """Where a page stands in its list."""

    page: int = 1
    page_count: int = 1


class Rows(Struct, Generic[Row], frozen=True):
    """One page of a collection."""

    rows: list[Row]
    pagination: Pagination | None = None


class Connection(Struct, frozen=True, rename="camel"):
    """One organisation that the user has let us into."""

    id: Id
    tenant_id: Id
    tenant_type: str = ""
    tenant_name: str = ""


class Organisation(Struct, frozen=True, rename="pascal"):
    """The company itself; days and codes that do not exist are left out."""

    name: str
    base_currency: str
    country_code: str = ""
    short_code: str = ""
    registration_number: str = ""
    tax_number: str = ""
    timezone: str = ""
    period_lock_date: str | None = None
    end_of_year_lock_date: str | None = None
    is_demo_company: bool = False


class Permission(Struct, frozen=True, rename="pascal"):
    """Something that this sign-in may do, or may not."""

    name: str
    status: str


class Account(Struct, frozen=True, rename="pascal"):
    """An account in the chart of accounts."""

    account_id: Id = msgspec.field(name="AccountID")
    name: str = ""
    code: str = ""
    tax_type: str = ""
    status: str = "ACTIVE"
    kind: str = msgspec.field(name="Class", default="")
    system_account: str = ""


class TaxRate(Struct, frozen=True, rename="pascal"):
    """A tax rate; user-made ones are TAX001 and so on."""

    tax_type: str
    effective_rate: Decimal
    name: str = ""
    status: str = "ACTIVE"
    can_apply_to_revenue: bool = False


class Currency(Struct, frozen=True, rename="pascal"):
    """A currency the company has added."""

    code: str


class Theme(Struct, frozen=True, rename="pascal"):
    """A look of an invoice; the one sorted first is the default."""

    theme_id: Id = msgspec.field(name="BrandingThemeID")
    name: str = ""
    sort_order: int = 0


class SalesDetails(Struct, frozen=True, rename="pascal", omit_defaults=True):
    """What a line takes from its item."""

    unit_price: Decimal | None = None
    account_code: str = ""
    tax_type: str = ""


class Item(Struct, frozen=True, rename="pascal"):
    """A thing sold or bought."""

    item_id: Id = msgspec.field(name="ItemID")
    code: str = ""
    name: str = ""
    is_sold: bool = True
    sales_details: SalesDetails = SalesDetails()


class Payment(Struct, frozen=True, rename="pascal"):
    """A payment; a removed one stays in the list as DELETED."""

    payment_id: Id = msgspec.field(name="PaymentID")
    amount: Decimal = Decimal(0)
    date: str = ""
    status: str = "AUTHORISED"
    is_reconciled: bool = False
    account: Account | None = None
    has_validation_errors: bool = False
    validation_errors: list[Said] = []


class HistoryRecord(Struct, frozen=True, rename="pascal"):
    """One line of a document's history."""

    changes: str = ""
    details: str = ""
    user: str = ""
    date_utc: str = msgspec.field(name="DateUTC", default="")
    date_utc_string: str = msgspec.field(name="DateUTCString", default="")


def day_of(text: str | None) -> date | None:
    """A calendar day in either of Xero's forms, never shifted by a time zone; None where there is none."""
    if not text:
        return None
    moment = _moment(text)
    return None if moment is None else moment.date()


def instant_of(text: str, path: str) -> datetime:
    """An instant, aware, in UTC; `VendorChanged` naming the path for anything else."""
    moment = _moment(text)
    if moment is None:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path)
    return moment


def texts(said: Sequence[Said]) -> str:
    """Several things Xero has to say, as one text."""
    return " ".join(dict.fromkeys(one.text.strip() for one in said if one.text.strip()))


def _moment(text: str) -> datetime | None:
    """Milliseconds since 1970 (the offset says nothing), or an ISO day or instant in UTC."""
    if found := _MS.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]) / 1000, UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
