"""24SevenOffice's answers, naming only the fields used."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice.terms import VENDOR
from bridge_gui.web.decode import Id as Name


class TokenAnswer(Struct, frozen=True, kw_only=True):
    """The answer of the token address; `scope` lists what the organisation accepted."""

    access_token: str
    expires_in: float | None = None
    scope: str = ""

    def __repr__(self) -> str:
        return "TokenAnswer()"


class OrganisationSettings(Struct, frozen=True, rename="camel"):
    """How the organisation is set up."""

    currency_code: str | None = None


class OrganisationAnswer(Struct, frozen=True, rename="camel"):
    """Whose books these are."""

    id: int
    name: str | None
    settings: OrganisationSettings | None = None


class PersonPart(Struct, frozen=True, rename="camel"):
    """A person's names."""

    first_name: str | None = None
    last_name: str | None = None


class AddressPart(Struct, frozen=True, rename="camel"):
    """One of a customer's addresses. QUIRK: the street may be a list of lines (finago-go types.go, code)."""

    name: str | None = None
    street: str | list[str] | None = None
    postal_code: str | None = None
    postal_area: str | None = None
    country_subdivision: str | None = None
    country_code: str | None = None


class Addresses(Struct, frozen=True, rename="camel"):
    """The addresses that are used here."""

    visit: AddressPart | None = None
    billing: AddressPart | None = None


class Emails(Struct, frozen=True, rename="camel"):
    """A customer's two addresses for e-mail."""

    contact: str | None = None
    billing: str | None = None


class CustomerAnswer(Struct, frozen=True, rename="camel", kw_only=True):
    """A customer, company or person."""

    id: int
    is_company: bool
    name: str | None = None
    external_reference: str | None = None
    organization_number: str | None = None
    person: PersonPart | None = None
    address: Addresses | None = None
    email: Emails | None = None
    phone: str | None = None
    created_at: str = ""
    modified_at: str = ""


class Named(Struct, frozen=True):
    """Something with an id and a name: a category, a payment method, a transaction type."""

    id: int
    name: str = ""


class Id(Struct, frozen=True):
    """A reference."""

    id: int | None = None


class ProductAnswer(Struct, frozen=True, rename="camel", kw_only=True):
    """A product."""

    id: int
    name: str
    number: str | None = None
    status: str = "active"
    sales_price: Decimal | None = None
    category: Id | None = None


class TaxAnswer(Struct, frozen=True):
    """A tax code. QUIRK: nothing tells sales from purchases (twentyfoursevenoffice.md 3.4, spec)."""

    id: int
    number: int
    name: str
    rate: Decimal


class SnapshotCustomer(Struct, frozen=True, rename="camel"):
    """The customer as an order keeps it."""

    id: int | None = None
    name: str = ""


class CurrencyPart(Struct, frozen=True):
    """The currency of an order."""

    code: str = ""


class NamePart(Struct, frozen=True):
    """Somebody's name."""

    name: str | None = None


class TransactionPart(Struct, frozen=True):
    """A transaction's id. QUIRK: a GUID, though once typed as a number (24sevenoffice-go 09e696e, code)."""

    id: str | int | None = None


class InvoicePart(Struct, frozen=True, rename="camel", kw_only=True):
    """What an order tells about its invoice; `number` is missing until there is one."""

    number: int | None = None
    date: str | None = None
    due_date: str | None = None
    remittance_reference: str | None = None
    transaction: TransactionPart | None = None


class OrderAnswer(Struct, frozen=True, rename="camel", kw_only=True):
    """A sales order without its lines."""

    id: int
    customer: SnapshotCustomer
    status: Name
    gross_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    date: str | None = None
    reference_number: str | None = None
    memo: str | None = None
    internal_memo: str | None = None
    your_reference: NamePart | None = None
    currency: CurrencyPart | None = None
    payment_method: Id | None = None
    invoice: InvoicePart | None = None
    modified_at: str = ""


class LineTax(Struct, frozen=True):
    """The tax of an order line."""

    rate: Decimal
    id: int | None = None


class LineAnswer(Struct, frozen=True, rename="camel", kw_only=True):
    """A line of an order. A line of text may bear amounts, as the document's own example does."""

    id: int
    type: str = "product"
    product: Id | None = None
    description: str | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    discount_rate: Decimal | None = None
    tax: LineTax | None = None


class LedgerAccountPart(Struct, frozen=True):
    """The account of a ledger line, by its number."""

    number: int | None = None


class LedgerInvoice(Struct, frozen=True, rename="camel"):
    """The invoice that a ledger line says it belongs to."""

    number: str | int | None = None
    remittance_reference: str | None = None


class LedgerAnswer(Struct, frozen=True, rename="camel", kw_only=True):
    """A line of the ledger: debit is positive."""

    id: str
    amount: Decimal
    date: str
    account: LedgerAccountPart
    transaction_type: Id | None = None
    invoice: LedgerInvoice | None = None


def day_of(text: str | None, path: str) -> date:
    """A calendar day, whatever time follows it; `VendorChanged` naming the path for anything else."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path) from None


def day_or_none(text: str | None, path: str) -> date | None:
    """As `day_of`; None where there is none."""
    return day_of(text, path) if text else None


def instant_of(text: str) -> datetime | None:
    """An instant in UTC, None where it is none.

    QUIRK: customers and products have a blank where orders have a T (twentyfoursevenoffice.md 6, spec).
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def street_of(street: str | list[str] | None) -> str:
    """A street in one line."""
    return ", ".join(filter(None, street)) if isinstance(street, list) else (street or "")


class Said(Struct, frozen=True, rename="camel"):
    """One thing that is wrong with a body, in either of two forms."""

    path: str = ""
    keyword: str = ""
    type: str = ""
    message: str = ""


class SaidPart(Struct, frozen=True, rename="camel"):
    """All that is wrong."""

    validation_errors: list[Said] = []
    errors: list[Said] = []


class ErrorPart(Struct, frozen=True):
    """An error by its name."""

    name: str = ""
    message: str = ""
    payload: SaidPart = msgspec.field(default_factory=SaidPart)


class ErrorAnswer(Struct, frozen=True, rename="camel"):
    """What stands in a refusal's body."""

    error: ErrorPart = msgspec.field(default_factory=ErrorPart)
    tracking_id: str = ""


class TokenRefusal(Struct, frozen=True):
    """What the token address says no with."""

    error: str = ""
    error_description: str = ""
    message: str = ""
