"""What all of Pipedrive's desks share: tables, numbers, time.

Facts: pipedrive.md sections 5 and 6. Inferred: everything the switches in `company` name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.sandbox.kit import Clock, Condition, Doc, Settings, State, Table
from bridge_gui.vendors.pipedrive.simulator.forms import stamped

ZONE = ZoneInfo("Europe/Helsinki")
TABLES = (
    "deals", "lines", "discounts", "instalments", "organizations", "persons", "products", "variations",
    "fields", "pipelines", "stages", "users", "currencies", "notes", "files", "activities",
)  # fmt: skip


class Crm:
    """The company's data; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self._tables = {name: state.table(name) for name in TABLES}
        for name in ("lines", "discounts", "instalments", "notes", "files"):
            state.table(name, indices=("deal_id",))
        state.table("deals", indices=("update_time",))

    def table(self, name: str) -> Table:
        """One kind of record."""
        return self._tables[name]

    def get(self, name: str, key: Any) -> Doc | None:
        """A record by its number."""
        return self._tables[name].get(str(key)) if key is not None else None

    def need(self, name: str, key: Any) -> Doc:
        """A record that must be there."""
        record = self.get(name, key)
        if record is None:
            raise LookupError(f"{name} {key}")
        return record

    def rows(self, name: str, *where: Condition) -> list[Doc]:
        """Records in the order of their making."""
        return self._tables[name].find(*where)

    def put(self, name: str, record: Doc) -> Doc:
        """Stores a record as it is."""
        self._tables[name].put({**record, "id": record["id"]})
        return record

    def add(self, name: str, record: Doc) -> Doc:
        """Stores a new record under the next number, with the time of its making."""
        key = self.state.next_number(name)
        times = {"add_time": self.stamp(), "update_time": self.stamp()}
        return self.put(name, {"id": key, **times, **record})

    def touch(self, name: str, record: Doc) -> Doc:
        """Stores a changed record with the time of its change."""
        return self.put(name, {**record, "update_time": self.stamp()})

    def drop(self, name: str, key: Any) -> None:
        """Forgets a record."""
        self._tables[name].drop(str(key))

    def now(self) -> datetime:
        """The simulator's instant."""
        return self.clock.now()

    def stamp(self) -> str:
        """This instant as it is kept."""
        return stamped(self.clock.now())

    def dressed(self, record: Doc, emptied: tuple[str, ...] = ()) -> Doc:
        """A record as answers show it; `emptied` fields are null or left out, as the switch says."""
        shown = {name: value for name, value in record.items() if not name.startswith("_")}
        if self.settings["empty_fields"] == "absent":
            return {k: v for k, v in shown.items() if v is not None or k not in emptied}
        return shown
