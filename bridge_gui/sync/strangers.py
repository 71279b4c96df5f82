"""Before the first write: has another Bridge booked meanwhile what this one is about to book?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, journal, links
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.run import Run
from bridge_gui.web.waiting import check

SECOND = "bridge.second"
Place = tuple[str, str, int]


def look_for_strangers(run: Run) -> None:
    """What is there already under the mark it is to get is looked at, not made again.

    Where this Bridge never sent it, another one works for the same company: a person is asked. Only what is
    still to be made is compared, so that other shops in the same books are nobody's second Bridge.
    """
    taken = [one for flow in run.flows.values() for one in _taken(run, flow)]
    if not taken:
        return
    with run.database.write() as connection:
        for entry in taken:
            journal.change(connection, entry.id, state=EntryState.UNKNOWN, unknown_since=run.now())
        strange = [entry for entry in taken if not _sent_before(connection, run, entry)]
        if strange:
            params = {"count": str(len(strange))}
            bridges.set_lasting_stop(connection, run.bridge.id, SECOND, dict(params))
    if strange:
        raise SetupError(SECOND, **params)


def _taken(run: Run, flow: Flow) -> Iterator[EntryRow]:
    """The entries of a flow that would make what bears their mark already."""
    with run.database.read() as connection:
        pairs = _to_make(connection, run, flow)
    places = {_place(link): entry for entry, link in pairs}
    if not places:
        return
    for document in flow.survey(run.bridge.start, run.cancel):
        check(run.cancel)
        entry = places.pop((document.kind, document.source_id, document.ordinal), None)
        if entry is not None:
            yield entry


def _to_make(connection: Connection, run: Run, flow: Flow) -> Sequence[tuple[EntryRow, LinkRow]]:
    """The planned entries that make a document with a mark of its own, with their links."""
    planned = journal.in_states(connection, run.bridge.id, EntryState.PLANNED)
    pairs = (
        (entry, links.get(connection, entry.link_id))
        for entry in planned
        if entry.flow == flow.key and entry.link_id is not None and entry.mark and not entry.action
    )
    return [(entry, link) for entry, link in pairs if link is not None and not link.target_id]


def _place(link: LinkRow) -> Place:
    return link.kind, link.source_id, link.ordinal


def _sent_before(connection: Connection, run: Run, entry: EntryRow) -> bool:
    """Whether this Bridge itself has sent it once, so that what is there may be its own, come late."""
    earlier = journal.history(connection, run.bridge.id, entry.flow, entry.source_id)
    return any(one.mark == entry.mark and one.claimed_at is not None for one in earlier)
