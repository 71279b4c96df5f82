"""The sync journal: every intention to write, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from bridge_gui.store import tables
from bridge_gui.store.rows import EntryRow, EntryState
from bridge_gui.store.select import many, new_id, one, query

_T = tables.entry
_LINK = tables.link
_UNSETTLED = (EntryState.SENDING, EntryState.UNKNOWN)
GATES = (*_UNSETTLED, EntryState.ASKED)
"""States that leave open what was written."""
_UNSENT = (EntryState.PLANNED, EntryState.STOPPED)


def _open(table: FromClause) -> ColumnElement[bool]:
    """Not finished; written out, not bound, so that SQLite knows the partial indexes fit."""
    return table.c.state.in_([literal_column(f"'{value}'") for value in tables.OPEN_STATES])


def _of(bridge_id: int, flow: str, source_id: str) -> ColumnElement[bool]:
    """The entries of one source."""
    return and_(_T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.source_id == source_id)


def add(connection: Connection, **values: Any) -> int:
    """Write an intention down; gives the entry's id."""
    return new_id(connection.execute(insert(_T).values(**values)))


def change(connection: Connection, entry_id: int, **values: Any) -> None:
    """Change some columns of an entry."""
    connection.execute(update(_T).where(_T.c.id == entry_id).values(**values))


def get(connection: Connection, entry_id: int) -> EntryRow | None:
    """One entry."""
    return one(EntryRow, connection.execute(query(_T, EntryRow).where(_T.c.id == entry_id)).first())


def claim(connection: Connection, entry_id: int, now: datetime, *, target_id: str, batch: str) -> bool:
    """Take a planned entry for sending; False if somebody else has taken or changed it."""
    taken = connection.execute(
        update(_T)
        .where(_T.c.id == entry_id, _T.c.state == EntryState.PLANNED)
        .values(state=EntryState.SENDING, claimed_at=now, target_id=target_id, batch=batch, code="")
    )
    return taken.rowcount == 1


def due(
    connection: Connection, bridge_id: int, now: datetime, *, after: int, limit: int, urgent: bool = False
) -> list[EntryRow]:
    """Planned entries whose time has come and that are first in their lane, in order."""
    earlier = _T.alias("earlier")
    blocked = exists().where(
        earlier.c.bridge_id == _T.c.bridge_id,
        earlier.c.lane == _T.c.lane,
        earlier.c.id < _T.c.id,
        _open(earlier),
    )
    chosen = query(_T, EntryRow).where(
        _T.c.bridge_id == bridge_id,
        _T.c.state == EntryState.PLANNED,
        _open(_T),
        _T.c.id > after,
        or_(_T.c.due_at.is_(None), _T.c.due_at <= now),
        ~blocked,
    )
    if urgent:
        chosen = chosen.where(_T.c.action != "")
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id).limit(limit)))


_ORDERED = (
    select(_T.c.id)
    .where(_T.c.bridge_id == bindparam("bridge"), _T.c.state == EntryState.PLANNED, _T.c.action != "")
    .limit(1)
)


def any_ordered(connection: Connection, bridge_id: int) -> bool:
    """Whether an entry the user ordered waits to be sent; asked between any two sends."""
    return connection.execute(_ORDERED, {"bridge": bridge_id}).first() is not None


def count(connection: Connection, bridge_id: int, *states: EntryState) -> int:
    """How many entries are in one of these states, all of them open ones."""
    chosen = select(func.count()).where(_T.c.bridge_id == bridge_id, _T.c.state.in_(states), _open(_T))
    return int(connection.execute(chosen).scalar_one())


def in_states(connection: Connection, bridge_id: int, *states: EntryState) -> list[EntryRow]:
    """Entries in one of these states, all of them open ones, in order."""
    chosen = query(_T, EntryRow).where(_T.c.bridge_id == bridge_id, _T.c.state.in_(states), _open(_T))
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id)))


def open_of(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[EntryRow]:
    """A source's entries that are not finished, in order."""
    chosen = query(_T, EntryRow).where(_of(bridge_id, flow, source_id), _open(_T))
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id)))


def history(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[EntryRow]:
    """All entries of a source, in order."""
    chosen = query(_T, EntryRow).where(_of(bridge_id, flow, source_id))
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id)))


def of_document(
    connection: Connection, bridge_id: int, flow: str, source_id: str, link_id: int
) -> list[EntryRow]:
    """All entries of a source, and those that were done to its document on a person's order, in order."""
    chosen = query(_T, EntryRow).where(or_(_of(bridge_id, flow, source_id), _T.c.link_id == link_id))
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id)))


def next_generation(
    connection: Connection, bridge_id: int, flow: str, source_id: str, revision: int, step_name: str
) -> int:
    """The how-manyeth time this step of this revision is planned now."""
    chosen = select(func.max(_T.c.generation)).where(
        _of(bridge_id, flow, source_id), _T.c.revision == revision, _T.c.step_name == step_name
    )
    return int(connection.execute(chosen).scalar_one() or 0) + 1


