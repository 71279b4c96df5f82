"""Who is billed, at the books: found by our key, organisation number and e-mail; asked about if unsure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bridge_gui.accounting.billing import BillContact
from bridge_gui.accounting.documents import Ref
from bridge_gui.accounting.ordering import OrderCustomer
from bridge_gui.bridges.sharefox_twentyfourseven.people import figures
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    CUSTOMER,
    EnsureCustomer,
    RefreshCustomer,
    bare,
)
from bridge_gui.errors import NoSuchTarget
from bridge_gui.sync.billing import KeepsCustomers
from bridge_gui.sync.flow import Absent, Finding, Found, Several, Written
from bridge_gui.sync.ordering import HasShelf, TakesOrders, TellsStanding
from bridge_gui.web.waiting import Cancel

CHANGEABLE = ("street", "postal_code", "city", "country", "phone")
FILLABLE = ("email", "tax_number")
"""What is written only where the books have nothing: both are what a customer is known by."""


class Books(KeepsCustomers, HasShelf, TakesOrders, TellsStanding, Protocol):
    """What this bridge asks of the books."""


def find_customer(books: Books, step: EnsureCustomer) -> Finding:
    """The customer a step means; several, or a number and an e-mail that disagree, are for a person."""
    who = step.customer
    others = {} if step.fresh else {"email": who.email, "tax_number": who.tax_number}
    hits = books.customers_like(number=who.number, **others)
    return decide(who, [hit for hit in hits if isinstance(hit, OrderCustomer)])


def decide(wanted: OrderCustomer, hits: Sequence[OrderCustomer]) -> Finding:
    """Which of the customers found it is, if that can be told."""
    ours = [hit for hit in hits if wanted.number and hit.number == wanted.number]
    if ours:
        return _one(ours, "customer.several")
    numbered = [hit for hit in hits if _numbered(hit, wanted)]
    mailed = [hit for hit in hits if _mailed(hit, wanted)]
    if not numbered:
        # One address may read the mail of many companies: another number is another customer.
        mailed = [hit for hit in mailed if not (wanted.tax_number and hit.tax_number)]
    both = list({hit.id: hit for hit in (*numbered, *mailed)}.values())
    disagree = len(numbered) == 1 and len(both) > 1
    code = "customer.disagree" if disagree else "customer.several"
    return _one(both, code, anew=True) if both else Absent()


def make(books: Books, step: EnsureCustomer, key: str) -> Written:
    """Make the customer; if the answer is lost it is found by our key."""
    return Written(ref=ref_of(books.add_customer(step.customer, key)))


def differing(wanted: OrderCustomer, there: OrderCustomer) -> dict[str, str]:
    """What the shop knows better: the address and telephone where they differ, and what is empty there."""
    changes = {
        name: getattr(wanted, name)
        for name in CHANGEABLE
        if getattr(wanted, name) and not _same(getattr(wanted, name), getattr(there, name))
    }
    empty = {name for name in FILLABLE if getattr(wanted, name) and not getattr(there, name)}
    if not there.is_company:
        empty.discard("tax_number")  # a person has none at the books
    return changes | {name: getattr(wanted, name) for name in sorted(empty)}


class Customers:
    """What a run knows of customers: each is read once before it is billed."""

    def __init__(self, books: Books, cancel: Cancel) -> None:
        self._books = books
        self._cancel = cancel
        self._seen: dict[str, OrderCustomer] = {}

    def at(self, target: str) -> OrderCustomer:
        """A customer by its link's target; `NoSuchTarget` where it was deleted or merged into another."""
        if target not in self._seen:
            self._seen[target] = self._read(target)
        return self._seen[target]

    def refresh(self, step: RefreshCustomer, key: str) -> Written:
        """Write what differs, nothing where nothing does."""
        target = step.targets.get(step.at.name, "")
        there = self.at(target)
        changes = differing(step.customer, there)
        if changes:
            changed = self._books.change_customer(there.id, changes, key)
            there = changed if isinstance(changed, OrderCustomer) else self._read(target)
            self._seen[target] = there
        return Written(ref=ref_of(there))

    def refreshed(self, step: RefreshCustomer) -> Finding:
        """Whether a customer says now what it was to say; not while nobody knows which customer it is."""
        target = step.targets.get(step.at.name, "")
        if not target:
            return Absent()
        try:
            there = self._read(target)
        except NoSuchTarget:
            return Absent(gone=True)
        return Found(ref=ref_of(there), equal=not differing(step.customer, there))

    def _read(self, target: str) -> OrderCustomer:
        found = self._books.customers([bare(target)], self._cancel)
        if not found or not isinstance(found[0], OrderCustomer):
            raise NoSuchTarget("customer.merged", target=target)
        return found[0]


def ref_of(customer: BillContact) -> Ref:
    """A customer's place; the prefix tells its id from an order's."""
    return Ref(id=f"{CUSTOMER}-{customer.id}", number=customer.name)


def _one(hits: Sequence[OrderCustomer], code: str, *, anew: bool = False) -> Finding:
    if len(hits) == 1:
        return Found(ref=ref_of(hits[0]), equal=True)
    names = "; ".join(f"{hit.id} {hit.name}" for hit in hits)
    return Several(refs=tuple(map(ref_of, hits)), code=code, params={"names": names}, anew=anew)


def _numbered(hit: OrderCustomer, wanted: OrderCustomer) -> bool:
    return bool(wanted.tax_number) and figures(hit.tax_number) == figures(wanted.tax_number)


def _mailed(hit: OrderCustomer, wanted: OrderCustomer) -> bool:
    return any(_same(wanted.email, one) for one in (hit.email, hit.billing_email))


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same, case and spaces left aside; empty ones never do."""
    return bool(one) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
