"""Orders at the books: made in several calls, found by their mark, finished, amended, removed, followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.ordering import NewOrder, Order, OrderCustomer, OrderStage, OrderStanding
from bridge_gui.bridges.sharefox_twentyfourseven.customers import Books, Customers
from bridge_gui.bridges.sharefox_twentyfourseven.shelf import Shelf
from bridge_gui.bridges.sharefox_twentyfourseven.shown import (
    Shown,
    frame_of,
    read_shown,
    says,
    shown_of,
    view_of,
    written_of,
)
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    ORDER,
    AmendOrder,
    CheckOrder,
    CompleteOrder,
    InvoiceOrder,
    MakeOrder,
    OrderStep,
    RemoveOrder,
    read_mark,
)
from bridge_gui.errors import Conflict, NoSuchTarget, PartlyAccepted
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Absent, Finding, Found, LinkView, Marked, Several, Written
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

_EARLIER = timedelta(days=31)
_BILLED = (DocumentState.INVOICED,)


class Orders:
    """One run's dealings with orders."""

    def __init__(self, books: Books, scope: str, cancel: Cancel) -> None:
        self._books = books
        self._scope = scope
        self._cancel = cancel
        self.shelf = Shelf(books)
        self.customers = Customers(books, cancel)

    def make(self, step: MakeOrder) -> Written:
        """Make an order; what the books made of it is compared to the øre."""
        order = self._filled(step)
        return _compared(order, self._books.make_order(order))

    def complete(self, step: CompleteOrder, target: str) -> Written:
        """Go on with one that is there in part."""
        order = self._filled(step)
        return _compared(order, self._books.complete_order(target, order))

    def amend(self, step: AmendOrder, target: str) -> Written:
        """Make one that still stands as the plan knew it into another."""
        now = self.one(target)
        if frame_of(shown_of(now)) != step.planned_on:
            raise Conflict("order.moved_on", order=now.ref.number or now.ref.id)
        order = replace(self._filled(step), stage=now.stage)
        return _compared(order, self._books.amend_order(target, order, now))

    def remove(self, step: RemoveOrder, target: str) -> Written:
        """Delete one that still stands as the plan knew it."""
        found = self._books.orders_by_id([target], self._cancel)
        if found and frame_of(shown_of(found[0])) != step.planned_on:
            raise Conflict("order.moved_on", order=target)
        if found:
            self._books.remove_order(target, found[0].reference)
        return Written(ref=Ref(id=target), state=DocumentState.DELETED)

    def invoice(self, target: str) -> Written:
        """Turn one into an invoice, once."""
        now = self.one(target)
        return written_of(now if now.state in _BILLED else self._books.invoice_order(target))

    def check(self, target: str) -> Written:
        """What became of one, asked now."""
        now = self.one(target)
        return written_of(now, self._books.standings([now], self._cancel).get(now.ref.id))

    def find_made(self, steps: Sequence[MakeOrder], cancel: Cancel) -> Iterator[Finding]:
        """For each step what bears its mark."""
        first = min((step.day for step in steps), default=date.max)
        marks = [step.mark for step in steps]
        found = self._books.orders_marked(marks, first - _EARLIER, cancel) if marks else {}
        for step in steps:
            yield _finding(step, found.get(step.mark, ()))

    def look(self, step: Step, cancel: Cancel) -> Finding:
        """What a step that changes an order finds there."""
        target = _target(step)
        found = self._books.orders_by_id([target], cancel) if target else ()
        if not found:
            gone = isinstance(step, RemoveOrder) and step.target is not None
            return _removed(step) if gone else Absent(gone=True)
        order = found[0]
        return Found(
            ref=order.ref, equal=_done(step, order), content=canonical(shown_of(order)), state=order.state
        )

    def marked(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every order since a day that bears a mark of this shop's; one look for all, so without lines."""
        for order in self._books.orders_since(since - _EARLIER, cancel):
            mark = read_mark(order.reference, self._scope)
            if mark is None:
                continue
            found = Found(
                ref=order.ref, equal=True, content=canonical(shown_of(order)), state=order.state,
                living=order.state is not DocumentState.DELETED,
            )  # fmt: skip
            yield Marked(
                source_id=mark.source, kind=ORDER, ordinal=mark.ordinal, found=found, day=order.day,
                total=order.total, currency=order.currency,
            )  # fmt: skip

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView]:
        """The present state of orders: one list for all, lines only of those that changed."""
        kept = {link.target.id: read_shown(link.target_content) for link in links if link.target is not None}
        days = [shown.day for shown in kept.values() if shown is not None]
        since = min(days, default=date.min)
        listed = {one.ref.id: one for one in self._books.orders_since(since, cancel)} if days else {}
        # A person may have dated one back: what the list leaves out is asked for by itself.
        missing = [one for one in kept if one not in listed]
        listed |= {one.ref.id: one for one in self._books.orders_by_id(missing, cancel, lines=False)}
        orders = [self._fresh(one, kept[key], cancel) for key, one in listed.items() if key in kept]
        told = self._books.standings([one for one in orders if one.invoice], cancel)
        return [_viewed(one, kept[one.ref.id], told.get(one.ref.id)) for one in orders]

    def one(self, target: str) -> Order:
        """An order as it is now; `NoSuchTarget` if it is gone."""
        found = self._books.orders_by_id([target], self._cancel)
        if not found:
            raise NoSuchTarget("order.gone", target=target)
        return found[0]

    def _fresh(self, order: Order, kept: Shown | None, cancel: Cancel) -> Order:
        """With its lines, if it is not as it was kept."""
        if kept is not None and kept.whole and kept.changed and kept.changed == shown_of(order).changed:
            return order
        whole = self._books.orders_by_id([order.ref.id], cancel)
        return whole[0] if whole else order

    def _filled(self, step: OrderStep) -> NewOrder:
        """The order with its customer as the books have it, and with the product on every line."""
        there = self.customers.at(step.targets.get(step.customer.name, ""))
        product = self.shelf.sellable(step.targets.get(step.product.name, ""), self._cancel)
        lines = tuple(replace(line, item=product) for line in step.order.lines)
        return replace(step.order, customer=_named(there, step.order.customer), lines=lines)


