"""A preview: the read side of a real run, on a copy of the store that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection

from bridge_gui.store import attention, journal, links
from bridge_gui.store.database import Database
from bridge_gui.store.rows import EntryRow, EntryState
from bridge_gui.sync.deliver import missing
from bridge_gui.sync.engine import unsettled
from bridge_gui.sync.run import Run
from bridge_gui.sync.service import Preview
from bridge_gui.sync.specs import OpenBridge
from bridge_gui.sync.step import LinkTo
from bridge_gui.web.waiting import check

_OPEN = (
    EntryState.PLANNED,
    EntryState.SENDING,
    EntryState.UNKNOWN,
    EntryState.STOPPED,
    EntryState.ASKED,
)


@contextmanager
def scratch(database: Database) -> Iterator[Database]:
    """A private copy of the store beside it, gone when the block ends."""
    with tempfile.TemporaryDirectory(dir=database.path.parent, prefix="preview-") as folder:
        path = Path(folder) / "preview.db"
        database.copy_to(path)
        copy = Database(path)
        try:
            yield copy
        finally:
            copy.close()


def sendable(run: Run) -> list[EntryRow]:
    """What a run would send now, in order: not what waits behind something stopped, asked or put off."""
    with run.database.read() as connection:
        entries = journal.in_states(connection, run.bridge.id, *_OPEN)
        chosen: dict[int, EntryRow] = {}
        while more := _next(connection, run, entries, chosen):
            chosen |= more
    return [chosen[entry_id] for entry_id in sorted(chosen)]


def _next(
    connection: Connection, run: Run, entries: list[EntryRow], chosen: dict[int, EntryRow]
) -> dict[int, EntryRow]:
    """Those that could go once the chosen ones have gone."""
    made = {entry.link_id for entry in chosen.values()}
    blocked: set[str] = set()
    found: dict[int, EntryRow] = {}
    for entry in entries:
        if entry.id in chosen:
            continue
        if entry.lane not in blocked and _goes(connection, run, entry, made):
            found[entry.id] = entry
            made.add(entry.link_id)
        else:
            blocked.add(entry.lane)
    return found


def _goes(connection: Connection, run: Run, entry: EntryRow, made: set[int | None]) -> bool:
    """Whether an entry that is first in its lane is due, and all it needs is there or goes before it."""
    if entry.state is not EntryState.PLANNED or (entry.due_at is not None and entry.due_at > run.now()):
        return False
    return all(_there(connection, run, need, made) for need in run.step(entry).needs)


def _there(connection: Connection, run: Run, need: LinkTo, made: set[int | None]) -> bool:
    """Whether a link has its target, or will have it by then."""
    row = links.at(connection, run.bridge.id, need.kind, need.source_id, need.ordinal)
    return row is not None and (bool(row.target_id) or row.id in made)


def look_for_things(run: Run) -> None:
    """A contact or an item that is there already is not one that would be made."""
    wanted: dict[str, list[EntryRow]] = {}
    for entry in sendable(run):
        step = run.step(entry)
        if step.ensures and not step.needs:
            wanted.setdefault(entry.flow, []).append(entry)
    for key, entries in wanted.items():
        check(run.cancel)
        missing(run, run.flows[key], entries)


def show(run: Run, opened: OpenBridge, calls: dict[str, int], books: str, per_second: float) -> Preview:
    """What the journal of the copy now intends, as a person reads it."""
    look_for_things(run)
    planned = sendable(run)
    with run.database.read() as connection:
        held = attention.rows(connection, run.bridge.name)
    documents = [
        replace(opened.describe(run.step(entry)), source=(entry.flow, entry.source_id)) for entry in planned
    ]
    seconds = len(documents) / per_second
    return Preview(
        bridge=run.bridge.name,
        documents=tuple(documents),
        held=tuple(held),
        unsettled=unsettled(run),
        read=run.counts.read,
        calls={**calls, books: calls.get(books, 0) + len(documents)},
        minutes=round(seconds / 60, 1),
    )
