"""What a sale may name at QuickBooks, and what the company's books allow; each list read once per job."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from bridge_gui.accounting.billing import BillItem
from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.selling import SellingRules
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import CannotMap, OutcomeUnknown, VendorChanged
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.quickbooks.bodies import TaxPart, Terms
from bridge_gui.vendors.quickbooks.buyers import plain_name
from bridge_gui.vendors.quickbooks.client import QuickBooksClient, Shape
from bridge_gui.vendors.quickbooks.forms import TAXED, UNTAXED
from bridge_gui.vendors.quickbooks.payloads import (
    VENDOR,
    Account,
    CompanyCurrency,
    CompanyInfo,
    Item,
    Method,
    Preferences,
    TaxRate,
    day_of,
    tidy,
)
from bridge_gui.vendors.quickbooks.payloads import TaxCode as TaxCodeAnswer
from bridge_gui.web.decode import decode

_INCOME = ("Income", "Other Income")
_DEPOSIT = ("Bank", "Other Current Asset")
_SOLD = ("Service", "NonInventory", "Inventory")
_EVERY = "Active IN (true, false)"
_HUNDRED = Decimal(100)
_ON_TAX = "TaxOnAmountPlusTax"
_LONGEST_NAME = 100


class QuickBooksSelling(ABC):
    """Items, accounts, ways to pay, taxes and rules of one company."""

    _client: QuickBooksClient

    def items(self) -> tuple[BillItem, ...]:
        """All active items that are sold; `code` is what a line names."""
        rows = sorted(self._items, key=_item_name)
        return tuple(_item(row) for row in rows if row.type in _SOLD and row.income_account_ref.value)

    def add_item(self, name: str, account: str, key: str) -> BillItem:
        """Make a service item that books to this income account; a taken name is `Refused`."""
        tidied = plain_name(name)
        if not tidied or len(tidied) > _LONGEST_NAME:
            raise CannotMap("quickbooks.too_long", text=name[:40], limit=_LONGEST_NAME)
        body = {"Name": tidied, "Type": "Service", "IncomeAccountRef": {"value": account}}
        raw = self._client.write("Item", body, key)
        vars(self).pop("_items", None)
        try:
            return _item(decode(bytes(raw), Item, vendor=VENDOR))
        except VendorChanged as error:
            raise OutcomeUnknown("outcome.left_out", detail=str(error)) from error

    def income_accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts an item may book to."""
        return self._accounts_of(_INCOME)

    def deposit_accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts money may go to."""
        return self._accounts_of(_DEPOSIT)

    def payment_methods(self) -> tuple[Option, ...]:
        """The ways to pay that the books know."""
        ordered = sorted(self._methods, key=lambda row: row.name.casefold())
        return tuple(Option(key=row.id, title=row.name, offered=row.active) for row in ordered)

    def sales_taxes(self) -> tuple[TaxCode, ...]:
        """The active tax codes that sales may bear, with the sum of their rates; highest first."""
        rates = self.rates()
        rows = sorted(self._offered, key=lambda row: (-rates[row.id], row.name))
        return tuple(TaxCode(key=row.id, rate=rates[row.id]) for row in rows)

    def tax_names(self) -> Mapping[str, str]:
        """What the books call each of these."""
        return {row.id: row.name for row in self._offered}

    def selling_rules(self) -> SellingRules:
        """Country, currencies, closing day, numbering, discounts, tax model."""
        return self._rules

    def rates(self) -> Mapping[str, Decimal]:
        """The rates of all tax codes there ever were."""
        return self._rates

    def terms(self) -> Terms:
        """What of the books decides how a sale is written."""
        parts = {row.id: self._parts(row) for row in self._codes}
        account = self._preferences.sales_forms_prefs.default_discount_account
        return Terms(rules=self._rules, discount_account=account, parts=parts)

    @cached_property
    def organisation(self) -> CompanyInfo:
        """The company itself."""
        return self._client.one(f"companyinfo/{self._realm()}", "CompanyInfo", CompanyInfo)

    @abstractmethod
    def _realm(self) -> str:
        """Which company the client speaks to."""

    @cached_property
    def _rules(self) -> SellingRules:
        told, info = self._preferences, self.organisation
        base = told.currency_prefs.home_currency.value or ("USD" if info.country == "US" else "")
        if not base:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.CurrencyPrefs.HomeCurrency")
        several, closed = (
            told.currency_prefs.multi_currency_enabled,
            told.accounting_info_prefs.book_close_date,
        )
        return SellingRules(
            base_currency=base,
            currencies=self._currencies(base) if several else (base,),
            country=info.country,
            locked_until=day_of(closed, "$.AccountingInfoPrefs.BookCloseDate") if closed else None,
            own_numbers=told.sales_forms_prefs.custom_txn_numbers,
            discounts=told.sales_forms_prefs.allow_discount,
            sales_tax=told.tax_prefs.using_sales_tax,
            american=info.country == "US",
            automatic_tax=bool(told.tax_prefs.partner_tax_enabled),
            several_currencies=several,
        )

    @cached_property
    def _preferences(self) -> Preferences:
        return self._client.one("preferences", "Preferences", Preferences)

    def _currencies(self, base: str) -> tuple[str, ...]:
        rows = self._client.listed("CompanyCurrency", CompanyCurrency)
        return tuple(sorted({base, *(row.code for row in rows if row.active)}))

    def _accounts_of(self, kinds: Sequence[str]) -> tuple[LedgerAccount, ...]:
        rows = [row for row in self._accounts if row.account_type in kinds]
        ordered = sorted(rows, key=lambda row: (row.acct_num, row.name.casefold()))
        return tuple(LedgerAccount(id=row.id, code=row.acct_num, name=_account_name(row)) for row in ordered)

    @cached_property
    def _accounts(self) -> list[Account]:
        return self._client.listed("Account", Account, "Active = true")

    @cached_property
    def _items(self) -> list[Item]:
        return self._client.listed("Item", Item, "Active = true")

    @cached_property
    def _methods(self) -> list[Method]:
        return self._every("PaymentMethod", Method)

    @cached_property
    def _codes(self) -> list[TaxCodeAnswer]:
        return self._every("TaxCode", TaxCodeAnswer)

    @cached_property
    def _percents(self) -> dict[str, Decimal]:
        rows = self._every("TaxRate", TaxRate)
        return {row.id: tidy(row.rate_value) for row in rows if row.rate_value is not None}

    def _every(self, entity: str, shape: type[Shape]) -> list[Shape]:
        """Inactive ones too. INFERRED: these lists may be asked so; one that refuses it shows active ones."""
        try:
            return self._client.listed(entity, shape, _EVERY)
        except VendorChanged as error:
            if error.code != "quickbooks.question_refused":
                raise
        return self._client.listed(entity, shape)

    @cached_property
    def _rates(self) -> dict[str, Decimal]:
        """QUIRK: a code's rate is the sum of its rates for sales (quickbooks.md 5, spec)."""
        return {
            row.id: tidy(sum((part.percent for part in self._parts(row)), ZERO))
            for row in self._codes
            if row.sales_tax_rate_list.tax_rate_detail
        }

    def _parts(self, row: TaxCodeAnswer) -> list[TaxPart]:
        parts: list[TaxPart] = []
        for detail in sorted(row.sales_tax_rate_list.tax_rate_detail, key=lambda one: one.tax_order):
            percent = self._percents.get(detail.tax_rate_ref.value)
            if percent is None:
                raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.TaxRate[].RateValue")
            if detail.tax_type_applicable == _ON_TAX:
                percent = percent * (1 + sum((part.percent for part in parts), ZERO) / _HUNDRED)
            parts.append(TaxPart(rate=detail.tax_rate_ref.value, percent=percent))
        return parts

    @property
    def _offered(self) -> list[TaxCodeAnswer]:
        """Those in use with a rate for sales; the two words that only the US has are no codes."""
        return [
            row
            for row in self._codes
            if row.active and row.id in self._rates and row.id not in (TAXED, UNTAXED)
        ]


def _item(row: Item) -> BillItem:
    price = None if row.unit_price is None else tidy(row.unit_price)
    return BillItem(
        id=row.id, code=row.id, name=_item_name(row), unit_price=price, account=row.income_account_ref.value,
        tax=row.sales_tax_code_ref.value,
    )  # fmt: skip


def _item_name(row: Item) -> str:
    return row.fully_qualified_name or row.name


def _account_name(row: Account) -> str:
    return row.fully_qualified_name or row.name
