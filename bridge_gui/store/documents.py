"""What the Documents panel shows: documents, and records held back, in one list that pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    String,
    Table,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.expression import null

from bridge_gui.store import journal, tables
from bridge_gui.store.rows import THING, DocumentFilter, DocumentRow, LinkRow, Standing
from bridge_gui.store.select import many, query

_LINK, _SOURCE, _BRIDGE = tables.link, tables.source, tables.bridge
HELD, SKIPPED = Standing.HELD.value, Standing.SKIPPED.value
LEFT = (HELD, SKIPPED)
FEW = 1000
"""Hits of a search that are counted by reading them."""


def count(connection: Connection, which: DocumentFilter) -> int:
    """How many rows the panel has."""
    parts = [select(func.count()).select_from(part.subquery()) for part in _parts(which)]
    return sum(int(connection.execute(part).scalar_one()) for part in parts)


def page(connection: Connection, which: DocumentFilter, offset: int, limit: int) -> list[DocumentRow]:
    """A slice of the rows, newest day first."""
    return _with_reasons(connection, _rows(connection, _ids(connection, which, offset, limit)))


def opening(
    connection: Connection, which: DocumentFilter, offset: int, limit: int
) -> tuple[int, list[DocumentRow]]:
    """How many rows there are, and a slice. A search that finds little looks through all rows only once."""
    ids = _ids(connection, which, 0, max(FEW, offset + limit)) if which.text else []
    if ids and len(ids) < FEW:
        rows = _rows(connection, ids[offset : offset + limit])
        return len(ids), _with_reasons(connection, rows)
    whole = count(connection, which) if ids or not which.text else 0
    return whole, page(connection, which, offset, limit) if whole else []


def by_ids(connection: Connection, ids: Sequence[int]) -> list[DocumentRow]:
    """The rows of these ids that are still there, in their order; those below zero have no document."""
    return _with_reasons(connection, _rows(connection, ids))


def all_ids(connection: Connection, which: DocumentFilter) -> list[int]:
    """The ids of all rows, newest day first."""
    return _ids(connection, which, 0, -1)


def _ids(connection: Connection, which: DocumentFilter, offset: int, limit: int) -> list[int]:
    """The ids of a slice, which the index by day gives without reading the rows that are skipped."""
    both: CompoundSelect[Any] | Select[Any]
    parts = _parts(which)
    both = union_all(*parts) if len(parts) > 1 else parts[0]
    ordered = both.order_by(both.selected_columns.day.desc(), both.selected_columns.id.desc())
    return [row.id for row in connection.execute(ordered.limit(limit).offset(offset))]


def _rows(connection: Connection, ids: Sequence[int]) -> list[DocumentRow]:
    """The rows of these ids, in their order; those below zero are records held back or left out."""
    there, back = [one for one in ids if one > 0], [-one for one in ids if one < 0]
    found: list[DocumentRow] = []
    if there:
        found += many(DocumentRow, connection.execute(_documents().where(_LINK.c.id.in_(there))))
    if back:
        found += many(DocumentRow, connection.execute(_left().where(_SOURCE.c.id.in_(back))))
    by_id = {row.id: row for row in found}
    return [by_id[one] for one in ids if one in by_id]


def _parts(which: DocumentFilter) -> list[Select[Any]]:
    """The queries for the ids that make the list; a filter can leave one out."""
    back = [state for state in LEFT if state in which.states] if which.states else [HELD]
    parts = [] if which.states and set(which.states) <= set(LEFT) else [_document_ids(which)]
    return parts if which.kinds else [*parts, *(_left_ids(which, standing) for standing in back)]


def _document_ids(which: DocumentFilter) -> Select[Any]:
    chosen = select(_LINK.c.id, _LINK.c.day).where(_LINK.c.state != THING)
    if which.states:
        chosen = chosen.where(_LINK.c.state.in_(which.states))
    if which.kinds:
        chosen = chosen.where(_LINK.c.kind.in_(which.kinds))
    return _narrowed(chosen, _LINK, which)


def _left_ids(which: DocumentFilter, standing: str) -> Select[Any]:
    """Records without a document; written out, not bound, so that SQLite knows the partial index fits."""
    stands = _SOURCE.c.standing == literal_column(f"'{standing}'")
    chosen = select((-_SOURCE.c.id).label("id"), _SOURCE.c.day).where(tables.IS_LEFT, stands)
    return _narrowed(chosen, _SOURCE, which)


def _documents() -> Select[Any]:
    """Documents, on their way or there."""
    return select(
        _LINK.c.id, _BRIDGE.c.name.label("bridge"), _LINK.c.kind, _LINK.c.target_number.label("number"),
        _LINK.c.number.label("source_number"), _LINK.c.party, _LINK.c.day, _LINK.c.total, _LINK.c.currency,
        _LINK.c.state, literal("").label("code"), null().label("params"), _LINK.c.target_id,
        _LINK.c.target_url, _LINK.c.checked_at,
    ).join(_BRIDGE, _BRIDGE.c.id == _LINK.c.bridge_id)  # fmt: skip


def _left() -> Select[Any]:
    """Records that wait for a person, or are left out; their ids are negative."""
    return select(
        (-_SOURCE.c.id).label("id"), _BRIDGE.c.name.label("bridge"), _SOURCE.c.flow.label("kind"),
        literal("").label("number"), _SOURCE.c.number.label("source_number"), _SOURCE.c.party,
        _SOURCE.c.day, _SOURCE.c.total, _SOURCE.c.currency,
        type_coerce(_SOURCE.c.standing, String).label("state"), _SOURCE.c.code,
        _SOURCE.c.params, literal("").label("target_id"), literal("").label("target_url"),
        null().label("checked_at"),
    ).join(_BRIDGE, _BRIDGE.c.id == _SOURCE.c.bridge_id)  # fmt: skip


def _narrowed(chosen: Select[Any], table: Table, which: DocumentFilter) -> Select[Any]:
    """The filters both lists share."""
    if which.bridge:
        own = select(_BRIDGE.c.id).where(_BRIDGE.c.name == which.bridge).scalar_subquery()
        chosen = chosen.where(table.c.bridge_id == own)
    if which.first:
        chosen = chosen.where(table.c.day >= which.first)
    if which.last:
        chosen = chosen.where(table.c.day <= which.last)
    if which.text:
        chosen = chosen.where(func.instr(table.c.search, which.text.casefold()) > 0)
    return chosen


def _with_reasons(connection: Connection, rows: list[DocumentRow]) -> list[DocumentRow]:
    """Add why a document is stopped or asked about."""
    unsure = [row.id for row in rows if row.id > 0 and not row.target_id]
    entries = journal.on_links(connection, unsure) if unsure else {}
    return [_reasoned(row, entries) for row in rows]


def _reasoned(row: DocumentRow, entries: dict[int, Any]) -> DocumentRow:
    """One row with its params filled, and its entry's code if it has one."""
    entry = entries.get(row.id)
    values = {name: getattr(row, name) for name in row.__struct_fields__}
    values["params"] = row.params or {}
    if entry is not None and entry.code:
        values |= {"code": entry.code, "params": entry.params}
    return DocumentRow(**values)


def exported(connection: Connection, bridge_id: int) -> list[LinkRow]:
    """Every document of a bridge, oldest day first."""
    chosen = query(_LINK, LinkRow).where(_LINK.c.bridge_id == bridge_id, _LINK.c.state != THING)
    return many(LinkRow, connection.execute(chosen.order_by(_LINK.c.day, _LINK.c.id)))
