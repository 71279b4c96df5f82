"""An ordinary day at the café: the same day always has the same orders.

Invented throughout; the mixture follows issue-level needs: card, cash, split tenders, gift cards, discounts,
on account with and without kennitala, cancelled orders, failed payments, an order that costs nothing.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from bridge_gui.sandbox.demo import CUSTOMERS, NO_NUMBER
from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.salescloud.simulator.menu import (
    AUR,
    CARD,
    CASH,
    GIFT,
    MENU,
    NETGIRO,
    ON_ACCOUNT,
    Method,
)
from bridge_gui.vendors.salescloud.simulator.till import customer, gift_card, line, order, paid

OPENS, SECONDS_OPEN = time(8, 0, tzinfo=UTC), 13 * 3600
STORIES_FROM = 900
"""Order numbers of a day above this belong to what crosses days."""


class Volume(NamedTuple):
    """How many orders a day has, and from when Aur is taken."""

    least: int
    most: int
    aur_from: date


def number_of(day: date, at: int) -> int:
    """The number of a day's order; rising with the days."""
    return (day.toordinal() - 730_000) * 1000 + at


def moment(day: date, seconds: int) -> datetime:
    """An instant so many seconds after the café opens."""
    return datetime.combine(day, OPENS) + timedelta(seconds=seconds)


def orders_of(day: date, volume: Volume) -> list[Doc]:
    """The orders of one day, in the order in which they were closed."""
    chance = random.Random(f"kaffihus {day.isoformat()}")  # noqa: S311 - repeatable, not secret
    count = chance.randint(volume.least, volume.most)
    seconds = sorted(chance.randrange(SECONDS_OPEN) for _ in range(count))
    return [_order(chance, day, at, closing, volume) for at, closing in enumerate(seconds, 1)]


def _order(chance: random.Random, day: date, at: int, closing: int, volume: Volume) -> Doc:
    closed = moment(day, closing)
    created = closed - timedelta(seconds=chance.randrange(20, 2400))
    made = order(f"{day} {at}", number_of(day, at), closed, _lines(chance), created)
    roll = chance.random()
    if roll < 0.02:
        return {**paid(made, (CARD, made["totalAmount"]), status="FAILED"), "status": "CANCELLED"}
    if roll < 0.03:
        return _on_the_house(made)
    if roll < 0.06:
        paid(made, (CARD, made["totalAmount"]), status="FAILED")
    if roll > 0.95:
        made["customer"] = customer(chance.choice((*CUSTOMERS, NO_NUMBER)))
        return paid(made, (ON_ACCOUNT, made["totalAmount"]))
    return paid(made, *_tenders(chance, made["totalAmount"], aur=day >= volume.aur_from))


def _lines(chance: random.Random) -> list[Doc]:
    lines = []
    for product in chance.sample(MENU, chance.choices((1, 2, 3, 4), (40, 35, 18, 7))[0]):
        quantity = chance.choices((1, 2, 3), (75, 20, 5))[0]
        percent = chance.choice((10, 15, 20)) if chance.random() < 0.08 else 0
        lines.append(line(product, quantity, product.price * quantity * percent // 100))
    if chance.random() < 0.03:
        lines.append(gift_card(chance.choice((5000, 10_000))))
    return lines


def _tenders(chance: random.Random, total: int, *, aur: bool) -> list[tuple[Method, int]]:
    roll = chance.random()
    if roll < 0.06:
        part = max(1, total * chance.randint(2, 8) // 10)
        return [(CARD, part), (CASH, total - part)]
    if roll < 0.10:
        used = min(total, 5000)
        return [(GIFT, used)] + ([(CARD, total - used)] if total > used else [])
    if roll < 0.12:
        return [(NETGIRO, total)]
    if roll < 0.16 and aur:
        return [(AUR, total)]
    return [(CASH, total)] if roll < 0.32 else [(CARD, total)]


def _on_the_house(made: Doc) -> Doc:
    """An order with a discount of everything: nothing to pay, no payments."""
    for one in made["lineItems"]:
        one |= {"discountAmount": one["unitPrice"] * one["quantity"], "totalAmount": 0, "taxAmount": 0}
        one["giftCard"] = False
    return {**made, "totalAmount": 0, "taxAmount": 0}
