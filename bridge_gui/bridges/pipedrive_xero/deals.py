"""The flow of invoices: deals that become invoices by themselves, and all that is ordered about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bridge_gui.accounting.deals import Deal, DealContents, DealState, Party
from bridge_gui.accounting.documents import DocumentView, Ref
from bridge_gui.bridges.pipedrive_xero import customers
from bridge_gui.bridges.pipedrive_xero.billing import Offer, asked_for, offer_of
from bridge_gui.bridges.pipedrive_xero.bills import EARLIER, Bills
from bridge_gui.bridges.pipedrive_xero.listing import Listing
from bridge_gui.bridges.pipedrive_xero.planning import plan_offer
from bridge_gui.bridges.pipedrive_xero.rules import NEVER, Rules
from bridge_gui.bridges.pipedrive_xero.steps import (
    INVOICE,
    AttachBill,
    EmailBill,
    EnsureCustomer,
    ForgetCustomer,
    MakeBill,
    RefreshCustomer,
    RemovePayment,
    TurnBill,
)
from bridge_gui.errors import BridgeError
from bridge_gui.sync.deals import SellsDeals
from bridge_gui.sync.flow import Finding, Flow, Found, Held, Known, Marked, Page, Record, Skip, Written
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

BATCH = 50
QUESTION, LONGEST = 100, 5000


class Parties:
    """Whom deals are for; asked for once within one reading."""

    def __init__(self, sales: SellsDeals) -> None:
        self._sales = sales
        self._known: tuple[dict[str, Party | None], dict[str, Party | None]] = ({}, {})

    def of(
        self, deals: Collection[Deal], cancel: Cancel
    ) -> tuple[Mapping[str, Party | None], Mapping[str, Party | None]]:
        """Organizations and persons by id; what is gone is None."""
        organizations, persons = self._known
        _learn(organizations, {one.organization for one in deals}, self._sales.organizations, cancel)
        _learn(persons, {one.person for one in deals}, self._sales.persons, cancel)
        return self._known


def _learn(
    known: dict[str, Party | None],
    ids: Collection[str],
    ask: Callable[[Collection[str], Cancel], Mapping[str, Party]],
    cancel: Cancel,
) -> None:
    missing = {one for one in ids if one and one not in known}
    found = ask(missing, cancel) if missing else {}
    known.update({one: found.get(one) for one in missing})


class Deals(Flow):
    """Deals to invoices; `the lists are asked for once, when a run begins to read."""

    key = "deals"
    kind = INVOICE
    batch = BATCH
    rereads_skipped = False
    surveys_changes = True

    def __init__(self, context: BridgeContext, listing: Listing, settle_after: timedelta) -> None:
        self._sales: SellsDeals = context.sales
        self._books: customers.Books = context.books
        self._context = context
        self._listing = listing
        self.settle_after = settle_after
        self._bills = Bills(context.books, context.start, context.cancel)
        self._sales.tell_fields_of(asked_for(context.settings))

    @property
    def rules(self) -> Rules:
        """The user's decisions, resolved against Xero's lists."""
        return self._listing.rules

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Deals that changed, where they become invoices by themselves; nobody is asked otherwise."""
        if self._context.settings.get("automatic", NEVER) == NEVER:
            return
        begin = max(since, datetime.combine(self._context.start, time(), UTC) - timedelta(days=1))
        parties = Parties(self._sales)
        for deals in self._lots(self._sales.deals_since(begin, cancel)):
            yield Page(records=tuple(self.records(deals, cancel, parties)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return self.records(self._sales.deals_by_id(ids, cancel), cancel)

    def one(self, deal: str) -> tuple[Deal, Offer] | None:
        """A deal with all that an invoice needs, whatever its state; None if it is gone."""
        cancel = self._context.cancel
        found = self._sales.deals_by_id([deal], cancel)
        return next(iter(self.offers(found, found, cancel)), None) if found else None

    def records(
        self, deals: Collection[Deal], cancel: Cancel, parties: Parties | None = None
    ) -> list[Record]:
        """Deals with all that an invoice needs; what becomes no invoice is not asked about any further."""
        wanted = [deal for deal in deals if self._wants(deal)]
        return [self.record_of(deal, offer) for deal, offer in self.offers(deals, wanted, cancel, parties)]

    def _wants(self, deal: Deal) -> bool:
        """Whether a deal may become an invoice by itself, by what its list tells of it."""
        return self.rules.triggered(deal) and deal.currency in self.rules.books.currencies

    def _lots(self, pages: Iterable[Sequence[Deal]]) -> Iterator[list[Deal]]:
        """Deals in lots of just so many wanted ones as one question may name: no call is half empty."""
        lot: list[Deal] = []
        wanted = 0
        for deal in (deal for page in pages for deal in page):
            lot.append(deal)
            wanted += self._wants(deal) and deal.products != 0
            if wanted == QUESTION or len(lot) == LONGEST:
                yield lot
                lot, wanted = [], 0
        if lot:
            yield lot

    def offers(
        self,
        deals: Collection[Deal],
        wanted: Collection[Deal],
        cancel: Cancel,
        parties: Parties | None = None,
    ) -> Iterator[tuple[Deal, Offer]]:
        """Each deal in the form that plans work on; contents and parties only of those wanted."""
        contents = self._sales.contents(wanted, cancel) if wanted else {}
        known = parties or Parties(self._sales)
        organizations, persons = known.of(wanted, cancel)
        for deal in deals:
            inside = contents.get(deal.id, DealContents())
            whose = organizations.get(deal.organization), persons.get(deal.person)
            yield deal, offer_of(deal, inside, *whose, self.rules)

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The steps for a deal by itself."""
        return plan_offer(record.content, known, self.rules)

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """One look for all invoices that are to be made, one for all customers, then each other step."""
        made = [step for step in steps if isinstance(step, MakeBill)]
        ensured = [step for step in steps if isinstance(step, EnsureCustomer)]
        invoices = iter(list(self._bills.find_made(made, cancel)))
        found = iter(customers.find_customers(self._books, ensured, cancel) if ensured else ())
        return [
            next(invoices) if isinstance(step, MakeBill)
            else next(found) if isinstance(step, EnsureCustomer)
            else self._find_one(step, cancel)
            for step in steps
        ]  # fmt: skip

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every invoice of ours made or changed since a day; from the start date on, some time before too."""
        begin = since if since > self._context.start else self._context.start - EARLIER
        yield from self._bills.marked(self._sales.scope, begin, cancel)

    def changed(self, since: datetime, cancel: Cancel) -> Sequence[DocumentView]:
        """What became of invoices, at one look."""
        return self._bills.changed(since, cancel)

    def choose(self, step: Step) -> Ref | None:
        """The invoice that a change is about."""
        return step.target

    def joins(self, step: Step) -> bool:
        """Invoices to be made go together, and so do customers."""
        return isinstance(step, (MakeBill, EnsureCustomer))

    def apart(self, step: Step, others: Sequence[Step]) -> bool:
        """Two that may be one customer are never made in one call."""
        ensured = [one for one in others if isinstance(one, EnsureCustomer)]
        return isinstance(step, EnsureCustomer) and any(
            customers.may_be_one(step, one) or customers.may_be_one(one, step) for one in ensured
        )

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Do one step at Xero."""
        if isinstance(step, (MakeBill, EnsureCustomer)):
            made = self.write_many([step], [key], key)[0]
            if isinstance(made, Exception):
                raise made
            return made
        if isinstance(step, RefreshCustomer):
            return customers.refresh(self._books, step, key, self._context.cancel)
        if isinstance(step, ForgetCustomer):
            self._listing.remember_contact(step.link.source_id, "")
            return Written(ref=Ref(id=step.contact_id))
        if isinstance(step, AttachBill):
            return self._bills.attach(step)
        assert target is not None, "a change has its invoice"
        return self._changed(step, key, target.id)

    def write_many(
        self, steps: Sequence[Step], keys: Sequence[str], batch: str
    ) -> dict[int, Written | Exception]:
        """Make up to fifty invoices, or customers, in one call."""
        del keys
        ensured = [step for step in steps if isinstance(step, EnsureCustomer)]
        if ensured:
            return dict(enumerate(customers.make_many(self._books, ensured, batch)))
        return dict(enumerate(self._made([step for step in steps if isinstance(step, MakeBill)], batch)))

    def _made(self, steps: Sequence[MakeBill], key: str) -> list[Written | BridgeError]:
        """Make invoices, and remember what was linked for those that are there now."""
        made = self._bills.make(steps, key)
        for step, result in zip(steps, made, strict=True):
            if isinstance(result, Written):
                self._listing.remember(step.linked)
                if step.billed:
                    self._listing.remember_contact(step.billed, step.contact_id)
        return made

    def _changed(self, step: Step, key: str, target: str) -> Written:
        if isinstance(step, TurnBill):
            return self._bills.turn(step, target, key)
        if isinstance(step, RemovePayment):
            return self._bills.remove_payment(step, target, key)
        assert isinstance(step, EmailBill)
        return self._bills.email(target, key)

    def _find_one(self, step: Step, cancel: Cancel) -> Finding:
        if isinstance(step, RefreshCustomer):
            return customers.refreshed(self._books, step, cancel)
        if isinstance(step, ForgetCustomer):
            return Found(ref=Ref(id=step.contact_id), equal=True)
        return self._bills.look(step, cancel)

    def day_of(self, deal: Deal) -> date:
        """The day it was won, before that the day it last changed."""
        won = deal.won if deal.state is DealState.WON and deal.won is not None else deal.changed
        return self.rules.day(won)

    def record_of(self, deal: Deal, offer: Offer) -> Record:
        """A deal as the engine sees it."""
        customer = offer.customer
        return Record(
            id=deal.id,
            day=self.day_of(deal),
            content=offer,
            number=deal.title,
            party=customer.contact.name if customer is not None else "",
            total=deal.value,
            currency=deal.currency,
        )
