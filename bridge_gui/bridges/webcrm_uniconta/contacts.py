"""The flows of persons and contacts: joined by e-mail, made on either side, details both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bridge_gui.bridges.webcrm_uniconta.cards import BOOKS, SALES, Card, same
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.people import (
    ACTIVE,
    AT,
    OTHER,
    REFERENCE,
    Contacts,
    Persons,
    is_person_mark,
)
from bridge_gui.bridges.webcrm_uniconta.rules import PEOPLE, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import CONTACT, DEBTOR, AddRecord, place
from bridge_gui.bridges.webcrm_uniconta.two_way import NOTHING, TwoWay, joining, ref_of
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import (
    Finding,
    Found,
    Held,
    Known,
    Marked,
    Page,
    Plan,
    Record,
    Skip,
    Written,
)
from bridge_gui.sync.opening import Notes
from bridge_gui.sync.step import LinkTo, Step
from bridge_gui.web.waiting import Cancel

_MADE = "people.made"


class PersonFlow(TwoWay):
    """Persons to contacts."""

    key, opposite, kind = "persons", "contacts", CONTACT
    gone = "contact.vanished"
    mine: Persons
    theirs: Contacts

    def __init__(self, mine: Persons, theirs: Contacts, rules: Rules, looks: Looks) -> None:
        super().__init__(mine, theirs, rules.merging(PEOPLE, SALES), looks, rules.today)
        self._rules = rules

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """What changed; contacts are at hand for newcomers."""
        if self._rules.on(PEOPLE):
            yield from super().read(since, cancel)

    def _page(self, cards: Sequence[Card], cancel: Cancel) -> Page:
        if cards:
            self.theirs.table(cancel)
        return super()._page(cards, cancel)

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        if ids:
            self.theirs.table(cancel)
        return super().fetch(ids, cancel)

    def newcomer(self, record: Record, known: Known) -> Plan:
        """A contact at the debtor of the person's organisation, one that is there or a new one."""
        del known
        values, extra = record.content.values, record.content.extra
        why = _person_left_out(values, extra)
        if why:
            return Skip(code=why)
        ours = [one for one in self.theirs.table_read() if one.extra[REFERENCE] == record.id]
        hits = ours or [
            one
            for one in self.theirs.table_read()
            if one.extra[AT] == extra[OTHER]
            and same("email", one.values["email"], values["email"])
            and not is_person_mark(one.extra[REFERENCE])
        ]
        if len(hits) > 1:
            return Held(code="contact.several_fit", params={"email": values["email"], "count": len(hits)})
        if hits and (ours or not self._rules.pairs_first):
            return joining(self, record, hits[0].id, record.id)
        if hits:
            return Held(code="pairs.not_confirmed")
        held = _not_made(self._rules, BOOKS, "person.not_made")
        return held or [adding(self, record, record.id, extra[OTHER], (place(DEBTOR, extra[AT]),))]

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Contacts that bear our mark."""
        del since
        for card in self.theirs.table(cancel) if self._rules.on(PEOPLE) else ():
            if is_person_mark(card.extra[REFERENCE]):
                found = Found(ref=ref_of(card), equal=True, content=NOTHING)
                yield Marked(
                    source_id=card.extra[REFERENCE], kind=CONTACT, ordinal=1, found=found, day=self.today
                )


class ContactFlow(TwoWay):
    """Contacts to persons."""

    key, opposite, kind = "contacts", "persons", CONTACT
    gone = "person.gone"
    mine: Contacts
    theirs: Persons

    def __init__(self, mine: Contacts, theirs: Persons, rules: Rules, looks: Looks, notes: Notes) -> None:
        super().__init__(mine, theirs, rules.merging(PEOPLE, BOOKS), looks, rules.today)
        self._rules = rules
        self._notes = notes
        self._there: dict[str, list[Card]] = {}

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Those whose row differs from the last look."""
        if self._rules.on(PEOPLE):
            yield from super().read(since, cancel)

    def _page(self, cards: Sequence[Card], cancel: Cancel) -> Page:
        return Page(records=tuple(self._records(cards, cancel)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return self._records(self.mine.cards(ids, cancel), cancel) if ids else []

    def _records(self, cards: Sequence[Card], cancel: Cancel) -> list[Record]:
        """Who is at the organisation of a contact that may be new is looked up before it is planned."""
        for card in cards:
            if card.extra[OTHER] and not is_person_mark(card.extra[REFERENCE]):
                self._there[card.id] = self.theirs.at(card.extra[OTHER], cancel)
        return [self.record_of(card) for card in cards]

    def newcomer(self, record: Record, known: Known) -> Plan:
        """A person at the organisation of the contact's debtor; one that is there joins by itself."""
        del known
        values, extra = record.content.values, record.content.extra
        if not extra[OTHER] or not values["email"]:
            return Skip(code="contact.no_email" if extra[OTHER] else "contact.no_organisation")
        there = self._there.get(record.id)
        has = is_person_mark(extra[REFERENCE]) or there is None
        if has or any(same("email", one.values["email"], values["email"]) for one in there or ()):
            return Skip(code="contact.has_person")
        held = _not_made(self._rules, SALES, "contact.not_made")
        return held or [adding(self, record, "", extra[OTHER], ())]

    def _made(self, step: AddRecord, card: Card) -> Finding:
        self._keep_made(step)
        return super()._made(step, card)

    def _write(self, step: Step) -> Written:
        written = super()._write(step)
        if isinstance(step, AddRecord):
            self._keep_made(step)
        return written

    def _keep_made(self, step: AddRecord) -> None:
        """A contact of which a person was made bears no mark: it is remembered for the panel of pairs."""
        made = read_made(self._notes) | set(step.sources)
        self._notes.set(_MADE, " ".join(sorted(made)))


def read_made(notes: Notes) -> set[str]:
    """The contacts of which we have made persons."""
    return set(notes.get(_MADE).split())


def _person_left_out(values: Mapping[str, str], extra: Mapping[str, str]) -> str:
    """Why a person becomes no contact, empty if one does."""
    if not extra[ACTIVE]:
        return "person.not_active"
    if not extra[OTHER]:
        return "person.no_debtor"
    return "" if values["email"] else "person.no_email"


def _not_made(rules: Rules, side: str, code: str) -> Skip | Held | None:
    """Why nobody new is made at a side, if so."""
    if not rules.makes(PEOPLE, side):
        return Skip(code=code)
    return Held(code="pairs.not_confirmed") if rules.pairs_first else None


def adding(
    flow: TwoWay, record: Record, mark: str, at: str, needs: tuple[LinkTo, ...], name: str = "add"
) -> Step:
    """The step that makes the other side's record, at a debtor or an organisation."""
    values = {key: text for key, text in record.content.values.items() if text}
    return AddRecord(
        name=name, link=place(flow.kind, record.id), lane=f"{flow.kind}:{record.id}", mark=mark, at=at,
        needs=needs, values=values, source_content=canonical(record.content), sources=(record.id,),
        day=record.day, number=record.number, party=record.party,
    )  # fmt: skip
