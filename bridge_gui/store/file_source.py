"""What two sources of one bridge, interface and files, have booked; one of them rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, update

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.store import tables
from bridge_gui.store.rows import EntryState, Standing

_SOURCE, _LINK, _ENTRY = tables.source, tables.link, tables.entry
RESTS = "source.other_source"
_UNSENT = (EntryState.PLANNED, EntryState.STOPPED)
_UNDECIDED = (Standing.NEW, Standing.HELD, Standing.SKIPPED, Standing.MEMBER)


def _of(column: ColumnElement[str], flows: Sequence[str], *, of_files: bool) -> ColumnElement[bool]:
    return column.in_(flows) if of_files else column.not_in(flows)


def last_day(
    connection: Connection, bridge_id: int, flows: Sequence[str], start: date, *, of_files: bool
) -> date | None:
    """The last day since `start` on which one of the sources has a document, or one whose outcome is open."""
    unsettled = select(_ENTRY.c.link_id).where(
        _ENTRY.c.bridge_id == bridge_id, _ENTRY.c.state.not_in((*_UNSENT, EntryState.SUPERSEDED))
    )
    chosen = select(func.max(_LINK.c.day)).where(
        _LINK.c.bridge_id == bridge_id,
        _of(_LINK.c.flow, flows, of_files=of_files),
        _LINK.c.day >= start,
        (_LINK.c.target_id != "") | _LINK.c.id.in_(unsettled),
        _LINK.c.state.not_in([DocumentState.DELETED.value, DocumentState.REVERSED.value]),
    )
    found: date | None = connection.execute(chosen).scalar_one()
    return found


def rest(connection: Connection, bridge_id: int, flows: Sequence[str], *, of_files: bool) -> None:
    """Take back what a source has not sent, and leave what it has read as it is."""
    mine = and_(_ENTRY.c.bridge_id == bridge_id, _of(_ENTRY.c.flow, flows, of_files=of_files))
    given_up = select(_ENTRY.c.link_id).where(
        mine, _ENTRY.c.state.in_(_UNSENT), _ENTRY.c.link_id.is_not(None)
    )
    places = list(connection.execute(given_up).scalars())
    connection.execute(
        update(_ENTRY)
        .where(mine, _ENTRY.c.state.in_(_UNSENT))
        .values(state=EntryState.SUPERSEDED, code=RESTS)
    )
    connection.execute(delete(_LINK).where(_LINK.c.id.in_(places), _LINK.c.target_id == ""))
    there = and_(_SOURCE.c.bridge_id == bridge_id, _of(_SOURCE.c.flow, flows, of_files=of_files))
    connection.execute(
        update(_SOURCE)
        .where(there, _SOURCE.c.standing.in_(_UNDECIDED), _SOURCE.c.action == "")
        .values(standing=Standing.PLANNED, code=RESTS, planned_revision=_SOURCE.c.revision, recheck_at=None)
    )


def wake(connection: Connection, bridge_id: int, flows: Sequence[str], *, of_files: bool) -> bool:
    """Have what rested looked at again; whether there was anything."""
    there = and_(_SOURCE.c.bridge_id == bridge_id, _of(_SOURCE.c.flow, flows, of_files=of_files))
    woken = connection.execute(
        update(_SOURCE)
        .where(there, _SOURCE.c.code == RESTS)
        .values(standing=Standing.NEW, code="", planned_revision=0)
    )
    return bool(woken.rowcount)
