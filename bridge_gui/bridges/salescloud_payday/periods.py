"""Closed years and locked periods: asked about before anything is sent into one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from bridge_gui.accounting.documents import JournalEntry
from bridge_gui.bridges.salescloud_payday.draft_steps import AddToDraft
from bridge_gui.bridges.salescloud_payday.rules import ASK, Rules
from bridge_gui.bridges.salescloud_payday.steps import PostJournal, ReverseJournal, read_mark, text_of
from bridge_gui.sync.flow import Held, Skip
from bridge_gui.sync.step import Step

FIRST_OPEN, WAIT = "first_open_day", "wait"


def allowed(
    steps: list[Step] | Held | Skip, rules: Rules, answer: str | None, asked: str = ""
) -> list[Step] | Held | Skip:
    """The steps as they may go: into a closed period only where, and as, a person says so.

    `asked` is an answer already given about this source, which the answer to this question repeats.
    """
    if not isinstance(steps, list) or not any(_closed(step, rules) for step in steps):
        return steps
    told = (answer or "").rpartition(".")[2]
    if told == FIRST_OPEN:
        return [_moved(step, rules) for step in steps]
    until = rules.closed.isoformat() if rules.closed is not None else ""
    if told == WAIT:
        return Skip(code="period.waiting", params={"until": until})
    choices = (FIRST_OPEN, WAIT)
    if asked and asked != ASK:
        choices = (f"{asked}.{FIRST_OPEN}", f"{asked}.{WAIT}")
    return Held(code="period.closed", params={"until": until}, choices=choices)


def days_of(step: Step) -> date | None:
    """The day a step books on, None if it books nothing."""
    if isinstance(step, (PostJournal, ReverseJournal)):
        return step.entry.day
    return step.dated if isinstance(step, AddToDraft) else None


def any_closed(steps: Iterable[Step], rules: Rules) -> bool:
    """Whether one of the steps would book into a closed period."""
    return any(_closed(step, rules) for step in steps)


def _closed(step: Step, rules: Rules) -> bool:
    day = days_of(step)
    return day is not None and rules.closed is not None and day <= rules.closed


def _moved(step: Step, rules: Rules) -> Step:
    """A step on the first open day, its own day in the text."""
    assert rules.first_open is not None, "known with what is closed"
    if not _closed(step, rules):
        return step
    if isinstance(step, AddToDraft):
        return replace(step, dated=rules.first_open)
    assert isinstance(step, (PostJournal, ReverseJournal))
    return replace(step, entry=_dated(step.entry, step.number, step.mark, rules.first_open))


def _dated(entry: JournalEntry, shown: str, mark: str, day: date) -> JournalEntry:
    original = entry.day.isoformat()
    words = shown if original in shown else f"{shown} ({original})"
    assert read_mark(entry.text) is not None
    return replace(entry, day=day, text=text_of(words, mark))
