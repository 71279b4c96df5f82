"""What may be on both sides already: customers, items and people, each with what is proposed for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from bridge_gui.accounting.trade import PriceRow, StockItem
from bridge_gui.bridges.webcrm_uniconta.cards import Card, same
from bridge_gui.bridges.webcrm_uniconta.contacts import read_made
from bridge_gui.bridges.webcrm_uniconta.goods import read_joined
from bridge_gui.bridges.webcrm_uniconta.parties import CUSTOMER, MARK, Debtors, Organisations, matches
from bridge_gui.bridges.webcrm_uniconta.people import ACTIVE, AT, OTHER, REFERENCE, Contacts, Persons
from bridge_gui.bridges.webcrm_uniconta.rules import PEOPLE, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import ITEM, PRICE, named
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Certainty, Pair
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import never

_SURE = {
    "pair.same_debtor_number": Certainty.SURE, "pair.same_cvr": Certainty.SURE,
    "pair.same_invoice_email": Certainty.LIKELY, "pair.same_name": Certainty.NAME_ONLY,
    "pair.same_item_number": Certainty.SURE, "pair.same_email": Certainty.SURE,
}  # fmt: skip
_MOST = 20


class Pairing(Protocol):
    """Feeds one PAIRS panel; `pairs` asks both vendors anew."""

    def pairs(self) -> list[Pair]:
        """Those of nobody yet, with what is proposed for each."""
        ...

    def search(self, text: str) -> Sequence[Option]:
        """What else may be chosen at the right."""
        ...


class CustomerPairs:
    """Customers of nobody yet, with the debtor each may be."""

    def __init__(self, organisations: Organisations, debtors: Debtors) -> None:
        self._organisations = organisations
        self._debtors = debtors

    def pairs(self) -> list[Pair]:
        """Only those for whom there is a debtor that may be the same."""
        self._debtors.forget()
        table = self._debtors.table(never())
        taken = {one.extra[MARK] for one in table.values()}
        everybody = (card for page in self._organisations.everybody(never()) for card in page)
        waiting = [card for card in everybody if card.extra[CUSTOMER] and card.id not in taken]
        found = ((card, matches(card, table)) for card in waiting)
        return [_pair(card, *hits[0], "tax_number") for card, hits in found if hits]

    def search(self, text: str) -> Sequence[Option]:
        """Debtors by number, name or CVR number."""
        return _found(text, self._debtors.table(never()).values(), lambda card: card.values["tax_number"])


class ItemPairs:
    """Items that no row of the price list is joined with, while pairs are looked through."""

    def __init__(self, context: BridgeContext, rules: Rules) -> None:
        self._context = context
        self._rules = rules

    def pairs(self) -> list[Pair]:
        """By item number, else by name."""
        if not (self._rules.items and self._rules.pairs_first):
            return []
        joined = read_joined(self._context.notes)
        items = [one for one in self._context.books.stock_items(never()) if one.number not in joined]
        return paired_items(items, self._free(joined.values()), self._rules)

    def search(self, text: str) -> Sequence[Option]:
        """Rows by number or name."""
        wanted, rules = text.casefold(), self._rules
        found = []
        for row in self._free(read_joined(self._context.notes).values()):
            number, name = (row.columns.get(one, "") for one in (rules.item_column, rules.name_column))
            if wanted in f"{number} {name}".casefold():
                found.append(Option(key=named(PRICE, row.id), title=name, hint=number))
        return found[:_MOST]

    def _free(self, taken: Collection[str]) -> list[PriceRow]:
        return [row for row in self._context.sales.price_rows(never()) if row.id not in taken]


class PeoplePairs:
    """Persons at joined customers with the contact each may be, while pairs are looked through."""

    def __init__(self, context: BridgeContext, rules: Rules, persons: Persons, contacts: Contacts) -> None:
        self._context = context
        self._rules = rules
        self._persons = persons
        self._contacts = contacts

    def pairs(self) -> list[Pair]:
        """By e-mail address, else by name, at the same customer only."""
        if not (self._rules.on(PEOPLE) and self._rules.pairs_first):
            return []
        self._contacts.forget_all()
        free = self._free()
        taken = {one.extra[REFERENCE] for one in self._contacts.table(never())}
        persons = (
            one
            for one in self._persons.everybody(never())
            if one.extra[ACTIVE] and one.extra[OTHER] and one.id not in taken
        )
        return paired_people(persons, free)

    def search(self, text: str) -> Sequence[Option]:
        """Contacts by name, debtor or e-mail address."""
        return _found(text, self._free(), lambda card: card.values["email"])

    def _free(self) -> list[Card]:
        made = read_made(self._context.notes)
        everybody = self._contacts.table(never())
        return [one for one in everybody if not one.extra[REFERENCE] and one.id not in made]


def paired_items(items: Iterable[StockItem], rows: Iterable[PriceRow], rules: Rules) -> list[Pair]:
    """Each item with the one row that has its number, else the one that has its name and no item's number."""
    wanted = list(items)
    numbers = {one.number.casefold() for one in wanted}
    by_number, by_name = defaultdict(list), defaultdict(list)
    for row in rows:
        number = row.columns.get(rules.item_column, "").strip().casefold()
        by_number[number].append(row)
        if number not in numbers:
            by_name[row.columns.get(rules.name_column, "").strip().casefold()].append(row)
    found = []
    for item in wanted:
        same_number, same_name = by_number[item.number.casefold()], by_name[item.name.strip().casefold()]
        if same_number:
            found.append(_item_pair(item, same_number, "pair.same_item_number", rules))
        elif same_name:
            found.append(_item_pair(item, same_name, "pair.same_name", rules))
    return found


def _item_pair(item: StockItem, rows: Sequence[PriceRow], why: str, rules: Rules) -> Pair:
    """Where several rows fit none is proposed: a person chooses."""
    left = Pair(id=named(ITEM, item.number), left=item.name, left_hint=item.number)
    if len(rows) > 1:
        return left
    columns = rows[0].columns
    return Pair(
        id=left.id, left=left.left, left_hint=left.left_hint, right_id=named(PRICE, rows[0].id),
        right=columns.get(rules.name_column, ""), right_hint=columns.get(rules.item_column, ""),
        certainty=_SURE[why], why=why,
    )  # fmt: skip


def paired_people(persons: Iterable[Card], contacts: Sequence[Card]) -> list[Pair]:
    """Each person with the contact of the same customer that has its address, else its name."""
    found = []
    for person in persons:
        there = [one for one in contacts if one.extra[OTHER] and one.extra[AT] == person.extra[OTHER]]
        email = person.values["email"]
        by_email = [one for one in there if email and same("email", one.values["email"], email)]
        by_name = [one for one in there if same("email", one.party, person.party)]
        if by_email:
            found.append(_pair(person, by_email[0], "pair.same_email", "email"))
        elif by_name:
            found.append(_pair(person, by_name[0], "pair.same_name", "email"))
    return found


def _found(text: str, cards: Iterable[Card], more: Callable[[Card], str]) -> list[Option]:
    wanted = text.casefold()
    found = [card for card in cards if wanted in f"{card.number} {card.party} {more(card)}".casefold()]
    return [Option(key=card.id, title=card.party, hint=card.number) for card in found[:_MOST]]


def _pair(left: Card, right: Card, why: str, hint: str) -> Pair:
    return Pair(
        id=left.id, left=left.party, left_hint=left.values.get(hint, ""), right_id=right.id,
        right=right.party, right_hint=right.number if right.number != right.party else right.values["email"],
        certainty=_SURE[why], why=why,
    )  # fmt: skip
