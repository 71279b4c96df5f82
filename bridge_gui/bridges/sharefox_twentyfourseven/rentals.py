"""The flow of orders: invoice bases that a shop has sent, and all that becomes of them at the books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bridge_gui.accounting.documents import DocumentView, Ref
from bridge_gui.accounting.rentals import RentalInvoice
from bridge_gui.bridges.sharefox_twentyfourseven import customers, shelf
from bridge_gui.bridges.sharefox_twentyfourseven.billing import said_of, worth
from bridge_gui.bridges.sharefox_twentyfourseven.listing import Listing
from bridge_gui.bridges.sharefox_twentyfourseven.orders import Orders
from bridge_gui.bridges.sharefox_twentyfourseven.planning import plan_invoice
from bridge_gui.bridges.sharefox_twentyfourseven.reading import Reading
from bridge_gui.bridges.sharefox_twentyfourseven.rules import Rules, window_of
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    ORDER,
    AmendOrder,
    CheckOrder,
    CompleteOrder,
    EnsureCategory,
    EnsureCustomer,
    EnsureProduct,
    InvoiceOrder,
    MakeOrder,
    RefreshCustomer,
    RemoveOrder,
)
from bridge_gui.errors import Param
from bridge_gui.sync.flow import (
    Finding,
    Flow,
    Held,
    Known,
    LinkView,
    Marked,
    Page,
    Record,
    Remark,
    Skip,
    Written,
)
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel


class Rentals(Flow):
    """Invoice bases to orders. The shop tells no changes: a window of days is listed again at each run."""

    key = "rentals"
    kind = ORDER

    def __init__(self, context: BridgeContext, listing: Listing, settle_after: timedelta) -> None:
        self._context = context
        self._listing = listing
        self._books: customers.Books = context.books
        self.settle_after = settle_after
        self._orders = Orders(context.books, context.sales.scope, context.cancel)

    @property
    def rules(self) -> Rules:
        """The user's decisions, resolved against 24SevenOffice's lists."""
        return self._listing.rules

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Everything in the window."""
        del since
        for page in self._reading().pages(cancel):
            yield Page(records=tuple(map(self.record_of, page)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return [self.record_of(one) for one in self._reading().by_id(ids, cancel)]

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The steps for an invoice basis."""
        return plan_invoice(record.content, known, self.rules)

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """One look for all orders that are to be made, then each of the other steps."""
        made = [step for step in steps if isinstance(step, MakeOrder)]
        orders = iter(list(self._orders.find_made(made, cancel)))
        return [
            next(orders) if isinstance(step, MakeOrder) else self._find_one(step, cancel) for step in steps
        ]

    def choose(self, step: Step) -> Ref | None:
        """The order that a change is about."""
        return step.target

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Do one step at 24SevenOffice."""
        if isinstance(step, MakeOrder):
            return self._orders.make(step)
        if isinstance(step, EnsureCustomer):
            return customers.make(self._books, step, key)
        if isinstance(step, RefreshCustomer):
            return self._orders.customers.refresh(step, key)
        if isinstance(step, EnsureCategory):
            return shelf.make_category(self._books, step)
        if isinstance(step, EnsureProduct):
            return shelf.make_product(self._books, step)
        return self._changed(step, target.id if target is not None else step.targets[step.link.name])

    def remarks(self, step: Step) -> Sequence[Remark]:
        """What a person should know of an order besides that it is there."""
        if not isinstance(step, MakeOrder):
            return ()
        params: dict[str, Param] = {"number": step.number, "customer": step.party}
        warned = [Remark(code=code, params=params) for code in step.warnings]
        return [*warned, *self._orders.shelf.renamed(self.rules.product)]

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every order of ours since a day."""
        yield from self._orders.marked(since, cancel)

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView]:
        """What became of orders: invoiced, paid, credited, deleted."""
        return self._orders.follow(links, cancel)

    def record_of(self, invoice: RentalInvoice) -> Record:
        """An invoice basis as the engine sees it; what is dated before the start date is left alone."""
        renter = invoice.customer
        return Record(
            id=invoice.id, day=invoice.day, content=said_of(invoice), number=invoice.number,
            party=renter.company or renter.person, total=worth(invoice, self.rules),
            currency=invoice.currency,
        )  # fmt: skip

    def _reading(self) -> Reading:
        return Reading(self._context, window_of(self._context.settings))

    def _changed(self, step: Step, target: str) -> Written:
        if isinstance(step, CompleteOrder):
            return self._orders.complete(step, target)
        if isinstance(step, AmendOrder):
            return self._orders.amend(step, target)
        if isinstance(step, RemoveOrder):
            return self._orders.remove(step, target)
        if isinstance(step, InvoiceOrder):
            return self._orders.invoice(target)
        assert isinstance(step, CheckOrder)
        return self._orders.check(target)

    def _find_one(self, step: Step, cancel: Cancel) -> Finding:
        if isinstance(step, EnsureCustomer):
            return customers.find_customer(self._books, step)
        if isinstance(step, RefreshCustomer):
            return self._orders.customers.refreshed(step)
        if isinstance(step, EnsureCategory):
            return shelf.find_category(self._books, step)
        if isinstance(step, EnsureProduct):
            return shelf.find_product(self._books, step)
        return self._orders.look(step, cancel)
