"""What both vendors list, asked for once in the life of an opened bridge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import json

from bridge_gui.accounting.billing import BillingRules, BillItem
from bridge_gui.accounting.deals import Product, Stage
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.bridges.pipedrive_xero.rules import STAGE, Rules, rules_of
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.specs import Option
from bridge_gui.wording.message import mark

LINKED, CONTACTS = "items", "contacts"
_HOLDERS = {"deal": mark("Deal"), "organization": mark("Organization"), "person": mark("Person")}


class Listing:
    """The lists, the options made of them, and the rules they resolve."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        listed = {
            "fields": self._field_options,
            "accounts": self._account_options,
            "templates": self._context.books.templates,
            "stages": self._stage_options,
            "pipelines": self._pipeline_options,
            "deal_taxes": self._rate_options,
            "taxes": self._tax_options,
            "products": self._product_options,
            "items": self._item_options,
            "currencies": self._currency_options,
        }
        return tuple(listed[name]())

    def suggest(self, name: str) -> Mapping[str, str]:
        """Rates that only one tax of Xero has; products linked before, or whose code an item bears."""
        if name == "tax_rates":
            counts = Counter(plain(tax.rate) for tax in self.taxes)
            return {plain(tax.rate): tax.key for tax in self.taxes if counts[plain(tax.rate)] == 1}
        if name == "items":
            codes = {item.code.casefold(): item.code for item in self.items}
            found = {one.id: codes.get(one.code.casefold(), "") for one in self.products if one.code}
            return {product: code for product, code in {**found, **self.linked()}.items() if code}
        return {}

    def linked(self) -> dict[str, str]:
        """Products that were linked to an item while an invoice was made, by the product's id."""
        kept = self._context.notes.get(LINKED)
        return json.decode(kept, type=dict[str, str]) if kept else {}

    def remember(self, linked: Mapping[str, str]) -> None:
        """Keep what was linked while an invoice was made; the mappings come first all the same."""
        before = self.linked()
        if any(before.get(product) != item for product, item in linked.items()):
            self._context.notes.set(LINKED, json.encode({**before, **linked}).decode())

    def contacts(self) -> dict[str, str]:
        """Contacts in Xero that a person chose, by whose customer they are."""
        kept = self._context.notes.get(CONTACTS)
        return json.decode(kept, type=dict[str, str]) if kept else {}

    def remember_contact(self, customer: str, contact: str) -> None:
        """Keep whose contact a person chose; none lets it go."""
        before = self.contacts()
        now = {**before, customer: contact} if contact else {k: v for k, v in before.items() if k != customer}
        if now != before:
            self._context.notes.set(CONTACTS, json.encode(now).decode())

    @cached_property
    def rules(self) -> Rules:
        """The user's decisions, resolved against the lists once."""
        return self.resolved()

    def resolved(self) -> Rules:
        """The user's decisions, with what was linked up to now."""
        context, books = self._context, self.billing
        zone = ZoneInfo(books.time_zone) if books.time_zone else context.zone
        mappings = dict(context.mappings)
        mappings["items"] = {**self.linked(), **mappings.get("items", {})}
        return rules_of(
            context.settings,
            mappings,
            scope=context.sales.scope,
            today=context.clock.now().astimezone(zone).date(),
            zone=zone,
            books=books,
            items=self.items,
            taxes=self.taxes,
            stages=self.stages if context.settings.get("automatic") == STAGE else (),
            contacts=self.contacts(),
            discount=context.words.text(mark("Discount")),
        )

    @cached_property
    def billing(self) -> BillingRules:
        """What the books allow."""
        found: BillingRules = self._context.books.billing_rules()
        return found

    @cached_property
    def items(self) -> tuple[BillItem, ...]:
        """What an invoice line may name."""
        found: tuple[BillItem, ...] = self._context.books.items()
        return found

    @cached_property
    def taxes(self) -> tuple[TaxCode, ...]:
        """The tax rates that sales may bear."""
        found: tuple[TaxCode, ...] = self._context.books.sales_taxes()
        return found

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """All stages of all pipelines."""
        found: tuple[Stage, ...] = self._context.sales.stages()
        return found

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """What can be put on a deal."""
        found: tuple[Product, ...] = self._context.sales.products()
        return found

    def _field_options(self) -> Iterable[Option]:
        for field in self._context.sales.field_names():
            key = f"{field.holder.value}:{field.key}"
            yield Option(key=key, title=field.title, hint=_HOLDERS[field.holder.value])

    def _account_options(self) -> Iterable[Option]:
        for account in self._context.books.income_accounts():
            yield Option(key=account.code, title=account.name, hint=account.code)

    def _stage_options(self) -> Iterable[Option]:
        for stage in self.stages:
            yield Option(key=stage.id, title=stage.name, hint=stage.pipeline_name)

    def _pipeline_options(self) -> Iterable[Option]:
        named = {stage.pipeline: stage.pipeline_name for stage in self.stages}
        return [Option(key=key, title=name) for key, name in named.items()]

    def _rate_options(self) -> Iterable[Option]:
        """Every percentage that a product has or that Xero knows."""
        rates = {one.rate for one in self.products} | {tax.rate for tax in self.taxes}
        for rate in sorted(rates, reverse=True):
            yield Option(key=plain(rate), title=f"{plain(rate)} %")

    def _tax_options(self) -> Iterable[Option]:
        names = self._context.books.tax_names()
        for tax in self.taxes:
            yield Option(key=tax.key, title=names.get(tax.key, tax.key), hint=f"{plain(tax.rate)} %")

    def _product_options(self) -> Iterable[Option]:
        for product in self.products:
            yield Option(key=product.id, title=product.name, hint=product.code)

    def _item_options(self) -> Iterable[Option]:
        for item in self.items:
            yield Option(key=item.code, title=item.name, hint=item.code)

    def _currency_options(self) -> Iterable[Option]:
        return [Option(key=code, title=code) for code in self.billing.currencies]
