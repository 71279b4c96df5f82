"""A preview: the read side of a real run, on a copy of the store that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bridge_gui.store import attention, journal
from bridge_gui.store.database import Database
from bridge_gui.store.rows import EntryState
from bridge_gui.sync.engine import unsettled
from bridge_gui.sync.run import Run
from bridge_gui.sync.service import Preview, PreviewDocument
from bridge_gui.sync.specs import OpenBridge


@contextmanager
def scratch(database: Database) -> Iterator[Database]:
    """A private copy of the store beside it, gone when the block ends."""
    with tempfile.TemporaryDirectory(dir=database.path.parent, prefix="preview-") as folder:
        path = Path(folder) / "preview.db"
        database.copy_to(path)
        copy = Database(path)
        try:
            yield copy
        finally:
            copy.close()


def show(run: Run, opened: OpenBridge, calls: dict[str, int], books: str, per_second: float) -> Preview:
    """What the journal of the copy now intends, as a person reads it."""
    with run.database.read() as connection:
        planned = journal.in_states(connection, run.bridge.id, EntryState.PLANNED)
        held = attention.rows(connection, run.bridge.name)
    documents: list[PreviewDocument] = [opened.describe(run.step(entry)) for entry in planned]
    seconds = len(documents) / per_second
    return Preview(
        bridge=run.bridge.name,
        documents=tuple(documents),
        held=tuple(held),
        unsettled=unsettled(run),
        read=run.counts.read,
        calls={**calls, books: calls.get(books, 0) + len(documents)},
        minutes=round(seconds / 60, 1),
    )
