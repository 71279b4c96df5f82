"""Things that planned entries wait for, and nobody makes: made again, or the entries say why they stand."""

from __future__ import annotations

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.store import journal, links, sources
from bridge_gui.store.rows import ENSURE, EntryRow, EntryState, SourceRow
from bridge_gui.sync.outcome import named, show_on_link
from bridge_gui.sync.planning import given_up_by
from bridge_gui.sync.run import Run
from bridge_gui.sync.step import LinkTo

LEFT_OUT, GONE = "plan.needed_left_out", "plan.needed_gone"
_BEFORE_A_PERSON = (EntryState.STOPPED, EntryState.ASKED)


def see_to_needed(run: Run) -> None:
    """After a delivery: whatever is still planned waits for something that comes, or for a person.

    A thing is orphaned where its link ended while what was done to it was in doubt, or was asked about.
    """
    with run.database.read() as connection:
        waiting = journal.in_states(connection, run.bridge.id, EntryState.PLANNED)
    for entry in sorted(waiting, key=lambda one: not run.step(one).creates):
        needs = run.step(entry).needs
        if needs:
            with run.database.write() as connection:
                _see_to(connection, run, entry, needs)


def _see_to(connection: Connection, run: Run, entry: EntryRow, needs: tuple[LinkTo, ...]) -> None:
    """One entry's needs; one that is there, or on its way, is left alone."""
    for need in needs:
        link = links.at(connection, run.bridge.id, need.kind, need.source_id, need.ordinal)
        if link is not None and link.target_id:
            if link.state == DocumentState.DELETED.value:
                _stop(connection, run, entry, GONE, link.target_number or link.target_id)
            continue
        orphan = (
            None
            if link is not None and journal.taken(connection, link.id)
            else _orphan(connection, run, need)
        )
        if orphan is not None and given_up_by(orphan) is None:
            sources.renew(connection, run.bridge.id, orphan.flow, [orphan.source_id])
        elif orphan is not None:
            _stop(connection, run, entry, LEFT_OUT, orphan.number or orphan.source_id)


def _orphan(connection: Connection, run: Run, need: LinkTo) -> SourceRow | None:
    """The source of a needed thing that no open entry is about to make."""
    for flow in run.flows:
        row = sources.get(connection, run.bridge.id, flow, need.source_id)
        if row is not None and row.action == ENSURE:
            being_made = journal.open_of(connection, run.bridge.id, flow, need.source_id)
            return None if being_made else row
    return None


def _stop(connection: Connection, run: Run, entry: EntryRow, code: str, needed: str) -> None:
    """A person is asked about the document that needs what does not come, once."""
    others = journal.open_of(connection, run.bridge.id, entry.flow, entry.source_id)
    if any(one.state in _BEFORE_A_PERSON for one in others):
        return
    params = named(run, entry) | {"needed": needed}
    journal.change(connection, entry.id, state=EntryState.STOPPED, code=code, params=params)
    show_on_link(connection, entry, EntryState.STOPPED)
    run.counts.failed += 1
    run.note(connection, "warning", code, **params)
