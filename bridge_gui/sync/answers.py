"""What a person decides about something that needs attention; each answer is kept in the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bridge_gui.errors import Param, SetupError
from bridge_gui.store import alike, attention, bridges, decisions, journal, links, runs, sources
from bridge_gui.store.database import Database
from bridge_gui.store.rows import (
    BY_HAND,
    CALLED,
    ENSURE,
    THING,
    USE,
    BridgeRow,
    DecisionRow,
    EntryRow,
    EntryState,
    SourceRow,
    Standing,
)
from bridge_gui.sync.digest import key_of
from bridge_gui.sync.planning import GIVEN_UP, GIVEN_UP_BY, NEVER
from bridge_gui.web.waiting import Clock
from bridge_gui.wording.plain import bare

TAKE_BACK = "take_back"
_AS_IS = attention.LEFT_CHOICES[-1]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One entry a person has answered about."""

    connection: Connection
    clock: Clock
    bridge: BridgeRow
    entry: EntryRow


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was chosen, why, and the document a person made by hand (its number or id)."""

    name: str
    reason: str = ""
    document: str = ""


def answer(database: Database, clock: Clock, bridge: BridgeRow, item: str, choice: Choice) -> None:
    """Carry out a choice about an attention item ("entry:7", "source:3:v1", "bridge:NAME").

    `take_back` is for a source that was left out by a person's answer.
    """
    what, _, name = item.partition(":")
    said: dict[str, Param] = {"item": item, "decision": choice.name}
    if choice.name == BY_HAND and not choice.document.strip():
        raise SetupError("answer.no_document")
    with database.write() as connection:
        said |= _about(connection, bridge, item, choice)
        if what == "entry" and name.isdigit():
            _answer_entry(connection, clock, bridge, int(name), choice)
        elif what == "source" and name.partition(":")[0].isdigit():
            _answer_source(connection, clock, bridge, name, choice)
        elif what == "bridge" and choice.name == "seen":
            _let_go(connection, bridge)
        elif what == "bridge" and choice.name == "accept":
            bridges.set_proven(connection, bridge.books.id, clock.now())
            bridges.stop_bridge(connection, bridge.id, "", {})
        else:
            raise SetupError("answer.unknown", item=item, choice=choice.name)
        told = "answer.booked" if choice.name == BY_HAND else "answer.given_on"
        code = told if said.get("number") else "answer.given"
        runs.note(connection, bridge.id, None, clock.now(), "info", code, said)


def _about(connection: Connection, bridge: BridgeRow, item: str, choice: Choice) -> dict[str, Param]:
    """What a person answered about and why, for the log; looked at before the answer settles it."""
    shown = next((row for row in attention.rows(connection, bridge.name) if row.id == item), None)
    what, _, name = item.partition(":")
    row_id = name.partition(":")[0] if what == "source" else ""
    row = sources.by_row(connection, bridge.id, int(row_id)) if row_id.isdigit() else None
    number = shown.number or shown.params.get("number", "") if shown is not None else ""
    said: dict[str, Param] = {"number": number or (row.number if row is not None else "")}
    if choice.document.strip():
        said["document"] = choice.document.strip()
    if choice.reason.strip():
        said |= {"reason": choice.reason.strip(), "why": "reasoned"}
    if choice.name.startswith(USE):
        which = choice.name.removeprefix(USE)
        called = shown.params.get(f"{CALLED}{which}", which) if shown is not None else which
        said |= {"id": bare(which), "name": called}
    return said


def _let_go(connection: Connection, bridge: BridgeRow) -> None:
    """A person has seen to what the bridge stood still for."""
    if bridges.lasting_stop(connection, bridge.id) is None:
        raise SetupError("answer.too_late", item=f"bridge:{bridge.name}")
    bridges.set_lasting_stop(connection, bridge.id, "", {})
    bridges.stop_bridge(connection, bridge.id, "", {})


def _decided(
    connection: Connection, clock: Clock, bridge: BridgeRow, place: tuple[str, str], choice: Choice
) -> None:
    """Keep the decision; what was booked by hand becomes the source's document."""
    flow, source_id = place
    now, document = clock.now(), choice.document.strip()
    decision = DecisionRow(at=now, choice=choice.name, reason=choice.reason.strip(), target=document)
    decisions.add(connection, bridge.id, flow, source_id, decision)
    source = sources.get(connection, bridge.id, flow, source_id)
    if choice.name == BY_HAND and source is not None:
        decisions.link_by_hand(connection, bridge.id, source, document, now)


