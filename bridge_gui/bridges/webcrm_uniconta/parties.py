"""Organisations and debtors as cards; what a debtor is made of; which of those there may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from msgspec import convert

from bridge_gui.accounting.trade import Debtor, Organisation
from bridge_gui.bridges.webcrm_uniconta.cards import Card, Content, bare_number, same
from bridge_gui.bridges.webcrm_uniconta.countries import code_of, name_of
from bridge_gui.bridges.webcrm_uniconta.desks import Desk, MakingDesk
from bridge_gui.bridges.webcrm_uniconta.looks import MASTERS, Looks
from bridge_gui.bridges.webcrm_uniconta.rules import NEXT, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import DEBTOR, ORG, AddRecord, bare, is_org_mark, named
from bridge_gui.errors import Refused
from bridge_gui.sync.debtors import KeepsDebtors
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.trading import KeepsOrganisations
from bridge_gui.web.waiting import Cancel, never

_PLAIN = ("name", "street", "postcode", "city", "phone", "tax_number", "vat_group")
_BOOKED = (*_PLAIN, "number", "country", "currency", "invoice_email", "ean", "payment_terms", "group")
_TAKEN = "uniconta.key_exists"
_GIVEN = "debtors.given"
_TRIES = 5
_FIRST_NUMBER = 10000
CUSTOMER, TRIGGER, MARK, BLOCKED = "customer", "trigger", "mark", "blocked"


class Organisations(Desk):
    """webcrm's organisations."""

    word, name = ORG, "organisations"

    def __init__(self, context: BridgeContext, rules: Rules, looks: Looks) -> None:
        self._sales: KeepsOrganisations = context.sales
        self._rules = rules
        self._looks = looks

    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """All of them at first, then those that changed."""
        first = self._looks.is_first(self.name)
        pages = (
            self._sales.all_organisations(cancel)
            if first
            else self._sales.organisations_changed(since, cancel)
        )
        return self._looks.more_changed(self.name, ([self.card(one) for one in page] for page in pages))

    def everybody(self, cancel: Cancel) -> Iterator[list[Card]]:
        """Pages of all there are."""
        for page in self._sales.all_organisations(cancel):
            yield [self.card(one) for one in page]

    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """Fresh copies."""
        return [self.card(one) for one in self._sales.organisations([bare(one) for one in ids], cancel)]

    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields, each where webcrm keeps it."""
        raw = {self._place(key): self._raw(key, text) for key, text in changes.items()}
        there = self._sales.organisations([bare(now.id)], never())
        before = {place: _text(there[0], place) for place in raw} if there else {}
        return self.card(self._sales.change_organisation(bare(now.id), raw, before))

    def card(self, one: Organisation) -> Card:
        """An organisation as a card."""
        values = {key: getattr(one, key) for key in _PLAIN}
        values["country"] = code_of(one.country, self._rules.countries) if one.country else ""
        values |= {key: one.fields.get(place, "") for key, place in self._rules.own.items()}
        word = one.type if self._rules.trigger == "type" else one.status
        customer = "yes" if self._rules.is_customer(word) else ""
        extra = {TRIGGER: word, CUSTOMER: customer}
        return Card(
            id=named(ORG, one.id), content=Content(values=values, extra=extra), party=one.name,
            number=values.get("number", "") or one.name,
        )  # fmt: skip

    def _place(self, key: str) -> str:
        """Where webcrm keeps a field."""
        return self._rules.trigger if key == TRIGGER else self._rules.own.get(key, key)

    def _raw(self, key: str, text: str) -> str:
        return name_of(text, self._rules.countries) if key == "country" else text


class Debtors(MakingDesk):
    """Uniconta's debtors; one reading of the table serves a run until something is written."""

    word, name = DEBTOR, "debtors"

    def __init__(self, context: BridgeContext, rules: Rules, looks: Looks) -> None:
        self._context = context
        self._books: KeepsDebtors = context.books
        self._rules = rules
        self._looks = looks
        self._all: dict[str, Card] | None = None
        self._some: dict[str, Card | None] = {}

    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """Those whose row differs from the last look."""
        del since
        if self._looks.due(self.name, MASTERS):
            begun = self._context.clock.now()
            table = self.table(cancel)
            yield from self._looks.changed(self.name, table.values())
            marks = {one.id: one.extra[MARK] for one in table.values() if is_org_mark(one.extra[MARK])}
            self._looks.marked(self.name, marks, "organisations")
            self._looks.looked(self.name, begun)

    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """Fresh copies: one is asked for by its number, more by reading all."""
        if self._all is None and len(set(ids) - set(self._some)) > 1:
            self.table(cancel)
        if self._all is not None:
            return [self._all[one] for one in ids if one in self._all]
        for one in ids:
            if one not in self._some:
                found = self._books.debtors_by_number([bare(one)], cancel)
                self._some[one] = self.card(found[0]) if found else None
        return [card for one in ids if (card := self._some[one]) is not None]

    def table(self, cancel: Cancel) -> dict[str, Card]:
        """All debtors, by id."""
        if self._all is None:
            self._all = {card.id: card for card in map(self.card, self._books.debtors(cancel))}
        return self._all

    def table_read(self) -> dict[str, Card] | None:
        """All debtors, where they have been read since the last write."""
        return self._all

    def forget(self) -> None:
        """Read anew the next time."""
        self._all, self._some = None, {}

    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields."""
        before = {key: now.values.get(key, "") for key in changes}
        return self.card(self._books.change_debtor(bare(now.id), changes, before))

    def add(self, step: AddRecord) -> Card:
        """Make a debtor under a number that is free."""
        values = {key: text for key, text in step.values.items() if key in _BOOKED}
        fields = {self._rules.debtor_field: step.mark}
        if values.get("number") or self._rules.numbers != NEXT:
            return self.card(self._books.add_debtor(_debtor(values, fields)))
        number = self._highest()
        for more in range(1, _TRIES + 1):
            wanted = _debtor(values | {"number": str(number + more)}, fields)
            self._context.notes.set(_GIVEN, wanted.number)
            try:
                return self.card(self._books.add_debtor(wanted))
            except Refused as error:
                if error.code != _TAKEN or more == _TRIES:
                    raise
        raise AssertionError("unreachable")

    def found(self, step: AddRecord, cancel: Cancel) -> list[Card]:
        """The debtors that bear this mark."""
        del cancel
        return [self.card(one) for one in self._books.debtors_with(self._rules.debtor_field, step.mark)]

    def bears(self, card: Card, mark: str) -> bool:
        """Whether a debtor has it in its field."""
        return card.extra[MARK] == mark

    def join(self, record: str, mark: str) -> Card:
        """Write our mark to a debtor that is there."""
        now = self.one(record)
        there = now.extra[MARK]
        if is_org_mark(there) and there != mark:
            raise Refused("debtor.joined_already", debtor=now.number, other=there)
        field = self._rules.debtor_field
        return self.card(self._books.change_debtor(bare(record), {field: mark}, {field: there}))

    def card(self, one: Debtor) -> Card:
        """A debtor as a card."""
        values = {key: getattr(one, key) for key in _BOOKED}
        values["currency"] = one.currency or self._rules.currency
        extra = {MARK: one.fields.get(self._rules.debtor_field, "")}
        extra |= {BLOCKED: "yes"} if one.blocked else {}
        return Card(
            id=named(DEBTOR, one.number), content=Content(values=values, extra=extra), number=one.number,
            party=one.name,
        )  # fmt: skip

    def _highest(self) -> int:
        """The highest number there is, or was given by us: one of a deleted debtor is not given again."""
        numbers = [card.number for card in self.table(never()).values()]
        numbers.append(self._context.notes.get(_GIVEN))
        return max((int(one) for one in numbers if one.isdecimal() and len(one) <= 9), default=_FIRST_NUMBER)


def matches(org: Card, debtors: Mapping[str, Card]) -> list[tuple[Card, str]]:
    """The debtors that may be an organisation, the surest first, each with the code of why."""
    free = [one for one in debtors.values() if not is_org_mark(one.extra[MARK])]
    number = org.values.get("number", "")
    cvr = bare_number(org.values.get("tax_number", ""))
    email = org.values.get("invoice_email", "")
    tests = (
        ("pair.same_debtor_number", lambda one: bool(number) and one.number == number),
        ("pair.same_cvr", lambda one: bool(cvr) and bare_number(one.values["tax_number"]) == cvr),
        (
            "pair.same_invoice_email",
            lambda one: bool(email) and same("email", one.values["invoice_email"], email),
        ),
        ("pair.same_name", lambda one: same("email", one.values["name"], org.values["name"])),
    )
    found = chain.from_iterable(((one, why) for one in free if test(one)) for why, test in tests)
    first: dict[str, tuple[Card, str]] = {}
    for one, why in found:
        first.setdefault(one.id, (one, why))
    return list(first.values())


def debtor_values(org: Card, rules: Rules) -> dict[str, str]:
    """What a new debtor is made of."""
    values = {key: text for key, text in org.values.items() if text and key in _BOOKED}
    own = {
        "group": rules.group, "payment_terms": rules.terms, "vat_group": rules.vat_group,
        "currency": rules.currency, "country": "DK",
    }  # fmt: skip
    for key in ("group", "payment_terms", "ean"):  # what Uniconta says; webcrm only shows it
        values.pop(key, None)
    return {key: text for key, text in own.items() if text} | values


def _debtor(values: Mapping[str, str], fields: dict[str, str]) -> Debtor:
    return convert({**values, "fields": fields}, Debtor)


def _text(one: Organisation, place: str) -> str:
    """A field as webcrm has it."""
    return str(getattr(one, place)) if place in _ATTRIBUTES else one.fields.get(place, "")


_ATTRIBUTES = frozenset(Organisation.__struct_fields__)
