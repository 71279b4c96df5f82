"""Tie-out: what was taken, given back, invoiced and paid at the CRM, against what QuickBooks shows.

Compared per currency: receipts, refunds, invoices with their tax.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmInvoice, CrmInvoiceState
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.selling import NewSale, Sale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.billing import billed_of, invoice_of
from bridge_gui.bridges.highlevel_quickbooks.invoices import Invoices
from bridge_gui.bridges.highlevel_quickbooks.listing import Listing
from bridge_gui.bridges.highlevel_quickbooks.payments import Payments
from bridge_gui.bridges.highlevel_quickbooks.receipts import (
    Takings,
    left_out,
    receipt_of,
    refund_day_of,
    refund_of,
)
from bridge_gui.bridges.highlevel_quickbooks.shown import Shown, read_shown
from bridge_gui.bridges.highlevel_quickbooks.steps import INVOICE, RECEIPT, REFUND, place, read_mark
from bridge_gui.errors import CannotMap
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.tieout import Amounts, Booked, Key, Meant, Sold
from bridge_gui.web.waiting import Cancel

_KINDS = {SaleKind.RECEIPT: RECEIPT, SaleKind.REFUND: REFUND, SaleKind.INVOICE: INVOICE}
_WORDS = {RECEIPT: "Receipts", REFUND: "Refunds", INVOICE: "Invoices"}
_GONE = (DocumentState.VOIDED, DocumentState.DELETED)
_BILLED = (
    CrmInvoiceState.SENT, CrmInvoiceState.PROCESSING, CrmInvoiceState.PARTLY_PAID, CrmInvoiceState.PAID,
)  # fmt: skip


class Ties:
    """The two reads of this bridge."""

    def __init__(
        self, context: BridgeContext, listing: Listing, payments: Payments, invoices: Invoices
    ) -> None:
        self._context = context
        self._listing = listing
        self._payments = payments
        self._invoices = invoices
        books = listing.books
        currencies = sorted({*books.currencies, books.base_currency})
        names = [name for one in currencies for kind in _WORDS.values() for name in _names(kind, one)]
        self.keys = tuple(Key(name=name) for name in names)

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """Payments by the day the money moved, and invoices by their own day."""
        yield from self._taken(first, last, cancel)
        yield from self._billed(first, last, cancel)

    def booked(self, first: date, last: date, cancel: Cancel) -> Iterator[Booked]:
        """Every receipt, refund and invoice of the period that bears our mark, or nobody's."""
        for kind, name in _KINDS.items():
            for page in self._context.books.sales_dated(kind, first, last, cancel):
                for sale in page:
                    yield self._booked(sale, name)

    def meant(self, link: LinkRow) -> Meant | None:
        """What a document of ours held when it was last as it should be."""
        shown = read_shown(link.target_content) if link.kind in _WORDS else None
        return None if shown is None else Meant(day=shown.day, amounts=_shown_amounts(link.kind, shown))

    def _taken(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """Payments of the period, and what was given back in it of any since the start."""
        rules, zone = self._listing.rules, self._listing.zone
        begin = datetime.combine(min(first, self._context.start) - timedelta(days=1), time(), zone)
        end = datetime.combine(last + timedelta(days=2), time(), zone)
        for page in self._context.sales.payments_made(begin, end, cancel):
            inside = [one for one in page if first <= rules.day(one.at) <= last or one.refunded]
            wanted = [one.id for one in inside if left_out(one, rules) is None]
            singly = self._context.sales.crm_payments(wanted, cancel) if wanted else ()
            for takings in self._payments.takings(singly, cancel):
                yield from self._sold(takings, first, last)

    def _sold(self, takings: Takings, first: date, last: date) -> Iterator[Sold]:
        record, payment = self._payments.record_of(takings), takings.payment
        if first <= record.day <= last:
            yield Sold(flow="payments", record=record, amounts=self._takings_amounts(takings))
        if not payment.refunded:
            return
        back = refund_day_of(takings, self._listing.rules)
        if first <= back <= last:
            amounts = self._refund_amounts(takings)
            yield Sold(flow="payments", record=replace(record, day=back), amounts=amounts)

    def _refund_amounts(self, takings: Takings) -> Amounts:
        payment = takings.payment
        try:
            return _sale_amounts(REFUND, refund_of(takings, payment.refunded, 1, self._listing.rules))
        except CannotMap:
            return _amounts(REFUND, payment.currency, payment.refunded, ZERO)

    def _billed(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """An invoice may be dated long before or after it was made: all since the start are looked at."""
        for page in self._context.sales.invoices_made(min(first, self._context.start), cancel):
            for invoice in page:
                if first <= invoice.day <= last and invoice.live and invoice.state in _BILLED:
                    record = self._invoices.record_of(billed_of(invoice, ()))
                    shown = replace(record, day=invoice.day)
                    yield Sold(flow="invoices", record=shown, amounts=self._invoice_amounts(invoice))

    def _booked(self, sale: Sale, name: str) -> Booked:
        mark = read_mark(sale.memo, self._context.sales.scope)
        there = sale.state not in _GONE
        return Booked(
            document=sale.ref.id, day=sale.day, number=sale.ref.number,
            amounts=_amounts(name, sale.currency, sale.total, sale.tax) if there else {},
            place=place(name, mark.source, mark.ordinal) if mark is not None else None,
        )  # fmt: skip

    def _takings_amounts(self, takings: Takings) -> Amounts:
        payment = takings.payment
        try:
            sale = receipt_of(takings, self._listing.rules)
        except CannotMap:
            return _amounts(RECEIPT, payment.currency, payment.amount, ZERO)
        return _sale_amounts(RECEIPT, sale)

    def _invoice_amounts(self, invoice: CrmInvoice) -> Amounts:
        try:
            return _sale_amounts(INVOICE, invoice_of(invoice, self._listing.rules))
        except CannotMap:
            return _amounts(INVOICE, invoice.currency, invoice.total, invoice.tax)


def _names(word: str, currency: str) -> tuple[str, str]:
    return f"{word} {currency}", f"{word}, tax {currency}"


def _amounts(kind: str, currency: str, whole: Decimal, tax: Decimal) -> Amounts:
    total_name, tax_name = _names(_WORDS[kind], currency)
    return {name: amount for name, amount in ((total_name, whole), (tax_name, tax)) if amount}


def _sale_amounts(kind: str, sale: NewSale) -> Amounts:
    return _amounts(kind, sale.currency, sale.totals.total, sale.totals.tax)


def _shown_amounts(kind: str, shown: Shown) -> Amounts:
    return _amounts(kind, shown.currency, shown.total, shown.tax)
