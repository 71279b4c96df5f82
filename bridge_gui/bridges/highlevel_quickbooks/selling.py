"""What both flows into the books have in common: finding, writing and following documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bridge_gui.accounting.documents import DocumentView, Ref
from bridge_gui.accounting.selling import SaleKind
from bridge_gui.bridges.highlevel_quickbooks import customers
from bridge_gui.bridges.highlevel_quickbooks.documents import Documents
from bridge_gui.bridges.highlevel_quickbooks.listing import Listing
from bridge_gui.bridges.highlevel_quickbooks.reading import Reading
from bridge_gui.bridges.highlevel_quickbooks.rules import Rules
from bridge_gui.bridges.highlevel_quickbooks.settling import Settling
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    ChangeSale,
    EnsureCustomer,
    EnsureItem,
    MakeSale,
    PayInvoice,
    UnlinkPayment,
    VoidSale,
)
from bridge_gui.errors import BridgeError
from bridge_gui.sync.flow import Finding, Flow, Marked, OpenLink, Written
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

BATCH = 30


class Selling(Flow):
    """A flow that makes sales at the books; `kinds` are those, with their links' kinds."""

    batch = BATCH
    kinds: Mapping[SaleKind, str]

    def __init__(
        self, context: BridgeContext, listing: Listing, reading: Reading, settle_after: timedelta
    ) -> None:
        self._context = context
        self._books: customers.Books = context.books
        self._listing = listing
        self._reading = reading
        self.settle_after = settle_after
        self.overlap = timedelta(days=2)
        scope = context.sales.scope
        self._documents = Documents(context.books, scope, context.clock, context.cancel)
        self._settling = Settling(context.books, scope, context.cancel)

    @property
    def rules(self) -> Rules:
        """The user's decisions, resolved against QuickBooks' lists."""
        return self._listing.rules

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """One look for all sales that are to be made, then each of the other steps."""
        made = [step for step in steps if isinstance(step, MakeSale)]
        sales = iter(list(self._documents.find_made(made, cancel)))
        return [next(sales) if isinstance(step, MakeSale) else self._find_one(step, cancel) for step in steps]

    def choose(self, step: Step) -> Ref | None:
        """The document that a change is about."""
        return step.target

    def joins(self, step: Step) -> bool:
        """Only sales to be made go together."""
        return isinstance(step, MakeSale)

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Do one step at QuickBooks."""
        if isinstance(step, MakeSale):
            made = self._documents.make([step], key)[0]
            if isinstance(made, BridgeError):
                raise made
            return made
        if isinstance(step, EnsureCustomer):
            return customers.make_customer(self._books, step, key)
        if isinstance(step, EnsureItem):
            return customers.make_item(self._books, step, key)
        if isinstance(step, PayInvoice):
            return self._settling.pay(step, key)
        assert target is not None, "a change has its document"
        return self._changed(step, key, target.id)

    def write_many(
        self, steps: Sequence[Step], keys: Sequence[str], batch: str
    ) -> dict[int, Written | Exception]:
        """Make up to thirty sales in one call."""
        del keys
        made = self._documents.make([step for step in steps if isinstance(step, MakeSale)], batch)
        return dict(enumerate(made))

    def recall(self, links: Sequence[OpenLink]) -> None:
        """What is open at the books."""
        self._documents.recall(links)

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every document of ours since a day."""
        yield from self._documents.marked(self.kinds, since, cancel)

    def changed(self, since: datetime, cancel: Cancel) -> Sequence[DocumentView]:
        """What became of these documents, at one look."""
        return self._documents.changed(self.kinds, since, cancel)

    def _changed(self, step: Step, key: str, target: str) -> Written:
        if isinstance(step, ChangeSale):
            return self._documents.change(step, target, key)
        if isinstance(step, VoidSale):
            return self._documents.void(step, target, key)
        assert isinstance(step, UnlinkPayment)
        return self._documents.unlink(step, target, key)

    def _find_one(self, step: Step, cancel: Cancel) -> Finding:
        if isinstance(step, EnsureCustomer):
            return customers.find_customer(self._books, step)
        if isinstance(step, EnsureItem):
            return customers.find_item(self._books, step)
        if isinstance(step, PayInvoice):
            return self._settling.find(step, cancel)
        assert isinstance(step, (ChangeSale, VoidSale, UnlinkPayment))
        return self._documents.look(step, cancel)
