"""Tie-out in words and as plain tables, one form for the terminal, spreadsheet and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bridge_gui import __version__
from bridge_gui.accounting.money import total
from bridge_gui.sync.exports.table import Cell, Table
from bridge_gui.sync.tieout import Reason, Row, TieOut, Why
from bridge_gui.wording.message import mark
from bridge_gui.wording.plain import amount as shown
from bridge_gui.wording.render import Wording

SHOWN = 4


class Words(NamedTuple):
    """How codes and texts are said: in the user's language."""

    wording: Wording
    text: Callable[..., str]


def explained(row: Row, words: Words, currency: str = "") -> str:
    """Why a row differs: a sentence for each kind of reason, with its amount where there are several."""
    kinds = list(dict.fromkeys(reason.why for reason in row.reasons))
    return " ".join(_sentence(kind, row, words, currency, alone=len(kinds) == 1) for kind in kinds)


def _sentence(kind: Why, row: Row, words: Words, currency: str, *, alone: bool) -> str:
    mine = [reason for reason in row.reasons if reason.why is kind]
    said = words.wording.say(f"tieout.{kind.value}", {"numbers": _numbers(mine)}).sentence
    return said if alone else f"{said} ({shown(total(one.amount for one in mine), currency)})"


def _numbers(reasons: list[Reason]) -> str:
    """The first few numbers, and how many more."""
    numbers = list(dict.fromkeys(reason.number for reason in reasons if reason.number))
    more = f" + {len(numbers) - SHOWN}" if len(numbers) > SHOWN else ""
    return ", ".join(numbers[:SHOWN]) + more or "?"


_HEADS = (
    mark("Day"),
    mark("Payment method or VAT rate"),
    mark("Sales"),
    mark("Books"),
    mark("Difference"),
    mark("Explained by"),
)
_MORE = (
    mark("Day"),
    mark("Payment method or VAT rate"),
    mark("Amount"),
    mark("Number"),
    mark("Why"),
    mark("Details"),
)


def tables(done: TieOut, words: Words) -> tuple[Table, Table]:
    """The rows, and every single reason behind a difference."""
    text, facts = words.text, _facts(done, words)
    difference = total(row.difference for row in done.rows)
    main = Table(
        title=text("Tie-out"),
        facts=facts,
        heads=tuple(text(head) for head in _HEADS),
        rows=tuple(_row(row, done, words) for row in done.rows),
        sums=(text("Sum"), "", "", "", difference, ""),
        currency=done.currency,
    )
    more = Table(
        title=text("Differences"),
        facts=facts,
        heads=tuple(text(head) for head in _MORE),
        rows=tuple(_reasons(done, words)),
        currency=done.currency,
    )
    return main, more


def _row(row: Row, done: TieOut, words: Words) -> tuple[Cell, ...]:
    return row.day, row.key, row.sales, row.books, row.difference, explained(row, words, done.currency)


def _reasons(done: TieOut, words: Words) -> Iterator[tuple[Cell, ...]]:
    for row in done.rows:
        for one in row.reasons:
            yield row.day, row.key, one.amount, one.number, why(one, words), detail(one, words)


def why(reason: Reason, words: Words) -> str:
    """What kind of reason it is, with its number."""
    return words.wording.say(f"tieout.{reason.why.value}", {"numbers": reason.number or "?"}).sentence


def detail(reason: Reason, words: Words) -> str:
    """What a held or skipped record's own code says."""
    return words.wording.say(reason.code, reason.params).sentence if reason.code else ""


def _facts(done: TieOut, words: Words) -> tuple[tuple[str, str], ...]:
    """Whose, when, and by which program."""
    text = words.text
    left = text("Look at what nothing explains.") if done.open else text("Everything is tied or explained.")
    return (
        (text("Company"), done.company),
        (text("Bridge"), f"{done.bridge} ({text(done.title)})"),
        (text("Period"), f"{done.first.isoformat()} - {done.last.isoformat()}"),
        (text("Time zone"), done.zone),
        (text("Currency"), done.currency),
        (text("Made"), f"{done.made_at:%Y-%m-%d %H:%M} UTC, Bridge {__version__}"),
        (text("Result"), left),
    )
