"""Before the first write: has another Bridge booked meanwhile what this one is about to book?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, json
from msgspec.structs import replace
from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, journal, links
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow
from bridge_gui.sync.flow import Flow, Marked
from bridge_gui.sync.run import Run
from bridge_gui.web.waiting import check

SECOND = "bridge.second"
Place = tuple[str, str, int]
Places = tuple[Place, ...]
MARGIN = timedelta(days=1)
"""How much further back than our last look a look goes: this computer's clock may be wrong."""


class _Seen(Struct, frozen=True):
    """What bears our marks and is none of our links', of all that was there from a day up to an instant."""

    start: date
    until: datetime
    places: Places


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
            _forget(connection, run, entry)
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
    for there in _there(run, flow) if places else ():
        entry = places.pop(there, None)
        if entry is not None:
            yield entry


def _there(run: Run, flow: Flow) -> Collection[Place]:
    """The places of what bears a mark at the vendor; where it tells of changes, only those are read."""
    if flow.surveys_changes:
        return _changed(run, flow)
    places = set()
    for document in flow.survey(run.bridge.start, run.cancel):
        check(run.cancel)
        places.add((document.kind, document.source_id, document.ordinal))
    return places


def _changed(run: Run, flow: Flow) -> Collection[Place]:
    """The same from what was seen earlier and what was made or changed since then.

    What our own links are targets of is left out: only what another Bridge made has to be remembered.
    """
    begun, since = run.now(), run.bridge.start
    with run.database.read() as connection:
        seen = _seen(connection, run, flow)
    if seen is not None and seen.start <= since:
        since = max(since, min(seen.until, begun).date() - MARGIN)
    found = []
    for document in flow.survey(since, run.cancel):
        check(run.cancel)
        found.append(document)
    with run.database.write() as connection:
        return remember(connection, run, flow, found, begun, seen.places if seen is not None else ())


def remember(
    connection: Connection, run: Run, flow: Flow, found: Iterable[Marked], begun: datetime,
    before: Places = (),
) -> Places:  # fmt: skip
    """Keep which of the documents that a look found are none of our links', with those seen `before`."""
    strange = {_named(one) for one in found if not _is_ours(connection, run, flow, one)}
    places = tuple(sorted(strange.union(before)))
    now = _Seen(start=run.bridge.start, until=begun, places=())
    bridges.set_note(connection, run.bridge.id, _note_of(flow), _encoded(now, places))
    return places


def _forget(connection: Connection, run: Run, entry: EntryRow) -> None:
    """What is looked at now need not be remembered: were it gone, it would be asked about for ever."""
    seen = _seen(connection, run, run.flow_of(entry))
    link = links.get(connection, entry.link_id) if entry.link_id is not None else None
    if seen is None or link is None:
        return
    left = tuple(one for one in seen.places if one != _place(link))
    bridges.set_note(connection, run.bridge.id, _note_of(run.flow_of(entry)), _encoded(seen, left))


def _seen(connection: Connection, run: Run, flow: Flow) -> _Seen | None:
    kept = bridges.note(connection, run.bridge.id, _note_of(flow))
    return json.decode(kept, type=_Seen) if kept else None


def _encoded(seen: _Seen, places: Places) -> str:
    return json.encode(replace(seen, places=places)).decode()


def _note_of(flow: Flow) -> str:
    return f"marked.{flow.key}"


def _is_ours(connection: Connection, run: Run, flow: Flow, document: Marked) -> bool:
    """Whether one of our links leads to it."""
    rows = links.to_target(connection, run.bridge.id, flow.key, document.found.ref.id)
    return any(_place(row) == _named(document) for row in rows)


def _named(document: Marked) -> Place:
    return document.kind, document.source_id, document.ordinal


def _to_make(connection: Connection, run: Run, flow: Flow) -> Sequence[tuple[EntryRow, LinkRow]]:
    """The planned entries that make a document with a mark of its own, with their links."""
    planned = journal.in_states(connection, run.bridge.id, EntryState.PLANNED)
    marked = [entry for entry in planned if entry.flow == flow.key and entry.mark and not entry.action]
    empty = {link.id: link for link in links.unwritten(connection, run.bridge.id)} if marked else {}
    return [(entry, empty[entry.link_id]) for entry in marked if entry.link_id in empty]


def _place(link: LinkRow) -> Place:
    return link.kind, link.source_id, link.ordinal


def _sent_before(connection: Connection, run: Run, entry: EntryRow) -> bool:
    """Whether this Bridge itself has sent it once, so that what is there may be its own, come late."""
    earlier = journal.history(connection, run.bridge.id, entry.flow, entry.source_id)
    return any(one.mark == entry.mark and one.claimed_at is not None for one in earlier)
