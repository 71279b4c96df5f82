"""The flow of customers: who is new at QuickBooks becomes a contact; nothing there is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.selling import Buyer
from bridge_gui.bridges.highlevel_quickbooks.bringing import left_out, note_brought
from bridge_gui.bridges.highlevel_quickbooks.customer_file import FILE_MARK
from bridge_gui.bridges.highlevel_quickbooks.customers import bare
from bridge_gui.bridges.highlevel_quickbooks.listing import Listing
from bridge_gui.bridges.highlevel_quickbooks.steps import CONTACT, CUSTOMER, MakeContact, place
from bridge_gui.errors import Ambiguous, NoSuchTarget
from bridge_gui.sync.crm import KeepsPeople
from bridge_gui.sync.flow import (
    Absent,
    Finding,
    Flow,
    Found,
    Held,
    Known,
    Page,
    Record,
    Several,
    Skip,
    Written,
)
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.selling import KnowsBuyers
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel, never

SOURCE = "QuickBooks"
FILLED = (
    "first_name", "last_name", "company", "phone", "street", "city", "region", "postal_code", "country",
)  # fmt: skip


class Contacts(Flow):
    """New customers to contacts; `on` by the user's own setting."""

    key = "contacts"
    kind = CONTACT

    def __init__(self, context: BridgeContext, listing: Listing, settle_after: timedelta) -> None:
        self._context = context
        self._books: KnowsBuyers = context.books
        self._sales: KeepsPeople = context.sales
        self._listing = listing
        self.settle_after = settle_after
        self.overlap = timedelta(days=2)
        self._on = context.settings.get("contacts", "yes") == "yes"

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Customers made since an instant."""
        if self._on:
            for page in self._books.buyers_made(since, cancel):
                yield Page(records=tuple(self._records(page)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return list(self._records(self._books.buyers([bare(one) for one in ids], cancel)))

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """One contact for one customer, once."""
        if any(link.kind == CONTACT for link in known.links):
            return []
        buyer: Buyer = record.content
        why = left_out(buyer, self._context.sales.scope, on=self._on)
        return Skip(code=why) if why else [contact_step(record.id, buyer, record.day)]

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """Contacts by e-mail address, else by telephone."""
        del cancel
        made = [step for step in steps if isinstance(step, MakeContact)]
        return [
            find_person(self._sales, (self._read(step) if step.customer else step).person) for step in made
        ]

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Make the contact, or fill what is empty at the one that is there."""
        del key, target
        assert isinstance(step, MakeContact)
        written = make_person(self._sales, self._read(step) if step.customer else step)
        if step.customer or step.link.source_id.startswith(FILE_MARK):
            note_brought(self._context.notes, step.customer or step.link.source_id)
        return written

    def _read(self, step: MakeContact) -> MakeContact:
        """A step of an older customer with that customer as it is now."""
        there = self._books.buyers([step.customer], self._context.cancel)
        if not there:
            raise NoSuchTarget("quickbooks.not_found", target=step.customer)
        return replace(step, person=person_of(there[0]))

    def _records(self, buyers: Iterable[Buyer]) -> Iterator[Record]:
        for buyer in buyers:
            made = buyer.made or self._context.clock.now()
            yield Record(
                id=f"{CUSTOMER}-{buyer.id}", day=self._listing.rules.day(made),
                content=Buyer(**{name: getattr(buyer, name) for name in _SAID}), number=buyer.name,
                party=buyer.name,
            )  # fmt: skip


_SAID = (
    "id", "name", "email", "phone", "number", "company", "first_name", "last_name", "street", "city",
    "region", "postal_code", "country", "archived", "part_of",
)  # fmt: skip


def contact_step(source: str, buyer: Buyer, day: date) -> MakeContact:
    """The step that makes a contact of a customer."""
    return MakeContact(
        name="contact", link=place(CONTACT, source), lane=f"contact:{source}",
        mark=source, sources=(source,), day=day, number=buyer.name,
        party=buyer.name, person=person_of(buyer), fills=True,
    )  # fmt: skip


def person_of(buyer: Buyer) -> Person:
    """A customer in the CRM's form; of several e-mail addresses the first."""
    email = buyer.email.replace(";", ",").split(",")[0].strip()
    return Person(
        name=buyer.name, first_name=buyer.first_name, last_name=buyer.last_name, company=buyer.company,
        email=email, phone=buyer.phone, street=buyer.street, city=buyer.city, region=buyer.region,
        postal_code=buyer.postal_code, country=buyer.country,
    )  # fmt: skip


def find_person(sales: KeepsPeople, person: Person) -> Finding:
    """The contact of this e-mail address, else of this telephone number."""
    hits = sales.people_with(email=person.email) if person.email else sales.people_with(phone=person.phone)
    refs = tuple(person_ref(hit) for hit in hits)
    if len(refs) > 1:
        return Several(refs=refs)
    return Found(ref=refs[0], equal=True) if refs else Absent()


def make_person(sales: KeepsPeople, step: MakeContact) -> Written:
    """Make the contact; one that is there keeps all it has."""
    found = _chosen(sales, step) if step.chosen else find_person(sales, step.person)
    if isinstance(found, Several):
        raise Ambiguous("contact.several", email=step.person.email or step.person.phone)
    if isinstance(found, Found):
        changes = {name: getattr(step.person, name) for name in FILLED if getattr(step.person, name)}
        if step.fills and changes:
            sales.fill_person(bare(found.ref.id), changes)
        return Written(ref=found.ref, state=DocumentState.POSTED)
    made = sales.add_person(step.person, SOURCE)
    return Written(ref=person_ref(made), state=DocumentState.POSTED)


def _chosen(sales: KeepsPeople, step: MakeContact) -> Finding:
    """The contact that a person has chosen."""
    there = sales.people([step.chosen], never())
    if not there:
        raise NoSuchTarget("highlevel.not_found", target=step.chosen)
    return Found(ref=person_ref(there[0]), equal=True)


def person_ref(person: Person) -> Ref:
    """A contact's place."""
    return Ref(id=f"{CONTACT}-{person.id}", number=person.name or person.email)
