"""What an invoice line may name at Xero, and what the company's books allow; read once per job."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from bridge_gui.accounting.billing import BillingRules, BillItem
from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import VendorChanged
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.xero.client import XeroClient
from bridge_gui.vendors.xero.invoices import tidy
from bridge_gui.vendors.xero.payloads import (
    VENDOR,
    Account,
    Currency,
    Item,
    Organisation,
    Permission,
    TaxRate,
    Theme,
    day_of,
)
from bridge_gui.vendors.xero.zones import zone_named

_ALLOWED = "ALLOWED"
CENT = Decimal("0.01")
"""What lines and taxes are rounded to, in a currency without a minor unit too (xero.md 5)."""


class XeroSelling:
    """Items, accounts, tax rates, looks and rules of one organisation."""

    _client: XeroClient

    def items(self) -> tuple[BillItem, ...]:
        """All items that are sold, by code. QUIRK: this list has no pages (xero.md 3.3)."""
        rows = self._client.listed("Items", Item, {"unitdp": 4})
        return tuple(_item(row) for row in sorted(rows, key=lambda row: row.code) if row.is_sold)

    def income_accounts(self) -> tuple[LedgerAccount, ...]:
        """The income accounts in use, by code."""
        return tuple(
            LedgerAccount(id=row.account_id, code=row.code, name=row.name)
            for row in sorted(self._accounts, key=lambda row: row.code)
            if row.code and row.kind == "REVENUE" and row.status == "ACTIVE"
        )

    def sales_taxes(self) -> tuple[TaxCode, ...]:
        """The tax rates that sales may bear, highest first."""
        rows = sorted(self._offered, key=lambda row: (-row.effective_rate, row.tax_type))
        return tuple(TaxCode(key=row.tax_type, rate=tidy(row.effective_rate)) for row in rows)

    def tax_names(self) -> Mapping[str, str]:
        """What the company calls each of these."""
        return {row.tax_type: row.name for row in self._offered}

    def templates(self) -> tuple[Option, ...]:
        """The looks an invoice can have, the default first."""
        rows = sorted(self._client.listed("BrandingThemes", Theme), key=lambda row: row.sort_order)
        return tuple(Option(key=row.theme_id, title=row.name) for row in rows)

    def billing_rules(self) -> BillingRules:
        """Currencies, lock dates, and what this sign-in may do: Xero says it, roles are not guessed."""
        company = self.organisation
        may = {row.name for row in self._client.listed("Organisation/Actions", Permission) if _allows(row)}
        codes = {row.code for row in self._client.listed("Currencies", Currency)} | {company.base_currency}
        locks = (day_of(company.period_lock_date), day_of(company.end_of_year_lock_date))
        return BillingRules(
            base_currency=company.base_currency,
            currencies=tuple(sorted(codes)),
            country=company.country_code,
            locked_until=max((day for day in locks if day is not None), default=None),
            may_approve="CreateApprovedInvoice" in may,
            may_submit="CreateDraftInvoice" in may,
            demo=company.is_demo_company,
            unit=CENT,
            time_zone=zone_named(company.timezone),
        )

    def rates(self) -> Mapping[str, Decimal]:
        """The rates of all tax types there ever were."""
        return {row.tax_type: tidy(row.effective_rate) for row in self._taxes}

    def short_code(self) -> str:
        """The organisation's name in addresses."""
        return self.organisation.short_code

    @cached_property
    def organisation(self) -> Organisation:
        """The company itself."""
        rows = self._client.listed("Organisation", Organisation)
        if len(rows) != 1:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Organisations")
        return rows[0]

    @cached_property
    def _accounts(self) -> list[Account]:
        return self._client.listed("Accounts", Account)

    @cached_property
    def _taxes(self) -> list[TaxRate]:
        return self._client.listed("TaxRates", TaxRate)

    @property
    def _offered(self) -> list[TaxRate]:
        return [row for row in self._taxes if row.status == "ACTIVE" and row.can_apply_to_revenue]


def _item(row: Item) -> BillItem:
    told = row.sales_details
    price = None if told.unit_price is None else tidy(told.unit_price)
    return BillItem(
        id=row.item_id, code=row.code, name=row.name or row.code, unit_price=price,
        account=told.account_code, tax=told.tax_type,
    )  # fmt: skip


def _allows(row: Permission) -> bool:
    return row.status == _ALLOWED
