"""From what was sold and what the books hold to the steps between them: pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from bridge_gui.accounting.documents import JournalLine
from bridge_gui.accounting.entries import (
    EntryContent,
    balances,
    difference,
    merged,
)
from bridge_gui.accounting.money import plain, total
from bridge_gui.accounting.sales import SaleOrder
from bridge_gui.bridges.salescloud_payday.billing import Parts, on_account, parts_of, promised_in
from bridge_gui.bridges.salescloud_payday.entry_steps import day_source, post, reverse, source_of
from bridge_gui.bridges.salescloud_payday.on_account import plan_billing, split_of, standings
from bridge_gui.bridges.salescloud_payday.periods import allowed, said
from bridge_gui.bridges.salescloud_payday.rules import LEAVE, PRO_RATA, WHOLE, Rules
from bridge_gui.bridges.salescloud_payday.standing import Document, documents, says, vanished
from bridge_gui.bridges.salescloud_payday.takings import in_order, lines_of
from bridge_gui.sync.flow import Group, Held, Known, Part, Record, Skip
from bridge_gui.sync.step import Step

REVERSE = "reverse"
_Plan = list[Step] | Held | Skip


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
    if asked := vanished(known, newest=True):
        return Skip(code="entry.left_to_person") if known.answer == LEAVE else asked
    living = documents(known)
    keep = None
    if not isinstance(wanted, Skip):
        keep = next((one for one in living if says(one, record.day, wanted, rules)), None)
    wrong = [document for document in living if document is not keep]
    if wrong and rules.ask_changes and (told := _ask_to_change(known)):
        return told
    if isinstance(wanted, Skip):
        return _taken_back(record, living, rules) if living else wanted
    steps = _taken_back(record, wrong, rules)
    if keep is None and not isinstance(steps, Held):
        meant = EntryContent(day=record.day, lines=wanted, total=_worth(order))
        steps.append(post(source_of(record), known.next_ordinal, meant, (record.id,), rules))
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
    if (asked := vanished(known)) and known.answer != LEAVE:
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
    source = day_source(group.id)
    meant = EntryContent(day=source.day, lines=lines, total=worth, members=changed)
    steps = _asked_first(post(source, known.next_ordinal, meant, changed, rules), known, rules, living)
    return allowed(steps, rules, known.answer)


def _asked_first(step: Step, known: Known, rules: Rules, living: list[Document]) -> _Plan:
    """The difference to what a day's documents hold, where a setting says so only on a person's word."""
    told = (known.answer or "").partition(".")[0]
    if not living or not rules.ask_changes or said(known.answer, REVERSE):
        return [step]
    if told == LEAVE:
        return Skip(code="entry.left_to_person")
    return Held(code="day.changed_after", params={"amount": plain(step.total)}, choices=(REVERSE, LEAVE))


def _taken_back(record: Record, living: Iterable[Document], rules: Rules) -> list[Step] | Held:
    """A reversing entry for each of these documents."""
    steps: list[Step] = []
    for document in living:
        if document.held is None:
            return Held(code="entry.unreadable")
        steps.append(reverse(source_of(record), document, rules))
    return steps


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
