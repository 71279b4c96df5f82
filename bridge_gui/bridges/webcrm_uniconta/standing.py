"""What has become of our orders: still open, invoiced, paid; asked for with as few calls as will do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct, json

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.ordering import OrderStanding
from bridge_gui.accounting.trade import DebtorOrder
from bridge_gui.bridges.webcrm_uniconta.looks import INVOICES, ORDERS, Looks
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.bridges.webcrm_uniconta.steps import bare
from bridge_gui.sync.debtors import TakesDebtorOrders
from bridge_gui.sync.flow import LinkView
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.web.waiting import Cancel

STANDING = "orders.standing"
_OWED = (DocumentState.INVOICED, DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID)


_FOLLOWED = (DocumentState.ORDERED, *_OWED)
_A_MOMENT = timedelta(seconds=10)


class Stands(Struct, frozen=True, kw_only=True):
    """How the order of a delivery stands."""

    state: str
    order: str
    invoice: str = ""


class _Seen(NamedTuple):
    """One look: of which orders, those still there, what became of those asked about."""

    begun: datetime
    orders: frozenset[str]
    there: Mapping[str, DebtorOrder]
    found: Mapping[str, tuple[OrderStanding, ...]]
    invoices: bool


class Standing:
    """Looks at orders and invoices once a run, before webcrm is told; again if one was written since."""

    def __init__(self, context: BridgeContext, looks: Looks, rules: Rules) -> None:
        self._context = context
        self._books: TakesDebtorOrders = context.books
        self._looks = looks
        self._rules = rules
        self._seen: _Seen | None = None

    def open(self) -> list[str]:
        """The deliveries, by webcrm's id, whose order was open at the last look."""
        kept = read_standing(self._context.notes.get(STANDING))
        return [bare(one) for one, stands in kept.items() if stands.state == DocumentState.ORDERED.value]

    def of(self, number: str, cancel: Cancel) -> tuple[DocumentState, str]:
        """One order's state, and its invoices."""
        found = self._books.standings([number], self._context.start, cancel)
        return summed(found.get(number, ()))

    def wrote(self) -> None:
        """An order was written: what was read before says nothing of it."""
        self._seen = None

    def look(self, cancel: Cancel) -> None:
        """How the orders known so far stand now, so that webcrm is told in this run."""
        kept = read_standing(self._context.notes.get(STANDING))
        still = {one: stands for one, stands in kept.items() if DocumentState(stands.state) in _FOLLOWED}
        if not still or not self._looks.due("orders", ORDERS):
            return
        seen = self._read({one.order: DocumentState(one.state) for one in still.values()}, cancel)
        self._seen = seen
        for source, stands in still.items():
            state, invoice = summed(seen.found.get(stands.order, ()))
            if state is not DocumentState.DELETED:
                kept[source] = Stands(state=state.value, order=stands.order, invoice=invoice)
        self._keep(kept)

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView] | None:
        """All of them, or None if it is not time to look; invoices are looked at less often than orders."""
        orders = {bare(link.target.id): link.state for link in links if link.target is not None}
        seen = self._fresh(orders)
        if seen is None:
            if not self._looks.due("orders", ORDERS):
                return None
            seen = self._read(orders, cancel)
        views = [_view(link, seen.found, seen.there) for link in links]
        self._keep_views(zip(links, views, strict=True))
        if seen.invoices:
            self._looks.looked("invoices", seen.begun)
        self._looks.looked("orders", seen.begun)
        return [view for view in views if view is not None]

    def _fresh(self, orders: Collection[str]) -> _Seen | None:
        """What this run has read already, if that was a moment ago and shows all of these orders.

        It must not be taken for newer than it is: what a write has just changed may not show in it.
        """
        seen, self._seen = self._seen, None
        old = seen is None or self._context.clock.now() - seen.begun > _A_MOMENT
        return None if old or seen is None or not seen.orders.issuperset(orders) else seen

    def _read(self, orders: Mapping[str, DocumentState | None], cancel: Cancel) -> _Seen:
        begun = self._context.clock.now()
        there = {order.ref.id: order for order in self._books.debtor_orders(cancel)}
        due = self._looks.due("invoices", INVOICES)
        asked = sorted(number for number, state in orders.items() if due or _moved(number, state, there))
        found = self._books.standings(asked, self._context.start, cancel) if asked else {}
        return _Seen(begun, frozenset(orders), there, found, due)

    def _keep_views(self, seen: Iterable[tuple[LinkView, DocumentView | None]]) -> None:
        """Remember it for whoever tells webcrm; one look does not show that an order is gone."""
        kept = read_standing(self._context.notes.get(STANDING))
        for link, view in seen:
            if view is not None:
                order = bare(view.ref.id)
                invoice = view.ref.number if view.ref.number != order else ""
                kept[link.source_id] = Stands(state=view.state.value, order=order, invoice=invoice)
        self._keep(kept)

    def _keep(self, kept: dict[str, Stands]) -> None:
        told = json.encode(kept, order="sorted").decode()
        if told != self._context.notes.get(STANDING):
            self._context.notes.set(STANDING, told)


def read_standing(kept: str) -> dict[str, Stands]:
    """What was seen last, by delivery."""
    return json.decode(kept, type=dict[str, Stands]) if kept else {}


def _moved(number: str, state: DocumentState | None, there: Mapping[str, DebtorOrder]) -> bool:
    """Whether an order that was open is so no more, or has been invoiced."""
    if state in _OWED:
        return False
    order = there.get(number)
    return order is None or bool(order.invoice)


def _view(
    link: LinkView, found: Mapping[str, tuple[OrderStanding, ...]], there: Mapping[str, DebtorOrder]
) -> DocumentView | None:
    """A document as it stands; None if it is gone. What was not asked about stands as it did."""
    assert link.target is not None
    number = bare(link.target.id)
    named = f"{link.kind}/{link.source_id}/{link.ordinal}"
    if number not in found:
        state = link.state or DocumentState.ORDERED
        return DocumentView(ref=Ref(id=link.target.id), state=state, place=named)
    state, invoice = summed(found[number])
    if state is DocumentState.DELETED and number not in there:
        return None
    return DocumentView(ref=Ref(id=link.target.id, number=invoice or number), state=state, place=named)


def summed(standings: Sequence[OrderStanding]) -> tuple[DocumentState, str]:
    """Several invoices of one order as one state, and their numbers."""
    numbers = ", ".join(dict.fromkeys(one.invoice for one in standings if one.invoice))
    states = {one.state for one in standings}
    billed = states - {DocumentState.CREDITED}
    if not states:
        return DocumentState.DELETED, ""
    if len(billed) <= 1:
        return next(iter(billed or states)), numbers
    return DocumentState.PARTLY_PAID, numbers
