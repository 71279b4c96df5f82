"""Tie-out: the shop's invoices against the orders and invoices that 24SevenOffice shows, with their VAT."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.ordering import Order
from bridge_gui.accounting.rentals import RentalInvoice, RentalState
from bridge_gui.bridges.sharefox_twentyfourseven.billing import order_of, worth
from bridge_gui.bridges.sharefox_twentyfourseven.listing import Listing
from bridge_gui.bridges.sharefox_twentyfourseven.people import party_of
from bridge_gui.bridges.sharefox_twentyfourseven.rentals import Rentals
from bridge_gui.bridges.sharefox_twentyfourseven.shown import read_shown
from bridge_gui.bridges.sharefox_twentyfourseven.steps import ORDER, place, read_mark
from bridge_gui.errors import CannotMap
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.tieout import Amounts, Booked, Key, Meant, Sold
from bridge_gui.web.waiting import Cancel

NET, VAT = "Orders before VAT", "VAT on orders"
_CURRENCIES = ("NOK", "SEK", "DKK", "EUR")
_OUT = (RentalState.DRAFT, RentalState.CANCELLED)


class Ties:
    """The two reads of this bridge."""

    def __init__(self, context: BridgeContext, listing: Listing, rentals: Rentals) -> None:
        self._context = context
        self._listing = listing
        self._rentals = rentals
        currencies = dict.fromkeys((listing.rules.currency, *_CURRENCIES))
        self.keys = tuple(Key(name=f"{name} {one}") for one in currencies for name in (NET, VAT))

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """Every invoice of the period that is sent in the shop, of the type that is taken."""
        taken = self._listing.rules.taken
        for page in self._context.sales.rental_invoices(first, cancel):
            chosen = [
                one for one in page
                if one.day <= last and one.state not in _OUT and taken in (None, one.type)
            ]  # fmt: skip
            for invoice in self._context.sales.paid_by(chosen, cancel):
                record = self._rentals.record_of(invoice)
                yield Sold(flow=self._rentals.key, record=record, amounts=self._amounts(invoice))

    def booked(self, first: date, last: date, cancel: Cancel) -> Iterator[Booked]:
        """Every order of the period, whoever made it."""
        for order in self._context.books.orders_since(first, cancel):
            if order.day <= last:
                yield self._booked(order)

    def meant(self, link: LinkRow) -> Meant | None:
        """What an order of ours held when it was last as it should be."""
        shown = read_shown(link.target_content) if link.kind == ORDER else None
        return (
            None
            if shown is None
            else Meant(day=shown.day, amounts=_amounts(shown.net, shown.tax, shown.currency))
        )

    def _booked(self, order: Order) -> Booked:
        found = read_mark(order.reference, self._context.sales.scope)
        there = order.state is not DocumentState.DELETED
        return Booked(
            document=order.ref.id, day=order.day, number=order.invoice or order.ref.id,
            amounts=_amounts(order.net, order.tax, order.currency) if there else {},
            place=place(ORDER, found.source, found.ordinal) if found is not None else None,
        )  # fmt: skip

    def _amounts(self, invoice: RentalInvoice) -> Amounts:
        """What its order would come to; where there can be none, what the shop says."""
        rules = self._listing.rules
        try:
            order = order_of(invoice, party_of(invoice.customer, rules.scope, rules.home), 1, rules)
        except CannotMap:
            net = invoice.net if invoice.net is not None else worth(invoice, rules)
            return _amounts(net, worth(invoice, rules) - net, invoice.currency)
        return _amounts(order.totals.net, order.totals.tax, order.currency)


def _amounts(net: Decimal, tax: Decimal, currency: str) -> Amounts:
    named = ((f"{NET} {currency}", net), (f"{VAT} {currency}", tax))
    return {name: amount for name, amount in named if amount != ZERO}
