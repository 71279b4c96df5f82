"""Orders carried out at once: their own steps and what these wait for; and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from bridge_gui.errors import Cancelled, classify
from bridge_gui.store import journal, links, sources
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow, SourceRow, Standing
from bridge_gui.sync import proof
from bridge_gui.sync.actions import How, Told
from bridge_gui.sync.deliver import deliver_only
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.follow import recall
from bridge_gui.sync.orders import plan_orders
from bridge_gui.sync.planning import drop
from bridge_gui.sync.run import Run
from bridge_gui.sync.settle import abandon, settle

REPLANS = 3
OPEN = (
    EntryState.PLANNED,
    EntryState.SENDING,
    EntryState.UNKNOWN,
    EntryState.STOPPED,
    EntryState.ASKED,
)
_WAITS = frozenset(OPEN)


def carry_out(run: Run, flow: Flow, requests: Sequence[str]) -> Told | None:
    """Send what these orders are, alone in the bridge; what ends a run is told, not raised, unless a bug."""
    try:
        abandon(run)
        recall(run)
        proof.recall(run)
        for _ in range(REPLANS):
            _settle_own(run, flow, requests)
            deliver_only(run, lambda: {entry.id for entry in _concerned(run, flow, requests)})
            if not _reopened(run, flow, requests):
                break
    except proof.NotYetShown:
        return Told(how=How.WAITING, code="run.waits_for_ledger")
    except Cancelled:
        return Told(how=How.WAITING, code="action.next_sync")
    except Exception as error:
        verdict = classify(error)
        if verdict.bug:
            raise
        return Told(how=How.WAITING, code=verdict.code, params=verdict.params)
    return None


def told_of(run: Run, flow: Flow, request: str, ended: Told | None = None) -> Told:
    """How one order stands; `ended` is what stopped the delivery, told of what could not go because of it."""
    with run.database.read() as connection:
        row = sources.get(connection, run.bridge.id, flow.key, request)
        entries = journal.history(connection, run.bridge.id, flow.key, request)
        awaited = _closure(connection, run, flow, [request])
        link = _last_link(connection, entries)
    if row is not None and row.standing in (Standing.HELD, Standing.SKIPPED):
        how = How.ASKED if row.standing is Standing.HELD else How.REFUSED
        return Told(how=how, code=row.code, params=row.params)
    stuck = _stuck(awaited)
    if stuck is not None:
        return stuck
    if awaited or (row is not None and row.standing is Standing.NEW):
        return ended or Told(how=How.WAITING, code="action.next_sync")
    if link is None:
        return Told(how=How.DONE)
    number = link.target_number or link.number
    return Told(how=How.DONE, number=number, url=link.target_url, state=link.state)


def withdraw(run: Run, flow: Flow, request: str) -> Told | None:
    """An order the vendor refused outright, of which nothing was done, is ended: the user was told.

    One of which a part was done, or may have been, stays where a person finds it.
    """
    with run.database.write() as connection:
        row = sources.get(connection, run.bridge.id, flow.key, request)
        entries = journal.history(connection, run.bridge.id, flow.key, request)
        living = [one for one in entries if one.state is not EntryState.SUPERSEDED]
        refused = next((one for one in living if one.state is EntryState.STOPPED), None)
        untouched = all(one.state in (EntryState.STOPPED, EntryState.PLANNED) for one in living)
        if row is None or refused is None or not untouched or _partly(connection, run, refused):
            return None
        for entry in living:
            drop(connection, run, entry, entry.code)
        code, params = refused.code, refused.params
        sources.settle_standing(connection, row, Standing.SKIPPED, run.now(), code=code, params=params)
        return Told(how=How.REFUSED, code=refused.code, params=refused.params)


def _partly(connection: Connection, run: Run, entry: EntryRow) -> bool:
    """Whether the vendor kept a part of a document it refused."""
    link = links.get(connection, entry.link_id) if entry.link_id is not None else None
    return link is not None and bool(link.target_id) and (run.step(entry).creates or link.doubtful)


def _reopened(run: Run, flow: Flow, requests: Sequence[str]) -> bool:
    """Plan anew what a conflict has reopened, once what it was planned on was looked at."""
    with run.database.read() as connection:
        rows = [sources.get(connection, run.bridge.id, flow.key, request) for request in requests]
    if not any(_is_reopened(row) for row in rows):
        return False
    settle(run)
    plan_orders(run, flow)
    return True


def _is_reopened(row: SourceRow | None) -> bool:
    return row is not None and (row.standing is Standing.NEW or row.planned_revision < row.revision)


def _settle_own(run: Run, flow: Flow, requests: Sequence[str]) -> None:
    """Look for what may have arrived, where these orders wait for it."""
    if any(entry.state is EntryState.UNKNOWN for entry in _concerned(run, flow, requests)):
        settle(run)


def _concerned(run: Run, flow: Flow, requests: Sequence[str]) -> list[EntryRow]:
    with run.database.read() as connection:
        return _closure(connection, run, flow, requests)


def _closure(connection: Connection, run: Run, flow: Flow, requests: Sequence[str]) -> list[EntryRow]:
    """The open entries of these orders, what stands before them in their lanes, and what they need."""
    entries = journal.in_states(connection, run.bridge.id, *OPEN)
    chosen = {one.id: one for one in entries if one.flow == flow.key and one.source_id in set(requests)}
    todo = list(chosen.values())
    while todo:
        for other in _before(connection, run, todo.pop(), entries):
            if other.id not in chosen:
                chosen[other.id] = other
                todo.append(other)
    return [chosen[entry_id] for entry_id in sorted(chosen)]


def _before(connection: Connection, run: Run, entry: EntryRow, entries: list[EntryRow]) -> list[EntryRow]:
    """What one entry waits for directly."""
    needed = set()
    for need in run.step(entry).needs:
        link = links.at(connection, run.bridge.id, need.kind, need.source_id, need.ordinal)
        if link is not None and not link.target_id:
            needed.add(link.id)
    return [
        other
        for other in entries
        if (other.lane == entry.lane and other.id < entry.id) or other.link_id in needed
    ]


def _stuck(awaited: Sequence[EntryRow]) -> Told | None:
    """Whether an order, or what it waits for, needs a person; or is being looked for."""
    for state, how in ((EntryState.ASKED, How.ASKED), (EntryState.STOPPED, How.ASKED)):
        for entry in awaited:
            if entry.state is state:
                return Told(how=how, code=entry.code, params=entry.params)
    if any(entry.state in (EntryState.UNKNOWN, EntryState.SENDING) for entry in awaited):
        return Told(how=How.WAITING, code="action.being_checked")
    return None


def _last_link(connection: Connection, entries: Sequence[EntryRow]) -> LinkRow | None:
    """The document the last step made or changed."""
    linked = [entry.link_id for entry in entries if entry.link_id and entry.state is EntryState.DONE]
    return links.get(connection, linked[-1]) if linked else None
