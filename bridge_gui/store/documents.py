"""What the Documents panel shows: documents, and records held back, in one list that pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    String,
    Table,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.expression import null

from bridge_gui.store import journal, tables
from bridge_gui.store.rows import THING, DocumentFilter, DocumentRow, LinkRow, Standing
from bridge_gui.store.select import many, query

_LINK, _SOURCE, _BRIDGE = tables.link, tables.source, tables.bridge
HELD = Standing.HELD.value


def count(connection: Connection, which: DocumentFilter) -> int:
    """How many rows the panel has."""
    parts = [select(func.count()).select_from(part.subquery()) for part in _parts(which)]
    return sum(int(connection.execute(part).scalar_one()) for part in parts)


def page(connection: Connection, which: DocumentFilter, offset: int, limit: int) -> list[DocumentRow]:
    """A slice of the rows, newest day first.

    First their ids, which the index by day gives without reading the rows that are skipped; then the rows.
    """
    both: CompoundSelect[Any] | Select[Any]
    parts = _parts(which)
    both = union_all(*parts) if len(parts) > 1 else parts[0]
    ordered = both.order_by(both.selected_columns.day.desc(), both.selected_columns.id.desc())
    ids = [row.id for row in connection.execute(ordered.limit(limit).offset(offset))]
    rows = {row.id: row for row in _rows(connection, ids)}
    return _with_reasons(connection, [rows[one] for one in ids])


def _rows(connection: Connection, ids: Sequence[int]) -> list[DocumentRow]:
    """The rows of these ids; those below zero are records held back."""
    there, back = [one for one in ids if one > 0], [-one for one in ids if one < 0]
    found: list[DocumentRow] = []
    if there:
        found += many(DocumentRow, connection.execute(_documents().where(_LINK.c.id.in_(there))))
    if back:
        found += many(DocumentRow, connection.execute(_held().where(_SOURCE.c.id.in_(back))))
    return found


def _parts(which: DocumentFilter) -> list[Select[Any]]:
    """The queries for the ids that make the list; a filter can leave one out."""
    parts = [_document_ids(which)] if which.states != (HELD,) else []
    if (not which.states or HELD in which.states) and not which.kinds:
        parts.append(_held_ids(which))
    return parts


def _document_ids(which: DocumentFilter) -> Select[Any]:
    chosen = select(_LINK.c.id, _LINK.c.day).where(_LINK.c.state != THING)
    if which.states:
        chosen = chosen.where(_LINK.c.state.in_(which.states))
    if which.kinds:
        chosen = chosen.where(_LINK.c.kind.in_(which.kinds))
    return _narrowed(chosen, _LINK, which, (_LINK.c.target_number,))


def _held_ids(which: DocumentFilter) -> Select[Any]:
    chosen = select((-_SOURCE.c.id).label("id"), _SOURCE.c.day).where(_SOURCE.c.standing == Standing.HELD)
    return _narrowed(chosen, _SOURCE, which, ())


def _documents() -> Select[Any]:
    """Documents, on their way or there."""
    return select(
        _LINK.c.id, _BRIDGE.c.name.label("bridge"), _LINK.c.kind, _LINK.c.target_number.label("number"),
        _LINK.c.number.label("source_number"), _LINK.c.party, _LINK.c.day, _LINK.c.total, _LINK.c.currency,
        _LINK.c.state, literal("").label("code"), null().label("params"), _LINK.c.target_id,
        _LINK.c.target_url, _LINK.c.checked_at,
    ).join(_BRIDGE, _BRIDGE.c.id == _LINK.c.bridge_id)  # fmt: skip


def _held() -> Select[Any]:
    """Records that wait for a person; their ids are negative."""
    return select(
        (-_SOURCE.c.id).label("id"), _BRIDGE.c.name.label("bridge"), _SOURCE.c.flow.label("kind"),
        literal("").label("number"), _SOURCE.c.number.label("source_number"), _SOURCE.c.party,
        _SOURCE.c.day, _SOURCE.c.total, _SOURCE.c.currency, literal(HELD, String).label("state"),
        _SOURCE.c.code, _SOURCE.c.params, literal("").label("target_id"), literal("").label("target_url"),
        null().label("checked_at"),
    ).join(_BRIDGE, _BRIDGE.c.id == _SOURCE.c.bridge_id)  # fmt: skip


def _narrowed(
    chosen: Select[Any], table: Table, which: DocumentFilter, more: Sequence[ColumnElement[Any]]
) -> Select[Any]:
    """The filters both lists share."""
    if which.bridge:
        own = select(_BRIDGE.c.id).where(_BRIDGE.c.name == which.bridge).scalar_subquery()
        chosen = chosen.where(table.c.bridge_id == own)
    if which.first:
        chosen = chosen.where(table.c.day >= which.first)
    if which.last:
        chosen = chosen.where(table.c.day <= which.last)
    if which.text:
        searched = (table.c.number, table.c.party, *more)
        # LIKE minds no case in SQLite; lower() on both sides would take three times as long.
        chosen = chosen.where(or_(*(_holds(column, which.text) for column in searched)))
    return chosen


def _holds(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a column holds a text, whatever the case; SQLite itself knows the case of a to z only."""
    if text.isascii():
        return column.contains(text, autoescape=True)
    return func.casefold(column).contains(text.casefold(), autoescape=True)


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
