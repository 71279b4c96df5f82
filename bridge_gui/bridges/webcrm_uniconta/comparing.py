"""Pairs of one kind whose details differ, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, json

from bridge_gui.bridges.webcrm_uniconta.cards import Card, Content, Merging, same
from bridge_gui.bridges.webcrm_uniconta.parties import MARK, Debtors, Organisations
from bridge_gui.bridges.webcrm_uniconta.people import AT, OTHER, REFERENCE, Contacts, Persons
from bridge_gui.bridges.webcrm_uniconta.staff import Employees, Users
from bridge_gui.sync.panels import Compared, Sided
from bridge_gui.web.waiting import never

Joined = Iterator[tuple[Card, Card]]


class Shown(Struct, frozen=True, kw_only=True):
    """The two contents that a person compared, and the record of Uniconta."""

    other: str
    mine: Content
    theirs: Content


class Comparing:
    """Feeds one COMPARE panel; `joined` asks both vendors anew."""

    def __init__(self, merging: Merging, joined: Callable[[], Joined]) -> None:
        self._merging = merging
        self._joined = joined

    def differing(self) -> list[Compared]:
        """Pairs whose details differ."""
        found = []
        for mine, theirs in self._joined():
            fields = tuple(self._fields(mine, theirs))
            if fields:
                shown = Shown(other=theirs.id, mine=mine.content, theirs=theirs.content)
                found.append(
                    Compared(
                        id=mine.id, title=mine.party, hint=theirs.number, fields=fields,
                        shown=json.encode(shown).decode(),
                    )
                )  # fmt: skip
        return found

    def _fields(self, mine: Card, theirs: Card) -> Iterator[Sided]:
        for field in self._merging.fields:
            key = field.key
            if key in mine.values and not same(key, mine.values[key], theirs.values[key]):
                yield Sided(key=key, label=field.label, left=mine.values[key], right=theirs.values[key])


def joined_customers(organisations: Organisations, debtors: Debtors) -> Joined:
    """Organisations with their debtors."""
    debtors.forget()
    everybody = (card for page in organisations.everybody(never()) for card in page)
    return _marked(everybody, debtors.table(never()).values(), MARK)


def joined_people(persons: Persons, contacts: Contacts) -> Joined:
    """Persons with their contacts: those that bear the person's mark, else the only one with its address.

    A contact of which the person was made bears no mark.
    """
    contacts.forget_all()
    there = contacts.table(never())
    marked = {one.extra[REFERENCE]: one for one in there if one.extra[REFERENCE]}
    for person in persons.everybody(never()):
        found = marked.get(person.id) or _only_one(person, there)
        if found is not None:
            yield person, found


def joined_staff(users: Users, employees: Employees) -> Joined:
    """Users with their employees."""
    users.forget()
    employees.forget()
    return _marked(users.table(never()), employees.table(never()), MARK)


def _marked(mine: Iterable[Card], theirs: Iterable[Card], key: str) -> Joined:
    """Each with the one at the other side that bears its mark."""
    marked = {one.extra[key]: one for one in theirs if one.extra[key]}
    return ((one, marked[one.id]) for one in mine if one.id in marked)


def _only_one(person: Card, contacts: Iterable[Card]) -> Card | None:
    email = person.values["email"]
    hits = [
        one
        for one in contacts
        if email
        and not one.extra[REFERENCE]
        and one.extra[OTHER] == person.extra[AT]
        and same("email", one.values["email"], email)
    ]
    return hits[0] if len(hits) == 1 else None
