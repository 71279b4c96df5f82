"""Closed years and locked periods: asked about before anything is sent into one."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from bridge_gui.accounting.documents import JournalEntry
from bridge_gui.bridges.salescloud_payday.draft_steps import AddToDraft
from bridge_gui.bridges.salescloud_payday.rules import ASK, Rules, closed_also
from bridge_gui.bridges.salescloud_payday.steps import PostJournal, ReverseJournal, read_mark, text_of
from bridge_gui.sync.flow import Held, Skip
from bridge_gui.sync.opening import Notes
from bridge_gui.sync.step import Step

FIRST_OPEN, WAIT, OPEN_AGAIN = "first_open_day", "wait", "open_again"
LEARNT = "closed"
"""The name under which a bridge keeps what it was refused."""
ANSWERS = (FIRST_OPEN, WAIT, OPEN_AGAIN)
"""What is said about a closed period; whoever says one has said before that the thing is to be booked."""


def said(answer: str | None, word: str) -> bool:
    """Whether an answer, or one of its parts, is this word, or comes after it: one about a closed period."""
    return not {word, *ANSWERS}.isdisjoint((answer or "").split("."))


def allowed(
    steps: list[Step] | Held | Skip, rules: Rules, answer: str | None, asked: str = ""
) -> list[Step] | Held | Skip:
    """The steps as they may go: into a closed period only where, and as, a person says so.

    `asked` is an answer already given about this source, which the answer to this question repeats.
    """
    if not isinstance(steps, list) or not any(_closed(step, rules) for step in steps):
        return steps
    told = (answer or "").rpartition(".")[2]
    if told == OPEN_AGAIN and not rules.tried:
        return steps
    if told == FIRST_OPEN:
        return [_moved(step, rules) for step in steps]
    until = rules.closed.isoformat() if rules.closed is not None else ""
    if told == WAIT:
        return Skip(code="period.waiting", params={"until": until})
    refused = rules.learnt is not None and rules.learnt == rules.closed
    choices: tuple[str, ...] = ANSWERS if refused else (FIRST_OPEN, WAIT)
    if asked and asked != ASK:
        choices = tuple(f"{asked}.{choice}" for choice in choices)
    return Held(code="period.closed", params={"until": until}, choices=choices)


def days_of(step: Step) -> date | None:
    """The day a step books on, None if it books nothing."""
    if isinstance(step, (PostJournal, ReverseJournal)):
        return step.entry.day
    return step.dated if isinstance(step, AddToDraft) else None


def booked_in(step: Step, until: date | None) -> bool:
    """Whether a step books on a day up to this one."""
    day = days_of(step)
    return until is not None and day is not None and day <= until


def learnt(rules: Rules, notes: Notes) -> Rules:
    """The rules with what a refusal has taught: until when the books are closed, where they open again."""
    kept = notes.get(LEARNT)
    if not kept:
        return rules
    until, first = map(date.fromisoformat, kept.split())
    return replace(closed_also(rules, until, first), learnt=until)


def _closed(step: Step, rules: Rules) -> bool:
    return booked_in(step, rules.closed)


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
