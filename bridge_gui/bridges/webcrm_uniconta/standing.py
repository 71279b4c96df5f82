"""What has become of our orders: still open, invoiced, paid; asked for with as few calls as will do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


class Stands(Struct, frozen=True, kw_only=True):
    """How the order of a delivery stands."""

    state: str
    order: str
    invoice: str = ""


class Standing:
    """Looks at orders and invoices."""

    def __init__(self, context: BridgeContext, looks: Looks, rules: Rules) -> None:
        self._context = context
        self._books: TakesDebtorOrders = context.books
        self._looks = looks
        self._rules = rules

    def open(self) -> list[str]:
        """The deliveries, by webcrm's id, whose order was open at the last look."""
        kept = read_standing(self._context.notes.get(STANDING))
        return [bare(one) for one, stands in kept.items() if stands.state == DocumentState.ORDERED.value]

    def of(self, number: str, cancel: Cancel) -> tuple[DocumentState, str]:
        """One order's state, and its invoices."""
        found = self._books.standings([number], self._context.start, cancel)
        return summed(found.get(number, ()))

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView] | None:
        """All of them, or None if it is not time to look; invoices are looked at less often than orders."""
        if not self._looks.due("orders", ORDERS):
            return None
        begun = self._context.clock.now()
        there = {order.ref.id: order for order in self._books.debtor_orders(cancel)}
        due = self._looks.due("invoices", INVOICES)
        asked = [link for link in links if due or _moved(link, there)]
        numbers = sorted({bare(link.target.id) for link in asked if link.target is not None})
        found = self._books.standings(numbers, self._context.start, cancel) if numbers else {}
        views = [_view(link, found, there) for link in links]
        self._keep(zip(links, views, strict=True))
        if due:
            self._looks.looked("invoices", begun)
        self._looks.looked("orders", begun)
        return [view for view in views if view is not None]

    def _keep(self, seen: Iterable[tuple[LinkView, DocumentView | None]]) -> None:
        """Remember it for whoever tells webcrm at the next run; one look does not show that it is gone."""
        kept = read_standing(self._context.notes.get(STANDING))
        for link, view in seen:
            if view is not None:
                order = bare(view.ref.id)
                invoice = view.ref.number if view.ref.number != order else ""
                kept[link.source_id] = Stands(state=view.state.value, order=order, invoice=invoice)
        told = json.encode(kept, order="sorted").decode()
        if told != self._context.notes.get(STANDING):
            self._context.notes.set(STANDING, told)


def read_standing(kept: str) -> dict[str, Stands]:
    """What was seen last, by delivery."""
    return json.decode(kept, type=dict[str, Stands]) if kept else {}


def _moved(link: LinkView, there: Mapping[str, DebtorOrder]) -> bool:
    """Whether an order that was open is so no more, or has been invoiced."""
    if link.target is None or link.state in _OWED:
        return False
    order = there.get(bare(link.target.id))
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
