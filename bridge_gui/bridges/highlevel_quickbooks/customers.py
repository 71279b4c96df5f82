"""Who is billed, at the books: found by our key and by e-mail, else made under a name nobody has."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from msgspec.structs import replace

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.documents import Ref
from bridge_gui.accounting.selling import Buyer
from bridge_gui.bridges.highlevel_quickbooks.steps import CUSTOMER, ITEM, EnsureCustomer, EnsureItem, place
from bridge_gui.errors import CannotMap, Refused
from bridge_gui.sync.flow import Absent, Finding, Found, Several, Written
from bridge_gui.sync.selling import KeepsSales, KnowsBuyers, OffersSelling, TakesPayments
from bridge_gui.sync.step import LinkTo

NAME_TAKEN = "quickbooks.name_taken"
SUFFIXES = ("", " (CRM)", " (CRM 2)", " (CRM 3)")
_LONGEST = 100 - len(SUFFIXES[-1])


class Books(KeepsSales, TakesPayments, KnowsBuyers, OffersSelling, Protocol):
    """What this bridge asks of the books."""


def customer_key(person: Person) -> str:
    """The name of a customer's own source: the contact's id, else its e-mail address; empty for nobody."""
    if person.id:
        return f"contact-{person.id}"
    if person.email:
        return f"email-{sha256(person.email.casefold().encode()).hexdigest()[:16]}"
    return ""


def customer_at(person: Person) -> LinkTo:
    """The place of a customer's link; `CannotMap` where the sale names nobody."""
    key = customer_key(person)
    if not key:
        raise CannotMap("sale.nobody")
    return place(CUSTOMER, key)


def buyer_of(person: Person, scope: str, currency: str) -> Buyer:
    """A contact in the books' form; a colon, which no name may have, becomes a dash."""
    name = person.name or " ".join(filter(None, (person.first_name, person.last_name)))
    shown = " ".join((name or person.company or person.email or person.phone or person.id).split())
    return Buyer(
        name=shown.replace(":", " -")[:_LONGEST].strip(), email=person.email, phone=person.phone,
        number=f"hl-{scope}-{customer_key(person).partition('-')[2]}", company=person.company,
        first_name=person.first_name, last_name=person.last_name, street=person.street, city=person.city,
        region=person.region, postal_code=person.postal_code, country=person.country, currency=currency,
    )  # fmt: skip


def find_customer(books: Books, step: EnsureCustomer) -> Finding:
    """The customer a step means; several with one e-mail address are for a person to choose from."""
    return decide(step.buyer, _hits(books, step))


def _hits(books: Books, step: EnsureCustomer) -> list[Buyer]:
    """Who might be meant; where a person wants a new one, nobody but that one."""
    hits = _alike(books, step.buyer)
    return [hit for hit in hits if hit.number == step.buyer.number] if step.fresh else hits


def _alike(books: Books, wanted: Buyer) -> list[Buyer]:
    hits = list(books.buyers_like(email=wanted.email, name=wanted.name))
    if not any(hit.number == wanted.number for hit in hits) and not wanted.email:
        hits += [hit for suffix in SUFFIXES[1:] for hit in books.buyers_like(name=wanted.name + suffix)]
    return hits


def decide(wanted: Buyer, hits: Sequence[Buyer]) -> Finding:
    """Which of the customers found it is: ours, the one with this e-mail, by name alone a person says."""
    living = [hit for hit in _meant(wanted, hits) if not hit.archived]
    if living:
        refs, ours = tuple(ref_of(hit) for hit in living), living[0].number == wanted.number
        return Found(ref=refs[0], equal=True) if len(refs) == 1 else Several(refs=refs, anew=not ours)
    named = [hit for hit in hits if not hit.archived and _same(hit.name, wanted.name)]
    if named and not wanted.email:
        return Several(refs=tuple(ref_of(hit) for hit in named), anew=True)
    return Absent()


def _meant(wanted: Buyer, hits: Sequence[Buyer]) -> list[Buyer]:
    """Those of our key, else those of this e-mail address, inactive ones too."""
    ours = [hit for hit in hits if hit.number == wanted.number]
    return ours or [hit for hit in hits if _holds(hit.email, wanted.email)]


def make_customer(books: Books, step: EnsureCustomer, key: str) -> Written:
    """Make the customer; where the name is taken, by a supplier or an employee too, a suffix shows it.

    One who is there and inactive is not made a second time: a person says what is to be.
    """
    same = _meant(step.buyer, _hits(books, step))
    if same and all(hit.archived for hit in same):
        raise Refused("customer.inactive", customer=same[0].name)
    for count, suffix in enumerate(SUFFIXES):
        try:
            made = books.add_buyer(
                replace(step.buyer, name=step.buyer.name + suffix), f"{key}.{count}" if count else key
            )
        except Refused as error:
            if error.code != NAME_TAKEN or suffix == SUFFIXES[-1]:
                raise
        else:
            return Written(ref=ref_of(made))
    raise AssertionError("unreachable")


def find_item(books: Books, step: EnsureItem) -> Finding:
    """The item of this name."""
    found = [item for item in books.items() if _same(item.name, step.item)]
    refs = tuple(Ref(id=f"{ITEM}-{item.code}", number=item.name) for item in found)
    if len(refs) > 1:
        return Several(refs=refs)
    return Found(ref=refs[0], equal=True) if refs else Absent()


def make_item(books: Books, step: EnsureItem, key: str) -> Written:
    """Make the item."""
    if not step.account:
        raise Refused("item.no_account", item=step.item)
    made = books.add_item(step.item, step.account, key)
    return Written(ref=Ref(id=f"{ITEM}-{made.code}", number=made.name))


def ref_of(buyer: Buyer) -> Ref:
    """A customer's place; the prefix tells its id from a document's."""
    return Ref(id=f"{CUSTOMER}-{buyer.id}", number=buyer.name)


def bare(target: str) -> str:
    """The vendor's own id of a customer, an item, a payment or a contact."""
    return target.partition("-")[2]


def _holds(field: str, email: str) -> bool:
    """Whether an e-mail field, which may hold several addresses, has this one."""
    return bool(email) and email.strip().casefold() in {
        one.strip().casefold() for one in field.replace(";", ",").split(",")
    }


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
