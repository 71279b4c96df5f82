"""Settle: entries whose outcome is unknown are looked for at the vendor, never sent again blindly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.errors import Param
from bridge_gui.store import journal, links, sources
from bridge_gui.store.attention import ANEW, OF_A_THING
from bridge_gui.store.rows import CALLED, EntryRow, EntryState, LinkRow
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import SEVERAL, Absent, CannotTell, Finding, Flow, Found, Several
from bridge_gui.sync.outcome import adopt, changes_thing, look_at, named, reopen, show_on_link
from bridge_gui.sync.planning import give_up
from bridge_gui.sync.run import Run
from bridge_gui.web.waiting import check
from bridge_gui.wording.plain import bare

LOT = 500


def abandon(run: Run) -> None:
    """What a crash left in sending has an unknown outcome, from now on."""
    with run.database.write() as connection:
        left = journal.abandon_sending(connection, run.bridge.id, run.now())
        if left:
            run.note(connection, "warning", "run.left_sending", count=left)


def settle(run: Run) -> None:
    """Ask the vendor about every unknown entry and every doubtful link; one look per flow and lot."""
    with run.database.read() as connection:
        unknown = journal.in_states(connection, run.bridge.id, EntryState.UNKNOWN)
    done = 0
    for flow in run.flows.values():
        mine = [entry for entry in unknown if entry.flow == flow.key]
        for start in range(0, len(mine), LOT):
            check(run.cancel)
            run.progress(Phase.SETTLE, done, len(unknown))
            _settle_lot(run, flow, mine[start : start + LOT])
            done += len(mine[start : start + LOT])
    for flow in run.flows.values():
        _look_afresh(run, flow)


def _settle_lot(run: Run, flow: Flow, entries: Sequence[EntryRow]) -> None:
    """One look for several entries of one flow."""
    hidden = [entry for entry in entries if not entry.findable]
    shown = [entry for entry in entries if entry.findable]
    begun = run.now()
    found = flow.find([run.filled(entry) for entry in shown], run.cancel) if shown else []
    with run.database.write() as connection:
        for entry in hidden:
            ask(connection, run, entry, "outcome.cannot_tell", why=run.step(entry).name)
        for entry, finding in zip(shown, found, strict=True):
            _conclude(connection, run, flow, entry, finding, begun)


def _conclude(
    connection: Connection, run: Run, flow: Flow, entry: EntryRow, finding: Finding, begun: datetime
) -> None:
    """What one finding means for one entry."""
    believed_from = run.settled_at(flow, entry.unknown_since or begun)
    late_enough = begun >= believed_from
    if isinstance(finding, Found) and (finding.equal or late_enough):
        _take_over(connection, run, flow, entry, finding)
    elif isinstance(finding, Several) and (late_enough or not run.step(entry).ensures):
        ask_which(connection, run, entry, finding)
    elif isinstance(finding, CannotTell):
        ask(connection, run, entry, "outcome.cannot_tell")
    elif isinstance(finding, Absent) and late_enough and finding.gone:
        ask(connection, run, entry, "outcome.target_gone", target=entry.target_id)
    elif isinstance(finding, Absent) and late_enough:
        reopen(connection, run, entry, "outcome.absent")
        run.note(connection, "info", "outcome.absent", **named(run, entry))
    else:
        show_on_link(connection, entry, EntryState.UNKNOWN)
        run.later(believed_from)


def _take_over(connection: Connection, run: Run, flow: Flow, entry: EntryRow, found: Found) -> None:
    """The document is there: it becomes the link's target, with the content found.

    What was to be done to a thing and is not done is still to be done; no plan would speak of it again.
    """
    if not found.equal and changes_thing(connection, run, entry):
        journal.change(connection, entry.id, state=EntryState.PLANNED, code="", due_at=None)
        return
    adopt(connection, run, entry, found)
    run.note(connection, "info", "outcome.found", **named(run, entry))
    if not found.equal:
        give_up(connection, run, flow.key, entry.source_id)
        sources.renew(connection, run.bridge.id, flow.key, [entry.source_id])


def ask_which(connection: Connection, run: Run, entry: EntryRow, several: Several) -> None:
    """More than one thing fits: a person says which."""
    ids, names = ", ".join(ref.id for ref in several.refs), "; ".join(map(_called, several.refs))
    said: dict[str, Param] = {"names": names, **several.params, "ids": ids}
    of_a_thing = run.step(entry).ensures
    said |= {name: "1" for name, holds in ((ANEW, several.anew), (OF_A_THING, of_a_thing)) if holds}
    for ref in several.refs:
        said |= {f"{CALLED}{ref.id}": ref.number} if ref.number else {}
    code = "ensure.several" if of_a_thing and several.code == SEVERAL else several.code
    ask(connection, run, entry, code, **said)


def _called(ref: Ref) -> str:
    """One of several as a person finds it at the vendor."""
    which = bare(ref.id)
    return f"{ref.number} ({which})" if ref.number else which


def ask(connection: Connection, run: Run, entry: EntryRow, code: str, **params: Param) -> None:
    """Only a person can tell."""
    said = named(run, entry) | params
    journal.change(connection, entry.id, state=EntryState.ASKED, code=code, params=said)
    show_on_link(connection, entry, EntryState.ASKED)
    run.note(connection, "warning", code, **said)


def _look_afresh(run: Run, flow: Flow) -> None:
    """Look at documents whose content is no longer known, once a look says something about them."""
    begun = run.now()
    with run.database.read() as connection:
        doubtful = links.doubtful(connection, run.bridge.id, flow.key)
        entries = journal.on_links(connection, [link.id for link in doubtful])
    ready: list[tuple[LinkRow, EntryRow]] = []
    for link in doubtful:
        if link.id not in entries:
            continue
        believed_from = run.settled_at(run.flow_of(entries[link.id]), link.written_at or begun)
        if begun >= believed_from:
            ready.append((link, entries[link.id]))
        else:
            run.later(believed_from)
    for start in range(0, len(ready), LOT):
        _look(run, flow, ready[start : start + LOT])


def _look(run: Run, flow: Flow, lot: Sequence[tuple[LinkRow, EntryRow]]) -> None:
    """What these documents hold now, or that they are gone; one written in part is planned on now."""
    found = [run.flow_of(entry).find([run.filled(entry)], run.cancel)[0] for _, entry in lot]
    with run.database.write() as connection:
        for (link, entry), finding in zip(lot, found, strict=True):
            if isinstance(finding, Found):
                look_at(connection, run, link, finding)
            elif isinstance(finding, Absent):
                links.change(connection, link.id, state=DocumentState.DELETED.value, doubtful=False)
                sources.renew(connection, run.bridge.id, flow.key, [link.source_id])
            else:
                links.change(connection, link.id, doubtful=False)
            if entry.state is EntryState.STOPPED:
                sources.renew(connection, run.bridge.id, entry.flow, [entry.source_id])