def ever(connection: Connection, bridge_id: int, flow: str, source_id: str, step_name: str) -> bool:
    """Whether a step of this name was ever planned for the source, whatever the revision."""
    chosen = select(_T.c.id).where(_of(bridge_id, flow, source_id), _T.c.step_name == step_name)
    return connection.execute(chosen.limit(1)).first() is not None


def abandon_sending(connection: Connection, bridge_id: int, now: datetime) -> int:
    """What a crash left in sending has an unknown outcome from now on; gives how many."""
    left = and_(_T.c.bridge_id == bridge_id, _T.c.state == EntryState.SENDING, _open(_T))
    done = connection.execute(
        update(_T).where(left).values(state=EntryState.UNKNOWN, unknown_since=now, code="")
    )
    return done.rowcount


def doubt_unsent(connection: Connection, bridge_id: int, now: datetime) -> int:
    """Older data was put back: what it means to make may have been made since. Gives how many.

    Plain updates of what is there stay planned: they are compared with the target before writing.
    """
    updates = select(_LINK.c.id).where(_LINK.c.bridge_id == bridge_id, _LINK.c.target_id != "")
    made = or_(_T.c.link_id.is_(None), _T.c.link_id.not_in(updates), _T.c.findable.is_(False))
    unsent = and_(_T.c.bridge_id == bridge_id, _T.c.state.in_(_UNSENT), _open(_T))
    done = connection.execute(
        update(_T).where(unsent, made).values(state=EntryState.UNKNOWN, unknown_since=now, code="")
    )
    return done.rowcount


def taken(connection: Connection, link_id: int) -> bool:
    """Whether an entry that is not finished is about this link."""
    chosen = select(_T.c.id).where(_T.c.link_id == link_id, _open(_T)).limit(1)
    return connection.execute(chosen).first() is not None


def let_go(connection: Connection, link_ids: Sequence[int]) -> None:
    """The targets of these links are gone: what is to be done to them does not keep them from being made."""
    about = and_(_T.c.link_id.in_(link_ids), _open(_T), _T.c.state.in_(_UNSENT))
    connection.execute(update(_T).where(about).values(link_id=None))


def unsettled_on(connection: Connection, link_ids: Sequence[int]) -> bool:
    """Whether the outcome of a findable write to one of these links is open."""
    chosen = select(_T.c.id).where(
        _T.c.link_id.in_(link_ids), _T.c.state.in_(GATES), _T.c.findable.is_(True), _open(_T)
    )
    return connection.execute(chosen.limit(1)).first() is not None


def unsettled_creation(connection: Connection, bridge_id: int, flow: str) -> bool:
    """Whether this flow may have made something nobody has found yet."""
    chosen = (
        select(_T.c.id)
        .join(_LINK, _LINK.c.id == _T.c.link_id)
        .where(
            _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.state.in_(_UNSETTLED), _open(_T),
            _T.c.findable.is_(True), _LINK.c.target_id == "",
        )
    )  # fmt: skip
    return connection.execute(chosen.limit(1)).first() is not None


def next_due(connection: Connection, bridge_id: int, now: datetime) -> datetime | None:
    """When the next entry put off becomes due, None if none waits for a time."""
    chosen = select(func.min(_T.c.due_at)).where(
        _T.c.bridge_id == bridge_id, _T.c.state == EntryState.PLANNED, _open(_T), _T.c.due_at > now
    )
    return connection.execute(chosen).scalar_one()  # type: ignore[no-any-return]


def on_links(connection: Connection, link_ids: Sequence[int]) -> dict[int, EntryRow]:
    """The latest entry of each link that tells what to look for; of an e-mail nothing is to be seen."""
    about = and_(_T.c.link_id.in_(link_ids), _T.c.findable.is_(True))
    latest = select(func.max(_T.c.id)).where(about).group_by(_T.c.link_id)
    rows = many(EntryRow, connection.execute(query(_T, EntryRow).where(_T.c.id.in_(latest))))
    return {row.link_id: row for row in rows if row.link_id is not None}


def last_made(connection: Connection, bridge_id: int, flows: Sequence[str]) -> EntryRow | None:
    """The latest finished entry of these flows that made a document."""
    chosen = (
        query(_T, EntryRow)
        .join(_LINK, _LINK.c.id == _T.c.link_id)
        .where(
            _T.c.bridge_id == bridge_id, _T.c.flow.in_(flows), _T.c.state == EntryState.DONE,
            _LINK.c.target_id != "",
        )
    )  # fmt: skip
    return one(EntryRow, connection.execute(chosen.order_by(_T.c.id.desc()).limit(1)).first())
