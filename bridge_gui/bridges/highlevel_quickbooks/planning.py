"""What both kinds of sales share when they are planned: the customer, the item, the document's frame."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.selling import NewSale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.amounts import Sums
from bridge_gui.bridges.highlevel_quickbooks.customers import buyer_of, customer_at
from bridge_gui.bridges.highlevel_quickbooks.rules import NEEDED_ITEM, Rules
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    ITEM,
    EnsureCustomer,
    EnsureItem,
    MakeSale,
    mark_text,
    place,
)
from bridge_gui.errors import CannotMap
from bridge_gui.sync.step import LinkTo, Step

KIND_WORDS = {SaleKind.INVOICE: "invoice", SaleKind.RECEIPT: "payment", SaleKind.REFUND: "refund"}
ITEM_LIMIT = 4000


def writable(day: date, currency: str, rules: Rules) -> None:
    """The books take a sale of this day and currency, or `CannotMap`."""
    books = rules.books
    if books.locked_until is not None and day <= books.locked_until:
        raise CannotMap("books.closed", until=books.locked_until.isoformat(), day=day.isoformat())
    if currency != books.base_currency and currency not in books.currencies:
        raise CannotMap("books.currency", currency=currency, home=books.base_currency)


def sale_of(
    kind: SaleKind, sums: Sums, *, source: str, ordinal: int, day: date, currency: str, rules: Rules
) -> NewSale:
    """A sale with its mark, the rest left to whoever plans it."""
    word = {SaleKind.INVOICE: "invoice", SaleKind.RECEIPT: "receipt", SaleKind.REFUND: "refund"}[kind]
    memo = f"HighLevel {KIND_WORDS[kind]} {mark_text(rules.scope, word, source, ordinal)}"
    lines = tuple(replace(line, text=line.text[:ITEM_LIMIT]) for line in sums.lines)
    return NewSale(
        kind=kind, contact="", day=day, currency=currency, treatment=sums.treatment, lines=lines, memo=memo,
        discount=sums.discount, discount_tax=sums.discount_tax, tax=sums.tax,
    )  # fmt: skip


def ensured(person: Person, sale: NewSale, rules: Rules) -> list[Step]:
    """The customer and the items that a sale needs."""
    link = customer_at(person)
    buyer = buyer_of(person, rules.scope, sale.currency)
    steps: list[Step] = [
        EnsureCustomer(
            name="customer", link=link, lane=f"customer:{link.source_id}", mark=buyer.number, ensures=True,
            day=sale.day, number=buyer.name, party=buyer.name, buyer=buyer,
        )
    ]  # fmt: skip
    for item, at in needed_items(sale).items():
        name = item.removeprefix(NEEDED_ITEM)
        steps.append(
            EnsureItem(
                name=f"item:{name}", link=at, lane=f"item:{name}", mark=name, ensures=True, day=sale.day,
                number=name, item=name, account=rules.income_account,
            )
        )  # fmt: skip
    return steps


def needed_items(sale: NewSale) -> dict[str, LinkTo]:
    """The items of a sale that Bridge makes, and where their links are."""
    names = dict.fromkeys(line.item for line in sale.lines if line.item.startswith(NEEDED_ITEM))
    return {item: place(ITEM, f"item-{item.removeprefix(NEEDED_ITEM)}") for item in names}


def made(
    sale: NewSale, person: Person, *, kind: str, source: str, ordinal: int, content: bytes, lane: str,
    rules: Rules, after: Iterable[LinkTo] = (),
) -> MakeSale:  # fmt: skip
    """The step that makes a sale, after all it needs."""
    customer, items = customer_at(person), needed_items(sale)
    return MakeSale(
        name=f"{kind}:{ordinal}", link=place(kind, source, ordinal), lane=lane,
        mark=mark_text(rules.scope, kind, source, ordinal), needs=(customer, *items.values(), *after),
        sources=(source,), source_content=content, day=sale.day, number=sale.number, party=_name(person),
        total=-sale.totals.total if sale.kind is SaleKind.REFUND else sale.totals.total,
        currency=sale.currency, sale=sale, customer=customer, items=items,
    )  # fmt: skip


def named(person: Person) -> str:
    """A person as a list shows it."""
    return _name(person)


def _name(person: Person) -> str:
    return person.name or person.company or person.email


def amount_text(amount: Decimal) -> str:
    """An amount for a sentence."""
    return f"{amount:.2f}"
