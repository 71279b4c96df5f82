"""Who is billed, at the books: found by our key, tax number, e-mail; by name only as a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bridge_gui.accounting.billing import BillContact
from bridge_gui.accounting.documents import Ref
from bridge_gui.bridges.pipedrive_xero.steps import EnsureCustomer, RefreshCustomer
from bridge_gui.errors import BridgeError, NoSuchTarget
from bridge_gui.sync.billing import KeepsBills, KeepsCustomers, KeepsManyCustomers, SellsItems
from bridge_gui.sync.flow import Absent, Finding, Found, Several, Written
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.message import mark

CHANGEABLE = {
    "email": mark("e-mail"),
    "tax_number": mark("VAT number"),
    "street": mark("street"),
    "city": mark("town"),
    "region": mark("region"),
    "postal_code": mark("postal code"),
    "country": mark("country"),
}
"""What of a contact is brought up to date, and what each is called."""


class Books(KeepsBills, KeepsCustomers, KeepsManyCustomers, SellsItems, Protocol):
    """What this bridge asks of the books."""


def find_customers(books: Books, steps: Sequence[EnsureCustomer], cancel: Cancel) -> list[Finding]:
    """The customers that steps mean, at one look.

    More than one, or one of the same name alone, is for a person to say.
    """
    ids = {step.chosen for step in steps if step.chosen}
    chosen = {one.id: one for one in books.customers(sorted(ids), cancel)} if ids else {}
    open_ = [step for step in steps if not step.chosen]
    hits = iter(books.customers_alike([_searched(step) for step in open_]) if open_ else ())
    return [
        _chosen(chosen.get(step.chosen)) if step.chosen else decide(_searched(step), _living(next(hits)))
        for step in steps
    ]


def _searched(step: EnsureCustomer) -> BillContact:
    """By what a customer is looked for: one that a person wants anew only by the number we give it."""
    return BillContact(number=step.contact.number) if step.fresh else step.contact


def may_be_one(step: EnsureCustomer, other: EnsureCustomer) -> bool:
    """Whether a customer, once it is there, might be taken for another one: they are not made in one call."""
    return not step.chosen and not isinstance(decide(_searched(step), [other.contact]), Absent)


def decide(wanted: BillContact, hits: Sequence[BillContact]) -> Finding:
    """Which of the customers found it is, if that can be told."""
    ours = [hit for hit in hits if wanted.number and hit.number == wanted.number]
    if ours:
        return _one(ours)
    sure = [hit for hit in hits if _same(hit.tax_number, wanted.tax_number) or _mailed(hit, wanted)]
    if sure:
        # Xero takes a name once only: a new one of the same name would be refused.
        return _one(sure, anew=not any(_same(hit.name, wanted.name) for hit in hits))
    named = [hit for hit in hits if _same(hit.name, wanted.name)]
    return Several(refs=tuple(_ref(hit) for hit in named)) if named else Absent()


def differing(wanted: BillContact, there: BillContact) -> dict[str, str]:
    """What the sale knows better: fields that are filled in there and say something else at the books."""
    return {
        name: getattr(wanted, name)
        for name in CHANGEABLE
        if getattr(wanted, name) and not _same(getattr(wanted, name), getattr(there, name))
    }


def refresh(books: Books, step: RefreshCustomer, key: str, cancel: Cancel) -> Written:
    """Write what differs, nothing where nothing does."""
    there = books.customers([step.contact_id], cancel)
    if not there:
        raise NoSuchTarget("customer.gone", target=step.contact_id)
    changes = differing(step.contact, there[0])
    now = books.change_customer(step.contact_id, changes, key) if changes else there[0]
    return Written(ref=_ref(now))


def refreshed(books: Books, step: RefreshCustomer, cancel: Cancel) -> Finding:
    """Whether a customer says what it was to say."""
    there = books.customers([step.contact_id], cancel)
    if not there:
        return Absent(gone=True)
    return Found(ref=_ref(there[0]), equal=not differing(step.contact, there[0]))


def make_many(books: Books, steps: Sequence[EnsureCustomer], key: str) -> list[Written | BridgeError]:
    """Make the customers in one call; one answer for each."""
    going = [step.contact for step in steps if not step.chosen]
    made = iter(books.add_customers(going, key) if going else ())
    return [
        NoSuchTarget("customer.gone", target=step.chosen) if step.chosen else _written(next(made))
        for step in steps
    ]


def _written(made: BillContact | BridgeError) -> Written | BridgeError:
    return made if isinstance(made, BridgeError) else Written(ref=_ref(made))


def _chosen(there: BillContact | None) -> Finding:
    return _found(there) if there is not None else Absent(gone=True)


def _living(hits: Sequence[BillContact]) -> list[BillContact]:
    return [hit for hit in hits if not hit.archived]


def _one(hits: Sequence[BillContact], *, anew: bool = False) -> Finding:
    refs = tuple(_ref(hit) for hit in hits)
    return _found(hits[0]) if len(hits) == 1 else Several(refs=refs, anew=anew)


def _found(hit: BillContact) -> Found:
    return Found(ref=_ref(hit), equal=True)


def _ref(contact: BillContact) -> Ref:
    return Ref(id=contact.id, number=contact.name)


def _mailed(hit: BillContact, wanted: BillContact) -> bool:
    """The same address, unless the tax numbers differ: one office reads the mail of many companies."""
    return _same(hit.email, wanted.email) and not (hit.tax_number and wanted.tax_number)


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same, case and spaces left aside; empty ones never do."""
    return bool(one) and "".join(one.split()).casefold() == "".join(other.split()).casefold()
