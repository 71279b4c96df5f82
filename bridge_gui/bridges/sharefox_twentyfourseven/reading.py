"""What the shop's lists show, with how each order is paid: asked once for each order, then remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.rentals import RentalInvoice, RentalState, RentalType, Renter
from bridge_gui.bridges.sharefox_twentyfourseven.billing import said_of
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.rentals import RentsOut
from bridge_gui.web.waiting import Cancel

SEEN = "rentals.seen"


class Facts(Struct, frozen=True, kw_only=True):
    """An invoice basis as it was last seen, in short, with what its order told."""

    stamp: str
    day: date
    number: str = ""
    method: str = ""
    changes: str = ""
    order_number: str = ""
    customer: str = ""
    currency: str = ""


class Reading:
    """One run's view of the shop; what was seen is kept only once every page is committed."""

    def __init__(self, context: BridgeContext, window: int) -> None:
        self._context = context
        self._sales: RentsOut = context.sales
        self._window = timedelta(days=window)

    @property
    def first(self) -> date:
        """From which day on lists are read again: the window, never before the start."""
        return max(self._context.start, self._context.clock.now().date() - self._window)

    def pages(self, cancel: Cancel) -> Iterator[Sequence[RentalInvoice]]:
        """All invoice bases of the window, then those that were there and are no more."""
        before, now = self._seen(), dict[str, Facts]()
        for page in self._sales.rental_invoices(self.first, cancel):
            whole = self._whole(page, before, cancel)
            now |= {one.id: _facts(one) for one in whole}
            yield whole
        missing = {one: facts for one, facts in before.items() if one not in now and facts.day >= self.first}
        found = self._whole(self._sales.rental_invoices_by_id(missing, cancel), before, cancel)
        now |= {one.id: _facts(one) for one in found}
        yield found
        gone = [_gone(one, facts) for one, facts in missing.items() if one not in now]
        now |= {one.id: before[one.id] for one in gone}
        yield gone
        self._keep(now)

    def by_id(self, ids: Sequence[str], cancel: Cancel) -> list[RentalInvoice]:
        """Fresh copies; what was there and is no more is told as cancelled."""
        before = self._seen()
        found = self._whole(self._sales.rental_invoices_by_id(ids, cancel), before, cancel)
        there = {one.id for one in found}
        return [*found, *(_gone(one, before[one]) for one in ids if one in before and one not in there)]

    def _whole(
        self, invoices: Iterable[RentalInvoice], before: Mapping[str, Facts], cancel: Cancel
    ) -> list[RentalInvoice]:
        """With how they are paid; only for what is new or changed is the order asked for."""
        some = list(invoices)
        fresh = [one for one in some if one.id not in before or before[one.id].stamp != _stamp(one)]
        told = {one.id: one for one in self._sales.paid_by(fresh, cancel)} if fresh else {}
        return [told.get(one.id) or _remembered(one, before[one.id]) for one in some]

    def _seen(self) -> dict[str, Facts]:
        kept = self._context.notes.get(SEEN)
        return json.decode(kept, type=dict[str, Facts]) if kept else {}

    def _keep(self, seen: Mapping[str, Facts]) -> None:
        if dict(seen) != self._seen():
            self._context.notes.set(SEEN, json.encode(dict(seen)).decode())


def _stamp(invoice: RentalInvoice) -> str:
    """What the list says of it, before its order is asked."""
    bare = replace(said_of(invoice), method="", changes="", order_number="")
    return digest_of(canonical(bare))


def _facts(invoice: RentalInvoice) -> Facts:
    return Facts(
        stamp=_stamp(invoice), day=invoice.day, number=invoice.number, method=invoice.method,
        changes=invoice.changes, order_number=invoice.order_number,
        customer=invoice.customer.company or invoice.customer.person, currency=invoice.currency,
    )  # fmt: skip


def _remembered(invoice: RentalInvoice, facts: Facts) -> RentalInvoice:
    method = invoice.method or facts.method
    return replace(invoice, method=method, changes=facts.changes, order_number=facts.order_number)


def _gone(invoice: str, facts: Facts) -> RentalInvoice:
    """An invoice basis that was deleted in the shop, as far as it is remembered."""
    return RentalInvoice(
        id=invoice, number=facts.number, order="", order_number=facts.order_number,
        type=RentalType.FOR_ACCOUNTING, state=RentalState.CANCELLED, day=facts.day, currency=facts.currency,
        customer=Renter(company=facts.customer), lines=(),
    )  # fmt: skip
