"""Arithmetic with journal entries: adding, taking apart, turning round and comparing them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import JournalEntry, JournalLine, Ref
from bridge_gui.accounting.money import ZERO, plain, total
from bridge_gui.accounting.tax import TaxCode, TaxSplit, split_gross

_Place = tuple[str, str]


class EntryContent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry does to the books, in a form that compares: lines merged and in order.

    On the sales side `total` is the value sold and `members` the sources that went in, each with a
    fingerprint (empty: it was taken out again).
    """

    day: date | None
    lines: tuple[JournalLine, ...]
    total: Decimal | None = None
    members: dict[str, str] = {}


class PostedEntry(Struct, frozen=True, kw_only=True):
    """A journal entry as the books show it; `lines` and `draft` None where they do not show them."""

    ref: Ref
    day: date | None
    text: str
    draft: bool | None
    lines: tuple[JournalLine, ...] | None = None


def place_of(line: JournalLine) -> _Place:
    """What decides whether two lines are one: the account and a tax that takes something off."""
    return line.account, line.tax.key if line.tax is not None and line.tax.rate != 0 else ""


def balances(lines: Iterable[JournalLine]) -> dict[_Place, Decimal]:
    """The amount per place, places that come to zero left out."""
    sums: dict[_Place, Decimal] = {}
    for line in lines:
        place = place_of(line)
        sums[place] = sums.get(place, ZERO) + line.amount
    return {place: amount for place, amount in sums.items() if amount != 0}


def worth_of(lines: Iterable[JournalLine]) -> Decimal:
    """The value sold that an entry stands for, told by its lines alone: what was received, or paid back.

    The sales bear a tax code; a gift card sold bears none, so they alone would say too little.
    """
    lines = tuple(lines)
    sold = -total(line.amount for line in lines if line.tax is not None)
    sign = -1 if sold < 0 else 1
    moved = total(line.amount * sign for line in lines if line.tax is None and line.amount * sign > 0)
    return sign * moved


def negated(lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """The same lines with debit and credit exchanged."""
    return tuple(msgspec.structs.replace(line, amount=-line.amount) for line in lines)


def merged(lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """Lines of the same account, tax and text made one, in order of first appearance, zeros dropped."""
    sums: dict[tuple[str, TaxCode | None, bool, str], Decimal] = {}
    for line in lines:
        key = (line.account, line.tax, line.gross, line.text)
        sums[key] = sums.get(key, ZERO) + line.amount
    return tuple(
        JournalLine(account=account, amount=amount, tax=tax, gross=gross, text=text)
        for (account, tax, gross, text), amount in sums.items()
        if amount != 0
    )


def difference(wanted: Iterable[JournalLine], held: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """The lines that bring what is held to what is wanted, one per account and tax; none if equal."""
    wanted, held = tuple(wanted), tuple(held)
    shape = {place_of(line): line for line in (*reversed(held), *reversed(wanted))}
    sums = balances((*wanted, *negated(held)))
    order = dict.fromkeys(place_of(line) for line in (*wanted, *held))
    return tuple(
        msgspec.structs.replace(shape[place], amount=sums[place]) for place in order if place in sums
    )


def content_of(
    day: date | None,
    lines: Iterable[JournalLine],
    value: Decimal | None = None,
    members: dict[str, str] | None = None,
) -> bytes:
    """An entry's content as JSON: equal bytes mean equal effect on the books."""
    lines = tuple(lines)
    taxes = {place_of(line): line.tax for line in lines if place_of(line)[1]}
    kept = tuple(
        JournalLine(account=place[0], amount=_tidy(amount), tax=taxes.get(place), gross=place in taxes)
        for place, amount in sorted(balances(lines).items())
    )
    content = EntryContent(
        day=day, lines=kept, total=None if value is None else _tidy(value), members=members or {}
    )
    return msgspec.json.encode(content, order="deterministic")


def read_content(content: bytes) -> EntryContent:
    """What `content_of` wrote."""
    return msgspec.json.decode(content, type=EntryContent)


def expected_split(entry: JournalEntry) -> tuple[TaxSplit, ...]:
    """What the books will make of the gross lines, per rate, highest first; credit shows as positive."""
    sums: dict[Decimal, list[TaxSplit]] = {}
    for line in entry.lines:
        if line.tax is not None and line.gross:
            part = split_gross(-line.amount, line.tax.rate, entry.currency)
            sums.setdefault(line.tax.rate, []).append(part)
    return tuple(_added(rate, parts) for rate, parts in sorted(sums.items(), reverse=True))


def _added(rate: Decimal, parts: list[TaxSplit]) -> TaxSplit:
    return TaxSplit(
        rate=rate,
        gross=total(part.gross for part in parts),
        net=total(part.net for part in parts),
        tax=total(part.tax for part in parts),
    )


def _tidy(amount: Decimal) -> Decimal:
    return Decimal(plain(amount))
