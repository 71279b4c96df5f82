"""From what was sold and what the books hold to the steps between them: pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import CUSTOMER, DocumentState, JournalEntry, JournalLine
from bridge_gui.accounting.entries import (
    EntryContent,
    balances,
    content_of,
    difference,
    merged,
    negated,
    read_content,
    worth_of,
)
from bridge_gui.accounting.money import ZERO, plain, total
from bridge_gui.accounting.sales import SaleOrder
from bridge_gui.bridges.salescloud_payday.billing import Parts, on_account, parts_of, promised_in
from bridge_gui.bridges.salescloud_payday.draft_steps import contact_of
from bridge_gui.bridges.salescloud_payday.on_account import plan_billing, split_of, standings
from bridge_gui.bridges.salescloud_payday.periods import allowed, said
from bridge_gui.bridges.salescloud_payday.rules import LEAVE, POST_AGAIN, PRO_RATA, WHOLE, Rules
from bridge_gui.bridges.salescloud_payday.steps import (
    ENTRY,
    REVERSAL,
    PostJournal,
    ReverseJournal,
    read_day,
    text_of,
)
from bridge_gui.bridges.salescloud_payday.takings import in_order, lines_of
from bridge_gui.sync.flow import Group, Held, Known, LinkView, Part, Record, Skip
from bridge_gui.sync.step import LinkTo, Step, mark_of

REVERSE = "reverse"
_Plan = list[Step] | Held | Skip
_UNDONE = (DocumentState.REVERSED, DocumentState.VOIDED)


class Source(Struct, frozen=True, kw_only=True):
    """What a document is made for, as it is shown."""

    id: str
    shown: str
    day: date
    party: str = ""
    currency: str = "ISK"


class Document(Struct, frozen=True, kw_only=True):
    """A living document of a source: what the books hold, and what we meant when it was made."""

    ordinal: int
    held: EntryContent | None
    meant: EntryContent | None

    @property
    def worth(self) -> Decimal:
        """The value sold that it stands for."""
        if self.meant is not None and self.meant.total is not None:
            return self.meant.total
        return worth_of(self.lines)

    @property
    def lines(self) -> tuple[JournalLine, ...]:
        """What it does to the books."""
        return self.held.lines if self.held is not None else ()


def plan_order(record: Record, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """The steps that bring journal and invoices to one order, both parts of it at once."""
    answer = _answered_split(known)
    parts = parts_of(record.content, rules, answer)
    if isinstance(parts, Held):
        return parts
    journal = parts.journal if isinstance(parts, Parts) else parts
    booked = _plan_journal(record, known, rules, journal)
    billed = plan_billing(record, known, rules, parts.buying if isinstance(parts, Parts) else None)
    return allowed(_both(booked, billed, known), rules, known.answer, answer)


def _answered_split(known: Known) -> str:
    """How this order is split: as it was, or as a person has just said."""
    told = (known.answer or "").partition(".")[0]
    return split_of(known) or (told if told in (PRO_RATA, WHOLE) else "")


def _both(booked: _Plan, billed: _Plan, known: Known) -> _Plan:
    """One plan of two: a question about either part holds both, what one part skips the other may need."""
    for part in (booked, billed):
        if isinstance(part, Held):
            return part
    if isinstance(booked, list) and isinstance(billed, list):
        return [*booked, *billed]
    if isinstance(billed, Skip):
        return booked if isinstance(booked, list) and booked else billed
    return billed if billed or standings(known) else booked


def _plan_journal(
    record: Record, known: Known, rules: Rules, wanted: tuple[JournalLine, ...] | Skip
) -> list[Step] | Held | Skip:
    """None, a new entry, or a reversal before it."""
    order: SaleOrder = record.content
    if asked := _vanished(known, newest=True):
        return Skip(code="entry.left_to_person") if known.answer == LEAVE else asked
    living = documents(known)
    keep = None
    if not isinstance(wanted, Skip):
        keep = next((one for one in living if _says(one, record.day, wanted, rules)), None)
    wrong = [document for document in living if document is not keep]
    if wrong and rules.ask_changes and (told := _ask_to_change(known)):
        return told
    if isinstance(wanted, Skip):
        return _taken_back(record, living, rules) if living else wanted
    steps = _taken_back(record, wrong, rules)
    if keep is None and not isinstance(steps, Held):
        meant = EntryContent(day=record.day, lines=wanted, total=_worth(order))
        steps.append(_post(_source(record), known.next_ordinal, meant, (record.id,), rules))
    return steps


def _ask_to_change(known: Known) -> Held | Skip | None:
    """What is booked is changed only on a person's word; None once they gave it."""
    told = (known.answer or "").partition(".")[0]
    if told == LEAVE:
        return Skip(code="entry.left_to_person")
    if said(known.answer, REVERSE):
        return None
    return Held(code="order.changed_after", choices=(REVERSE, LEAVE))


def _worth(order: SaleOrder) -> Decimal:
    """The value sold that the entry stands for: all of the order, or what is not billed."""
    if not promised_in(order):
        return order.total
    return total(payment.amount for payment in order.received if not on_account(payment))


def contribute(record: Record, rules: Rules) -> Part | Held | Skip:
    """What one order adds to its day."""
    if promised_in(record.content):
        return Skip(code="order.apart")
    lines = lines_of(record.content, rules)
    if isinstance(lines, (Held, Skip)):
        return lines
    return Part(content=msgspec.json.encode(lines), total=record.total)


