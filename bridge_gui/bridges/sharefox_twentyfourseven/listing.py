"""What both vendors list, asked for once in the life of an opened bridge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from bridge_gui.accounting.money import plain
from bridge_gui.accounting.ordering import OrderTax
from bridge_gui.accounting.rentals import RentalInvoice
from bridge_gui.bridges.sharefox_twentyfourseven.exported import ExportedShop
from bridge_gui.bridges.sharefox_twentyfourseven.rules import (
    EXCLUSIVE,
    INCLUSIVE,
    LEAVE_OUT,
    NOT_TOLD,
    ON_INVOICE,
    Rules,
    rules_of,
)
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.specs import Option
from bridge_gui.wording.message import mark

_SAMPLE = timedelta(days=62)
_USUAL = (Decimal(25), Decimal(15), Decimal(12), Decimal(0))
_NORWAY = {"25": "3", "15": "31", "12": "33", "0": "5"}
"""The standard codes for sales by percentage (twentyfoursevenoffice.md 3.4)."""
_FAKTURA = "Faktura"


class Listing:
    """The lists, the options made of them, and the rules they resolve."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        listed = {
            "rates": self._rates,
            "taxes": self._taxes,
            "methods": self._methods,
            "pay_methods": self._pay_methods,
            "price_ways": self._price_ways,
        }
        return tuple(listed[name]())

    def suggest(self, name: str) -> Mapping[str, str]:
        """Norway's codes for the usual percentages, and that what says invoice is billed."""
        if name == "methods":
            return {_FAKTURA: ON_INVOICE}
        numbers = {tax.number: tax for tax in self.taxes}
        return {
            rate: numbers[number].key
            for rate, number in _NORWAY.items()
            if number in numbers and plain(numbers[number].rate) == rate
        }

    @cached_property
    def rules(self) -> Rules:
        """The user's decisions, resolved against the lists once; days are the company's."""
        context = self._context
        return rules_of(
            context.settings, context.mappings, scope=context.sales.scope,
            today=context.clock.now().astimezone(context.zone).date(),
            currency=context.books.base_currency(), taxes=self.taxes,
            files=isinstance(context.sales, ExportedShop),
        )  # fmt: skip

    @cached_property
    def taxes(self) -> tuple[OrderTax, ...]:
        """All tax codes of the organisation."""
        found: tuple[OrderTax, ...] = self._context.books.order_taxes()
        return found

    @cached_property
    def sample(self) -> tuple[RentalInvoice, ...]:
        """Invoice bases of the last two months, to show what is meant by an example."""
        since = self._context.clock.now().date() - _SAMPLE
        pages = self._context.sales.rental_invoices(since, self._context.cancel)
        return tuple(one for page in pages for one in page)

    def _rates(self) -> Iterable[Option]:
        """The usual percentages, and every other that the shop has used lately."""
        seen = {line.rate for one in self.sample for line in one.lines if line.rate is not None}
        rates = sorted({*_USUAL, *seen}, reverse=True)
        return [Option(key=plain(rate), title=f"{plain(rate)} %") for rate in rates]

    def _taxes(self) -> Iterable[Option]:
        for tax in self.taxes:
            yield Option(key=tax.key, title=f"{tax.number} {tax.name}", hint=f"{plain(tax.rate)} %")

    def _methods(self) -> Iterable[Option]:
        """The shop's ways to pay, and that it tells none."""
        since = self._context.clock.now().date() - _SAMPLE
        told = self._context.sales.methods_seen(since, self._context.cancel)
        return [*(Option(key=one, title=one) for one in told), Option(key=NOT_TOLD, title=mark("Not told"))]

    def _pay_methods(self) -> Iterable[Option]:
        yield Option(key=ON_INVOICE, title=mark("To be paid: an open invoice"))
        yield Option(key=LEAVE_OUT, title=mark("Leave out: never sent"))
        for one in self._context.books.pay_methods():
            yield Option(key=one.id, title=one.name, hint=mark("Paid already"))

    def _price_ways(self) -> Iterable[Option]:
        """Both ways of reading the shop's prices, each with what it makes of one real invoice."""
        yield Option(key=EXCLUSIVE, title=mark("Without VAT"), hint=self._shown(inclusive=False))
        yield Option(key=INCLUSIVE, title=mark("With VAT in them"), hint=self._shown(inclusive=True))

    def _shown(self, *, inclusive: bool) -> str:
        found = telling(self.sample)
        if found is None:
            return ""
        ours, told = found.totals(inclusive=inclusive), found.gross
        return (
            f"{found.number}: {ours.net:.2f} + {ours.tax:.2f} = {ours.total:.2f} {found.currency}"
            f" (Sharefox: {told:.2f})"
        )


def telling(invoices: Iterable[RentalInvoice]) -> RentalInvoice | None:
    """An invoice basis whose total tells whether its prices have VAT in them."""
    for one in invoices:
        ways = {one.totals(inclusive=way).total for way in (False, True)}
        if one.gross is not None and len(ways) == 2 and one.gross > 0:
            return one
    return None
