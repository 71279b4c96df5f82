"""What the window reads of the house for its Overview and Documents: quick, without the lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bridge_gui.store import documents, overview
from bridge_gui.store.rows import BridgeRow, DocumentFilter, DocumentRow, Overview

if TYPE_CHECKING:
    from bridge_gui.store.database import Database
    from bridge_gui.sync.registry import Registry


class HouseReading:
    """The part of the house that only looks into the store."""

    database: Database
    registry: Registry

    def bridge(self, name: str) -> BridgeRow:
        """One bridge."""
        raise NotImplementedError

    def overview(self, name: str, first: date, last: date) -> Overview:
        """The figures of a bridge at a glance, with the days of a period."""
        row = self.bridge(name)
        with self.database.read() as connection:
            return overview.read(connection, row.id, row.start, first, last)

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
