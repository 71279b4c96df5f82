"""HighLevel's own forms, with only the fields Bridge uses: the documents are loose, so reading is lenient.

What decides about money is never guessed: an amount, a currency or an instant that is missing is a change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from msgspec import Struct

from bridge_gui.accounting.crm import CrmTax, Person
from bridge_gui.accounting.money import ZERO, plain, round_to_unit
from bridge_gui.errors import VendorChanged
from bridge_gui.web.decode import Id

VENDOR = "HighLevel"
Row = TypeVar("Row")


class Found(Struct, Generic[Row], frozen=True, rename="camel"):
    """A page of a list of payments, orders or subscriptions."""

    data: list[Row]
    total_count: int | None = None


class Place(Struct, frozen=True):
    """The location itself."""

    id: Id
    name: str = ""
    country: str | None = None
    timezone: str | None = None


class PlaceAnswer(Struct, frozen=True):
    """The location in its envelope."""

    location: Place


class ContactAnswer(Struct, frozen=True, rename="camel"):
    """A contact as any call shows it; a search spells names in small letters only."""

    id: Id
    name: str | None = None
    contact_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    first_name_raw: str | None = None
    last_name_raw: str | None = None
    first_name_lower_case: str | None = None
    last_name_lower_case: str | None = None
    company_name: str | None = None
    email: str | None = None
    additional_emails: list[Any] | None = None
    phone: str | None = None
    address1: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    tags: list[str] | None = None
    dnd: bool | None = None
    search_after: list[Any] | None = None

    def plain(self) -> Person:
        """The contact in our form."""
        first = self.first_name_raw or self.first_name or self.first_name_lower_case or ""
        last = self.last_name_raw or self.last_name or self.last_name_lower_case or ""
        return Person(
            id=self.id, name=self.contact_name or self.name or f"{first} {last}".strip(), first_name=first,
            last_name=last, company=self.company_name or "", email=self.email or "",
            more_emails=tuple(_email_in(one) for one in self.additional_emails or () if _email_in(one)),
            phone=self.phone or "", street=self.address1 or "", city=self.city or "", region=self.state or "",
            postal_code=self.postal_code or "", country=self.country or "", tags=tuple(self.tags or ()),
            no_messages=bool(self.dnd),
        )  # fmt: skip


class ContactOne(Struct, frozen=True):
    """One contact in its envelope, or none."""

    contact: ContactAnswer | None = None


class ContactList(Struct, frozen=True):
    """A page of contacts found."""

    contacts: list[ContactAnswer]


class Workflow(Struct, frozen=True):
    """A workflow; drafts cannot be begun."""

    id: Id
    name: str = ""
    status: str = ""


class Workflows(Struct, frozen=True):
    """All workflows."""

    workflows: list[Workflow]


class Tag(Struct, frozen=True):
    """A tag."""

    id: str = ""
    name: str = ""


class Tags(Struct, frozen=True):
    """All tags."""

    tags: list[Tag]


class TaxAnswer(Struct, frozen=True):
    """A tax on a line or an order; what is worth no percentage is worth nothing to us."""

    name: str = ""
    rate: Decimal | None = None
    amount: Decimal | None = None

    def plain(self) -> CrmTax:
        """The tax in our form."""
        if self.rate is None and self.amount is None:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.taxes[].rate")
        return CrmTax(
            name=self.name,
            rate=number(self.rate),
            amount=None if self.amount is None else number(self.amount),
        )


def number(value: Decimal | None) -> Decimal:
    """A number without needless zeros; nothing is nought."""
    return ZERO if value is None else Decimal(plain(value))


def money(value: Decimal | None, currency: str) -> Decimal:
    """A sum in whole cents. INFERRED: fractions (of a percentage, of a float) are never charged."""
    return Decimal(plain(round_to_unit(number(value), currency.upper())))


def instant_of(text: str | None, path: str) -> datetime:
    """An instant in UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_of(text: str | None, path: str) -> date:
    """A calendar day; some forms have a time behind it, which says nothing (highlevel.md 5)."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path) from None


def _email_in(one: Any) -> str:
    """QUIRK: further addresses are texts in some answers and objects in others (highlevel.md 3.2)."""
    if isinstance(one, dict):
        one = one.get("email")
    return one.strip() if isinstance(one, str) else ""


def text_of(value: Any) -> str:
    """A number or a text, as text."""
    return "" if value is None else str(value)
