"""QuickBooks' own forms, with only the fields Bridge uses; unknown fields are ignored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.money import plain
from bridge_gui.errors import VendorChanged
from bridge_gui.web.decode import Id

VENDOR = "QuickBooks"
DELETED = "Deleted"


class Reference(Struct, frozen=True):
    """A thing named by its id."""

    value: str = ""
    name: str = ""


NOBODY = Reference()


class Stamps(Struct, frozen=True, rename="pascal"):
    """When a row was made and last written."""

    create_time: str = ""
    last_updated_time: str = ""


class Linked(Struct, frozen=True, rename="pascal"):
    """A tie to another document."""

    txn_id: Id
    txn_type: Id


class Address(Struct, frozen=True, rename="pascal"):
    """An e-mail address, or several with commas between them."""

    address: str = ""


class Phone(Struct, frozen=True, rename="pascal"):
    """A telephone number as somebody typed it."""

    free_form_number: str = ""


class Place(Struct, frozen=True, rename="pascal"):
    """A postal address."""

    line1: str = ""
    line2: str = ""
    line3: str = ""
    line4: str = ""
    line5: str = ""
    city: str = ""
    country: str = ""
    country_sub_division_code: str = ""
    postal_code: str = ""

    @property
    def street(self) -> str:
        """The lines above the town."""
        lines = (self.line1, self.line2, self.line3, self.line4, self.line5)
        return "\n".join(line.strip() for line in lines if line.strip())


class Row(Struct, frozen=True, rename="pascal"):
    """What every row has; a deleted one has hardly more."""

    id: Id
    sync_token: str = ""
    status: str = msgspec.field(name="status", default="")
    meta_data: Stamps = Stamps()

    @property
    def is_deleted(self) -> bool:
        """Whether this only says that the row is gone."""
        return self.status == DELETED


class Customer(Struct, frozen=True, rename="pascal"):
    """A customer; one that is a part of another one names it."""

    id: Id
    display_name: str = ""
    company_name: str = ""
    given_name: str = ""
    family_name: str = ""
    primary_email_addr: Address = Address()
    primary_phone: Phone = Phone()
    bill_addr: Place = Place()
    currency_ref: Reference = NOBODY
    parent_ref: Reference = NOBODY
    notes: str = ""
    active: bool = True
    meta_data: Stamps = Stamps()


class CompanyInfo(Struct, frozen=True, rename="pascal"):
    """The company itself."""

    company_name: str
    country: str = ""


class SalesForms(Struct, frozen=True, rename="pascal"):
    """Preferences of documents."""

    custom_txn_numbers: bool = False
    allow_discount: bool = False
    default_discount_account: str = ""


class TaxPrefs(Struct, frozen=True, rename="pascal"):
    """Preferences of sales tax; the second is only there in the US (quickbooks.md 3.1)."""

    using_sales_tax: bool
    partner_tax_enabled: bool | None = None


class CurrencyPrefs(Struct, frozen=True, rename="pascal"):
    """Preferences of currencies."""

    multi_currency_enabled: bool = False
    home_currency: Reference = NOBODY


class AccountingPrefs(Struct, frozen=True, rename="pascal"):
    """Preferences of the books: the day until which they are closed."""

    book_close_date: str = ""


class Preferences(Struct, frozen=True, rename="pascal"):
    """The company's preferences."""

    tax_prefs: TaxPrefs
    sales_forms_prefs: SalesForms = SalesForms()
    currency_prefs: CurrencyPrefs = CurrencyPrefs()
    accounting_info_prefs: AccountingPrefs = AccountingPrefs()


class Account(Struct, frozen=True, rename="pascal"):
    """An account in the chart of accounts."""

    id: Id
    name: str
    fully_qualified_name: str = ""
    account_type: str = ""
    acct_num: str = ""
    active: bool = True


class Item(Struct, frozen=True, rename="pascal"):
    """A thing sold or bought."""

    id: Id
    name: str
    fully_qualified_name: str = ""
    type: str = ""
    unit_price: Decimal | None = None
    income_account_ref: Reference = NOBODY
    sales_tax_code_ref: Reference = NOBODY
    active: bool = True


class Method(Struct, frozen=True, rename="pascal"):
    """A way to pay."""

    id: Id
    name: str
    active: bool = True


class TaxRate(Struct, frozen=True, rename="pascal"):
    """One rate; its per cent."""

    id: Id
    rate_value: Decimal | None = None


class RateDetail(Struct, frozen=True, rename="pascal"):
    """A rate as part of a tax code."""

    tax_rate_ref: Reference
    tax_type_applicable: str = ""
    tax_order: int = 0


class RateList(Struct, frozen=True, rename="pascal"):
    """The rates of a tax code."""

    tax_rate_detail: list[RateDetail] = []


class TaxCode(Struct, frozen=True, rename="pascal"):
    """A tax code; only one with rates for sales suits sales."""

    id: Id
    name: str
    active: bool = True
    sales_tax_rate_list: RateList = RateList()


class CompanyCurrency(Struct, frozen=True, rename="pascal"):
    """A currency the company has added."""

    code: str
    active: bool = True


def day_of(text: str, path: str) -> date:
    """A calendar day; some forms have a time behind it, which says nothing."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path) from None


def instant_of(text: str, path: str) -> datetime:
    """An instant with its offset, in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path)
    return moment.astimezone(UTC)


def tidy(number: Decimal) -> Decimal:
    """The same number without an exponent and without needless zeros."""
    return Decimal(plain(number))


def quoted(text: str) -> str:
    """A text inside a query: both signs that would end or bend it are escaped (quickbooks.md 4)."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
