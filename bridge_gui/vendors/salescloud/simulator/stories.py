"""What crosses days or goes wrong at the café, on fixed days so that every fortnight has seen it all.

Invented; each is a case of salescloud.md sections 4, 5.4 and 7: refunds, tabs left open, late captures,
corrections, orders out of balance, splits with an on-account part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from bridge_gui.sandbox.demo import CUSTOMERS
from bridge_gui.sandbox.kit import Doc, Table
from bridge_gui.vendors.salescloud.simulator.menu import CARD, CASH, MENU, NETGIRO, ON_ACCOUNT
from bridge_gui.vendors.salescloud.simulator.till import customer, line, order, paid, refund
from bridge_gui.vendors.salescloud.simulator.trade import (
    SECONDS_OPEN,
    STORIES_FROM,
    moment,
    number_of,
)

SOUP, LUNCH, SHIRT, CUP = MENU[6], MENU[8], MENU[11], MENU[12]


class Past:
    """The orders there are already; what was never rung up can be neither refunded nor corrected."""

    def __init__(self, orders: Table) -> None:
        self._orders = orders

    def closed_on(self, day: date) -> list[Doc]:
        """A day's orders in the order of their closing."""
        after = (day + timedelta(days=1)).isoformat()
        return self._orders.find(("closed", ">=", day.isoformat()), ("closed", "<", after), order="closed,id")

    def known(self, made: Doc) -> Doc | None:
        """The changed order if the one it changes is there."""
        return made if self._orders.get(made["id"]) is not None else None


def stories_of(day: date, past: Past) -> Iterable[Doc]:
    """The day's further orders and changed older ones; each is to be stored under its id."""
    turn = day.toordinal()
    for period, on, story in _CALENDAR:
        if turn % period == on:
            found = story(day, past)
            if found is not None:
                yield found


def _made(day: date, story: int, lines: list[Doc]) -> Doc:
    at = STORIES_FROM + story
    return order(f"{day} story {story}", number_of(day, at), moment(day, SECONDS_OPEN + story), lines)


def _out_of_balance(day: date, _: Past) -> Doc:
    made = _made(day, 1, [line(SOUP, 2), line(CUP)])
    return paid(made, (CARD, made["totalAmount"] - 1))


def _balanced_later(day: date, past: Past) -> Doc | None:
    """Three days on somebody mends the order that was short of one krona."""
    made = _out_of_balance(day - timedelta(days=3), past)
    made["payments"][0]["amount"] += 1
    return past.known(made)


def _tab(day: date, _: Past) -> Doc:
    """A tab still open when the café shuts: no closing time yet."""
    return {**_made(day, 2, [line(LUNCH, 2)]), "status": "OPEN", "closed": None}


def _tab_closed(day: date, past: Past) -> Doc | None:
    before = _made(day - timedelta(days=1), 2, [line(LUNCH, 2)])
    before["closed"] = moment(day, 3600).isoformat()
    return past.known(paid(before, (CARD, before["totalAmount"])))


def _pending(day: date, _: Past) -> Doc:
    made = _made(day, 3, [line(SHIRT)])
    return paid(made, (NETGIRO, made["totalAmount"]), status="PENDING")


def _captured(day: date, past: Past) -> Doc | None:
    """The day after, the late payment has come through; the order keeps its closing time."""
    made = _pending(day - timedelta(days=1), past)
    made["payments"][0]["status"] = "SUCCESS"
    return past.known(made)


def _refunded(day: date, past: Past) -> Doc | None:
    """Yesterday's first card sale is paid back whole."""
    of = _earlier(day - timedelta(days=1), past, "card")
    return of and refund(f"{day} story 4", number_of(day, 904), moment(day, 7200), of, of["lineItems"])


def _partly_refunded(day: date, past: Past) -> Doc | None:
    """One line of a sale of the day before yesterday is paid back."""
    of = _earlier(day - timedelta(days=2), past, "cash")
    return of and refund(f"{day} story 5", number_of(day, 905), moment(day, 7500), of, of["lineItems"][:1])


def _on_account_refunded(day: date, past: Past) -> Doc | None:
    """An on-account sale of the last days is taken back."""
    days = (day - timedelta(days=back) for back in range(1, 8))
    of = next((found for back in days if (found := _earlier(back, past, "invoice"))), None)
    return of and refund(f"{day} story 6", number_of(day, 906), moment(day, 7800), of, of["lineItems"])


def _split(day: date, _: Past) -> Doc:
    """A part on account, the rest by card."""
    made = _made(day, 7, [line(LUNCH, 6), line(CUP, 2)])
    made["customer"] = customer(CUSTOMERS[day.toordinal() % len(CUSTOMERS)])
    part = made["totalAmount"] // 3
    return paid(made, (CARD, part), (ON_ACCOUNT, made["totalAmount"] - part))


def _wrong_key(day: date, _: Past) -> Doc:
    made = _made(day, 8, [line(SHIRT), line(SOUP)])
    return paid(made, (CASH, made["totalAmount"]))


def _key_corrected(day: date, past: Past) -> Doc | None:
    """The day after, cash becomes card: the order was booked already."""
    made = _made(day - timedelta(days=1), 8, [line(SHIRT), line(SOUP)])
    return past.known(paid(made, (CARD, made["totalAmount"])))


def _late(day: date, _: Past) -> Doc:
    """An order closed yesterday on a till that was offline shows up only today."""
    made = _made(day - timedelta(days=1), 9, [line(SOUP, 3)])
    return paid(made, (CARD, made["totalAmount"]))


def _earlier(day: date, past: Past, kind: str) -> Doc | None:
    """A day's first plain sale by one method of that kind."""
    for made in past.closed_on(day):
        kinds = [one["paymentMethod"]["type"] for one in made["payments"]]
        if made["status"] == "CLOSED" and kinds == [kind] and made["totalAmount"] > 0:
            return made
    return None


# every so many days, on which of them, what
_CALENDAR: tuple[tuple[int, int, Callable[[date, Past], Doc | None]], ...] = (
    (7, 2, _out_of_balance),
    (14, 5, _balanced_later),
    (2, 0, _tab),
    (2, 1, _tab_closed),
    (7, 4, _pending),
    (7, 5, _captured),
    (5, 1, _refunded),
    (5, 3, _partly_refunded),
    (9, 4, _on_account_refunded),
    (10, 7, _split),
    (11, 5, _wrong_key),
    (11, 6, _key_corrected),
    (13, 6, _late),
)
