"""The flow back: whether an order was invoiced and paid is written on the shop's invoice basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.ordering import Order, OrderStanding
from bridge_gui.accounting.rentals import RentalStanding
from bridge_gui.bridges.sharefox_twentyfourseven.customers import Books
from bridge_gui.bridges.sharefox_twentyfourseven.steps import STANDING, TellShop, place, read_mark
from bridge_gui.errors import Refused
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Absent, Finding, Flow, Held, Known, Page, Record, Remark, Skip, Written
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.rentals import HearsPayments
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

NOT_TOLD, REFUSED = "sharefox.not_told", "standings.refused"
OVERDUE = "overdue"
_TOLD = (
    DocumentState.INVOICED, DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID, DocumentState.PAID,
    DocumentState.CREDITED,
)  # fmt: skip
_EARLIER = timedelta(days=31)
_AGAIN = timedelta(days=30)
"""After so many days a shop that did not let itself be told is asked again."""
_UNHEARD = b"unheard"
"""What is kept of the shop's side where it did not let itself be told: it is told once it listens again."""


class Told(Struct, frozen=True, kw_only=True):
    """What a shop is told of one of its invoice bases.

    `refused` is the day on which it last would not be told anything, empty if it listens: with another day
    all is looked at again.
    """

    invoice: str
    standing: RentalStanding
    refused: str = ""


class Standings(Flow):
    """Orders of ours, as the books have them, to the shop; where it does not listen, nothing is written."""

    key = "standings"
    kind = STANDING

    def __init__(self, context: BridgeContext, settle_after: timedelta) -> None:
        self._context = context
        self._books: Books = context.books
        self._shop: HearsPayments = context.sales
        self.settle_after = settle_after
        self._on = context.settings.get("write_back", "yes") == "yes"

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """All orders of ours since the start that are invoices, where the shop wants to be told."""
        del since
        if self._on and not self._refused() and self._shop.hears():
            orders = self._books.orders_since(self._context.start - _EARLIER, cancel)
            yield Page(records=tuple(self._records(orders, cancel)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        if not self._on or self._refused():
            return []
        return list(self._records(self._books.orders_by_id(ids, cancel, lines=False), cancel))

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The shop is told once of each change."""
        told: Told = record.content
        link = next((one for one in known.links if one.kind == STANDING), None)
        content = canonical(replace(told, refused=""))
        if link is not None and link.source_content == content and link.target_content != _UNHEARD:
            return []
        return [
            TellShop(
                name="tell", link=place(STANDING, record.id), lane=f"standing:{told.invoice}",
                creates=link is None, target=link.target if link is not None else None,
                sources=(record.id,), source_content=content, day=record.day, number=record.number,
                party=record.party, invoice=told.invoice, standing=told.standing,
            )
        ]  # fmt: skip

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """Nobody can read it back; writing the same again changes nothing, so it is simply written again."""
        del cancel
        return [Absent() for _ in steps]

    def choose(self, step: Step) -> Ref | None:
        """The invoice basis that was told before."""
        return step.target

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Tell the shop; that it does not want to hear is remembered, and no run fails of it."""
        del key, target
        assert isinstance(step, TellShop)
        heard = not self._refused() and self._heard(step)
        return Written(
            ref=Ref(id=step.invoice, number=step.number), state=DocumentState.POSTED,
            content=None if heard else _UNHEARD,
        )  # fmt: skip

    def _heard(self, step: TellShop) -> bool:
        """Whether the shop let itself be told."""
        try:
            self._shop.tell_standing(step.invoice, step.standing)
        except Refused as error:
            if error.code != NOT_TOLD:
                raise
            self._context.notes.set(REFUSED, f"{self._today()} {error.params.get('text', '')}")
            return False
        if self._context.notes.get(REFUSED):
            self._context.notes.set(REFUSED, "")
        return True

    def remarks(self, step: Step) -> Sequence[Remark]:
        """That the shop did not want to hear it."""
        refused = self._context.notes.get(REFUSED)
        if not refused:
            return ()
        return (Remark(code=NOT_TOLD, params={"text": refused.partition(" ")[2], "number": step.number}),)

    def _refused(self) -> bool:
        """Whether the shop has said lately that it does not want to be told."""
        told = self._refused_on()
        return bool(told) and self._today() < date.fromisoformat(told) + _AGAIN

    def _refused_on(self) -> str:
        return self._context.notes.get(REFUSED).partition(" ")[0]

    def _today(self) -> date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _records(self, orders: Sequence[Order], cancel: Cancel) -> Iterator[Record]:
        scope = self._context.sales.scope
        marked = [(one, read_mark(one.reference, scope)) for one in orders if one.invoice]
        ours = [(one, mark.source) for one, mark in marked if mark is not None]
        standings = self._books.standings([one for one, _ in ours], cancel)
        for order, invoice in ours:
            standing = standings.get(order.ref.id)
            if standing is not None and standing.state in _TOLD:
                yield self._record(order, invoice, standing)

    def _record(self, order: Order, invoice: str, standing: OrderStanding) -> Record:
        state = OVERDUE if standing.overdue(self._today()) else standing.state.value
        told = RentalStanding(
            paid=standing.state is DocumentState.PAID, paid_on=standing.paid_on, state=state,
            number=standing.invoice,
        )  # fmt: skip
        content = Told(invoice=invoice, standing=told, refused=self._refused_on())
        return Record(
            id=order.ref.id, day=order.day, content=content,
            number=standing.invoice, party=order.customer_name, total=order.total, currency=order.currency,
        )  # fmt: skip
