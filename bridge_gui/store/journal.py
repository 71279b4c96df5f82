"""The sync journal: every intention to write, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from bridge_gui.store import tables
from bridge_gui.store.rows import EntryRow, EntryState
from bridge_gui.store.select import many, new_id, one, query

_T = tables.entry
_OPEN = tuple(EntryState(value) for value in tables.OPEN_STATES)
_open_sql = _T.c.state.in_(_OPEN)


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
        earlier.c.state.in_(_OPEN),
    )
    chosen = query(_T, EntryRow).where(
        _T.c.bridge_id == bridge_id,
        _T.c.state == EntryState.PLANNED,
        _T.c.id > after,
        or_(_T.c.due_at.is_(None), _T.c.due_at <= now),
        ~blocked,
    )
    if urgent:
        chosen = chosen.where(_T.c.action != "")
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id).limit(limit)))


def count(connection: Connection, bridge_id: int, *states: EntryState) -> int:
    """How many entries are in one of these states."""
    chosen = select(func.count()).where(_T.c.bridge_id == bridge_id, _T.c.state.in_(states))
    return int(connection.execute(chosen).scalar_one())


def in_states(connection: Connection, bridge_id: int, *states: EntryState) -> list[EntryRow]:
    """Entries in one of these states, in order."""
    chosen = query(_T, EntryRow).where(_T.c.bridge_id == bridge_id, _T.c.state.in_(states))
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id)))


def open_of(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[EntryRow]:
    """A source's entries that are not finished, in order."""
    chosen = query(_T, EntryRow).where(_of(bridge_id, flow, source_id), _open_sql)
    return many(EntryRow, connection.execute(chosen.order_by(_T.c.id)))


def history(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[EntryRow]:
    """All entries of a source, in order."""
    chosen = query(_T, EntryRow).where(_of(bridge_id, flow, source_id))
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
    left = and_(_T.c.bridge_id == bridge_id, _T.c.state == EntryState.SENDING)
    done = connection.execute(
        update(_T).where(left).values(state=EntryState.UNKNOWN, unknown_since=now, code="")
    )
    return done.rowcount


def on_links(connection: Connection, link_ids: Sequence[int]) -> dict[int, EntryRow]:
    """The latest entry of each link."""
    latest = select(func.max(_T.c.id)).where(_T.c.link_id.in_(link_ids)).group_by(_T.c.link_id)
    rows = many(EntryRow, connection.execute(query(_T, EntryRow).where(_T.c.id.in_(latest))))
    return {row.link_id: row for row in rows if row.link_id is not None}


def last_made(connection: Connection, bridge_id: int) -> EntryRow | None:
    """The latest finished entry that made a document."""
    chosen = (
        query(_T, EntryRow)
        .join(tables.link, tables.link.c.id == _T.c.link_id)
        .where(_T.c.bridge_id == bridge_id, _T.c.state == EntryState.DONE, tables.link.c.target_id != "")
    )
    return one(EntryRow, connection.execute(chosen.order_by(_T.c.id.desc()).limit(1)).first())
