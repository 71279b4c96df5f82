"""A table whose lists lag behind its writes, as at vendors that read from a copy.

The vendor's own answer to a write is fresh; lists and look-ups see it only after the lag.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from bridge_gui.sandbox.state import Doc, State, Table


class Replica:
    """A fresh table and a copy that follows it `lag` seconds later, in the order of the writes."""

    def __init__(
        self,
        state: State,
        name: str,
        *,
        now: Callable[[], datetime],
        lag: Callable[[], float],
        indices: tuple[str, ...] = (),
    ) -> None:
        self.fresh: Table = state.table(name, indices=indices)
        self._copy = state.table(f"_{name}_copy", indices=indices)
        self._pending = state.table(f"_{name}_pending", indices=("written",))
        self._now = now
        self._lag = lag

    def put(self, doc: Doc) -> None:
        """Stores the document; lists show it after the lag."""
        self.fresh.put(doc)
        self._follow(doc["id"], doc)

    def drop(self, key: str) -> None:
        """Removes the document; lists go on showing it for the lag."""
        self.fresh.drop(key)
        self._follow(key, None)

    def shown(self) -> Table:
        """The copy as lists see it at this moment."""
        due = (self._now() - timedelta(seconds=self._lag())).timestamp()
        while ripe := self._pending.find(("written", "<=", due), limit=500):
            for row in ripe:
                self._apply(row["key"], row["doc"])
                self._pending.drop(row["id"])
        return self._copy

    def _follow(self, key: str, doc: Doc | None) -> None:
        if not self._lag() and self._pending.first() is None:
            self._apply(key, doc)
            return
        written = self._now().timestamp()
        self._pending.put({"id": uuid.uuid4().hex, "key": key, "doc": doc, "written": written})

    def _apply(self, key: str, doc: Doc | None) -> None:
        if doc is None:
            self._copy.drop(key)
        else:
            self._copy.put(doc)