def plan_day(group: Group, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """One entry for what the members add up to, less what the day's documents hold already."""
    if (asked := _vanished(known)) and known.answer != LEAVE:
        return asked
    living = documents(known)
    if any(document.held is None for document in living):
        return Held(code="entry.unreadable")
    wanted = merged(line for part in group.parts.values() for line in _part_lines(part))
    held = [line for document in living for line in document.lines]
    lines = in_order(difference(wanted, held) if living or not balances(wanted) else wanted)
    if total(line.amount for line in lines) != 0:
        return Held(code="entry.unreadable")
    if not lines:
        return [] if known.links else Skip(code="day.no_effect")
    worth = total(part.total for part in group.parts.values()) - total(d.worth for d in living)
    changed = _changed(group, living)
    source = _day_source(group.id)
    meant = EntryContent(day=source.day, lines=lines, total=worth, members=changed)
    steps = _asked_first(_post(source, known.next_ordinal, meant, changed, rules), known, rules, living)
    return allowed(steps, rules, known.answer)


def _asked_first(step: Step, known: Known, rules: Rules, living: list[Document]) -> _Plan:
    """The difference to what a day's documents hold, where a setting says so only on a person's word."""
    told = (known.answer or "").partition(".")[0]
    if not living or not rules.ask_changes or said(known.answer, REVERSE):
        return [step]
    if told == LEAVE:
        return Skip(code="entry.left_to_person")
    return Held(code="day.changed_after", params={"amount": plain(step.total)}, choices=(REVERSE, LEAVE))


def documents(known: Known) -> list[Document]:
    """The documents that still stand: made, not taken back by a reversal."""
    undone = {link.ordinal for link in known.links if link.kind == REVERSAL and _there(link)}
    return [
        Document(
            ordinal=link.ordinal, held=_content(link.target_content, link), meant=_read(link.source_content)
        )
        for link in known.links
        if link.kind == ENTRY and _stands(link, known.answer) and link.ordinal not in undone
    ]


def _there(link: LinkView) -> bool:
    return link.target is not None and bool(link.target.id)


def _stands(link: LinkView, answer: str | None) -> bool:
    gone = link.state is DocumentState.DELETED and answer != LEAVE
    return _there(link) and link.state not in _UNDONE and not gone


def _vanished(known: Known, *, newest: bool = False) -> Held | None:
    """A document that a person removed: only they know whether it is to be made again."""
    entries = [link for link in known.links if link.kind == ENTRY and _there(link)]
    looked_at = entries[-1:] if newest else entries
    gone = [link for link in looked_at if link.state is DocumentState.DELETED]
    if not gone or said(known.answer, POST_AGAIN):
        return None
    text = ", ".join(link.target.number or link.target.id for link in gone if link.target)
    return Held(code="entry.vanished", params={"target": text}, choices=(POST_AGAIN, LEAVE))


def _content(held: bytes | None, link: LinkView) -> EntryContent | None:
    """What the books hold; where they do not show it, what was sent."""
    return _read(held) or _read(link.source_content)


def _read(content: bytes | None) -> EntryContent | None:
    return read_content(content) if content else None


def _says(document: Document, day: date, lines: Iterable[JournalLine], rules: Rules) -> bool:
    """Whether a document already says this. One that cannot be read is believed to."""
    held = document.held
    if held is None:
        return True
    return _same_day(document, held, day, rules) and not difference(_plainly(lines), _plainly(held.lines))


def _same_day(document: Document, held: EntryContent, day: date, rules: Rules) -> bool:
    """Whether a document is for this day: on it, or moved out of a closed period."""
    if held.day in (None, day):
        return True
    if document.meant is not None and document.meant.day == day:
        return True
    return rules.closed is not None and day <= rules.closed


def _plainly(lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """Lines as they compare: the books know a customer by an id of their own."""
    return tuple(
        msgspec.structs.replace(line, account=CUSTOMER) if line.account.startswith(CUSTOMER) else line
        for line in lines
    )


def _taken_back(record: Record, living: Iterable[Document], rules: Rules) -> list[Step] | Held:
    """A reversing entry for each of these documents."""
    steps: list[Step] = []
    for document in living:
        if document.held is None:
            return Held(code="entry.unreadable")
        steps.append(_reverse(_source(record), document, rules))
    return steps


def _source(record: Record) -> Source:
    return Source(
        id=record.id, shown=record.number, day=record.day, party=record.party, currency=record.currency
    )


def _day_source(group_id: str) -> Source:
    found = read_day(group_id)
    assert found is not None, "group() made this id"
    return Source(id=group_id, shown=found[0].isoformat(), day=found[0])


def _post(source: Source, ordinal: int, meant: EntryContent, members: Iterable[str], rules: Rules) -> Step:
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


def _reverse(source: Source, document: Document, rules: Rules) -> ReverseJournal:
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


def _part_lines(part: Part) -> tuple[JournalLine, ...]:
    return msgspec.json.decode(part.content, type=tuple[JournalLine, ...])


def _changed(group: Group, living: Iterable[Document]) -> dict[str, str]:
    """The members that make this document: those whose part is new or different, and those that left."""
    before: dict[str, str] = {}
    for document in living:
        before.update(document.meant.members if document.meant is not None else {})
    now = {member: _fingerprint(part) for member, part in group.parts.items()}
    left = {member: "" for member, seen in before.items() if seen and member not in now}
    return {member: seen for member, seen in now.items() if before.get(member) != seen} | left


def _fingerprint(part: Part) -> str:
    return hashlib.sha256(part.content).hexdigest()[:12]
