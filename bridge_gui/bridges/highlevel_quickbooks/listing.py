"""What both vendors list, asked for once in the life of an opened bridge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bridge_gui.accounting.billing import BillItem
from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.selling import SellingRules
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.bridges.highlevel_quickbooks.customer_file import PARTS
from bridge_gui.bridges.highlevel_quickbooks.file_bringing import COLUMNS, CustomerFile
from bridge_gui.bridges.highlevel_quickbooks.rules import Rules, rules_of
from bridge_gui.bridges.highlevel_quickbooks.sale_kinds import PROVIDERS, SALE_KINDS
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.specs import Option


class Listing:
    """The lists, the options made of them, and the rules they resolve."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._file = CustomerFile(context)

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        books, sales = self._context.books, self._context.sales
        listed = {
            "sale_kinds": lambda: SALE_KINDS,
            "items": self._items,
            "providers": lambda: PROVIDERS,
            "deposit_accounts": lambda: _accounts(books.deposit_accounts()),
            "income_accounts": lambda: _accounts(books.income_accounts()),
            "payment_methods": books.payment_methods,
            "rates": self._rates,
            "taxes": self._taxes,
            "workflows": sales.workflows,
            "tags": sales.tags,
            "customer_columns": self._file.columns,
            "customer_parts": lambda: PARTS,
        }
        return tuple(listed[name]())

    def suggest(self, name: str) -> Mapping[str, str]:
        """Rates that only one tax code of QuickBooks has; columns whose head says what they are."""
        if name == COLUMNS:
            return self._file.suggest()
        if name != "tax_rates":
            return {}
        counts = Counter(plain(tax.rate) for tax in self.taxes)
        return {plain(tax.rate): tax.key for tax in self.taxes if counts[plain(tax.rate)] == 1}

    @cached_property
    def rules(self) -> Rules:
        """The user's decisions, resolved against the lists once; days are the CRM account's own."""
        context, zone = self._context, self.zone
        return rules_of(
            context.settings, context.mappings, scope=context.sales.scope,
            today=context.clock.now().astimezone(zone).date(), zone=zone, books=self.books,
            items=self.items, taxes=self.taxes,
        )  # fmt: skip

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the CRM account."""
        told = self._context.sales.place().zone
        try:
            return ZoneInfo(told) if told else self._context.zone
        except (ZoneInfoNotFoundError, ValueError):
            return self._context.zone

    @cached_property
    def books(self) -> SellingRules:
        """What the books allow."""
        found: SellingRules = self._context.books.selling_rules()
        return found

    @cached_property
    def items(self) -> tuple[BillItem, ...]:
        """What a line may name."""
        found: tuple[BillItem, ...] = self._context.books.items()
        return found

    @cached_property
    def taxes(self) -> tuple[TaxCode, ...]:
        """The tax codes that sales may bear."""
        found: tuple[TaxCode, ...] = self._context.books.sales_taxes()
        return found

    def _items(self) -> Iterable[Option]:
        return [Option(key=one.code, title=one.name) for one in self.items]

    def _taxes(self) -> Iterable[Option]:
        names = self._context.books.tax_names()
        for tax in self.taxes:
            yield Option(key=tax.key, title=names.get(tax.key, tax.key), hint=f"{plain(tax.rate)} %")

    def _rates(self) -> Iterable[Option]:
        """Every percentage that QuickBooks knows; HighLevel lists none."""
        rates = sorted({tax.rate for tax in self.taxes}, reverse=True)
        return [Option(key=plain(rate), title=f"{plain(rate)} %") for rate in rates]


def _accounts(accounts: Iterable[LedgerAccount]) -> Iterable[Option]:
    return [Option(key=one.id, title=one.name, hint=one.code) for one in accounts]
