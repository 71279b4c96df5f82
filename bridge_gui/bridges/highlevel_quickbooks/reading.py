"""What the CRM's lists show, and what of it was seen before: nothing is read singly twice without need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct, json

from bridge_gui.accounting.crm import CrmPayment
from bridge_gui.sync.crm import SellsByCheckout
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.web.waiting import Cancel


class Known(Struct, frozen=True, kw_only=True):
    """One record as it was last seen: `stamp` differs if anything does; `made` is when, where it counts."""

    stamp: str
    number: str = ""
    party: str = ""
    total: str = ""
    currency: str = ""
    final: bool = False
    made: str = ""


class _Kept(Struct, frozen=True, kw_only=True):
    start: str
    seen: dict[str, Known]
    day: str = ""


PAYMENTS_SEEN, INVOICES_SEEN = "payments.seen", "invoices.seen"
_OVERLAP = timedelta(days=2)


class Reading:
    """One run's view of the CRM's lists; what was seen is kept only once every page is committed."""

    def __init__(self, context: BridgeContext, window: int) -> None:
        self._context = context
        self._sales: SellsByCheckout = context.sales
        self._window = timedelta(days=window)
        self._payments: dict[str, CrmPayment] | None = None

    @property
    def since(self) -> datetime:
        """From when on lists are read again: the window, and what was made since the last complete reading.

        The first one reads all since the day before the start, and nothing ever reads more than that.
        """
        start = datetime.combine(self._context.start, time(), UTC) - timedelta(days=1)
        days = [self._day(name) for name in (PAYMENTS_SEEN, INVOICES_SEEN)]
        if not all(days):
            return start
        read = datetime.combine(date.fromisoformat(min(days)), time(), UTC) - _OVERLAP
        return max(start, min(read, self._context.clock.now() - self._window))

    def payments(self, cancel: Cancel, *, fresh: bool = False) -> Mapping[str, CrmPayment]:
        """All payments of the window as the list shows them, by id."""
        if self._payments is None or fresh:
            until = self._context.clock.now() + timedelta(days=1)
            pages = self._sales.payments_made(self.since, until, cancel)
            self._payments = {one.id: one for page in pages for one in page}
        return self._payments

    def seen(self, name: str) -> dict[str, Known]:
        """What was seen at the last complete reading; nothing once the start date moved."""
        told = self._kept(name)
        return told.seen if told is not None else {}

    def keep(self, name: str, seen: Mapping[str, Known]) -> None:
        """Remember what was seen."""
        today = self._context.clock.now().astimezone(UTC).date().isoformat()
        kept = _Kept(start=self._context.start.isoformat(), seen=dict(seen), day=today)
        if kept != self._kept(name):
            self._context.notes.set(name, json.encode(kept).decode())

    def _kept(self, name: str) -> _Kept | None:
        kept = self._context.notes.get(name)
        told = json.decode(kept, type=_Kept) if kept else None
        return told if told is not None and told.start == self._context.start.isoformat() else None

    def _day(self, name: str) -> str:
        """The day of the last complete reading, empty if there was none."""
        told = self._kept(name)
        return told.day if told is not None else ""


def stamp_of(payment: CrmPayment) -> str:
    """A payment's list row in short."""
    parts = (payment.state.value, payment.amount, payment.refunded, payment.changed.isoformat(), payment.live)
    return "|".join(map(str, parts))


def stamp_all(payments: Iterable[CrmPayment]) -> str:
    """Several in short."""
    return ";".join(sorted(f"{one.id}|{stamp_of(one)}" for one in payments))
