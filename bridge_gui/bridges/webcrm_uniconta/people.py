"""Persons of webcrm and contacts of Uniconta, as cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from bridge_gui.accounting.trade import BookContact, Person
from bridge_gui.bridges.webcrm_uniconta.cards import Card, Content, same
from bridge_gui.bridges.webcrm_uniconta.desks import MakingDesk
from bridge_gui.bridges.webcrm_uniconta.looks import PEOPLE as EVERY
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.parties import MARK, Debtors
from bridge_gui.bridges.webcrm_uniconta.steps import ORG, PERSON, AddRecord, bare, is_org_mark, named
from bridge_gui.errors import Refused
from bridge_gui.sync.debtors import KeepsBookContacts
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.trading import KeepsPersons
from bridge_gui.web.waiting import Cancel, never

_PERSON_MARK = re.compile(r"person-[0-9]+")
_KNOWN = "people.organisations"
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
AT, OTHER, ACTIVE, REFERENCE = "at", "other", "active", "reference"


class Persons(MakingDesk):
    """webcrm's persons; `OTHER` is the number of their organisation's debtor."""

    word, name = PERSON, "persons"

    def __init__(self, context: BridgeContext, looks: Looks, debtors: Debtors) -> None:
        self._context = context
        self._sales: KeepsPersons = context.sales
        self._looks = looks
        self._debtors = debtors

    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """Those that changed, and everybody at an organisation that became a debtor since the last look."""
        if not self._looks.due(self.name, EVERY):
            return
        begun, numbers = self._context.clock.now(), self.numbers(cancel)
        before = set(self._context.notes.get(_KNOWN).split())
        new = [one for one in numbers if one not in before]
        pages = (self._cards(page, numbers) for page in self._sales.persons_changed(since, cancel))
        yield from self._looks.more_changed(self.name, pages)
        at = (self._cards(self._sales.persons_at(bare(one), cancel), numbers) for one in new)
        yield from self._looks.more_changed(self.name, at)
        if new:
            self._context.notes.set(_KNOWN, " ".join(sorted(numbers)))
        self._looks.looked(self.name, begun)

    def everybody(self, cancel: Cancel) -> Iterator[Card]:
        """All there are at organisations that are debtors."""
        numbers = self.numbers(cancel)
        for page in self._sales.persons_changed(_EVER, cancel):
            yield from (card for card in self._cards(page, numbers) if card.extra[OTHER])

    def numbers(self, cancel: Cancel) -> dict[str, str]:
        """The numbers of debtors by their organisation."""
        table = self._debtors.table(cancel).values()
        return {one.extra[MARK]: one.number for one in table if is_org_mark(one.extra[MARK])}

    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """Fresh copies."""
        if not ids:
            return []
        return self._cards(self._sales.persons([bare(one) for one in ids], cancel), self.numbers(cancel))

    def at(self, organisation: str, cancel: Cancel) -> list[Card]:
        """Everybody at an organisation."""
        return self._cards(self._sales.persons_at(bare(organisation), cancel), {})

    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields."""
        there = self._sales.persons([bare(now.id)], never())[0]
        raw = _raw(changes, there)
        before = {key: str(getattr(there, key)) for key in raw}
        return self._cards([self._sales.change_person(bare(now.id), raw, before)], {})[0]

    def add(self, step: AddRecord) -> Card:
        """Make a person at an organisation."""
        first, last = split_name(step.values["name"])
        values = step.values
        made = Person(
            organisation=bare(step.at), first_name=first, last_name=last, email=values["email"],
            mobile=values.get("mobile", ""), title=values.get("title", ""),
        )  # fmt: skip
        return self._cards([self._sales.add_person(made)], {})[0]

    def found(self, step: AddRecord, cancel: Cancel) -> list[Card]:
        """Those with this e-mail address at that organisation."""
        return [one for one in self.at(step.at, cancel) if _same_email(one, step.values["email"])]

    def bears(self, card: Card, mark: str) -> bool:
        """Persons bear none."""
        del card, mark
        return True

    def _cards(self, persons: Sequence[Person], numbers: Mapping[str, str]) -> list[Card]:
        return [person_card(one, numbers) for one in persons]


