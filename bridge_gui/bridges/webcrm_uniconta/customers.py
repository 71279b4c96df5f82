"""The flows of organisations and debtors: who becomes a debtor, and details both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from bridge_gui.bridges.webcrm_uniconta.cards import BOOKS, SALES, Card, Merged, missing
from bridge_gui.bridges.webcrm_uniconta.checks import doubts
from bridge_gui.bridges.webcrm_uniconta.countries import is_code
from bridge_gui.bridges.webcrm_uniconta.desks import fitting
from bridge_gui.bridges.webcrm_uniconta.looks import EVERYBODY, MASTERS, Looks
from bridge_gui.bridges.webcrm_uniconta.parties import (
    CUSTOMER,
    MARK,
    TRIGGER,
    Debtors,
    Organisations,
    debtor_values,
    matches,
)
from bridge_gui.bridges.webcrm_uniconta.rules import FROM_CRM, JOIN_SURE, OFF, PARTIES, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import (
    DEBTOR,
    AddRecord,
    ChangeRecord,
    PartRecord,
    PutBack,
    is_org_mark,
    place,
)
from bridge_gui.bridges.webcrm_uniconta.two_way import NOTHING, TwoWay, joining, ref_of
from bridge_gui.errors import CannotMap, Param, SetupError
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import (
    Found,
    Held,
    Known,
    LinkView,
    Marked,
    Page,
    Plan,
    Record,
    Remark,
    Skip,
    Written,
)
from bridge_gui.sync.opening import BridgeContext, Notes
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

JOIN, NEW = "join", "new"
PUT_BACKS, FIELDS_PUT_BACK = 3, 10
_FIELDS_OF = "/fields"
SURE = ("pair.same_debtor_number", "pair.same_cvr")
LONGEST = {"name": 100, "street": 60, "postcode": 12, "city": 30}
LINES = 3
FIGHT = "keywords.put_back"
_FIELDS = "fields.checked"


class OwnFields(Protocol):
    """Knows which user-defined fields are wanted and which of them Uniconta has not."""

    def named(self) -> str:
        """Those wanted, as one text."""
        ...

    def missing(self) -> list[tuple[str, str]]:
        """Those that are not there, each with its table."""
        ...


class Customers(TwoWay):
    """Organisations to debtors."""

    key, opposite, kind = "organisations", "debtors", DEBTOR
    gone, another = "debtor.gone", "debtor.is_another"
    mine: Organisations
    theirs: Debtors

    def __init__(
        self,
        mine: Organisations,
        theirs: Debtors,
        rules: Rules,
        looks: Looks,
        context: BridgeContext,
        fields: OwnFields,
    ) -> None:
        super().__init__(mine, theirs, rules.merging(PARTIES, SALES), looks, rules.today)
        self.rules = rules
        self._notes = context.notes
        self._fights = Fights(context.notes, rules.today)
        self._now = context.clock.now
        self._fields_missing = fields

    def _write(self, step: Step) -> Written:
        """Count how often the keyword is put back."""
        written = super()._write(step)
        if isinstance(step, PutBack):
            self._fights.count(step.record if TRIGGER in step.changes else f"{step.record}{_FIELDS_OF}")
        return written

    def _changes(self, record: Record, link: LinkView, merged: Merged, current: Record) -> Iterator[Step]:
        """What Uniconta says is put back often, but not without end: something may be fighting it."""
        if merged.back and self._fights.times(f"{record.id}{_FIELDS_OF}") >= FIELDS_PUT_BACK:
            names = ", ".join(self.label(key) for key in merged.back)
            raise CannotMap("organisation.field_fight", fields=names, times=FIELDS_PUT_BACK)
        return super()._changes(record, link, merged, current)

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """What changed; debtors are at hand wherever a new one might have to be told from them."""
        self._checked()
        if self.rules.directions[PARTIES] != OFF:
            yield from super().read(since, cancel)
            self._miss(cancel)

    def _miss(self, cancel: Cancel) -> None:
        """Once a day: organisations that are gone from webcrm do not show among what has changed."""
        if self.looks.due("everybody", EVERYBODY):
            begun = self._now()
            there = {card.id for page in self.mine.everybody(cancel) for card in page}
            self.looks.missed(self.mine.name, there, self.theirs.name)
            self.looks.looked("everybody", begun)

    def _page(self, cards: Sequence[Card], cancel: Cancel) -> Page:
        return Page(records=tuple(self._records(cards, cancel)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return self._records(self.mine.cards(ids, cancel), cancel) if ids else []

    def _checked(self) -> None:
        """Before anything is written: Uniconta has the fields that keep what is joined with what."""
        names = self._fields_missing.named()
        if self._notes.get(_FIELDS) != names:
            missing = self._fields_missing.missing()
            if missing:
                raise SetupError("fields.missing", table=missing[0][0], field=missing[0][1])
            self._notes.set(_FIELDS, names)

    def _records(self, cards: Sequence[Card], cancel: Cancel) -> list[Record]:
        customers = [card for card in cards if card.extra[CUSTOMER]]
        ready = any(held_back(card, self.rules) is None for card in customers)
        if ready or (customers and self.looks.due("newcomers", MASTERS)):
            self.theirs.table(cancel)
            self.looks.looked("newcomers", self._now())
        return [self.record_of(card) for card in cards]

    def newcomer(self, record: Record, known: Known) -> Plan:
        """A debtor is made of a customer whose fields are filled in, and of nobody there is already."""
        if not record.content.extra[CUSTOMER]:
            return Skip(code="organisation.no_customer", params={"word": record.content.extra[TRIGGER]})
        card = Card(id=record.id, content=record.content, number=record.number, party=record.party)
        table, why = self.theirs.table_read(), held_back(card, self.rules)
        if table is None:
            return why or Held(code="debtor.not_compared")
        ours = [one for one in table.values() if one.extra[MARK] == record.id]
        if ours:
            return joining(self, record, ours[0].id, record.id)
        found = matches(card, table)
        if found and known.answer != NEW:
            return self._match(record, found, known.answer)
        return why or [self._add(record, card)]

    def _match(self, record: Record, found: Sequence[tuple[Card, str]], answer: str | None) -> Plan:
        """Somebody at Uniconta may be the same: joined where that is sure and wanted, else asked about."""
        first, why = found[0]
        sure = [card for card, code in found if code in SURE]
        by_itself = self.rules.join == JOIN_SURE and len(sure) == 1 and not self.rules.pairs_first
        if answer == JOIN or by_itself:
            return joining(self, record, (sure[0] if by_itself else first).id, record.id)
        params: dict[str, Param] = {
            "debtor": first.number,
            "name": first.party,
            "count": len(found),
            "why": why,
        }
        return Held(code="debtor.may_be_there", params=params, choices=(JOIN, NEW))

    def _add(self, record: Record, card: Card) -> Step:
        values = debtor_values(card, self.rules)
        fitting(values, LONGEST, "debtor.too_long")
        return AddRecord(
            name="add", link=place(DEBTOR, record.id), lane=f"{DEBTOR}:{record.id}", mark=record.id,
            values=values, source_content=canonical(record.content), sources=(record.id,), day=record.day,
            number=record.number, party=record.party,
        )  # fmt: skip

    def is_pair(self, record: Record, current: Record) -> bool:
        """A debtor that bears another mark, or none, may be another customer's under the same number."""
        return bool(current.content.extra[MARK] == record.id)

    def parted(self, record: Record, link: LinkView, known: Known) -> Plan:
        """A person says whether it is the same debtor, or a new one is to be made."""
        free = known.current is not None and not is_org_mark(known.current.content.extra[MARK])
        if known.answer == NEW:
            return [self._parting(record, link)]
        if known.answer == JOIN and free and link.target is not None:
            return joining(self, record, link.target.id, record.id, creates=False)
        params: dict[str, Param] = {"other": record.party}
        if known.current is not None:
            params |= {"debtor": known.current.number, "name": known.current.party}
        code = self.gone if known.current is None else self.another
        return Held(code=code, params=params, choices=(JOIN, NEW) if free else (NEW,))

    def _parting(self, record: Record, link: LinkView) -> Step:
        return PartRecord(
            name="part", link=place(DEBTOR, record.id, link.ordinal), creates=False, unlinks=True,
            lane=f"{DEBTOR}:{record.id}", record=record.id, other=link.target.id if link.target else "",
            emptied=("number",) if "number" in record.content.values else (), sources=(record.id,),
            day=record.day, number=record.number, party=record.party,
        )  # fmt: skip

    def besides(self, record: Record, link: LinkView) -> list[Step] | Held:
        """The keyword is put back for as long as the debtor is there, a few times a day."""
        if record.content.extra[CUSTOMER] or not self.rules.keywords:
            return []
        answer = self._fights.times(record.id)
        if answer >= PUT_BACKS:
            return Held(code="organisation.keyword_fight", params={"times": answer})
        return [self.put_back(record, link, {TRIGGER: self.rules.keywords[0]}, "keyword")]

    def remarks(self, step: Step) -> Sequence[Remark]:
        """Numbers whose check digits are wrong; a keyword that was put back."""
        if isinstance(step, PutBack) and TRIGGER in step.changes:
            word: dict[str, Param] = {"word": step.changes[TRIGGER], "name": step.party}
            return [Remark(code="organisation.keyword_put_back", params=word)]
        if isinstance(step, AddRecord):
            return doubts(step.values, step.party)
        return doubts(step.changes, step.party) if isinstance(step, ChangeRecord) else []

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Debtors that bear our mark."""
        for card in self.theirs.table(cancel).values():
            if is_org_mark(card.extra[MARK]):
                found = Found(ref=ref_of(card), equal=True, content=NOTHING)
                yield Marked(
                    source_id=card.extra[MARK], kind=DEBTOR, ordinal=1, found=found, day=self.today
                )  # fmt: skip
        del since


class BookedDebtors(TwoWay):
    """Debtors to organisations: details only, organisations are never made."""

    key, opposite, kind = "debtors", "organisations", DEBTOR
    gone = "organisation.gone"
    mine: Debtors

    def __init__(self, mine: Debtors, theirs: Organisations, rules: Rules, looks: Looks) -> None:
        super().__init__(mine, theirs, rules.merging(PARTIES, BOOKS), looks, rules.today)
        self._on = rules.on(PARTIES)

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """What differs from the last look."""
        if self._on:
            yield from super().read(since, cancel)

    def is_pair(self, record: Record, current: Record) -> bool:
        """A debtor belongs to the organisation whose mark it bears, whoever had its number before."""
        return bool(record.content.extra[MARK] == current.id)

    def parted(self, record: Record, link: LinkView, known: Known) -> Plan:
        """What to do with it is asked at the organisation that has lost its debtor."""
        if known.current is not None:
            return Skip(code="debtor.no_organisation")
        return super().parted(record, link, known)

    def newcomer(self, record: Record, known: Known) -> Plan:
        """A debtor of nobody in webcrm stays where it is."""
        del record, known
        return Skip(code="debtor.no_organisation")

    def remarks(self, step: Step) -> Sequence[Remark]:
        """An EAN with a wrong check digit."""
        return doubts(step.changes, step.party) if isinstance(step, ChangeRecord) else []


class Fights:
    """How often today something was put back at a record; another automation may be fighting it."""

    def __init__(self, notes: Notes, today: date) -> None:
        self._notes = notes
        self._day = today.isoformat()
        kept = notes.get(FIGHT).split()
        fresh = kept[1:] if kept[:1] == [self._day] else []
        self._times = {one.partition("=")[0]: int(one.partition("=")[2]) for one in fresh}

    def times(self, record: str) -> int:
        """How often today."""
        return self._times.get(record, 0)

    def count(self, record: str) -> None:
        """Once more."""
        self._times[record] = self.times(record) + 1
        told = [f"{name}={times}" for name, times in sorted(self._times.items())]
        self._notes.set(FIGHT, " ".join([self._day, *told]))


def held_back(card: Card, rules: Rules) -> Held | None:
    """Why no debtor can be made of an organisation yet."""
    lacking = missing(card.values, rules.needed)
    if lacking:
        labels = {field.key: field.label for field in rules.merging(PARTIES, SALES).fields}
        names = ", ".join(labels.get(key, key) for key in lacking)
        return Held(code="debtor.fields_missing", params={"fields": names})
    country = card.values["country"]
    if country and not is_code(country):
        return Held(code="debtor.country_unknown", params={"country": country})
    if card.values["street"].count("\n") >= LINES:
        return Held(code="debtor.too_long", params={"field": "street", "longest": LONGEST["street"]})
    if rules.numbers == FROM_CRM and not card.values.get("number"):
        return Held(code="debtor.number_missing")
    return Held(code="pairs.not_confirmed") if rules.pairs_first else None