def _answer_entry(
    connection: Connection, clock: Clock, bridge: BridgeRow, entry_id: int, chosen: Choice
) -> None:
    """It arrived; send it again; never send it; try again."""
    entry, choice = journal.get(connection, entry_id), chosen.name
    if entry is None or entry.state not in (EntryState.ASKED, EntryState.STOPPED):
        raise SetupError("answer.too_late", item=f"entry:{entry_id}")
    asked = Asked(connection=connection, clock=clock, bridge=bridge, entry=entry)
    said_which = choice.startswith(USE)
    act = _CHOICES.get(choice) if _fits(connection, bridge, entry, choice) else None
    if entry.state is not EntryState.ASKED and (choice == "arrived" or said_which):
        act, said_which = None, False
    if said_which:
        _which(asked, choice)
    elif act is not None:
        act(asked)
    else:
        raise SetupError("answer.unknown", item=f"entry:{entry_id}", choice=choice)
    _decided(connection, clock, bridge, (entry.flow, entry.source_id), chosen)


def _fits(connection: Connection, bridge: BridgeRow, entry: EntryRow, choice: str) -> bool:
    """Whether an answer was among those offered; what only some questions have is known by the question."""
    if choice == attention.ANEW:
        return entry.state is EntryState.ASKED and bool(entry.params.get(attention.ANEW))
    changes = _changes_thing(connection, bridge, entry)
    return (choice in attention.LEFT_CHOICES) if changes and entry.findable else choice != _AS_IS


def _changes_thing(connection: Connection, bridge: BridgeRow, entry: EntryRow) -> bool:
    """Whether it is about a thing that is there (a customer's details), not about a document."""
    link = links.get(connection, entry.link_id) if entry.link_id is not None else None
    row = sources.get(connection, bridge.id, entry.flow, entry.source_id)
    return link is not None and link.state == THING and row is not None and row.action != ENSURE


def _arrived(asked: Asked, target: str = links.UNSEEN, state: str = "") -> None:
    """The person has seen it at the vendor: done. Where they say which it is, that is the link's target."""
    now = asked.clock.now()
    journal.change(asked.connection, asked.entry.id, state=EntryState.DONE, finished_at=now, code="")
    link = links.get(asked.connection, asked.entry.link_id) if asked.entry.link_id is not None else None
    if link is not None and not link.target_id:
        contents = {"source_content": None, "written_at": now}
        links.change(asked.connection, link.id, target_id=target, state=state, **contents)
    if target != links.UNSEEN:
        sources.renew(asked.connection, asked.bridge.id, asked.entry.flow, [asked.entry.source_id])


def _which(asked: Asked, choice: str) -> None:
    """One of the things that fit: it becomes the link."""
    target = choice.removeprefix(USE)
    if target not in str(asked.entry.params.get("ids", "")).split(", "):
        raise SetupError("answer.unknown", item=f"entry:{asked.entry.id}", choice=choice)
    _arrived(asked, target, THING if asked.entry.params.get(attention.OF_A_THING) else "")


def _again(asked: Asked) -> None:
    """Plan it anew; an effect nobody can look up goes again as it is, by the person's word.

    So does what is done to a thing: its source's plan, with its document there, no longer speaks of it.
    """
    entry = asked.entry
    if not entry.findable or _changes_thing(asked.connection, asked.bridge, entry):
        key = key_of(entry.key, asked.clock.now().isoformat())  # else the vendor may answer as it did then
        journal.change(asked.connection, entry.id, state=EntryState.PLANNED, code="", due_at=None, key=key)
        return
    _end(asked, EntryState.SUPERSEDED)
    sources.renew(asked.connection, asked.bridge.id, entry.flow, [entry.source_id])


