"""What a person decides about something that needs attention; each answer is kept in the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store import alike, attention, bridges, journal, links, runs, sources
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow, EntryRow, EntryState, Standing
from bridge_gui.sync.planning import GIVEN_UP, NEVER
from bridge_gui.web.waiting import Clock


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One entry a person has answered about."""

    connection: Connection
    clock: Clock
    bridge: BridgeRow
    entry: EntryRow


def answer(database: Database, clock: Clock, bridge: BridgeRow, item: str, choice: str) -> None:
    """Carry out a choice about an attention item ("entry:7", "source:3:v1", "bridge:NAME")."""
    what, _, name = item.partition(":")
    with database.write() as connection:
        if what == "entry" and name.isdigit():
            _answer_entry(connection, clock, bridge, int(name), choice)
        elif what == "source" and name.partition(":")[0].isdigit():
            _answer_source(connection, bridge, name, choice)
        elif what == "bridge" and choice == "seen":
            _let_go(connection, bridge)
        elif what == "bridge" and choice == "accept":
            bridges.set_proven(connection, bridge.books.id, clock.now())
            bridges.stop_bridge(connection, bridge.id, "", {})
        else:
            raise SetupError("answer.unknown", item=item, choice=choice)
        said = {"item": item, "choice": choice}
        runs.note(connection, bridge.id, None, clock.now(), "info", "answer.given", {**said})


def _let_go(connection: Connection, bridge: BridgeRow) -> None:
    """A person has seen to what the bridge stood still for."""
    if bridges.lasting_stop(connection, bridge.id) is None:
        raise SetupError("answer.too_late", item=f"bridge:{bridge.name}")
    bridges.set_lasting_stop(connection, bridge.id, "", {})
    bridges.stop_bridge(connection, bridge.id, "", {})


def _answer_entry(
    connection: Connection, clock: Clock, bridge: BridgeRow, entry_id: int, choice: str
) -> None:
    """It arrived; send it again; never send it; try again."""
    entry = journal.get(connection, entry_id)
    if entry is None or entry.state not in (EntryState.ASKED, EntryState.STOPPED):
        raise SetupError("answer.too_late", item=f"entry:{entry_id}")
    asked = Asked(connection=connection, clock=clock, bridge=bridge, entry=entry)
    said_which = choice.startswith(attention.USE)
    act = _CHOICES.get(choice)
    if entry.state is not EntryState.ASKED and (choice == "arrived" or said_which):
        act, said_which = None, False
    if said_which:
        _which(asked, choice)
    elif act is not None:
        act(asked)
    else:
        raise SetupError("answer.unknown", item=f"entry:{entry_id}", choice=choice)


def _arrived(asked: Asked, target: str = links.UNSEEN) -> None:
    """The person has seen it at the vendor: done. Where they say which it is, that is the link's target."""
    now = asked.clock.now()
    journal.change(asked.connection, asked.entry.id, state=EntryState.DONE, finished_at=now, code="")
    link = links.get(asked.connection, asked.entry.link_id) if asked.entry.link_id is not None else None
    if link is not None and not link.target_id:
        contents = {"source_content": None, "written_at": now}
        links.change(asked.connection, link.id, target_id=target, state="", **contents)
    if target != links.UNSEEN:
        sources.renew(asked.connection, asked.bridge.id, asked.entry.flow, [asked.entry.source_id])


def _which(asked: Asked, choice: str) -> None:
    """One of the things that fit: it becomes the link."""
    target = choice.removeprefix(attention.USE)
    if target not in str(asked.entry.params.get("ids", "")).split(", "):
        raise SetupError("answer.unknown", item=f"entry:{asked.entry.id}", choice=choice)
    _arrived(asked, target)


def _again(asked: Asked) -> None:
    """Plan it anew; an effect nobody can look up goes again as it is, by the person's word."""
    entry = asked.entry
    if not entry.findable:
        journal.change(asked.connection, entry.id, state=EntryState.PLANNED, code="", due_at=None)
        return
    _end(asked, EntryState.SUPERSEDED)
    sources.renew(asked.connection, asked.bridge.id, entry.flow, [entry.source_id])


def _skip(asked: Asked) -> None:
    """Never send this, nor what becomes of its source."""
    entry = asked.entry
    _end(asked, EntryState.SKIPPED)
    if entry.findable:
        sources.set_answer(asked.connection, asked.bridge.id, entry.flow, entry.source_id, NEVER)


def _end(asked: Asked, state: EntryState) -> None:
    """End an entry without a document, and what its source has not sent yet: a running sync goes on."""
    _finish(asked, asked.entry, state)
    if not asked.entry.findable:
        return
    entry = asked.entry
    for other in journal.open_of(asked.connection, asked.bridge.id, entry.flow, entry.source_id):
        if other.state in GIVEN_UP and other.findable:
            _finish(asked, other, EntryState.SUPERSEDED)


def _finish(asked: Asked, entry: EntryRow, state: EntryState) -> None:
    """End one entry and free the place it had taken."""
    journal.change(asked.connection, entry.id, state=state, finished_at=asked.clock.now())
    if entry.link_id is not None:
        links.free(asked.connection, entry.link_id)


_CHOICES = {"arrived": _arrived, "send_again": _again, "try_again": _again, NEVER: _skip}


def _answer_source(connection: Connection, bridge: BridgeRow, name: str, choice: str) -> None:
    """Keep the choice, bound to the two contents that were shown; the next run looks at the source again.

    The item's name says which contents those were: what has changed since is asked about anew. One answer
    is for all that were asked about the same thing.
    """
    row_id, _, shown = name.partition(":")
    row = sources.by_row(connection, bridge.id, int(row_id))
    if row is None or choice not in (*row.choices, NEVER):
        raise SetupError("answer.unknown", item=f"source:{name}", choice=choice)
    if row.standing is not Standing.HELD or (shown and shown != attention.shown_name(row.shown)):
        raise SetupError("answer.too_late", item=f"source:{name}")
    for asked in alike.asked_alike(connection, bridge.id, row):
        answered = {"answer": choice, "answer_digest": asked.shown}
        sources.change(connection, asked.id, standing=Standing.NEW, planned_revision=0, **answered)
