"""What a person decides about something that needs attention; each answer is kept in the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, journal, links, runs, sources
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow, EntryRow, EntryState
from bridge_gui.sync.planning import NEVER
from bridge_gui.web.waiting import Clock


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One entry a person has answered about."""

    connection: Connection
    clock: Clock
    bridge: BridgeRow
    entry: EntryRow


def answer(database: Database, clock: Clock, bridge: BridgeRow, item: str, choice: str) -> None:
    """Carry out a choice about an attention item ("entry:7", "source:3", "bridge:NAME")."""
    what, _, name = item.partition(":")
    with database.write() as connection:
        if what == "entry" and name.isdigit():
            _answer_entry(connection, clock, bridge, int(name), choice)
        elif what == "source" and name.isdigit():
            _answer_source(connection, bridge, int(name), choice)
        elif what == "bridge" and choice == "accept":
            bridges.set_proven(connection, bridge.books.id, clock.now())
            bridges.stop_bridge(connection, bridge.id, "", {})
        else:
            raise SetupError("answer.unknown", item=item, choice=choice)
        said = {"item": item, "choice": choice}
        runs.note(connection, bridge.id, None, clock.now(), "info", "answer.given", {**said})


def _answer_entry(
    connection: Connection, clock: Clock, bridge: BridgeRow, entry_id: int, choice: str
) -> None:
    """It arrived; send it again; never send it; try again."""
    entry = journal.get(connection, entry_id)
    if entry is None or entry.state not in (EntryState.ASKED, EntryState.STOPPED):
        raise SetupError("answer.too_late", item=f"entry:{entry_id}")
    act = _CHOICES.get(choice)
    if act is None or (choice == "arrived" and entry.state is not EntryState.ASKED):
        raise SetupError("answer.unknown", item=f"entry:{entry_id}", choice=choice)
    act(Asked(connection=connection, clock=clock, bridge=bridge, entry=entry))


def _arrived(asked: Asked) -> None:
    """The person has seen it at the vendor: done."""
    now = asked.clock.now()
    journal.change(asked.connection, asked.entry.id, state=EntryState.DONE, finished_at=now, code="")


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
    if entry.findable and not entry.action:
        sources.set_answer(asked.connection, asked.bridge.id, entry.flow, entry.source_id, NEVER)


def _end(asked: Asked, state: EntryState) -> None:
    """End an entry without a document."""
    journal.change(asked.connection, asked.entry.id, state=state, finished_at=asked.clock.now())
    if asked.entry.link_id is not None:
        links.free(asked.connection, asked.entry.link_id)


_CHOICES = {"arrived": _arrived, "send_again": _again, "try_again": _again, NEVER: _skip}


def _answer_source(connection: Connection, bridge: BridgeRow, row_id: int, choice: str) -> None:
    """Keep the choice, bound to the two contents that were shown, and look at the source again."""
    row = sources.by_row(connection, bridge.id, row_id)
    if row is None or choice not in (*row.choices, NEVER):
        raise SetupError("answer.unknown", item=f"source:{row_id}", choice=choice)
    shown = str(row.params.get("shown", f"{row.digest}|"))
    sources.change(connection, row.id, answer=choice, answer_digest=shown)