def _named(there: OrderCustomer, wanted: OrderCustomer) -> OrderCustomer:
    """The customer by the books' id and name; where the invoice goes is what this invoice says."""
    said = {
        name: getattr(wanted, name) or getattr(there, name)
        for name in ("street", "postal_code", "city", "country", "tax_number", "email")
    }
    mail = there.billing_email or said["email"]
    return replace(there, **said, billing_email=mail)


def _compared(meant: NewOrder, order: Order) -> Written:
    """The order held against what was meant, to the øre: what differs is there, and is asked about."""
    if order.total == meant.totals.total:
        return written_of(order)
    raise PartlyAccepted(
        "order.books_differ", target_id=order.ref.id, order=order.ref.id, seen=f"{order.total:f}",
        meant=f"{meant.totals.total:f}",
    )  # fmt: skip


def _finding(step: MakeOrder, orders: Sequence[Order]) -> Finding:
    """One living order of this mark is the one; one put out of use was made as well."""
    living = [one for one in orders if one.state is not DocumentState.DELETED]
    chosen = living or list(orders[:1])
    if not chosen:
        return Absent()
    if len(chosen) > 1:
        return Several(refs=tuple(one.ref for one in chosen))
    order = chosen[0]
    return Found(
        ref=order.ref, equal=_whole(step.order, order), content=canonical(shown_of(order)), state=order.state,
        living=order.state is not DocumentState.DELETED,
    )  # fmt: skip


def _whole(meant: NewOrder, order: Order) -> bool:
    """Whether an order is all that was meant, its last call included; a person may have gone on with it."""
    shown = shown_of(order)
    return says(shown, meant) and (shown.stage is meant.stage or shown.stage is not OrderStage.DRAFT)


def _done(step: Step, order: Order) -> bool:
    """Whether what a step was to change is so."""
    if isinstance(step, (CompleteOrder, AmendOrder)):
        return _whole(step.order, order)
    if isinstance(step, InvoiceOrder):
        return order.state in _BILLED
    return isinstance(step, CheckOrder)


def _target(step: Step) -> str:
    if step.target is not None:
        return step.target.id
    return step.targets.get(step.link.name, "")


def _removed(step: Step) -> Finding:
    assert step.target is not None
    return Found(ref=step.target, equal=True, state=DocumentState.DELETED, living=False)


def _viewed(order: Order, kept: Shown | None, standing: OrderStanding | None) -> DocumentView:
    """What became of an order; lines that were not read again are those that were kept."""
    shown = shown_of(order, standing)
    if not order.whole and kept is not None:
        shown = replace(shown, lines=kept.lines, whole=kept.whole)
    return view_of(order, shown, standing.state if standing is not None else order.state)
