"""Payments on invoices at the books: made once, or recognised where a person was quicker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.selling import Payment, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.customers import Books
from bridge_gui.bridges.highlevel_quickbooks.shown import (
    payment_ref,
    payment_state,
    payment_written,
    shown_payment,
)
from bridge_gui.bridges.highlevel_quickbooks.steps import PAYMENT, PayInvoice, read_mark
from bridge_gui.errors import BridgeError, NoSuchTarget, Refused
from bridge_gui.sync.flow import Absent, Finding, Found, Marked, Several, Written
from bridge_gui.web.waiting import Cancel


class Settling:
    """One run's dealings with payments of invoices."""

    def __init__(self, books: Books, scope: str, cancel: Cancel) -> None:
        self._books = books
        self._scope = scope
        self._cancel = cancel

    def pay(self, step: PayInvoice, key: str) -> Written:
        """Book a payment, or take over the one that a person booked already."""
        found = self._books.sales_by_id(SaleKind.INVOICE, [_invoice(step)], self._cancel)
        if not found or found[0].state is DocumentState.VOIDED:
            raise _taken_away(step)
        invoice = found[0]
        there = self._books.payments_of(invoice.ref.id, self._cancel) if invoice.payments else ()
        known = self._recognised(step, there)
        if known is not None:
            return payment_written(known, invoice.ref.id)
        if invoice.remaining < step.payment.amount:
            raise Refused(
                "invoice.less_open", invoice=invoice.ref.number, open=plain(invoice.remaining),
                paid=plain(step.payment.amount),
            )  # fmt: skip
        wanted = replace(step.payment, contact=invoice.contact, invoice=invoice.ref.id)
        answer = self._books.make_payments([wanted], key)[0]
        if isinstance(answer, NoSuchTarget):
            raise _taken_away(step) from answer
        if isinstance(answer, BridgeError):
            raise answer
        return payment_written(answer, invoice.ref.id)

    def find(self, step: PayInvoice, cancel: Cancel) -> Finding:
        """The payment with our mark among those on the invoice; one that is not known has none yet."""
        invoice = _invoice(step)
        if not invoice:  # after a restore: the invoice itself is looked for, and `pay` looks once more
            return Absent()
        ours = [one for one in self._books.payments_of(invoice, cancel) if step.mark in one.memo.split()]
        if len(ours) > 1:
            return Several(refs=tuple(payment_ref(one) for one in ours))
        if not ours:
            return Absent()
        equal = _on(ours[0], invoice) == step.payment.amount
        return Found(
            ref=payment_ref(ours[0]), equal=equal, content=shown_payment(ours[0], invoice),
            state=payment_state(ours[0]),
        )  # fmt: skip

    def marked(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every payment since a day that bears a mark of this CRM's."""
        begin = datetime.combine(since, time(), UTC)
        for page in self._books.payments_changed(begin, cancel):
            for payment in page:
                mark = read_mark(payment.memo, self._scope)
                if mark is None or payment.deleted:
                    continue
                written = payment_written(payment, "")
                found = Found(ref=written.ref, equal=True, content=written.content, state=written.state)
                yield Marked(
                    source_id=mark.source, kind=PAYMENT, ordinal=mark.ordinal, found=found, day=payment.day,
                    total=payment.amount, currency=payment.currency,
                )  # fmt: skip

    def changed(self, since: datetime, cancel: Cancel) -> list[DocumentView]:
        """All payments that changed, ours or not."""
        return [
            DocumentView(ref=payment_ref(one), state=payment_state(one), content=shown_payment(one, ""))
            for page in self._books.payments_changed(since, cancel)
            for one in page
        ]

    def _recognised(self, step: PayInvoice, there: Sequence[Payment]) -> Payment | None:
        """Ours of an earlier try, else one of this very amount that is nobody's of ours."""
        ours = [one for one in there if step.mark in one.memo.split()]
        if ours:
            return ours[0]
        invoice, taken = (
            _invoice(step),
            {*step.taken, *(step.targets.get(one.name, "") for one in step.earlier)},
        )
        foreign = [
            one
            for one in there
            if read_mark(one.memo, self._scope) is None
            and payment_ref(one).id not in taken
            and _on(one, invoice) == step.payment.amount
        ]
        return foreign[0] if foreign else None


def _taken_away(step: PayInvoice) -> Refused:
    """A person took the invoice away: it is not made again behind their back, nor is it paid."""
    return Refused("invoice.voided_in_books", invoice=step.number)


def _invoice(step: PayInvoice) -> str:
    """The invoice's id at the books."""
    return step.targets.get(step.invoice.name, "")


def _on(payment: Payment, invoice: str) -> Decimal:
    """What of a payment goes to an invoice."""
    return sum((one.amount for one in payment.applied if one.invoice == invoice), Decimal(0))
