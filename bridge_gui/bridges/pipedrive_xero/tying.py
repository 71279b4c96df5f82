"""Tie-out: what deals come to and what Xero's invoices show, per currency, total and tax.

Drafts are not in the books yet; they show as the difference that they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from bridge_gui.accounting.billing import Bill, BillTotals
from bridge_gui.accounting.deals import Deal
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO
from bridge_gui.bridges.pipedrive_xero.billing import Offer, bill_of
from bridge_gui.bridges.pipedrive_xero.bills import read_shown
from bridge_gui.bridges.pipedrive_xero.customers import Books
from bridge_gui.bridges.pipedrive_xero.deals import Deals
from bridge_gui.bridges.pipedrive_xero.listing import Listing
from bridge_gui.bridges.pipedrive_xero.steps import INVOICE, place, read_mark
from bridge_gui.errors import CannotMap
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.tieout import Amounts, Booked, Key, Meant, Sold
from bridge_gui.web.waiting import Cancel

_IN_THE_BOOKS = (DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID, DocumentState.PAID)


class Ties:
    """The two reads of this bridge."""

    def __init__(self, context: BridgeContext, listing: Listing, deals: Deals) -> None:
        self._context = context
        self._books: Books = context.books
        self._listing = listing
        self._deals = deals
        self._bills: dict[tuple[date, date], tuple[Bill, ...]] = {}
        currencies = sorted({*listing.billing.currencies, listing.billing.base_currency})
        self.keys = tuple(Key(name=name) for one in currencies for name in _names(one))

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """Deals invoiced in the period, each on its invoice's day, and those that should have been."""
        days = self._invoiced(first, last, cancel)
        found = {deal.id: deal for deal in self._context.sales.deals_by_id(list(days), cancel)}
        for deal in self._triggered(first, last, cancel):
            found.setdefault(deal.id, deal)
        for deal, offer in self._deals.offers(list(found.values()), list(found.values()), cancel):
            record = self._deals.record_of(deal, offer)
            day = days.get(deal.id, record.day)
            if first <= day <= last:
                yield Sold(flow="deals", record=replace(record, day=day), amounts=self._amounts(offer))

    def booked(self, first: date, last: date, cancel: Cancel) -> Iterator[Booked]:
        """Every invoice of the period as Xero shows it now."""
        for bill in self._dated(first, last, cancel):
            mark = read_mark(bill.reference)
            ours = mark is not None and mark.scope == self._context.sales.scope
            there = bill.state in _IN_THE_BOOKS
            yield Booked(
                document=bill.ref.id,
                day=bill.day,
                amounts=_amounts(bill.currency, bill.totals) if there else {},
                number=bill.ref.number,
                place=place(mark.deal, mark.ordinal) if mark is not None and ours else None,
            )

    def meant(self, link: LinkRow) -> Meant | None:
        """What an invoice of ours held when it was made or last seen as it should be."""
        shown = read_shown(link.target_content)
        if link.kind != INVOICE or shown is None:
            return None
        totals = BillTotals(net=shown.net, tax=shown.tax, total=shown.total)
        return Meant(day=shown.day, amounts=_amounts(shown.currency, totals))

    def _triggered(self, first: date, last: date, cancel: Cancel) -> Iterator[Deal]:
        """Deals that became due to be invoiced by themselves."""
        rules = self._listing.rules
        since = self._context.clock.now() - timedelta(days=(rules.today - first).days + 2)
        for page in self._context.sales.deals_since(since, cancel):
            for deal in page:
                if rules.triggered(deal) and first <= self._deals.day_of(deal) <= last:
                    yield deal

    def _invoiced(self, first: date, last: date, cancel: Cancel) -> dict[str, date]:
        """The first day on which each deal was invoiced in the period."""
        days: dict[str, date] = {}
        for bill in self._dated(first, last, cancel):
            mark = read_mark(bill.reference)
            if mark is not None and mark.scope == self._context.sales.scope:
                days[mark.deal] = min(bill.day, days.get(mark.deal, bill.day))
        return days

    def _dated(self, first: date, last: date, cancel: Cancel) -> tuple[Bill, ...]:
        """All invoices of the period, read once."""
        if (first, last) not in self._bills:
            pages = self._books.bills_dated(first, last, "", cancel)
            self._bills[first, last] = tuple(bill for page in pages for bill in page)
        return self._bills[first, last]

    def _amounts(self, offer: Offer) -> Amounts:
        """What a deal should come to in the books; its bare value where no invoice can be made of it."""
        try:
            return _amounts(offer.currency, bill_of(offer, 1, self._listing.rules).totals)
        except CannotMap:
            totals = BillTotals(net=offer.value, tax=ZERO, total=offer.value)
            return _amounts(offer.currency, totals)


def _names(currency: str) -> Iterable[str]:
    return (f"Invoices {currency}", f"Tax {currency}")


def _amounts(currency: str, totals: BillTotals) -> Amounts:
    whole, tax = _names(currency)
    return {name: amount for name, amount in ((whole, totals.total), (tax, totals.tax)) if amount}
