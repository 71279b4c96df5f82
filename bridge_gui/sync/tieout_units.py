"""Tie-out: records and documents that belong together, found through links and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from msgspec.structs import replace
from sqlalchemy import Connection

from bridge_gui.accounting.money import ZERO
from bridge_gui.store import tieout as store
from bridge_gui.store.rows import EntryRow, LinkRow, SourceRow
from bridge_gui.sync.tieout import Booked, Sold

Cell = tuple[date, str]
Cells = dict[Cell, Decimal]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the store knows about the records and documents met."""

    rows: tuple[SourceRow, ...]
    links: tuple[LinkRow, ...]
    entries: tuple[EntryRow, ...]
    elsewhere: frozenset[str] = frozenset()


@dataclass
class Unit:
    """Records and documents that are linked, directly or through others; both sides of it should agree."""

    sold: list[Sold] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    links: list[LinkRow] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)


def gather(connection: Connection, bridge_id: int, sold: Sequence[Sold], booked: Sequence[Booked]) -> Known:
    """Everything linked to these records and documents, however many steps away."""
    met = {one.record.id for one in sold} | {one.place.source_id for one in booked if one.place}
    targets = {one.document for one in booked}
    rows: dict[int, SourceRow] = {}
    links: dict[int, LinkRow] = {}
    numbers = {one.number for one in booked if one.number}
    fresh_ids, fresh_targets = set(met), set(targets)
    while fresh_ids or fresh_targets:
        found = store.sources(connection, bridge_id, fresh_ids)
        linked = store.links_of(connection, bridge_id, fresh_ids)
        linked += store.links_to(connection, bridge_id, fresh_targets)
        linked += store.links_numbered(connection, bridge_id, numbers)
        numbers = set()
        rows.update({row.id: row for row in found})
        links.update({link.id: link for link in linked})
        named = {row.group_id for row in found if row.group_id}
        named |= {name for link in linked for name in (link.source_id, *link.sources)}
        fresh_ids, fresh_targets = named - met, {link.target_id for link in linked} - targets
        met |= fresh_ids
        targets |= fresh_targets
    return Known(
        rows=tuple(rows.values()),
        links=tuple(links.values()),
        entries=tuple(store.entries_of(connection, bridge_id, met)),
        elsewhere=frozenset(store.elsewhere(connection, bridge_id, {one.document for one in booked})),
    )


def recognised(booked: Iterable[Booked], links: Iterable[LinkRow]) -> list[Booked]:
    """The documents under the ids we know them by.

    A ledger may call a document otherwise than its journal does: then its number tells, or its mark, unless
    the document it names is there under its own id already.
    """
    booked, links = list(booked), list(links)
    targets = {link.target_id for link in links}
    free = targets - {one.document for one in booked}
    by_number = {link.target_number: link.target_id for link in links if link.target_number}
    by_place = {(link.kind, link.source_id, link.ordinal): link.target_id for link in links}
    done = []
    for one in booked:
        place = one.place
        named = by_number.get(one.number) or (
            by_place.get((place.kind, place.source_id, place.ordinal)) if place else None
        )
        known = one.document in targets or named not in free
        done.append(one if known else replace(one, document=named))
    return done


def units_of(sold: Iterable[Sold], booked: Iterable[Booked], known: Known) -> list[Unit]:
    """What belongs together, each record and document in one unit."""
    sets = _Sets()
    for row in known.rows:
        if row.group_id:
            sets.join(("source", row.source_id), ("source", row.group_id))
    for link in known.links:
        sets.join(("source", link.source_id), ("target", link.target_id))
        for member in link.sources:
            sets.join(("source", link.source_id), ("source", member))
    units: dict[Hashable, Unit] = defaultdict(Unit)
    for one in sold:
        units[sets.top(("source", one.record.id))].sold.append(one)
    for document in booked:
        units[sets.top(("target", document.document))].booked.append(document)
    for row in known.rows:
        units[sets.top(("source", row.source_id))].rows.append(row)
    for link in known.links:
        units[sets.top(("target", link.target_id))].links.append(link)
    for entry in known.entries:
        units[sets.top(("source", entry.source_id))].entries.append(entry)
    return list(units.values())


def summed(parts: Iterable[tuple[date, dict[str, Decimal]]], *, sign: int = 1) -> Cells:
    """Amounts per day and key added up, zeros left out."""
    sums: Cells = {}
    for day, amounts in parts:
        for key, amount in amounts.items():
            sums[day, key] = sums.get((day, key), ZERO) + sign * amount
    return tidy(sums)


def less(one: Cells, other: Cells) -> Cells:
    """One less the other, zeros left out."""
    return tidy({cell: one.get(cell, ZERO) - other.get(cell, ZERO) for cell in {*one, *other}})


def tidy(cells: Cells) -> Cells:
    """Without the cells that come to zero."""
    return {cell: amount for cell, amount in cells.items() if amount != 0}


class _Sets:
    """Disjoint sets: what was joined has one top."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def join(self, one: Hashable, other: Hashable) -> None:
        """Put both into one set."""
        self._above[self.top(one)] = self.top(other)

    def top(self, one: Hashable) -> Hashable:
        """The set something is in."""
        path = []
        while (above := self._above.get(one, one)) != one:
            path.append(one)
            one = above
        self._above.update(dict.fromkeys(path, one))
        return one
