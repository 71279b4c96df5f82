"""What the window reads of the house for its Overview and Documents: quick, without the lock."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bridge_gui.store import documents, overview, runs
from bridge_gui.store.rows import BridgeRow, DocumentFilter, DocumentRow, LogRow, Overview
from bridge_gui.sync import record
from bridge_gui.sync.record import DocumentDetail

if TYPE_CHECKING:
    from bridge_gui.store.database import Database
    from bridge_gui.sync.registry import Registry

LOT = 500
"""Rows read at once for an export."""


class HouseReading(ABC):
    """The part of the house that only looks into the store."""

    database: Database
    registry: Registry

    @abstractmethod
    def bridge(self, name: str) -> BridgeRow:
        """One bridge."""

    def overview(self, name: str, first: date, last: date) -> Overview:
        """The figures of a bridge at a glance, with the days of a period."""
        row = self.bridge(name)
        apart = self.registry.bridge(row.kind).apart
        with self.database.read() as connection:
            return overview.read(connection, row.id, row.start, first, last, apart)

    def count_documents(self, which: DocumentFilter) -> int:
        """How many rows the Documents panel has."""
        with self.database.read() as connection:
            return documents.count(connection, which)

    def open_documents(
        self, which: DocumentFilter, offset: int, limit: int
    ) -> tuple[int, Sequence[DocumentRow]]:
        """How many rows the Documents panel has, and a slice of them."""
        with self.database.read() as connection:
            return documents.opening(connection, which, offset, limit)

    def documents(self, which: DocumentFilter, offset: int, limit: int) -> Sequence[DocumentRow]:
        """A slice of the Documents panel, newest day first."""
        with self.database.read() as connection:
            return documents.page(connection, which, offset, limit)

    def document(self, name: str, row_id: int) -> DocumentDetail:
        """A row of the Documents panel in full; `SetupError` if it is gone."""
        row = self.bridge(name)
        with self.database.read() as connection:
            return record.detail(connection, self.registry, row, row_id)

    def every_document(self, which: DocumentFilter) -> Iterator[tuple[int, Sequence[DocumentRow]]]:
        """All rows the Documents panel has, lot by lot, each with how many there are in all."""
        with self.database.read() as connection:
            ids = documents.all_ids(connection, which)
        for first in range(0, len(ids), LOT):
            with self.database.read() as connection:
                rows = documents.by_ids(connection, ids[first : first + LOT])
            yield len(ids), rows

    def every_line(self, bridge: str, level: str = "") -> Iterator[Sequence[LogRow]]:
        """All lines of the log, newest first, lot by lot."""
        before: int | None = None
        while True:
            with self.database.read() as connection:
                rows = runs.lines(connection, bridge, before=before, limit=LOT, level=level)
            if not rows:
                return
            yield rows
            before = rows[-1].id
