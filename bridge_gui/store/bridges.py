"""Connections, bridges, watermarks, and the few facts about the data folder itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bridge_gui.errors import Param
from bridge_gui.store import tables
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.store.select import columns, new_id, one

LASTING = "stop"
"""The name under which a bridge keeps why it stands still."""
_SALES = tables.connection.alias("sales")
_BOOKS = tables.connection.alias("books")
_OWN = (
    "id", "name", "kind", "settings", "mappings", "start", "created_at", "recovering", "surveyed",
    "stopped_code", "stopped_params", "paused_until",
)  # fmt: skip


def _connection_at(row: Row[Any], offset: int) -> ConnectionRow:
    """A connection out of a joined row."""
    names = [column.name for column in columns(tables.connection, ConnectionRow)]
    return ConnectionRow(**dict(zip(names, row[offset : offset + len(names)], strict=True)))


def _bridge_of(row: Row[Any]) -> BridgeRow:
    """A bridge with both its connections."""
    own = dict(zip(_OWN, row, strict=False))
    width = len(columns(tables.connection, ConnectionRow))
    sales, books = _connection_at(row, len(_OWN)), _connection_at(row, len(_OWN) + width)
    return BridgeRow(**own, sales=sales, books=books)


def all_bridges(connection: Connection) -> list[BridgeRow]:
    """Every bridge, by name."""
    names = [column.name for column in columns(tables.connection, ConnectionRow)]
    chosen = [tables.bridge.c[name] for name in _OWN]
    chosen += [_SALES.c[name] for name in names] + [_BOOKS.c[name] for name in names]
    rows = connection.execute(
        select(*chosen)
        .select_from(tables.bridge)
        .join(_SALES, _SALES.c.id == tables.bridge.c.sales_id)
        .join(_BOOKS, _BOOKS.c.id == tables.bridge.c.books_id)
        .order_by(tables.bridge.c.name)
    )
    return [_bridge_of(row) for row in rows]


def bridge_named(connection: Connection, name: str) -> BridgeRow | None:
    """One bridge, None if there is none of that name."""
    return next((row for row in all_bridges(connection) if row.name == name), None)


def save_connection(connection: Connection, row: ConnectionRow) -> int:
    """Insert or replace a connection by name; gives its id. Another address is to be proven anew."""
    old = one(
        ConnectionRow,
        connection.execute(
            select(*columns(tables.connection, ConnectionRow)).where(tables.connection.c.name == row.name)
        ).first(),
    )
    values: dict[str, Any] = {name: getattr(row, name) for name in row.__struct_fields__ if name != "id"}
    if old is None:
        return new_id(connection.execute(insert(tables.connection).values(**values)))
    if (old.endpoint, old.company_id) == (row.endpoint, row.company_id):
        values["proven_at"] = old.proven_at
    connection.execute(update(tables.connection).where(tables.connection.c.id == old.id).values(**values))
    return old.id


def set_proven(connection: Connection, connection_id: int, at: datetime) -> None:
    """The first document on this connection was compared with the vendor's ledger."""
    chosen = tables.connection.c.id == connection_id
    connection.execute(update(tables.connection).where(chosen).values(proven_at=at))


def add_bridge(connection: Connection, **values: Any) -> int:
    """A new bridge; gives its id."""
    return new_id(connection.execute(insert(tables.bridge).values(**values)))


def change_bridge(connection: Connection, bridge_id: int, **values: Any) -> None:
    """Change some columns of a bridge."""
    connection.execute(update(tables.bridge).where(tables.bridge.c.id == bridge_id).values(**values))


def stop_bridge(connection: Connection, bridge_id: int, code: str, params: dict[str, Param]) -> None:
    """Note why a bridge cannot go on until a person has seen to it; an empty code lets it go."""
    change_bridge(connection, bridge_id, stopped_code=code, stopped_params=params)


def note(connection: Connection, bridge_id: int, key: str) -> str:
    """What a bridge has learnt under this name, empty if nothing."""
    return fact(connection, f"{bridge_id}/{key}")


def set_note(connection: Connection, bridge_id: int, key: str, value: str) -> None:
    """Keep what a bridge has learnt; an empty value is forgotten."""
    set_fact(connection, f"{bridge_id}/{key}", value)


def lasting_stop(connection: Connection, bridge_id: int) -> tuple[str, dict[str, Param]] | None:
    """Why a bridge stands still until a person has seen to it, whatever the next run would find."""
    kept = note(connection, bridge_id, LASTING)
    if not kept:
        return None
    code, params = msgspec.json.decode(kept, type=tuple[str, dict[str, Param]])
    return code, params


def set_lasting_stop(connection: Connection, bridge_id: int, code: str, params: dict[str, Param]) -> None:
    """Have every run of a bridge end with this, from now on; an empty code lets it go."""
    value = msgspec.json.encode((code, params)).decode() if code else ""
    set_note(connection, bridge_id, LASTING, value)


def doubt_bridge(connection: Connection, bridge_id: int | None = None) -> None:
    """Older data was put back, for one bridge or for all: each looks at its books before it goes on."""
    chosen = update(tables.bridge).values(surveyed=False, recovering=True)
    if bridge_id is not None:
        chosen = chosen.where(tables.bridge.c.id == bridge_id)
    connection.execute(chosen)


def remove_bridge(connection: Connection, row: BridgeRow) -> None:
    """Remove a bridge with all that is known about it, and its two connections."""
    connection.execute(delete(tables.bridge).where(tables.bridge.c.id == row.id))
    ids = (row.sales.id, row.books.id)
    connection.execute(delete(tables.connection).where(tables.connection.c.id.in_(ids)))
    connection.execute(delete(tables.meta).where(tables.meta.c.key.startswith(f"{row.id}/")))


def planned_with(connection: Connection, bridge_id: int) -> tuple[str, date | None]:
    """The fingerprint of the settings all sources were last planned with, and the start date then."""
    own = tables.bridge
    chosen = select(own.c.planned_with, own.c.planned_from).where(own.c.id == bridge_id)
    fingerprint, start = connection.execute(chosen).one()
    return str(fingerprint), start


def watermark(connection: Connection, bridge_id: int, flow: str) -> datetime | None:
    """Where reading goes on, None at the very first time."""
    mark = tables.watermark
    chosen = select(mark.c.at).where(mark.c.bridge_id == bridge_id, mark.c.flow == flow)
    return connection.execute(chosen).scalar_one_or_none()


def set_watermark(connection: Connection, bridge_id: int, flow: str, at: datetime) -> None:
    """Move where reading goes on."""
    statement = upsert(tables.watermark).values(bridge_id=bridge_id, flow=flow, at=at)
    connection.execute(statement.on_conflict_do_update(index_elements=["bridge_id", "flow"], set_={"at": at}))


def forget_watermarks(connection: Connection, bridge_id: int) -> None:
    """Everything is read again from the start date on."""
    connection.execute(delete(tables.watermark).where(tables.watermark.c.bridge_id == bridge_id))


def fact(connection: Connection, key: str) -> str:
    """A fact about the data folder, empty if unknown."""
    chosen = select(tables.meta.c.value).where(tables.meta.c.key == key)
    return str(connection.execute(chosen).scalar_one_or_none() or "")


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Keep a fact about the data folder."""
    statement = upsert(tables.meta).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