def _skip(asked: Asked) -> None:
    """Never send this, nor what becomes of its source."""
    entry = asked.entry
    _end(asked, EntryState.SKIPPED)
    if entry.findable:
        sources.set_answer(asked.connection, asked.bridge.id, entry.flow, entry.source_id, NEVER)


def _make_new(asked: Asked) -> None:
    """A new one, whichever others fit; the next look is for the new one's own mark alone."""
    entry = asked.entry
    _end(asked, EntryState.SUPERSEDED)
    sources.set_answer(asked.connection, asked.bridge.id, entry.flow, entry.source_id, attention.ANEW)


def _leave_as_is(asked: Asked) -> None:
    """The thing stays as it is; its source goes on, and the same change is not asked about twice."""
    entry = asked.entry
    waiting = journal.in_states(asked.connection, asked.bridge.id, *GIVEN_UP)
    alike = (one for one in waiting if (one.lane, one.step_name) == (entry.lane, entry.step_name))
    for one in (entry, *alike):
        journal.change(asked.connection, one.id, state=EntryState.SKIPPED, finished_at=asked.clock.now())


def _by_hand(asked: Asked) -> None:
    """The person made it: never send this, nor what becomes of its source."""
    entry = asked.entry
    row = sources.get(asked.connection, asked.bridge.id, entry.flow, entry.source_id)
    if row is None or row.action == ENSURE or not entry.findable:
        raise SetupError("answer.unknown", item=f"entry:{entry.id}", choice=BY_HAND)
    _end(asked, EntryState.SKIPPED)
    sources.set_answer(asked.connection, asked.bridge.id, entry.flow, entry.source_id, BY_HAND)


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


_CHOICES = {
    "arrived": _arrived, "send_again": _again, "try_again": _again, NEVER: _skip, BY_HAND: _by_hand,
    attention.ANEW: _make_new, _AS_IS: _leave_as_is,
}  # fmt: skip


def _answer_source(
    connection: Connection, clock: Clock, bridge: BridgeRow, name: str, choice: Choice
) -> None:
    """Keep the choice, bound to the two contents that were shown; the next run looks at the source again.

    The item's name says which contents those were: what has changed since is asked about anew. One answer
    is for all that were asked about the same thing.
    """
    row_id, _, shown = name.partition(":")
    row = sources.by_row(connection, bridge.id, int(row_id))
    taking_back = choice.name == TAKE_BACK
    if row is None or not (taking_back or choice.name in (*row.choices, NEVER, BY_HAND)):
        raise SetupError("answer.unknown", item=f"source:{name}", choice=choice.name)
    if taking_back:
        _take_back(connection, bridge, row)
        _decided(connection, clock, bridge, (row.flow, row.source_id), choice)
        return
    together = alike.asked_alike(connection, bridge.id, row)
    if row.standing is not Standing.HELD or (shown and shown != alike.name_of(one.shown for one in together)):
        raise SetupError("answer.too_late", item=f"source:{name}")
    for asked in together:
        answered = {"answer": choice.name, "answer_digest": asked.shown}
        sources.change(connection, asked.id, standing=Standing.NEW, planned_revision=0, **answered)
        _decided(connection, clock, bridge, (asked.flow, asked.source_id), choice)


def _take_back(connection: Connection, bridge: BridgeRow, row: SourceRow) -> None:
    """What a person had left out for good is planned again, like any other."""
    if row.answer not in GIVEN_UP_BY:
        raise SetupError("answer.too_late", item=f"source:{row.id}")
    decisions.unlink_by_hand(connection, bridge.id, row)
    sources.set_answer(connection, bridge.id, row.flow, row.source_id, "")