class Contacts(MakingDesk):
    """Uniconta's contacts of debtors; `OTHER` is the organisation of their debtor."""

    word, name = "contact", "contacts"

    def __init__(self, context: BridgeContext, looks: Looks, debtors: Debtors) -> None:
        self._context = context
        self._books: KeepsBookContacts = context.books
        self._looks = looks
        self._debtors = debtors
        self._all: list[Card] | None = None

    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """Those whose row differs from the last look."""
        del since
        if self._looks.due(self.name, EVERY):
            begun = self._context.clock.now()
            self.forget()
            table = self.table(cancel)
            yield from self._looks.changed(self.name, table)
            marks = {one.id: one.extra[REFERENCE] for one in table if is_person_mark(one.extra[REFERENCE])}
            self._looks.marked(self.name, marks, "persons")
            self._looks.looked(self.name, begun)

    def table(self, cancel: Cancel) -> list[Card]:
        """All of them, in one call."""
        if self._all is None:
            self._all = [self._card(one) for one in self._books.contacts(cancel)]
        return self._all

    def table_read(self) -> list[Card]:
        """All of them, as they were read."""
        return self._all or []

    def forget(self) -> None:
        """Read anew the next time."""
        self._all = None

    def forget_all(self) -> None:
        """Read anew with their debtors."""
        self._debtors.forget()
        self.forget()

    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """As they are now."""
        wanted = set(ids)
        return [card for card in self.table(cancel) if card.id in wanted] if ids else []

    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields."""
        before = {key: now.values.get(key, "") for key in changes}
        return self._card(self._books.change_contact(bare(now.id), changes, before))

    def add(self, step: AddRecord) -> Card:
        """Make a contact at a debtor."""
        values = step.values
        made = BookContact(
            debtor=step.at, name=values["name"], email=values["email"], mobile=values.get("mobile", ""),
            title=values.get("title", ""), reference=step.mark,
        )  # fmt: skip
        return self._card(self._books.add_contact(made))

    def found(self, step: AddRecord, cancel: Cancel) -> list[Card]:
        """Those that bear this mark."""
        return [card for card in self.table(cancel) if card.extra[REFERENCE] == step.mark]

    def bears(self, card: Card, mark: str) -> bool:
        """Whether a contact has it; one whose reference is used for something else needs none."""
        return card.extra[REFERENCE] == mark or bool(card.extra[REFERENCE])

    def join(self, record: str, mark: str) -> Card:
        """Write our mark to one that is there, unless the reference is used for something else."""
        now = self.one(record)
        if is_person_mark(now.extra[REFERENCE]) and now.extra[REFERENCE] != mark:
            raise Refused("contact.joined_already", contact=now.party)
        if now.extra[REFERENCE]:
            return now
        return self._card(self._books.change_contact(bare(record), {REFERENCE: mark}, {REFERENCE: ""}))

    def _card(self, one: BookContact) -> Card:
        values = {"name": one.name, "email": one.email, "mobile": one.mobile, "title": one.title}
        extra = {AT: one.debtor, OTHER: self._organisation(one.debtor), REFERENCE: one.reference}
        return Card(
            id=named("contact", one.id), content=Content(values=values, extra=extra), number=one.name,
            party=one.name,
        )  # fmt: skip

    def _organisation(self, debtor: str) -> str:
        """The organisation of a debtor, as of the last reading of debtors."""
        there = self._debtors.table(never()).get(named("debtor", debtor))
        mark = there.extra[MARK] if there is not None else ""
        return mark if is_org_mark(mark) else ""


def person_card(one: Person, numbers: Mapping[str, str]) -> Card:
    """A person as a card; the mobile number, or else the direct one."""
    name = " ".join(part for part in (one.first_name, one.last_name) if part and part != "-")
    values = {"name": name, "email": one.email, "mobile": one.mobile or one.phone, "title": one.title}
    organisation = named(ORG, one.organisation)
    extra = {AT: organisation, OTHER: numbers.get(organisation, ""), ACTIVE: "yes" if one.active else ""}
    return Card(
        id=named(PERSON, one.id), content=Content(values=values, extra=extra), number=name, party=name
    )


def split_name(name: str) -> tuple[str, str]:
    """First names and the last one; webcrm needs a last name."""
    *first, last = name.split() or ["-"]
    return " ".join(first), last


def is_person_mark(text: str) -> bool:
    """Whether a contact's reference names a person."""
    return _PERSON_MARK.fullmatch(text.strip()) is not None


def _raw(changes: Mapping[str, str], there: Person) -> dict[str, str]:
    """The fields as webcrm keeps them; a direct number stays one."""
    raw = dict(changes)
    if "name" in raw:
        raw["first_name"], raw["last_name"] = split_name(raw.pop("name"))
    if "mobile" in raw and not there.mobile and there.phone:
        raw["phone"] = raw.pop("mobile")
    return raw


def _same_email(card: Card, email: str) -> bool:
    return same("email", card.values["email"], email)
