"""The steps of the journal: a new entry, and the opposite of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import CUSTOMER, DocumentState, JournalEntry, JournalLine
from bridge_gui.accounting.entries import EntryContent, content_of, negated
from bridge_gui.accounting.money import ZERO
from bridge_gui.bridges.salescloud_payday.draft_steps import contact_of
from bridge_gui.bridges.salescloud_payday.rules import Rules
from bridge_gui.bridges.salescloud_payday.standing import Document
from bridge_gui.bridges.salescloud_payday.steps import (
    ENTRY,
    REVERSAL,
    PostJournal,
    ReverseJournal,
    read_day,
    text_of,
)
from bridge_gui.sync.flow import Record
from bridge_gui.sync.step import LinkTo, Step, mark_of


class Source(Struct, frozen=True, kw_only=True):
    """What a document is made for, as it is shown."""

    id: str
    shown: str
    day: date
    party: str = ""
    currency: str = "ISK"


def source_of(record: Record) -> Source:
    """An order as a source."""
    return Source(
        id=record.id, shown=record.number, day=record.day, party=record.party, currency=record.currency
    )


def day_source(group_id: str) -> Source:
    """A day as a source."""
    found = read_day(group_id)
    assert found is not None, "group() made this id"
    return Source(id=group_id, shown=found[0].isoformat(), day=found[0])


def post(source: Source, ordinal: int, meant: EntryContent, members: Iterable[str], rules: Rules) -> Step:
    """A new document; `meant` has its lines as they are sent, the value sold, and what went in."""
    mark, worth = mark_of(source.id, ordinal), meant.total or ZERO
    return PostJournal(
        name=f"post:{ordinal}", link=LinkTo(kind=ENTRY, source_id=source.id, ordinal=ordinal),
        lane=_lane(source), mark=mark, sources=tuple(sorted(members)), day=source.day,
        source_content=content_of(source.day, meant.lines, worth, meant.members),
        number=source.shown, party=source.party, total=worth, currency=source.currency,
        entry=_entry(source, source.day, mark, meant.lines, rules), names=_names(meant.lines, rules),
        needs=_customers(meant.lines),
    )  # fmt: skip


def reverse(source: Source, document: Document, rules: Rules) -> ReverseJournal:
    """The opposite of a document, on the day it was booked on: a period's sum stays what it should be."""
    day = (document.held.day if document.held else None) or source.day
    mark = mark_of(source.id, document.ordinal, reversal=True)
    lines = negated(document.lines)
    return ReverseJournal(
        name=f"reverse:{document.ordinal}",
        link=LinkTo(kind=REVERSAL, source_id=source.id, ordinal=document.ordinal),
        lane=_lane(source), mark=mark, sources=(source.id,), turns={document.ordinal: DocumentState.REVERSED},
        source_content=content_of(day, lines, -document.worth), day=day, number=source.shown,
        party=source.party, total=-document.worth, currency=source.currency,
        entry=_entry(source, day, mark, lines, rules), names=_names(lines, rules), needs=_customers(lines),
    )  # fmt: skip


def _entry(
    source: Source, day: date, mark: str, lines: tuple[JournalLine, ...], rules: Rules
) -> JournalEntry:
    """The entry as it is sent; the account of the zero rate has its tax code, which contents leave out."""
    zero = rules.sales[ZERO]
    dressed = tuple(
        msgspec.structs.replace(line, tax=zero.tax, gross=True)
        if zero.account is not None and line.account == zero.account.id and line.tax is None
        else line
        for line in lines
    )
    text = text_of(source.shown, mark)
    entry = JournalEntry(day=day, text=text, currency=source.currency, lines=dressed, draft=rules.draft)
    return entry.balanced()


def _lane(source: Source) -> str:
    return f"orders:{source.id}"


def _customers(lines: Iterable[JournalLine]) -> tuple[LinkTo, ...]:
    """The customers whose accounts the lines are on, where they are named by kennitala."""
    named = (line.account.removeprefix(CUSTOMER) for line in lines if line.account.startswith(CUSTOMER))
    return tuple(contact_of(number) for number in dict.fromkeys(named) if number.isdigit())


def _names(lines: Iterable[JournalLine], rules: Rules) -> dict[str, str]:
    return {
        line.account: rules.names.get(line.account, line.account.removeprefix(CUSTOMER)) for line in lines
    }
