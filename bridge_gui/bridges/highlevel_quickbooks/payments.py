"""The flow of payments: what the checkout took becomes sales receipts, what it gave back refunds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bridge_gui.accounting.crm import CrmPayment
from bridge_gui.accounting.selling import SaleKind
from bridge_gui.bridges.highlevel_quickbooks.planning import named
from bridge_gui.bridges.highlevel_quickbooks.reading import PAYMENTS_SEEN, stamp_of
from bridge_gui.bridges.highlevel_quickbooks.reading import Known as Seen
from bridge_gui.bridges.highlevel_quickbooks.receipts import Takings, left_out, plan_takings, takings_of
from bridge_gui.bridges.highlevel_quickbooks.selling import Selling
from bridge_gui.bridges.highlevel_quickbooks.steps import RECEIPT, REFUND
from bridge_gui.sync.flow import Held, Known, Page, Record, Skip
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

PAGE = 50


class Payments(Selling):
    """Payments to receipts. No list tells what changed: the window is listed again, and read where it did."""

    key = "payments"
    kind = RECEIPT
    kinds = {SaleKind.RECEIPT: RECEIPT, SaleKind.REFUND: REFUND}  # noqa: RUF012 - a constant of the class

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Payments of the window: what is no sale as the list has it, the others where they changed."""
        del since
        listed = self._reading.payments(cancel, fresh=True)
        seen = self._reading.seen(PAYMENTS_SEEN)
        plain = [one for one in listed.values() if not self._wanted(one)]
        changed = [one for one in listed.values() if self._wanted(one) and not _same(one, seen)]
        for some in _lots(plain):
            yield Page(records=tuple(self.record_of(takings_of(one, None, self.rules)) for one in some))
        for some in _lots(changed):
            yield Page(records=tuple(self._read_singly([one.id for one in some], cancel)))
        self._reading.keep(PAYMENTS_SEEN, {one.id: Seen(stamp=stamp_of(one)) for one in listed.values()})

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies; what this run's list showed to be no sale is not asked for again."""
        listed = self._reading.payments(cancel)
        plain = [one for one in ids if one in listed and not self._wanted(listed[one])]
        records = [self.record_of(takings_of(listed[one], None, self.rules)) for one in plain]
        singly = [one for one in ids if one not in set(plain)]
        return records + (self._read_singly(singly, cancel) if singly else [])

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The steps for a payment."""
        return plan_takings(record.content, known, self.rules)

    def takings(self, payments: Iterable[CrmPayment], cancel: Cancel) -> list[Takings]:
        """Payments with their orders."""
        some = list(payments)
        orders = {one.order for one in some if one.order and self._wanted(one)}
        found = {one.id: one for one in self._context.sales.orders(sorted(orders), cancel)} if orders else {}
        return [takings_of(one, found.get(one.order), self.rules) for one in some]

    def _read_singly(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """QUIRK: only a single read tells whether HighLevel's own link has booked it (highlevel.md 0.1)."""
        return [
            self.record_of(one) for one in self.takings(self._context.sales.crm_payments(ids, cancel), cancel)
        ]

    def _wanted(self, payment: CrmPayment) -> bool:
        """Whether it becomes a receipt, or something was given back of one that may have become one."""
        given_back = payment.live and not payment.invoice and bool(payment.refunded)
        return left_out(payment, self.rules) is None or given_back

    def record_of(self, takings: Takings) -> Record:
        """A payment as the engine sees it; its day is that on which the money moved."""
        payment = takings.payment
        return Record(
            id=payment.id, day=self.rules.day(payment.at), content=takings,
            number=payment.source_name or payment.reference, party=named(payment.person),
            total=payment.amount, currency=payment.currency,
        )  # fmt: skip


def _same(payment: CrmPayment, seen: dict[str, Seen]) -> bool:
    before = seen.get(payment.id)
    return before is not None and before.stamp == stamp_of(payment)


def _lots(payments: Sequence[CrmPayment]) -> Iterator[Sequence[CrmPayment]]:
    for start in range(0, len(payments), PAGE):
        yield payments[start : start + PAGE]
