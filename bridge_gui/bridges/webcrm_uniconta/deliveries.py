"""webcrm's deliveries as records: with their lines, and with what their organisation lacks to be a debtor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import json

from bridge_gui.accounting.trade import Delivery
from bridge_gui.bridges.webcrm_uniconta.cards import Card
from bridge_gui.bridges.webcrm_uniconta.customers import held_back
from bridge_gui.bridges.webcrm_uniconta.goods import Shelved, read_shelf
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.parties import CUSTOMER, Debtors, Organisations
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.bridges.webcrm_uniconta.sold import CODE_LENGTH, Sold, SoldLine, line_of, reference_of
from bridge_gui.bridges.webcrm_uniconta.steps import DELIVERY, ORG, bare, named
from bridge_gui.sync.flow import Record
from bridge_gui.sync.opening import BridgeContext, Notes
from bridge_gui.sync.trading import KeepsDeliveries
from bridge_gui.web.waiting import Cancel

LINES_A_RUN = 60
_LOT = 100
_STAFF = "staff.numbers"


class _AtHand(NamedTuple):
    """What was learnt before: items, employees, and the organisations whose mark a debtor bears."""

    shelf: Mapping[str, Shelved]
    staff: Mapping[str, str]
    customers: frozenset[str]


class Deliveries:
    """Reads deliveries for one run."""

    def __init__(
        self, context: BridgeContext, rules: Rules, looks: Looks, organisations: Organisations
    ) -> None:
        self._context = context
        self._sales: KeepsDeliveries = context.sales
        self._rules = rules
        self._looks = looks
        self._organisations = organisations

    def changed(self, since: datetime, still: Sequence[str], cancel: Cancel) -> Iterator[list[Record]]:
        """Records of what changed since, and of some of those that are still open, by turns."""
        ids = dict.fromkeys(one.id for page in self._sales.deliveries_changed(since, cancel) for one in page)
        turn = [one for one in still if one not in ids]
        ids |= dict.fromkeys(turn[self._turn(len(turn)) :][:LINES_A_RUN])
        lots = [list(ids)[begin : begin + _LOT] for begin in range(0, len(ids), _LOT)]
        pages = (self.with_gone(lot, turn, cancel) for lot in lots)
        return self._looks.more_changed("deliveries", pages)

    def with_gone(self, ids: Sequence[str], still: Collection[str], cancel: Cancel) -> list[Record]:
        """Fresh copies; of those whose order is open also what is no longer there."""
        found = self.records(ids, cancel)
        there = {bare(one.id) for one in found}
        return found + [self._gone(one) for one in ids if one in still and one not in there]

    def _gone(self, delivery: str) -> Record:
        today = self._rules.today
        sold = Sold(
            organisation="", day=today, currency=self._rules.currency, ready=False, lines=(), gone=True
        )
        return Record(id=named(DELIVERY, delivery), day=today, content=sold, number=delivery)

    def records(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies with lines."""
        found = self._sales.deliveries(ids, cancel)
        orgs = self._cards(found, cancel)
        notes = self._context.notes
        at_hand = _AtHand(
            read_shelf(notes), read_staff(notes), frozenset(self._looks.marks(Debtors.name).values())
        )
        return [self._record(one, orgs.get(named(ORG, one.organisation)), at_hand) for one in found]

    def days(self, ids: Sequence[str], cancel: Cancel) -> dict[str, date]:
        """The days of deliveries, by their name among our sources."""
        found = self._sales.deliveries(ids, cancel, lines=False)
        return {named(DELIVERY, one.id): one.day or self._made(one) for one in found}

    def _record(self, one: Delivery, org: Card | None, at_hand: _AtHand) -> Record:
        """A delivery in the engine's form."""
        rules = self._rules
        lines = tuple(line_of(line, rules, at_hand.shelf) for line in one.lines)
        day = one.day or self._made(one)
        waits, why = self._waits(org, at_hand.customers)
        sold = Sold(
            organisation=named(ORG, one.organisation), day=day, currency=self._currency(one, org),
            ready=one.status in rules.statuses, lines=tuple(filter(_counts, lines)),
            reference=reference_of(one.number, one.description), discount=one.discount,
            employee=at_hand.staff.get(one.responsible, ""), waits=waits, why=why,
        )  # fmt: skip
        return Record(
            id=named(DELIVERY, one.id), day=day, content=sold, number=one.number or one.id,
            party=org.party if org else "", total=sold.net, currency=sold.currency,
        )  # fmt: skip

    def _cards(self, found: Sequence[Delivery], cancel: Cancel) -> dict[str, Card]:
        ids = sorted({named(ORG, one.organisation) for one in found if one.organisation})
        return {card.id: card for card in self._organisations.cards(ids, cancel)} if ids else {}

    def _waits(self, org: Card | None, customers: Collection[str]) -> tuple[str, str]:
        """Why there is no debtor for it, if so; what is a debtor already stays one."""
        if org is None:
            return "order.no_organisation", ""
        if org.values.get("number"):
            # Its debtor may have been deleted since, or be another's: that is asked about at the customer.
            return ("", "") if org.id in customers else ("order.customer_held", "")
        if not org.extra[CUSTOMER]:
            return "order.no_customer", ""
        why = held_back(org, self._rules)
        if why is None:
            return "", ""
        fields = str(why.params.get("fields", ""))
        return ("order.customer_waits" if fields else "order.customer_held"), fields

    def _currency(self, one: Delivery, org: Card | None) -> str:
        """The delivery's own currency; QUIRK: webcrm may say "00" for the usual one (webcrm.md 3.3, code)."""
        code = one.currency.strip().upper()
        own = (org.values.get("currency", "") if org else "") or self._rules.currency
        return code if len(code) == CODE_LENGTH and code.isalpha() else own

    def _made(self, one: Delivery) -> date:
        return (one.made or one.changed).astimezone(self._context.zone).date()

    def _turn(self, count: int) -> int:
        """Where to begin among those that are open, so that each has its turn."""
        if count <= LINES_A_RUN:
            return 0
        minutes = int(self._context.clock.now().timestamp()) // 60
        return (minutes * LINES_A_RUN) % count


def _counts(line: SoldLine) -> bool:
    """Lines of nothing are left out."""
    return bool(line.text or line.item or line.amount)


def read_staff(notes: Notes) -> dict[str, str]:
    """Numbers of employees by their user's id in webcrm."""
    kept = notes.get(_STAFF)
    return json.decode(kept, type=dict[str, str]) if kept else {}


def keep_staff(notes: Notes, numbers: dict[str, str]) -> None:
    """Remember who is who."""
    told = json.encode(numbers, order="sorted").decode()
    if told != notes.get(_STAFF):
        notes.set(_STAFF, told)
