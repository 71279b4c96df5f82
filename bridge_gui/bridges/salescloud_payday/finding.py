"""Looking through the journal of the books for what bears our marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from bridge_gui.accounting.documents import CUSTOMER, DocumentState, DocumentView, JournalEntry, JournalLine
from bridge_gui.accounting.entries import PostedEntry, balances, content_of, worth_of
from bridge_gui.bridges.salescloud_payday.steps import (
    ENTRY,
    REVERSAL,
    PostJournal,
    ReverseJournal,
    read_day,
    read_mark,
)
from bridge_gui.sync.capabilities import KeepsJournal
from bridge_gui.sync.flow import Absent, Finding, Found, Marked, Several
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel


class Journal:
    """One listing of the journal, looked through as often as wanted."""

    def __init__(self, books: KeepsJournal, cancel: Cancel) -> None:
        self._books = books
        self._entries = books.entries(cancel)
        self._by_word: dict[str, list[PostedEntry]] = {}
        for entry in self._entries:
            for word in set(entry.text.split()):
                self._by_word.setdefault(word, []).append(entry)

    def find(self, step: Step) -> Finding:
        """What bears the step's mark, as a whole word of its text."""
        assert isinstance(step, (PostJournal, ReverseJournal))
        entries = self._by_word.get(step.mark, [])
        if not entries:
            return Absent()
        if len(entries) > 1:
            return Several(refs=tuple(entry.ref for entry in entries))
        return self._found(step, entries[0])

    def marked(self, since: date, scope: str) -> Iterator[Marked]:
        """Every entry since a day that bears a mark of ours; another shop's days are left out."""
        for entry in self._entries:
            mark = read_mark(entry.text)
            day = read_day(mark.source_id) if mark else None
            if mark is None or (day and day[1] != scope) or (entry.day or since) < since:
                continue
            lines = self._books.in_our_form(entry, None).lines
            yield Marked(
                source_id=mark.source_id, kind=REVERSAL if mark.reversal else ENTRY, ordinal=mark.ordinal,
                found=Found(ref=entry.ref, equal=True, content=self._content(entry), state=_state(entry)),
                day=entry.day or since, currency="ISK", group=day is not None,
                total=worth_of(lines or ()),
            )  # fmt: skip

    def views(self, ids: Iterable[str]) -> list[DocumentView]:
        """The present state of these entries; a missing one is left out."""
        by_id = {entry.ref.id: entry for entry in self._entries}
        there = [by_id[target] for target in ids if target in by_id]
        return [
            DocumentView(ref=entry.ref, state=_state(entry), content=self._content(entry)) for entry in there
        ]

    def _found(self, step: PostJournal | ReverseJournal, entry: PostedEntry) -> Found:
        """The entry found, and whether it is just what the step meant."""
        ours = self._books.in_our_form(entry, sent(step))
        lines = None if ours.lines is None else named(step, ours.lines)
        same_day = entry.day in (None, step.entry.day)
        same_lines = lines is None or balances(lines) == balances(step.entry.lines)
        content = None if lines is None else content_of(entry.day or step.entry.day, lines)
        return Found(
            ref=entry.ref,
            equal=same_day and same_lines,
            content=content,
            state=_state(entry, step.entry.draft),
        )

    def _content(self, entry: PostedEntry) -> bytes | None:
        lines = self._books.in_our_form(entry, None).lines
        return None if lines is None else content_of(entry.day, lines)


def sent(step: PostJournal | ReverseJournal) -> JournalEntry:
    """The entry as it is sent: customers by their id at the books."""
    ids = {number: contact for contact, number in _customers(step).items()}
    return replace(step.entry, lines=_renamed(step.entry.lines, ids)) if ids else step.entry


def named(step: PostJournal | ReverseJournal, lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """Lines as they were read: customers by their kennitala again."""
    return _renamed(lines, _customers(step))


def _customers(step: PostJournal | ReverseJournal) -> dict[str, str]:
    """The customers of an entry: from their id at the books to their kennitala, each as an account."""
    return {
        f"{CUSTOMER}{step.targets.get(need.name, '')}": f"{CUSTOMER}{need.source_id}" for need in step.needs
    }


def _renamed(lines: Iterable[JournalLine], names: dict[str, str]) -> tuple[JournalLine, ...]:
    return tuple(replace(line, account=names.get(line.account, line.account)) for line in lines)


def _state(entry: PostedEntry, meant_draft: bool = False) -> DocumentState:
    draft = meant_draft if entry.draft is None else entry.draft
    return DocumentState.DRAFT if draft else DocumentState.POSTED
