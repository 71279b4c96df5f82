"""What the store knows about records and documents that a tie-out has met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from sqlalchemy import Connection, and_, select

from bridge_gui.store import tables
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow, SourceRow
from bridge_gui.store.select import many, query

_SOURCE, _LINK, _ENTRY = tables.source, tables.link, tables.entry
_LOT = 400
_NOT_DONE = (*(EntryState(name) for name in tables.OPEN_STATES), EntryState.SKIPPED)
T = TypeVar("T")


def sources(connection: Connection, bridge_id: int, ids: Iterable[str]) -> list[SourceRow]:
    """The sources of these ids, in whichever flow."""

    def some(lot: list[str]) -> list[SourceRow]:
        chosen = query(_SOURCE, SourceRow).where(_SOURCE.c.bridge_id == bridge_id)
        return many(SourceRow, connection.execute(chosen.where(_SOURCE.c.source_id.in_(lot))))

    return list(_in_lots(ids, some))


def links_of(connection: Connection, bridge_id: int, ids: Iterable[str]) -> list[LinkRow]:
    """The documents of these sources that have a target."""

    def some(lot: list[str]) -> list[LinkRow]:
        chosen = query(_LINK, LinkRow).where(_LINK.c.bridge_id == bridge_id, _LINK.c.target_id != "")
        return many(LinkRow, connection.execute(chosen.where(_LINK.c.source_id.in_(lot))))

    return list(_in_lots(ids, some))


def links_to(connection: Connection, bridge_id: int, targets: Iterable[str]) -> list[LinkRow]:
    """The links that lead to these documents."""

    def some(lot: list[str]) -> list[LinkRow]:
        chosen = query(_LINK, LinkRow).where(_LINK.c.bridge_id == bridge_id, _LINK.c.target_id.in_(lot))
        return many(LinkRow, connection.execute(chosen))

    return list(_in_lots(targets, some))


def links_numbered(connection: Connection, bridge_id: int, numbers: Iterable[str]) -> list[LinkRow]:
    """The links whose document has one of these numbers."""

    def some(lot: list[str]) -> list[LinkRow]:
        chosen = query(_LINK, LinkRow).where(_LINK.c.bridge_id == bridge_id, _LINK.c.target_id != "")
        return many(LinkRow, connection.execute(chosen.where(_LINK.c.target_number.in_(lot))))

    return list(_in_lots(numbers, some))


def entries_of(connection: Connection, bridge_id: int, ids: Iterable[str]) -> list[EntryRow]:
    """The entries of these sources that are not done: on their way, stopped, asked about, left out."""

    def some(lot: list[str]) -> list[EntryRow]:
        chosen = query(_ENTRY, EntryRow).where(
            _ENTRY.c.bridge_id == bridge_id, _ENTRY.c.source_id.in_(lot), _ENTRY.c.state.in_(_NOT_DONE)
        )
        return many(EntryRow, connection.execute(chosen.order_by(_ENTRY.c.id)))

    return list(_in_lots(ids, some))


def elsewhere(connection: Connection, bridge_id: int, targets: Iterable[str]) -> set[str]:
    """Those of these documents that another bridge on the same books has made."""
    books = tables.connection.alias("books")
    ours = select(books.c.vendor, books.c.company_id).join(
        tables.bridge, and_(tables.bridge.c.books_id == books.c.id, tables.bridge.c.id == bridge_id)
    )
    vendor, company = connection.execute(ours).one()

    def some(lot: list[str]) -> list[str]:
        chosen = (
            select(_LINK.c.target_id)
            .join(tables.bridge, tables.bridge.c.id == _LINK.c.bridge_id)
            .join(books, books.c.id == tables.bridge.c.books_id)
            .where(_LINK.c.bridge_id != bridge_id, _LINK.c.target_id.in_(lot))
            .where(books.c.vendor == vendor, books.c.company_id == company)
        )
        return list(connection.execute(chosen).scalars())

    return set(_in_lots(targets, some))


def _in_lots(ids: Iterable[str], some: Callable[[list[str]], list[T]]) -> Iterator[T]:
    """As many questions as it takes: a database takes only so many values in one."""
    rest = sorted(set(ids))
    for begin in range(0, len(rest), _LOT):
        yield from some(rest[begin : begin + _LOT])
