"""The flow of invoices: what was marked sent at the CRM, and all that becomes of it later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from bridge_gui.accounting.crm import CrmInvoice, CrmInvoiceState, CrmPayment, Person
from bridge_gui.accounting.documents import DocumentView
from bridge_gui.accounting.money import total
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.accounting.selling import SaleKind
from bridge_gui.bridges.highlevel_quickbooks.billing import Billed, billed_of, plan_billed
from bridge_gui.bridges.highlevel_quickbooks.planning import named
from bridge_gui.bridges.highlevel_quickbooks.reading import INVOICES_SEEN, stamp_all
from bridge_gui.bridges.highlevel_quickbooks.reading import Known as Seen
from bridge_gui.bridges.highlevel_quickbooks.selling import Selling
from bridge_gui.bridges.highlevel_quickbooks.steps import INVOICE
from bridge_gui.sync.flow import Held, Known, Marked, Page, Record, Skip
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

_DELETED = "deleted"
_FINAL = (CrmInvoiceState.PAID, CrmInvoiceState.VOIDED, CrmInvoiceState.DELETED)


class Invoices(Selling):
    """Invoices to invoices. No list tells what changed or was deleted: the window is listed again."""

    key = "invoices"
    kind = INVOICE
    kinds = {SaleKind.INVOICE: INVOICE}  # noqa: RUF012 - a constant of the class

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Invoices of the window that changed, older ones that are still open, and what was deleted."""
        del since
        payments = _by_invoice(self._reading.payments(cancel).values())
        before, now = self._reading.seen(INVOICES_SEEN), dict[str, Seen]()
        for page in self._context.sales.invoices_made(self._reading.since.date(), cancel):
            if any(_short(one, payments.get(one.id, ())) and not _alike(one, before) for one in page):
                # Paid since the payments were listed: without them it would count as paid by hand, today.
                payments = _by_invoice(self._reading.payments(cancel, fresh=True).values())
            yield Page(records=tuple(self._changed_of(page, payments, before, now, cancel)))
        missing = [one for one in before if one not in now and self._is_due(before[one])]
        found = self._context.sales.crm_invoices(missing, cancel) if missing else ()
        yield Page(records=tuple(self._changed_of(found, payments, before, now, cancel)))
        gone = [one for one in missing if one not in now]
        yield Page(records=tuple(self._gone(one, before[one]) for one in gone))
        now |= {one: _ended(before[one]) for one in gone}
        now |= {one: seen for one, seen in before.items() if seen.stamp == _DELETED and one not in now}
        self._reading.keep(INVOICES_SEEN, now)

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies; what was there and is no more is told as deleted."""
        payments = _by_invoice(self._reading.payments(cancel).values())
        found = self._context.sales.crm_invoices(ids, cancel)
        before, there = self._reading.seen(INVOICES_SEEN), {one.id for one in found}
        records = self._records(found, payments, cancel)
        return records + [self._gone(one, before[one]) for one in ids if one not in there and one in before]

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The steps for an invoice."""
        return plan_billed(record.content, known, self.rules)

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every invoice and every payment of ours since a day."""
        yield from super().survey(since, cancel)
        yield from self._settling.marked(since, cancel)

    def changed(self, since: datetime, cancel: Cancel) -> Sequence[DocumentView]:
        """What became of invoices and of their payments."""
        return [*super().changed(since, cancel), *self._settling.changed(since, cancel)]

    def _is_due(self, seen: Seen) -> bool:
        """Whether one that is not listed has to be looked for: it is open, or too new to be left out."""
        new = bool(seen.made) and seen.made > self._reading.since.isoformat()
        return not seen.final or (new and seen.stamp != _DELETED)

    def _changed_of(
        self, invoices: Iterable[CrmInvoice], payments: Mapping[str, list[CrmPayment]],
        before: Mapping[str, Seen], now: dict[str, Seen], cancel: Cancel,
    ) -> list[Record]:  # fmt: skip
        """Those that are not as they were; all are noted."""
        changed: list[CrmInvoice] = []
        for invoice in invoices:
            now[invoice.id] = _seen(invoice, payments.get(invoice.id, []))
            old = before.get(invoice.id)
            # Without payments it costs no further call, and what is left out need not be asked for again.
            if old is None or old.stamp != now[invoice.id].stamp or not payments.get(invoice.id):
                changed.append(invoice)
        return self._records(changed, payments, cancel)

    def _records(
        self, invoices: Sequence[CrmInvoice], payments: Mapping[str, list[CrmPayment]], cancel: Cancel
    ) -> list[Record]:
        """Invoices with their payments, each read singly: only that tells what HighLevel's own link sent."""
        ids = [one.id for invoice in invoices for one in payments.get(invoice.id, [])]
        singly = _by_invoice(self._context.sales.crm_payments(ids, cancel)) if ids else {}
        return [self.record_of(billed_of(one, tuple(singly.get(one.id, ())))) for one in invoices]

    def record_of(self, billed: Billed) -> Record:
        """The day is when it was made at the CRM: what is older than the start date is left alone."""
        invoice = billed.invoice
        return Record(
            id=invoice.id, day=self.rules.day(invoice.made), content=billed, number=invoice.number,
            party=named(invoice.person), total=invoice.total, currency=invoice.currency,
        )  # fmt: skip

    def _gone(self, invoice: str, seen: Seen) -> Record:
        """An invoice that was deleted at the CRM, as far as it is remembered."""
        start = self._context.start
        made = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
        stub = CrmInvoice(
            id=invoice, number=seen.number, state=CrmInvoiceState.DELETED, live=True,
            person=Person(name=seen.party), day=start, due=None, currency=seen.currency, lines=(),
            total=Decimal(seen.total or "0"), paid=Decimal(0), changed=made, made=made,
        )  # fmt: skip
        return self.record_of(Billed(invoice=stub))


def _short(invoice: CrmInvoice, payments: Sequence[CrmPayment]) -> bool:
    """Whether more was paid than these payments say."""
    return invoice.paid > total(one.amount for one in payments if one.state is PaymentState.RECEIVED)


def _alike(invoice: CrmInvoice, before: Mapping[str, Seen]) -> bool:
    """Whether it was seen at the last reading as it is, whatever was paid on it how."""
    return invoice.id in before and before[invoice.id].stamp.startswith(_stamp(invoice))


def _by_invoice(payments: Iterable[CrmPayment]) -> dict[str, list[CrmPayment]]:
    found: dict[str, list[CrmPayment]] = {}
    for payment in payments:
        if payment.invoice:
            found.setdefault(payment.invoice, []).append(payment)
    return found


def _seen(invoice: CrmInvoice, payments: Sequence[CrmPayment]) -> Seen:
    return Seen(
        stamp=f"{_stamp(invoice)}{stamp_all(payments)}", number=invoice.number,
        party=named(invoice.person), total=f"{invoice.total:f}", currency=invoice.currency,
        final=invoice.state in _FINAL, made=invoice.made.isoformat(),
    )  # fmt: skip


def _stamp(invoice: CrmInvoice) -> str:
    parts = (invoice.state.value, invoice.changed.isoformat(), invoice.total, invoice.paid, invoice.live)
    return "|".join(map(str, parts)) + "|"


def _ended(seen: Seen) -> Seen:
    """A deleted one is told of once."""
    return Seen(
        stamp=_DELETED, number=seen.number, party=seen.party, total=seen.total, currency=seen.currency,
        final=True,
    )  # fmt: skip
